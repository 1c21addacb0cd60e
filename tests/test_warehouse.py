"""The warehouse: built beside and swapped in, typed without guessing; where figures stand."""

import os
import subprocess
from collections.abc import Generator
from datetime import date
from math import ceil
from pathlib import Path

import pytest

from flows.steps import warehouse
from flows.steps.errors import OperatorError
from flows.steps.warehouse import Connection, Room
from tests.given import INDICATORS, SQL, Given, catalogue


def test_a_missing_warehouse_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="reper rebuild"):
        warehouse.connect(tmp_path / "warehouse.duckdb", read_only=True)


def test_a_damaged_warehouse_may_be_deleted(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(OperatorError, match="nothing is lost"):
        warehouse.connect(path, read_only=True)
    assert warehouse.stamp(path) is None


def test_a_new_warehouse_takes_the_place_of_the_old_one_and_readers_keep_theirs(
    tmp_path: Path,
) -> None:
    path = tmp_path / "home" / "warehouse.duckdb"
    for stamp in ("first", "second"):
        with warehouse.replacing(path) as connection:
            warehouse.put_stamp(connection, stamp)
    with warehouse.connect(path, read_only=True) as reader:
        with warehouse.replacing(path) as connection:
            warehouse.put_stamp(connection, "third")
        assert warehouse.rows(reader, "from main.built_from") == [{"stamp": "second"}]
    assert warehouse.stamp(path) == "third"
    assert list(path.parent.iterdir()) == [path]


def test_a_build_that_fails_leaves_the_old_warehouse(tmp_path: Path) -> None:
    def fail() -> None:
        with warehouse.replacing(path):
            raise ZeroDivisionError

    path = tmp_path / "warehouse.duckdb"
    with warehouse.replacing(path) as connection:
        warehouse.put_stamp(connection, "good")
    with pytest.raises(ZeroDivisionError):
        fail()
    assert warehouse.stamp(path) == "good"
    assert list(tmp_path.iterdir()) == [path]


def test_what_does_not_fit_into_memory_spills_into_the_home_and_is_taken_away(
    tmp_path: Path,
) -> None:
    room = Room(20, tmp_path)
    with warehouse.replacing(tmp_path / "warehouse.duckdb", room) as connection:
        connection.execute(
            "create temp table kept as select md5(i::varchar) from range(2000000) r (i)"
        )
        assert list(tmp_path.glob(".spill-*"))
    assert [path.name for path in tmp_path.iterdir()] == ["warehouse.duckdb"]


def test_a_build_takes_away_what_a_killed_one_left_and_not_what_another_needs(
    tmp_path: Path,
) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    for process_id in (ended.pid, os.getpid()):
        (tmp_path / f".spill-{process_id}-1" / "part").mkdir(parents=True)
    with warehouse.replacing(tmp_path / "warehouse.duckdb", Room(200, tmp_path)):
        pass
    assert [path.name for path in tmp_path.glob(".spill*")] == [f".spill-{os.getpid()}-1"]


@pytest.fixture(scope="module")
def macros() -> Generator[Connection]:
    with warehouse.connect() as connection:
        connection.execute((SQL / "typing" / "macros.sql").read_text("utf-8"))
        yield connection


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200", 1200),
        ("1.200", 1200),
        ("1.200.000", 1200000),
        ("1200,0", 1200),
        ("-6", -6),
        ("1,5", None),
        ("1.5", None),
        ("12.00", None),
        ("vreo 100", None),
        ("1 200", None),
        ("", None),
        ("99999999999999999999", None),
    ],
)
def test_a_whole_number_is_understood_or_left_alone(
    macros: Connection, text: str, number: int | None
) -> None:
    assert macros.execute("select as_integer($1)", [text]).fetchall() == [(number,)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-03-17", date(2020, 3, 17)),
        ("17.03.2020", date(2020, 3, 17)),
        ("7/3/2020", date(2020, 3, 7)),
        ("29.02.2020", date(2020, 2, 29)),
        ("29.02.2021", None),
        ("31.04.2020", None),
        ("2020", None),
        ("martie 2020", None),
        ("17.03.20", None),
    ],
)
def test_a_date_is_understood_or_left_alone(
    macros: Connection, text: str, day: date | None
) -> None:
    assert macros.execute("select as_date($1)", [text]).fetchall() == [(day,)]


def test_a_word_is_known_by_code_and_by_label_however_it_is_typed(given: Given) -> None:
    said = ("in_person", "Față în față", "față în faţă", "FATA IN FATA", "In person", "in  person")
    for number, word in enumerate(said):
        given.activity(f"a{number}", format=word)
    assert given.split("IND01", "2020-Q1", "format") == {"in_person": len(said)}


def test_what_was_typed_is_kept_beside_what_it_means(given: Given) -> None:
    given.activity("a1", attendance_in_person="vreo 100", objectives="D1; ceva", format="Hibrid")
    (row,) = given.ask(
        """
        select attendance_in_person_raw, attendance_in_person, objectives_raw, objectives, format
        from typed.activitati
        """
    )
    assert row == {
        "attendance_in_person_raw": "vreo 100",
        "attendance_in_person": None,
        "objectives_raw": "D1; ceva",
        "objectives": None,
        "format": "hybrid",
    }


