"""A public edition, from rows that partners reported to what a reader can read and work out."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from flows.steps.errors import OperatorError
from flows.steps.publishing import facts
from flows.steps.publishing.approval import Edition
from tests.given import SQL, Given, catalogue
from tests.press import Press
from tests.reading_pdf import elements, pages

QUARTER, YEAR = "2020-Q1", "2020"
IS_OVER = "2021-01-25T05:00:00+02:00"
Figures = dict[tuple[str, str | None, str | None, str | None], dict[str, Any]]


def call(
    given: Given, name: str, applied: int, selected: int, received_at: str | None = None
) -> None:
    """An open call in which each person made one application."""
    given.open_call(
        name,
        call_title=f"Apelul {name}",
        applications_received=applied,
        applicants_unique=applied,
        applications_selected=selected,
        applicants_selected=selected,
        received_at=received_at,
    )


@pytest.fixture
def press(given: Given, tmp_path: Path) -> Press:
    return an_office(given, tmp_path)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Press, list[Edition]]]:
    """An office whose first public edition is out, in both languages, for tests that only read."""
    given = Given(tmp_path_factory.mktemp("given"))
    press = an_office(given, tmp_path_factory.mktemp("home"))
    yield press, press.publishes("public")
    given.close()


def an_office(given: Given, home: Path) -> Press:
    """Three calls, one with 3 applicants; 20 artists in January, 3 in February and 9 in March."""
    call(given, "mare", 61, 17)
    call(given, "mediu", 37, 9)
    call(given, "mic", 3, 1)
    for month, artists in (("01", 20), ("02", 3), ("03", 9)):
        given.activity(f"a{month}", start_date=f"2020-{month}-05", artists_local=artists)
        for number in range(artists):
            given.artist(f"artist {month}-{number}", f"a{month}")
    given.activity("abroad", artists_local=0, artists_national=12, artists_international=9)
    press = Press(given, home)
    press.it_is(IS_OVER)
    return press


def published(press: Press, period: str = QUARTER) -> Edition:
    """The new public edition in Romanian."""
    (edition,) = press.publishes("public", period=period, languages=["ro"])
    return edition


def frozen(press: Press, edition: Edition) -> dict[str, Any]:
    return json.loads(press.files(edition).joinpath("figures.json").read_text("utf-8"))


def figures(press: Press, edition: Edition) -> Figures:
    names = ("indicator_id", "measure", "dimension", "category")
    rows = frozen(press, edition)["figures"]
    return {tuple(row[n] for n in names): row for row in rows if row["source"] == "computed"}


def text(press: Press, edition: Edition) -> str:
    return " ".join(pages(press.files(edition).joinpath("report.pdf").read_bytes()))


def hidden(found: Figures) -> set[tuple[str, str | None, str | None, str | None]]:
    return {key for key, row in found.items() if row["is_suppressed"]}


def test_a_public_edition_is_in_both_languages_and_waits_for_an_officer(
    read: tuple[Press, list[Edition]],
) -> None:
    _, editions = read
    assert [one.path for one in editions] == [
        f"public/{QUARTER}/ro-v1",
        f"public/{QUARTER}/en-v1",
    ]
    assert {one.state for one in editions} == {"waiting"}


def test_a_small_count_is_hidden_with_what_would_give_it_away(
    read: tuple[Press, list[Edition]],
) -> None:
    press, editions = read
    found = figures(press, editions[0])
    assert ("IND33", "applicants", "call", "mic") in hidden(found)
    assert ("IND33", "applicants", "call", "mediu") in hidden(found)
    assert ("IND33", "applicants", "call", "mare") not in hidden(found)
    assert found["IND33", "applicants", None, None]["value"] == 101
    assert ("IND35", None, "call", "mic") in hidden(found)
    assert ("IND12", None, "month", "2020-M02") in hidden(found)
    assert found["IND12", None, None, None]["value"] == 32


def test_what_is_hidden_has_a_place_and_no_number_in_any_file(
    read: tuple[Press, list[Edition]],
) -> None:
    press, editions = read
    edition = editions[0]
    for row in figures(press, edition).values():
        if row["is_suppressed"]:
            numbers = (row[n] for n in ("value", "numerator", "denominator", "low", "high"))
            assert set(numbers) == {None}
            assert (row["precision"], row["status"]) == ("no_data", None)
    sheet = load_workbook(io.BytesIO(press.files(edition).joinpath("report.xlsx").read_bytes()))
    header, *lines = sheet.worksheets[0].iter_rows(values_only=True)
    by_code = {line[header.index("Cod")]: dict(zip(header, line, strict=True)) for line in lines}
    for row in figures(press, edition).values():
        line = by_code[row["code"]]
        assert line["Valoare"] == (row["value"] and pytest.approx(row["value"]))
        assert line["Ascuns pentru a proteja oamenii"] == ("[c]" if row["is_suppressed"] else None)


def test_no_hidden_number_is_printed_drawn_or_said_for_the_blind(
    read: tuple[Press, list[Edition]],
) -> None:
    press, editions = read
    for edition in editions:
        pdf = press.files(edition).joinpath("report.pdf").read_bytes()
        printed = text(press, edition)
        said = " ".join(words for _, words in elements(pdf))
        mail = json.dumps(frozen(press, edition)["letter"], ensure_ascii=False)
        # The 37 applicants of the second call are hidden to cover the 3 of the third.
        for everything in (printed, said, mail):
            assert not re.search(r"\b37\b", everything)
        small = printed[printed.index("Apelul mic") :][:60]
        assert "[c] [c] [c]" in small, small
        note = (
            "is hidden to protect people"
            if edition.language == "en"
            else "este ascunsă pentru a proteja oamenii"
        )
        assert note in printed


def test_what_is_withheld_stands_in_the_book_in_an_order_of_its_own(
    read: tuple[Press, list[Edition]],
) -> None:
    press, _ = read
    for entry in press.ledger.entries("counts_withheld"):
        names = [one[:6] for one in entry.body["counts"]]
        assert len(names) > 1
        assert names == sorted(names, key=str)


def test_open_calls_stand_by_name_and_not_by_size(read: tuple[Press, list[Edition]]) -> None:
    press, editions = read
    printed = text(press, editions[0])
    places = [printed.index(f"Apelul {name}") for name in ("mare", "mediu", "mic")]
    assert places == sorted(places)


def test_the_public_reads_nothing_about_one_partner(read: tuple[Press, list[Edition]]) -> None:
    press, editions = read
    edition = editions[0]
    dimensions = {key[2] for key in figures(press, edition)}
    assert not [one for one in dimensions if one and "partner" in one]
    names = {str(row["name"]) for row in catalogue()["partners"]}
    assert not [name for name in names if name in text(press, edition)]


def test_facts_of_a_public_report_are_never_made_without_hiding(press: Press) -> None:
    period = catalogue().period(QUARTER)
    with pytest.raises(AssertionError, match="what may be disclosed"):
        facts.collect(
            press.given.connection, catalogue(), press.given.known, "public", period, 1, SQL
        )


def test_a_year_does_not_solve_what_its_quarter_hid(press: Press) -> None:
    quarter = figures(press, published(press))
    year = figures(press, published(press, YEAR))
    calls = {key for key in hidden(quarter) if key[2] == "call"}
    assert calls <= hidden(year)
    # February is 3 in both; what covers it in the quarter covers it in the year.
    assert {key for key in hidden(quarter) if key[0] == "IND12"} <= hidden(year)


def test_a_correction_does_not_give_away_what_an_earlier_edition_hid(
    press: Press, given: Given
) -> None:
    press.approves(published(press))
    call(given, "mic", 30, 12, received_at="2020-05-02")
    found = figures(press, published(press))
    # The total moves by what the call moved; shown, the 37 that did not move would give it away.
    assert ("IND33", "applicants", "call", "mediu") in hidden(found)
    assert ("IND33", "applicants", "call", "mic") in hidden(found)


def test_a_move_of_a_few_people_is_hidden(press: Press, given: Given) -> None:
    press.approves(published(press))
    call(given, "mare", 63, 17, received_at="2020-05-02")
    found = figures(press, published(press))
    assert ("IND33", "applicants", "call", "mare") in hidden(found)
    assert ("IND33", "applicants", None, None) in hidden(found)


def test_an_edition_that_was_never_read_binds_nobody(press: Press, given: Given) -> None:
    press.rejects(published(press))
    call(given, "mare", 63, 17, received_at="2020-05-02")
    found = figures(press, published(press))
    assert ("IND33", "applicants", None, None) not in hidden(found)


def test_publishing_again_without_news_adds_nothing(press: Press) -> None:
    press.approves(published(press))
    published(press, YEAR)
    for period in (QUARTER, YEAR):
        assert press.publishes("public", period=period, languages=["ro"]) == []


def test_a_lost_earlier_edition_stops_the_next_one(press: Press) -> None:
    edition = published(press)
    press.files(edition).joinpath("figures.json").unlink()
    with pytest.raises(OperatorError, match="nobody can tell what the public knows"):
        published(press, YEAR)


def test_the_gate_holds_a_public_edition_with_too_much_not_stated(
    given: Given, tmp_path: Path
) -> None:
    given.activity("a1")
    given.activity("a2", format=None)
    press = Press(given, tmp_path, not_stated_hold_share=0.15)
    (doubt,) = published(press).doubts
    assert doubt.cause == "not_stated"


def test_what_is_hidden_is_no_move_for_the_gate(press: Press, given: Given) -> None:
    press.approves(published(press))
    narrow = Press(given, press.settings.home, largest_move_share=0.1)
    narrow.it_is(IS_OVER)
    assert narrow.publishes("funder", "municipality")[0].doubts == ()
