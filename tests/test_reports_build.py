import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from reports.build import build
from reports.findings import key_figures
from reports.model import Coproductions, Decision, Facts, Language, OpenCalls, Reporting, Text
from reports.verify import verify
from tests.reading_pdf import elements, pages
from tests.reports_examples import (
    LONG_NAME,
    broken_calls,
    bucharest,
    empty,
    figure,
    months,
    partners,
    quarter,
    share,
    timisoara,
)

ROOT = Path(__file__).parents[1]
HASH = (
    "import hashlib; from reports.build import build; from tests.reports_examples import timisoara;"
    "print(hashlib.sha256(build(timisoara())).hexdigest())"
)


@pytest.mark.parametrize("language", ["ro", "en"])
@pytest.mark.parametrize("facts", [timisoara, quarter, bucharest, empty])
def test_every_kind_of_report_passes_its_own_check(facts: object, language: Language) -> None:
    one = facts()  # ty: ignore[not-callable]
    assert verify(build(one, language), one, language) == []


def test_the_same_facts_give_the_same_bytes_on_any_machine_on_any_day() -> None:
    here = hashlib.sha256(build(timisoara())).hexdigest()
    strange = {"PYTHONHASHSEED": "42", "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1"}
    there = subprocess.run(
        [sys.executable, "-c", HASH],
        cwd=ROOT,
        env=os.environ | strange,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


def test_building_leaves_the_environment_as_it_was() -> None:
    before = dict(os.environ)
    build(timisoara())
    assert dict(os.environ) == before


def test_the_file_is_as_old_as_its_data() -> None:
    with pypdfium2.PdfDocument(build(timisoara())) as document:
        properties = document.get_metadata_dict()
    assert properties["CreationDate"] == "D:20210118000000Z"
    assert properties["Title"] == (
        "Raport de monitorizare 2020 – Timișoara 2023 (date demonstrative)"
    )


def test_every_key_figure_is_on_the_cover_and_every_code_is_printed() -> None:
    facts = timisoara()
    printed = pages(build(facts))
    for one in key_figures(facts, "ro"):
        assert one.value.replace("\u00a0", " ") in printed[0]
        assert one.label in printed[0]
    for line in facts.indicators:
        assert line.figure.code in " ".join(printed)


def test_romanian_letters_come_out_as_they_went_in() -> None:
    printed = " ".join(pages(build(timisoara())))
    for words in ("țintă", "Șoapte Urbane", "Între Maluri", "Țesătura", "fiecare cifră", "față"):
        assert words in printed
    assert "ﬁ" not in printed


def test_words_stay_apart_at_the_ends_of_lines() -> None:
    printed = pages(build(timisoara()))[1]
    assert "203 activități, peste țintă, mai ales online; 12 din 62 de parteneri au" in printed


def test_shares_leave_out_what_is_not_stated_and_say_so() -> None:
    printed = " ".join(pages(build(timisoara())))
    assert "% din 181" in printed
    assert "Față în față 9 10 6 0 0 3 7 9 9 6 4 3 66 36,5 %" in printed
    assert "Format neprecizat 0 1 2 1 1 2 3 2 4 3 2 1 22 –" in printed


def test_what_others_published_stands_beside_ours() -> None:
    printed = " ".join(pages(build(timisoara())))
    assert "Publicat: cel puțin 201, comunicat, 25 februarie 2021" in printed
    assert "Published: at least 201, press release, 25 February 2021" in " ".join(
        pages(build(timisoara(), "en"))
    )


def test_a_revised_target_says_what_it_was_who_changed_it_when_and_why() -> None:
    facts = timisoara()
    line = facts.indicators[0]
    assert line.target is not None
    decided = (
        Decision(320, None, None, date(2019, 12, 10), "Consiliul", "Ținta inițială."),
        Decision(200, None, None, date(2020, 5, 20), "Consiliul", "Restricții."),
        Decision(210, None, None, date(2020, 9, 1), "Directorul", None),
    )
    revised = replace(line, target=replace(line.target, history=decided))
    facts = replace(facts, indicators=(revised, *facts.indicators[1:]))
    printed = " ".join(" ".join(pages(build(facts))).split())
    assert "Țintă schimbată la 20 mai 2020 de Consiliul, era 320: Restricții." in printed
    assert "Țintă schimbată la 1 septembrie 2020 de Directorul, era 200." in printed
    assert "Ținta inițială." not in printed


def test_made_up_data_are_said_to_be_so_on_every_page() -> None:
    assert all("date demonstrative" in page for page in pages(build(timisoara())))
    real = replace(timisoara(), edition=replace(timisoara().edition, is_demonstration=False))
    assert not any("demonstrativ" in page for page in pages(build(real)))


def test_every_page_knows_how_many_there_are() -> None:
    printed = pages(build(timisoara()))
    for number, page in enumerate(printed[1:], start=2):
        assert f"pagina {number} din {len(printed)}" in page


def test_the_contents_name_the_pages_on_which_sections_begin() -> None:
    printed = pages(build(timisoara()))
    for name in ("Indicatori și ținte", "Cine a raportat", "Calitatea datelor"):
        page = next(n for n, text in enumerate(printed, start=1) if f"· {name.upper()}" in text)
        assert f"{name} {page}" in printed[1]


def test_many_partners_take_many_pages_and_none_is_lost() -> None:
    facts = timisoara()
    crowd = partners(248, 12)
    rate = facts.reporting.rate
    facts = replace(facts, reporting=Reporting(months(), crowd, rate, 15))
    pdf = build(facts)
    printed = " ".join(pages(pdf))
    assert verify(pdf, facts, "ro") == []
    assert all(one.name in printed for one in crowd if one.name != LONG_NAME)
    assert "ian – dec" in printed


def test_numbers_a_thousand_times_larger_fit() -> None:
    facts = timisoara()
    lines = tuple(
        replace(line, figure=replace(line.figure, value=line.figure.value * 1000))
        for line in facts.indicators
        if line.figure.value is not None and not line.is_share
    )
    series = tuple(
        replace(one, counts=tuple(count * 1000 for count in one.counts))
        for one in facts.calendar.series
    )
    total = replace(facts.calendar.total, value=203_000.0)
    large = replace(
        facts, indicators=lines, calendar=replace(facts.calendar, series=series, total=total)
    )
    pdf = build(large)
    assert verify(pdf, large, "ro") == []
    assert "203.000" in pages(pdf)[0]
    assert "Un punct, până la" in pages(pdf)[0]


def test_calls_without_applicants_and_partners_without_duties_are_drawn() -> None:
    facts = timisoara()
    calls = tuple(
        replace(call, applicants=0, applicants_selected=None, eligible=None)
        for call in facts.calls.calls
    )
    none = share("IND35", 0, 0)
    idle = tuple(replace(one, states=("NOT_DUE",) * 4) for one in facts.reporting.partners)
    facts = replace(
        facts,
        calls=OpenCalls(calls, none, None, none, none, facts.calls.target),
        reporting=replace(facts.reporting, partners=idle),
    )
    pdf = build(facts)
    assert verify(pdf, facts, "ro") == []
    assert "niciun solicitant" in " ".join(pages(pdf))
    assert "Niciun raport nu era datorat" in " ".join(pages(pdf))


def test_those_who_do_not_see_are_told_everything() -> None:
    found = list(elements(build(timisoara())))
    kinds = {kind for kind, _ in found}
    assert {"H1", "H2", "H3", "P", "Table", "TR", "TH", "TD", "Figure", "TOC", "Link"} <= kinds
    said = [alt for kind, alt in found if kind == "Figure"]
    assert all(said)
    assert any("Artiști unici: realizat 142, țintă 150" in alt for alt in said)


def test_nothing_claims_a_conformance_that_nobody_proved() -> None:
    pdf = build(timisoara())
    assert b"pdfuaid" not in pdf
    assert b"pdfaid" not in pdf


def test_the_check_notices_a_figure_that_is_not_printed() -> None:
    facts, other = timisoara(), quarter()
    assert verify(build(facts), other, "ro") != []


def test_the_check_notices_what_is_no_report() -> None:
    assert verify(b"not a pdf", timisoara(), "ro") != []


def test_the_check_notices_a_font_that_is_not_embedded_and_a_letter_without_glyph() -> None:
    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(50, 50, "Helvetica nu are ț")
    canvas.save()
    problems = " ".join(one.en for one in verify(stream.getvalue(), empty(), "ro"))
    assert "Helvetica is not embedded" in problems


def test_an_audience_without_pages_is_refused() -> None:
    facts = timisoara()
    with pytest.raises(KeyError, match="nobody"):
        build(_for(facts, "nobody"))


def _for(facts: Facts, audience: str) -> Facts:
    return replace(facts, edition=replace(facts.edition, audience=audience))


def test_every_row_of_the_matrix_is_printed_and_every_open_promise_listed() -> None:
    facts = bucharest()
    printed = " ".join(pages(build(facts)))
    assert len(facts.aims.rows) == 24
    for row in facts.aims.rows:
        assert " ".join(row.wording.ro.split()) in printed
    assert facts.aims.commitments
    assert f"Legături asumate fără nicio activitate: {len(facts.aims.commitments)}" in printed


def test_both_readings_are_named_and_the_shares_add_up() -> None:
    printed = " ".join(pages(build(bucharest())))
    assert "Atinge: o activitate se numără la fiecare scop" in printed
    assert "Parte: fiecare activitate se împarte" in printed
    assert "Toate activitățile 203,0 100,0 %" in printed


def test_equal_columns_of_the_matrix_are_said_to_be_no_finding() -> None:
    said = "„Diversitate și apartenență” și „Dimensiune europeană” la fel în fiecare rând"
    assert said in " ".join(pages(build(bucharest())))
    assert "în fiecare rând" not in " ".join(pages(build(timisoara())))


def test_a_programme_without_a_matrix_says_that_its_directions_lead_straight_to_the_aims() -> None:
    printed = " ".join(pages(build(timisoara())))
    assert "direcțiile duc direct la cele șase scopuri" in printed
    assert "Fără obiectiv numit 31,0 15,3 %" in printed


def test_a_call_that_does_not_add_up_is_red_with_its_numbers_and_first_among_findings() -> None:
    facts = replace(timisoara(), calls=broken_calls())
    printed = pages(build(facts))
    said = (
        "„Searchlight: proiecte comunitare” are cifre care se contrazic: candidaturi retrase și "
        "eligibile 68, mai mult decât candidaturi primite 67."
    )
    assert "1 apel deschis are cifre care se contrazic." in printed[1]
    assert sum(said in page for page in printed) == 2
    assert "se contrazic" not in " ".join(pages(build(timisoara())))


def test_people_and_what_they_hand_in_are_not_mixed() -> None:
    printed = next(page for page in pages(build(timisoara())) if "Parcursul candidaturilor" in page)
    assert "primite 227" in printed
    assert "Toate apelurile 191 42 22,0 %" in printed


def test_net_and_gross_stand_together_with_the_pairs_that_wait() -> None:
    printed = " ".join(pages(build(timisoara())))
    assert "Net 203, brut 205." in printed
    assert "1 pereche de activități care par una singură așteaptă decizia ofițerului" in printed


def test_a_long_name_is_printed_whole_in_the_comparison_with_the_period_before() -> None:
    facts = timisoara()
    first, *others = facts.indicators
    long = "Activități realizate în coproducție cu parteneri din străinătate"
    renamed = replace(first, name=Text(long, long), previous=figure("IND01", 190))
    printed = pages(build(replace(facts, indicators=(renamed, *others))))[1]
    assert f"{long} 190 203" in printed


def test_pairs_that_wait_do_not_concern_every_reader() -> None:
    facts = replace(timisoara(), coproductions=Coproductions(203, 205))
    printed = " ".join(pages(build(facts)))
    assert "Net 203, brut 205." in printed
    assert "decizia ofițerului" not in printed


def test_the_cover_names_whom_the_report_was_made_for() -> None:
    facts = timisoara()
    council = Text("Consiliul Județean Timiș", "Timiș County Council")
    for_one = replace(facts.edition, audience="funder", reader=council)
    for_all = replace(facts.edition, audience="funder")
    assert "Pentru Consiliul Județean Timiș" in pages(build(replace(facts, edition=for_one)))[0]
    assert "Pentru finanțatorii programului" in pages(build(replace(facts, edition=for_all)))[0]


def test_where_nothing_is_known_the_matrix_shows_promises_and_no_zero() -> None:
    facts = bucharest()
    unknown = replace(facts.calendar, months=(), series=(), total=figure("IND01", None))
    printed = pages(build(replace(facts, calendar=unknown)))
    page = next(one for one in printed if "SCOPURI ȘI OBIECTIVE" in one)
    assert page.count("–") >= 83
    assert not {"0", "0, deși asumat"} & set(page.split())
    assert all(row.wording.ro in page for row in facts.aims.rows)


def test_shares_in_a_bar_have_the_decimal_that_the_table_has() -> None:
    facts = timisoara()
    in_person, online, *_ = facts.calendar.series
    eighths = tuple(
        replace(one, counts=(0, count, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        for one, count in ((in_person, 1), (online, 7))
    )
    facts = replace(facts, calendar=replace(facts.calendar, series=eighths))
    assert "12,5 % 87,5 %" in " ".join(pages(build(facts)))


def test_a_minimum_has_a_minimal_degree() -> None:
    facts = timisoara()
    first, *others = facts.indicators
    least = replace(first.figure, precision="at_least", value=90, low=90)
    facts = replace(facts, indicators=(replace(first, figure=least), *others))
    assert "cel puțin 50,0 %" in " ".join(pages(build(facts)))


def test_a_share_of_too_few_says_why_it_has_no_per_cent() -> None:
    facts = timisoara()
    few = replace(share("IND21", 5, 5), value=None, precision="no_data")
    first, *others = facts.indicators
    facts = replace(facts, indicators=(replace(first, figure=few, is_share=True), *others))
    assert "5 din 5, prea puține pentru un procent." in " ".join(pages(build(facts)))


def test_indicators_of_one_group_stand_together() -> None:
    facts = timisoara()
    first, second, *_ = (replace(line, target=None, status=None) for line in facts.indicators)
    one, other = Text("Grupa întâi", "Group one"), Text("Grupa a doua", "Group two")
    lines = (replace(first, group=one), replace(second, group=other), replace(first, group=one))
    printed = " ".join(pages(build(replace(facts, indicators=lines))))
    assert printed.count("Grupa întâi") == 1
    assert "Niciun indicator nu are o țintă pentru această perioadă" in printed
    assert "Alți indicatori" not in printed


def test_what_was_only_drawn_is_called_a_draft_and_no_edition() -> None:
    facts = timisoara()
    drawn = build(replace(facts, edition=replace(facts.edition, version=None)))
    cover, *others = pages(drawn)
    assert "2020 / ciornă nepublicată" in cover
    assert all("· ciornă nepublicată ·" in page for page in others)
    assert " v1" not in cover
    assert not any("ediția v1" in page for page in others)
