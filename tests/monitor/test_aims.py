"""Aims in two readings: what an activity touches, and its share; and promises still open."""

from collections.abc import Generator
from datetime import UTC, datetime

import pytest

from flows.steps import catalogue as catalogues
from flows.steps import indicators, warehouse
from flows.steps.filling import deriving, loading
from flows.steps.publishing import facts
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection
from reports.build import build
from reports.model import Aims
from tests.given import DATA, SQL, Given
from tests.monitor.tables import monitor_again, put
from tests.reading_pdf import pages

BUCHAREST = catalogues.load(DATA / "catalogue", DATA / "programmes" / "bucharest2021")
NOTHING_SENT = Known((), {}, {}, 0, "0" * 64, None)
NOW = datetime(2021, 1, 25, tzinfo=UTC)
PERIOD = "2020-Q4"


@pytest.fixture(scope="module")
def matrix() -> Generator[Connection]:
    """The warehouse of bucharest2021 before anybody sent anything."""
    with warehouse.connect() as connection:
        loading.load(connection, BUCHAREST, [], {}, SQL)
        deriving.derive(connection, NOTHING_SENT, [], NOW, SQL)
        indicators.compute(connection, SQL)
        yield connection


def aims_of(connection: Connection, **activities: str) -> Aims:
    """The page of aims when these activities were delivered, each naming its objectives."""
    links = {row["objective_id"]: [] for row in BUCHAREST["links"]}
    for row in BUCHAREST["links"]:
        links[row["objective_id"]].append(row)
    rows = [
        {"period_id": PERIOD, "activity_key": key, "objective_id": one, **_reached(link)}
        for key, named in activities.items()
        for one in named.split()
        for link in links.get(one, [{"aim_id": one, "bullets": None}])
    ]
    put(connection, "clean.objective_links", rows)
    monitor_again(connection)
    connection.execute(
        "update monitor.figures set numerator = $1 where indicator_id = 'IND01'"
        " and dimension is null",
        [len(activities)],
    )
    period = BUCHAREST.period(PERIOD)
    return facts.collect(connection, BUCHAREST, NOTHING_SENT, "team", period, 1, SQL).aims


def _reached(link: dict[str, object]) -> dict[str, object]:
    return {"aim_id": link["aim_id"], "bullets": link["bullets"]}


def test_the_matrix_has_its_known_sums(matrix: Connection) -> None:
    aims = aims_of(matrix)
    cells = {
        kind: [cell.bullets for row in aims.rows if row.kind == kind for cell in row.cells]
        for kind in ("aim", "objective")
    }
    assert sum(map(bool, cells["objective"])) == 66
    assert sum(cells["objective"]) == 103
    assert sum(map(bool, cells["aim"])) == 17
    of_objectives = [row for row in aims.rows if row.kind == "objective"]
    columns = [sum(row.cells[n].bullets for row in of_objectives) for n in range(6)]
    assert columns == [13, 13, 20, 17, 23, 17]


def test_every_row_of_the_matrix_is_in_the_report_whether_touched_or_not(
    matrix: Connection,
) -> None:
    rows = aims_of(matrix, a1="O01").rows
    assert [row.objective_id for row in rows] == [
        *(f"S{number}" for number in range(1, 7)),
        *(f"O{number:02d}" for number in range(1, 19)),
    ]
    assert all(len(row.cells) == 6 and row.wording.ro and row.wording.en for row in rows)


def test_every_row_is_printed_in_bucharests_own_report(matrix: Connection) -> None:
    period = BUCHAREST.period(PERIOD)
    for audience in ("team", "funder"):
        told = facts.collect(matrix, BUCHAREST, NOTHING_SENT, audience, period, 1, SQL)
        printed = " ".join(pages(build(told)))
        assert len(told.aims.rows) == 24
        for row in told.aims.rows:
            assert " ".join(row.wording.ro.split()) in printed


def test_columns_one_and_two_are_equal_in_every_row_and_the_report_knows(
    matrix: Connection,
) -> None:
    assert aims_of(matrix).equal_aims == (("A1", "A2"),)


def test_touching_counts_an_activity_wherever_it_is_linked(matrix: Connection) -> None:
    aims = aims_of(matrix, a1="O01 O08", a2="O08")
    rows = {row.objective_id: row for row in aims.rows}
    assert (rows["O01"].activities, rows["O08"].activities) == (1, 2)
    assert sum(row.activities for row in aims.rows) > aims.activities == 2


def test_a_share_goes_by_bullets_over_all_links_of_an_activity(matrix: Connection) -> None:
    bullets = {
        (row["objective_id"], row["aim_id"]): row["bullets"]
        for row in BUCHAREST["links"]
        if row["objective_id"] in ("O01", "O08")
    }
    aims = aims_of(matrix, a1="O01 O08")
    for row in aims.rows:
        for aim, cell in zip(aims.aims, row.cells, strict=True):
            promised = bullets.get((row.objective_id, aim.aim_id), 0)
            assert cell.share == pytest.approx(promised / sum(bullets.values()))


def test_shares_and_unlinked_activities_add_up_to_the_activities(matrix: Connection) -> None:
    aims = aims_of(matrix, a1="O01 O08", a2="O08", a3="S4 O02 O17", a4="A3", a5="")
    assert aims.unlinked == 1
    assert sum(aims.shares) + aims.unlinked == pytest.approx(aims.activities)
    of_rows = sum(row.share for row in aims.rows)
    assert of_rows == pytest.approx(3), "a4 names an aim itself, and so no row"
    by_cell = sum(cell.share for row in aims.rows for cell in row.cells)
    assert by_cell == pytest.approx(of_rows)


def test_a_promise_without_an_activity_is_listed_until_one_touches_it(matrix: Connection) -> None:
    all_open = aims_of(matrix).commitments
    assert len(all_open) == 66 + 17
    open_then = aims_of(matrix, a1="O01").commitments
    kept = {(one.objective_id, one.aim_id) for one in all_open} - {
        (one.objective_id, one.aim_id) for one in open_then
    }
    assert kept == {
        (row["objective_id"], row["aim_id"])
        for row in BUCHAREST["links"]
        if row["objective_id"] == "O01"
    }


def test_without_a_matrix_activities_are_shared_evenly_and_nothing_was_promised(
    given: Given,
) -> None:
    given.activity("a1", objectives="D1; D2")  # D1 leads to A4; D2 to A4 and A5.
    given.activity("a2", objectives="A3")
    shares = {
        row["aim_id"]: row["share"]
        for row in given.ask(
            "select aim_id, share from monitor.aim_links"
            " where period_id = '2020-Q1' and objective_id is null and aim_id is not null"
        )
    }
    assert shares == pytest.approx({"A3": 1, "A4": 2 / 3, "A5": 1 / 3})
    assert given.ask("from monitor.commitments") == []
    assert given.ask("from monitor.equal_aims") == []
