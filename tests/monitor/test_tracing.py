"""From a figure's code to the rows behind it, and from those rows to the same figure again."""

import hashlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from flows.steps import tracing, warehouse
from flows.steps.errors import UsageError
from flows.steps.tracing import passports
from tests.given import FIRST_ROW, SQL, Given

INDICATORS = sorted(path.stem for path in (SQL / "indicators").glob("*.sql"))
RICH = {
    "partner_countries": "FR; DE",
    "european_dimension": "transnational_cooperation",
    "schools": "Școala 7; Școala 9",
    "pupils": 30,
    "themes": "heritage",
    "target_groups": "youth",
    "accessibility": "step_free",
    "green_measures": "public_transport",
    "participants_active": 12,
    "new_works": 2,
    "venue_name": "Muzeul Satului",
}


def small_programme(given: Given, without: str = "") -> None:
    """A year of three partners: long activities, corrections, blanks, people, calls, a late one."""
    told = {
        "a1": {"attendance_in_person": 40, **RICH},
        "a2": {"format": "online"},
        "a3": {"format": None, "district_code": None, "attendance_in_person": 7},
        "a4": {"end_date": "2020-05-20", "events_count": 3, "attendance_in_person": 9},
    }
    for activity_id, cells in told.items():
        if activity_id != without:
            given.activity(activity_id, **cells)
    given.activity("a4", period="2020-Q2", start_date="2020-03-01", end_date="2020-05-20", **RICH)
    given.activity("b1", partner="TM-P002", status="planned")
    given.activity("b1", partner="TM-P002", received_at="2020-06-01", attendance_in_person=5)
    for number in range(9):
        given.activity(f"c{number}", partner="TM-P003", period="2020-Q2", artists_international=1)
    given.artist("Ana", "a1")
    given.artist("Ana", "a2")
    given.artist("Ion", "b1", partner="TM-P002", received_at="2020-06-01")
    given.report("TM-P003", "2020-Q2", artists=6, volunteers=2)
    given.volunteer("Eva", None)
    given.open_call("call-1")
    given.open_call("call-2", closed_on="2020-02-10", applicants_unique=12)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Generator[Given]:
    stated = Given(Path(tmp_path_factory.mktemp("traced")))
    small_programme(stated)
    stated.computes(*INDICATORS)
    yield stated
    stated.close()


def traced(given: Given, indicator_id: str, period: str = "2020", **of: str) -> dict[str, Any]:
    code = given.figure(indicator_id, period, **of)["code"]
    return tracing.trace(given.connection, SQL, code)


@pytest.mark.parametrize("indicator_id", INDICATORS)
def test_every_indicator_can_be_computed_again_from_the_rows_behind_it(
    given: Given, indicator_id: str
) -> None:
    totals = given.ask(
        "select code from monitor.figures where indicator_id = $1 and period_id = '2020'"
        " and dimension is null and source = 'computed'",
        indicator_id,
    )
    assert totals
    for total in totals:
        answer = tracing.trace(given.connection, SQL, total["code"])
        assert answer["equal"], answer
        assert answer["rows"] or not answer["value"]


@pytest.mark.parametrize(
    ("indicator_id", "of"),
    [
        ("IND01", {"dimension": "format", "category": "online"}),
        ("IND01", {"dimension": "month", "category": "2020-M01"}),
        ("IND03", {"measure": "share", "dimension": "format", "category": "in_person"}),
        ("IND12", {"dimension": "partner", "category": "TM-P003"}),
        ("IND16", {"dimension": "format", "category": "online"}),
        ("IND24", {"measure": "schools", "dimension": "district", "category": "fabric"}),
        ("IND35", {"dimension": "call", "category": "call-2"}),
        ("Q04", {"measure": "share", "dimension": "field", "category": "format"}),
    ],
    ids=lambda value: value if isinstance(value, str) else value["dimension"],
)
def test_parts_and_zeros_can_be_computed_again_too(
    given: Given, indicator_id: str, of: dict[str, str]
) -> None:
    assert traced(given, indicator_id, **of)["equal"]


def test_a_row_is_named_by_file_sheet_and_the_number_that_excel_shows(given: Given) -> None:
    (row,) = traced(given, "IND01", "2020-Q1", dimension="format", category="online")["rows"]
    assert (row["partner_id"], row["file"], row["sheet"], row["row"], row["contribution"]) == (
        "TM-P001",
        "TM-P001_2020-Q1.xlsx",
        "activitati",
        FIRST_ROW + 1,
        1,
    )
    assert len(row["sha256"]) == 64


def test_a_corrected_row_is_the_evidence_and_not_the_one_it_corrects(given: Given) -> None:
    (row,) = traced(given, "IND16", dimension="partner", category="TM-P002")["rows"]
    assert row["contribution"] == 5


def test_contributions_to_a_sum_add_up_to_it(given: Given) -> None:
    answer = traced(given, "IND16")
    assert sum(row["contribution"] for row in answer["rows"]) == answer["value"]


