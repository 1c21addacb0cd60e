from dataclasses import replace
from datetime import date

from reports import claims
from reports.build import build
from reports.findings import findings, headline, key_figures
from reports.locale import Locale
from reports.model import ActivityCalendar, Facts, FormatSeries
from tests.reading_pdf import page_lines
from tests.reports_examples import bucharest, empty, figure, quarter, timisoara

RO = Locale("ro")
NOT_STATED = "Neprecizat, pe câmpuri"


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
    assert any("66 + 115 + 22 = 203" in plain(one.evidence) for one in findings(timisoara(), "ro"))


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


def test_a_partner_that_owed_nothing_is_not_among_those_that_could_be_missing() -> None:
    facts = timisoara()
    spared = replace(facts.reporting.partners[-1], states=("EXCUSED",) * 4)
    partners = (*facts.reporting.partners[:-1], spared)
    facts = replace(facts, reporting=replace(facts.reporting, partners=partners))
    assert "12 din 61 de parteneri au rapoarte lipsă" in plain(headline(facts, "ro"))
    assert plain(claims.partners(facts.reporting, RO)[0]).startswith("49 din 61")


def test_a_format_is_the_main_one_only_of_more_than_half_of_all() -> None:
    few = {"in_person": (1, 2), "online": (3, 2), "not_stated": (4, 4)}
    facts = replace(timisoara(), calendar=calendar_of(**few))
    assert "mai ales" not in headline(facts, "ro")
    facts = replace(timisoara(), calendar=calendar_of(**{**few, "not_stated": (1, 0)}))
    assert "mai ales online" in headline(facts, "ro")


def test_none_is_said_in_a_word_and_one_is_not_mostly_anything() -> None:
    facts = timisoara()

    def said(value: int) -> tuple[str, str]:
        calendar = calendar_of(online=(value,))
        one = replace(facts, calendar=calendar)
        return plain(headline(one, "ro")), plain(findings(one, "ro")[0].claim)

    missing = "12 din 62 de parteneri au rapoarte lipsă"
    assert said(0) == (f"Nicio activitate, sub țintă; {missing}", "Nicio activitate, sub țintă.")
    assert said(1) == (f"1 activitate, sub țintă; {missing}", "1 activitate, cu 99,4 % sub țintă.")


def test_a_format_leads_in_the_months_that_had_any() -> None:
    def said(**counts: tuple[int, ...]) -> str:
        return plain(claims.activities(calendar_of(**counts), RO)[0])

    assert said(in_person=(0, 0, 2, 3, 1), online=(0, 0, 1, 1, 2)) == (
        "Față în față a fost cel mai frecvent format în 2 din cele 3 luni cu activități"
    )
    assert said(in_person=(0, 2, 3), online=(0, 1, 1)) == (
        "Față în față a fost cel mai frecvent format în fiecare lună cu activități"
    )
    assert said(in_person=(2, 3), online=(1, 1)) == (
        "Față în față a fost cel mai frecvent format în fiecare lună"
    )
    assert said(in_person=(2, 1), online=(1, 2)) == "6 activități în perioadă"


def test_of_one_month_nothing_is_said_by_months() -> None:
    calendar = calendar_of(in_person=(3,), online=(8,), not_stated=(1,))
    assert tuple(map(plain, claims.activities(calendar, RO))) == (
        "12 activități, mai ales online",
        "",
    )


def test_where_nothing_is_known_no_section_says_that_nothing_was_done() -> None:
    calendar = replace(calendar_of(), total=figure("IND01", None))
    calls = replace(empty().calls, applicants=figure("IND33", None))
    assert claims.activities(calendar, RO)[0] == "Încă nu există date despre activități"
    assert claims.open_calls(calls, RO)[0] == "Încă nu există date despre apeluri deschise"
    said, _ = claims.aims(bucharest().aims, RO, is_known=False)
    assert said == "Încă nu există date despre activități"
    none_told = replace(calls, applicants=figure("IND33", 0))
    assert claims.open_calls(none_told, RO)[0] == "Niciun apel deschis nu s-a închis în perioadă"


def test_section_headlines_count_what_the_section_shows() -> None:
    facts = timisoara()
    assert plain(claims.indicators(facts, RO)[0]) == (
        "5 din 12 indicatori cu țintă sunt la țintă; "
        "3 la risc, 2 în urmă, 1 fără date, 1 necomparabil"
    )
    assert plain(claims.activities(facts.calendar, RO)[0]) == (
        "Online a fost cel mai frecvent format precizat în 9 din 12 luni"
    )
    assert plain(claims.open_calls(facts.calls, RO)[0]) == (
        "42 din 191 de solicitanți au fost selectați: 22,0 %"
    )
    assert plain(claims.partners(facts.reporting, RO)[0]) == (
        "50 din 62 de parteneri au trimis toate rapoartele datorate"
    )


def test_what_is_not_stated_is_pointed_out_above_the_programmes_limit() -> None:
    assert "22 de activități fără format precizat." in claimed(timisoara(), 22 / 203 - 0.001)
    assert "22 de activități fără format precizat." not in claimed(timisoara(), 22 / 203)


def test_fields_above_the_limit_are_marked_among_those_not_stated() -> None:
    facts = limited(timisoara(), 0.15)
    page = next(page for page in page_lines(build(facts)) if NOT_STATED in page)
    after = [plain(line) for line in page[page.index(NOT_STATED) :].splitlines()]
    assert after[2].startswith("Format 22 din 203")
    assert after[3].startswith("Cartier: peste 15 %, de citit cu grijă 31 din 203")


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


def calendar_of(**counts: tuple[int, ...]) -> ActivityCalendar:
    """A calendar of these formats, one number a month."""
    labels = {one.format_id: one.label for one in timisoara().calendar.series}
    months = tuple(date(2020, n + 1, 1) for n in range(max(map(len, counts.values()), default=0)))
    series = tuple(
        FormatSeries(name, labels[name], one, figure("IND03", sum(one)), None)
        for name, one in counts.items()
    )
    return ActivityCalendar(months, series, figure("IND01", sum(map(sum, counts.values()))))


def claimed(facts: Facts, limit: float) -> list[str]:
    return [plain(one.claim) for one in findings(limited(facts, limit), "ro")]


def limited(facts: Facts, limit: float) -> Facts:
    return replace(facts, edition=replace(facts.edition, not_stated_warn_share=limit))


def _with(facts: Facts, calls: object) -> Facts:
    return replace(facts, calls=calls)


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")
