"""Between two editions every changed figure is listed with its causes, and the moves add up."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.steps import warehouse
from flows.steps.publishing import changes
from flows.steps.publishing.changes import Cause, Change, Figures
from tests.given import Given

TIME = Cause("time")
FIRST = Cause(
    "submission_received", 7, None, "TM-P001-a", "TM-P001", "correction", "Am numărat greșit."
)
SECOND = Cause(
    "submission_received", 8, None, "TM-P002-b", "TM-P002", "correction", "A fost anulată."
)


def told(folder: Path, *stated: Callable[[Given], None]) -> Figures:
    folder.mkdir()
    given = Given(folder)
    given.computes("IND01", "IND16")
    for state in stated:
        state(given)
    rows = warehouse.rows(given.connection, "from monitor.figures where period_id = '2020-Q1'")
    given.close()
    return changes.by_key(rows)


def reported(given: Given) -> None:
    given.activity("a", attendance_in_person=100)
    given.activity("b", partner="TM-P002", attendance_in_person=30, format="hybrid")


def corrected(given: Given) -> None:
    given.activity("a", attendance_in_person=80, received_at="2020-06-01")


def cancelled(given: Given) -> None:
    given.activity("b", partner="TM-P002", status="cancelled", received_at="2020-06-02")


@pytest.fixture
def changed(tmp_path: Path) -> list[Change]:
    before = told(tmp_path / "0", reported)
    steps = [
        (TIME, told(tmp_path / "1", reported)),
        (FIRST, told(tmp_path / "2", reported, corrected)),
        (SECOND, told(tmp_path / "3", reported, corrected, cancelled)),
    ]
    return changes.compare(before, steps)


def one(changed: list[Change], indicator_id: str) -> Change:
    return next(
        change
        for change in changed
        if change.figure["indicator_id"] == indicator_id and change.figure["dimension"] is None
    )


def test_each_changed_figure_has_its_old_and_new_value(changed: list[Change]) -> None:
    visits, activities = one(changed, "IND16"), one(changed, "IND01")
    assert visits.old is not None
    assert visits.new is not None
    assert (visits.old["value"], visits.new["value"], visits.delta) == (130, 80, -50)
    assert activities.delta == -1


def test_each_move_has_the_submission_that_caused_it_and_its_reason(changed: list[Change]) -> None:
    moves = {move.cause.submission_id: move.delta for move in one(changed, "IND16").moves}
    assert moves == {"TM-P001-a": -20, "TM-P002-b": -30}
    assert [move.cause for move in one(changed, "IND01").moves] == [SECOND]


def test_the_moves_of_every_figure_add_up_to_its_change(changed: list[Change]) -> None:
    assert changed
    for change in changed:
        assert sum(move.delta for move in change.moves) == pytest.approx(change.delta)


def test_the_changes_of_parts_add_up_to_that_of_the_whole(changed: list[Change]) -> None:
    of_format = [
        change.delta
        for change in changed
        if (change.figure["indicator_id"], change.figure["dimension"]) == ("IND16", "format")
    ]
    assert sum(of_format) == one(changed, "IND16").delta


def test_nothing_else_is_listed(changed: list[Change]) -> None:
    listed = {change.figure["code"] for change in changed}
    assert all(change.old != change.new for change in changed)
    assert not any(
        change.figure["category"] == "TM-P001" and change.figure["indicator_id"] == "IND01"
        for change in changed
    )
    assert len(listed) == len(changed)


def test_what_went_and_came_back_is_no_change(tmp_path: Path) -> None:
    before = told(tmp_path / "0", reported)
    between = told(tmp_path / "1", reported, corrected)
    assert changes.compare(before, [(FIRST, between), (SECOND, before)]) == []


def test_time_alone_is_named_as_a_cause(tmp_path: Path) -> None:
    def on(moment: str) -> Callable[[Given], None]:
        return lambda given: given.it_is(moment)

    early = told(tmp_path / "0", reported, on("2020-04-10T08:00:00+03:00"))
    late = told(tmp_path / "1", reported, on("2020-05-10T08:00:00+03:00"))
    found = changes.compare(early, [(TIME, late)])
    rate = one(found, "Q01")
    assert [move.cause for move in rate.moves] == [TIME]