def test_a_register_line_of_two_months_is_one_piece_of_evidence(tmp_path: Path) -> None:
    of_two_months = Given(tmp_path)
    of_two_months.activity("a1", end_date="2020-02-20")
    of_two_months.artist("Ana", "a1")
    answer = traced(of_two_months, "IND12")
    of_two_months.close()
    assert answer["equal"]
    assert [(row["sheet"], row["contribution"]) for row in answer["rows"]] == [("artisti", 1)]


def test_a_report_that_never_came_is_evidence_without_a_file(given: Given) -> None:
    rows = traced(given, "Q01", "2020-Q1", dimension="partner", category="TM-P004")["rows"]
    assert [(row["sha256"], row["row"], row["contribution"]) for row in rows] == [(None, None, 0)]


def test_a_declared_number_leads_to_the_report_that_declares_it(given: Given) -> None:
    answer = traced(given, "IND12", "2020-Q2", dimension="partner", category="TM-P003")
    assert answer["value"] == 6
    assert [(row["sheet"], row["contribution"]) for row in answer["rows"]] == [("raport", 6)]


@pytest.mark.parametrize("removed", ["a1", "a2", "a3"])
def test_removing_a_traced_row_changes_the_figure(
    given: Given, tmp_path: Path, removed: str
) -> None:
    less = Given(tmp_path)
    small_programme(less, without=removed)
    behind = traced(given, "IND01", "2020-Q1")
    assert less.total("IND01", "2020-Q1") == (behind["value"] or 0) - 1
    less.close()


def test_what_others_published_rests_on_no_row_of_a_partner(tmp_path: Path) -> None:
    later = Given(tmp_path)
    later.it_is("2021-03-01T05:00:00+02:00")
    later.report()
    answer = traced(later, "IND01", source="external")
    later.close()
    assert (answer["value"], answer["equal"], answer["rows"]) == (201, True, [])


def test_an_unknown_code_is_refused(given: Given) -> None:
    with pytest.raises(UsageError, match="IND99-0000-0000"):
        tracing.trace(given.connection, SQL, "IND99-0000-0000")


def spoken(code: str) -> str:
    """As somebody writes down what was read out: small, in one piece, o for 0 and l for 1."""
    return code[:5].lower() + code[5:].lower().replace("0", "o").replace("1", "l").replace("-", " ")


def test_a_code_is_found_however_it_was_written_down(given: Given) -> None:
    codes = given.ask("select code, passport from monitor.figures where indicator_id = 'IND01'")
    for row in codes:
        for written in (row["code"], spoken(row["code"]), row["passport"]):
            assert passports.figure(given.connection, written)["code"] == row["code"]


def test_a_code_that_was_printed_before_still_leads_to_its_figure(given: Given) -> None:
    named = "timisoara2023|IND01||2020-Q1|||computed"
    printed = f"IND01-{hashlib.md5(named.encode(), usedforsecurity=False).hexdigest()[:8]}"
    found = tracing.trace(given.connection, SQL, printed)
    assert (found["indicator_id"], found["period_id"], found["category"]) == (
        "IND01",
        "2020-Q1",
        None,
    )


def test_part_of_a_code_is_no_code(given: Given) -> None:
    code = given.figure("IND01", "2020-Q1")["code"]
    for part in (code[:-1], f"{code}-0000", code[:5]):
        with pytest.raises(UsageError, match="No figure"):
            passports.figure(given.connection, part)


@pytest.mark.parametrize("printed", ["IND01-7K2M-9QXT", "IND01-87570b8d"])
def test_a_code_that_two_figures_share_is_answered_with_both_and_a_question(printed: str) -> None:
    with warehouse.connect() as connection:
        connection.execute(
            """
            create schema monitor;
            create table monitor.figures as
            from (values
                ('IND01-7K2M-9QXT-0001', '2020-Q1', 'format', 'online'),
                ('IND01-7K2M-9QXT-0002', '2020', null, null),
                ('IND01-8888-9999-0003', '2020-Q1', null, null)
            ) as figures (passport, period_id, dimension, category)
            select
                *, 'IND01' as indicator_id, null as measure, 'computed' as source,
                left(passport, 15) as code,
                if(code = 'IND01-7K2M-9QXT', 'IND01-87570b8d', 'IND01-00000000') as former_code,
            """
        )
        with pytest.raises(UsageError) as asked:
            passports.figure(connection, printed)
        question = str(asked.value)
        assert "Which one do you ask about?" in question
        assert "IND01-7K2M-9QXT-0001 is IND01, 2020-Q1, format online, computed" in question
        assert "IND01-7K2M-9QXT-0002 is IND01, 2020, computed" in question
        assert "0003" not in question
        answered = passports.figure(connection, "IND01-7K2M-9QXT-0002")
        assert answered["period_id"] == "2020"