def test_no_name_and_no_address_of_a_person_is_in_it(given: Given) -> None:
    given.artist("Ana", "a1")
    kept = given.ask("select distinct unnest(map_keys(cells)) as field from raw.rows")
    columns = given.ask("select distinct column_name as field from duckdb_columns()")
    names = {row["field"] for row in (*kept, *columns)}
    assert "person_key" in names
    for name in ("person_email", "contact_name", "contact_email"):
        assert names.isdisjoint({name, f"{name}_raw"})


def test_a_row_that_is_set_aside_is_no_report(given: Given) -> None:
    given.activity("a1")
    given.activity("example", set_aside="example")
    given.activity("total", set_aside="total", attendance_in_person=10)
    assert given.total("IND01", "2020-Q1") == 1
    assert given.total("IND16", "2020-Q1") == 10


def test_a_target_counts_from_the_day_on_which_it_was_decided(given: Given) -> None:
    decided = [
        (row["decided_on"], row["value"])
        for row in catalogue()["targets"]
        if (row["indicator_id"], row["period_id"], row["dimension"]) == ("IND01", "2020", None)
    ]
    (first_on, first), (second_on, second) = sorted(decided)
    assert first_on < date(2020, 5, 1) < second_on
    given.it_is("2020-05-01T05:00+03:00")
    assert given.figure("IND01", "2020")["target"] == first
    given.it_is("2020-05-21T05:00+03:00")
    assert given.figure("IND01", "2020")["target"] == second


def agreed(period_id: str) -> float:
    """The target in force for activities delivered."""
    found = [
        row
        for row in catalogue()["targets"]
        if (row["indicator_id"], row["period_id"], row["dimension"]) == ("IND01", period_id, None)
    ]
    return float(max(found, key=lambda row: row["decided_on"])["value"])


def test_while_a_period_runs_it_is_compared_with_what_should_be_reached_by_today(
    given: Given,
) -> None:
    for number in range(ceil(agreed("2020-Q4") / 2)):
        given.activity(f"a{number}", period="2020-Q4")
    # 46 of its 92 days are over.
    given.it_is("2020-11-16T05:00+02:00")
    assert given.figure("IND01", "2020-Q4")["status"] == "reached"
    given.it_is("2021-01-01T05:00+02:00")
    assert given.figure("IND01", "2020-Q4")["status"] == "behind"


@pytest.mark.parametrize(
    ("share", "short_by", "status"),
    [
        ("reached_share", 0, "reached"),
        ("reached_share", 1, "at_risk"),
        ("at_risk_share", 0, "at_risk"),
        ("at_risk_share", 1, "behind"),
    ],
)
def test_the_status_goes_by_the_programmes_shares_of_the_target(
    given: Given, share: str, short_by: int, status: str
) -> None:
    target = agreed("2020-Q1")
    wanted = target * getattr(catalogue().programme, share)
    for number in range(ceil(wanted) - short_by):
        given.activity(f"a{number}")
    figure = given.figure("IND01", "2020-Q1")
    assert (figure["target"], figure["status"]) == (target, status)


def test_without_a_value_there_is_no_data_and_without_a_target_no_status(given: Given) -> None:
    given.report(period="2020-Q3")
    assert given.figure("IND01", "2020-Q1")["status"] == "no_data"
    assert given.figure("IND01", "2020-M01")["status"] is None


def test_what_others_published_stands_beside_ours_from_the_day_of_their_note(given: Given) -> None:
    given.activity("a1", period="2020-Q4")
    assert ("IND01", "2020", None, None, None, "external") not in given.by_key
    given.it_is("2021-02-25T05:00+02:00")
    theirs = given.figure("IND01", "2020", source="external")
    assert (theirs["value"], theirs["precision"], theirs["low"]) == (201, "at_least", 201)
    assert given.total("IND01", "2020") == 1


def test_a_code_names_the_figure_and_not_its_value(given: Given) -> None:
    given.activity("a1")
    before = given.figure("IND01", "2020-Q1")
    given.activity("a2")
    after = given.figure("IND01", "2020-Q1")
    assert (before["value"], after["value"]) == (1, 2)
    assert before["code"] == after["code"]
    assert before["code"].startswith("IND01-")


def test_every_indicator_with_a_select_has_a_figure_in_every_period(given: Given) -> None:
    given.report()
    given.computes(*INDICATORS)
    measures = {
        (row["indicator_id"], row["measure"])
        for row in catalogue()["indicators"]
        if row["indicator_id"] in INDICATORS and row["additivity"] != "external"
    }
    for period in ("2020-M01", "2020-Q1", "2020-H1", "2020", "to-2020-Q1", "2021-M01"):
        found = {
            (indicator_id, measure)
            for indicator_id, found_in, measure, dimension, _, source in given.by_key
            if found_in == period and dimension is None and source == "computed"
        }
        assert found == measures


def test_activities_count_for_the_aims_that_their_objectives_lead_to(given: Given) -> None:
    given.activity("a1", objectives="D1")
    given.activity("a2", objectives="D2; D1")
    given.activity("a3", objectives="A6")
    given.activity("a4", objectives="D1", status="cancelled")
    found = given.ask(
        """
        select aim_id, activities from monitor.aim_links
        where period_id = '2020-Q1' and objective_id is null and aim_id is not null
        order by aim_id
        """
    )
    assert {row["aim_id"]: row["activities"] for row in found} == {"A4": 2, "A5": 1, "A6": 1}
