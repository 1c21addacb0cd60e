from dataclasses import replace

from reports import claims
from reports.findings import findings, headline, key_figures
from reports.locale import Locale
from reports.model import Facts
from tests.reports_examples import bucharest, empty, figure, quarter, timisoara

RO = Locale("ro")


def test_the_headline_takes_its_numbers_from_the_facts() -> None:
    assert plain(headline(timisoara(), "ro")) == (
        "203 activități, peste țintă, mai ales online; 12 din 62 de parteneri au rapoarte lipsă"
    )
    assert plain(headline(timisoara(), "en")) == (
        "203 activities, above target, mostly online; 12 of 62 partners have missing reports"
    )


def test_below_target_is_said_as_below() -> None:
    assert "sub țintă" in headline(quarter(), "ro")
    assert "cu 70,0 % sub țintă" in plain(findings(quarter(), "ro")[0].claim)


def test_without_data_nothing_is_claimed() -> None:
    assert headline(empty(), "ro") == "Încă nu există date despre activități"
    assert len(findings(empty(), "ro")) == 1
    assert key_figures(empty(), "ro") == ()


def test_a_total_known_only_as_a_minimum_is_said_so() -> None:
    facts = timisoara()
    known = replace(facts.calendar.total, precision="at_least", value=201)
    facts = replace(facts, calendar=replace(facts.calendar, total=known))
    assert plain(headline(facts, "ro")).startswith("Cel puțin 201 activități")


def test_the_key_figures_come_as_they_are_printed() -> None:
    said = [(one.value, plain(one.context), one.status) for one in key_figures(timisoara(), "ro")]
    assert [(plain(value), context, status) for value, context, status in said] == [
        ("203", "țintă 180", "reached"),
        ("142", "țintă 150", "at_risk"),
        ("280", "țintă 250", "reached"),
        ("22,0 %", "42 din 191", "reached"),
    ]


def test_the_worst_indicator_is_named_first() -> None:
    finding = findings(timisoara(), "ro")[1]
    assert plain(finding.claim) == "Față în față: 55,0 % din țintă."
    assert plain(finding.evidence) == "66 față de ținta de 120. Tot în urmă: cartiere acoperite."


def test_the_parts_that_make_the_total_are_printed_as_a_sum() -> None:
    assert any("66 + 115 + 22 = 203" in one.evidence for one in findings(timisoara(), "ro"))


def test_when_everybody_has_reported_it_is_said() -> None:
    facts = timisoara()
    good = tuple(p for p in facts.reporting.partners if "MISSING" not in p.states)
    facts = replace(facts, reporting=replace(facts.reporting, partners=good))
    assert "toate rapoartele datorate au sosit" in headline(facts, "ro")


def test_one_missing_partner_takes_the_singular() -> None:
    facts = timisoara()
    good = [p for p in facts.reporting.partners if "MISSING" not in p.states]
    one = replace(good[0], states=("MISSING", *good[0].states[1:]))
    facts = replace(facts, reporting=replace(facts.reporting, partners=(one, *good[1:])))
    assert f"1 din {len(good)} de parteneri are rapoarte lipsă" in plain(headline(facts, "ro"))


def test_section_headlines_count_what_the_section_shows() -> None:
    facts = timisoara()
    assert plain(claims.indicators(facts, RO)[0]) == (
        "5 din 12 indicatori cu țintă sunt la țintă; "
        "3 la risc, 2 în urmă, 1 fără date, 1 necomparabil"
    )
    assert plain(claims.activities(facts.calendar, RO)[0]) == (
        "Cele mai multe activități au fost online în 9 din 12 luni"
    )
    assert plain(claims.open_calls(facts.calls, RO)[0]) == (
        "42 din 191 de solicitanți au fost selectați: 22,0 %"
    )
    assert plain(claims.partners(facts.reporting, RO)[0]) == (
        "50 din 62 de parteneri au trimis toate rapoartele datorate"
    )


def test_a_matrix_is_judged_by_its_promises() -> None:
    aims = bucharest().aims
    promised = [cell for row in aims.rows for cell in row.cells if cell.bullets]
    gaps = [cell for cell in promised if not cell.activities]
    title = plain(claims.aims(aims, RO)[0])
    assert title.startswith(f"{len(gaps)} din {len(promised)} de legături asumate")


def test_a_call_without_applicants_has_no_rate() -> None:
    facts = timisoara()
    calls = replace(facts.calls, rate=replace(figure("IND35", None), numerator=0, denominator=0))
    title, lead = claims.open_calls(calls, RO)
    assert plain(title) == "4 apeluri deschise, niciun solicitant"
    assert lead == "Fără solicitanți nu există rată de selecție."
    assert not any("selecție" in one.claim for one in findings(_with(facts, calls), "ro"))


def _with(facts: Facts, calls: object) -> Facts:
    return replace(facts, calls=calls)


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")
