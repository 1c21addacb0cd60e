"""Periods are half open, know their neighbours, and say what they would have understood."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from flows.steps import periods
from flows.steps.errors import UsageError

START = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("period_id", "kind", "starts_on", "ends_on"),
    [
        ("2020", "year", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-H2", "half", date(2020, 7, 1), date(2020, 12, 31)),
        ("2020-Q1", "quarter", date(2020, 1, 1), date(2020, 3, 31)),
        ("2020-Q4", "quarter", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-M02", "month", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-M12", "month", date(2021, 12, 1), date(2021, 12, 31)),
        ("to-2021-Q2", "cumulative", START, date(2021, 6, 30)),
        ("to-2021", "cumulative", START, date(2021, 12, 31)),
    ],
)
def test_an_id_tells_kind_and_days(
    period_id: str, kind: str, starts_on: date, ends_on: date
) -> None:
    period = periods.parse(period_id, START)
    assert (period.kind, period.starts_on, period.ends_on) == (kind, starts_on, ends_on)


def test_a_period_ends_before_the_day_on_which_the_next_one_starts() -> None:
    quarters = [periods.parse(f"2020-Q{number}", START) for number in range(1, 5)]
    for one, following in pairwise(quarters):
        assert one.ends_before == following.starts_on
        assert periods.containing(one.ends_on, "quarter") == one.period_id
        assert periods.containing(one.ends_before, "quarter") == following.period_id


@pytest.mark.parametrize(
    "period_id",
    [
        *("", "20", "0000", "9999", "٢٠٢٠", "2020-Q5", "2020-Q0", "2020-H3", "2020-M13"),
        *("2020-M00", "2020-M1", "2020 Q4", "2020-q4", "2020-Q4 ", "Q4-2020", "to-", "to-to-2020"),
    ],
)
def test_anything_else_is_refused_with_examples(period_id: str) -> None:
    with pytest.raises(UsageError) as refused:
        periods.parse(period_id, START)
    assert "2020-Q4" in str(refused.value)
    assert "to-2020-Q4" in str(refused.value)


def test_the_calendar_holds_each_kind_of_a_year_and_nothing_outside() -> None:
    found = periods.calendar(START, date(2021, 1, 1))
    kinds = [period.kind for period in found]
    counted = {kind: kinds.count(kind) for kind in kinds}
    assert counted == {"month": 12, "quarter": 4, "half": 2, "year": 1, "cumulative": 5}
    assert found == sorted(found)
    assert max(period.ends_before for period in found) == date(2021, 1, 1)


def test_the_months_of_a_calendar_leave_no_day_out_and_none_twice() -> None:
    found = periods.calendar(START, date(2024, 1, 1))
    months = [period for period in found if period.kind == "month"]
    assert sum((month.ends_before - month.starts_on).days for month in months) == 366 + 3 * 365


@pytest.mark.parametrize(
    ("period_id", "before"),
    [
        ("2021", "2020"),
        ("2021-H1", "2020-H2"),
        ("2020-Q4", "2020-Q3"),
        ("2021-Q1", "2020-Q4"),
        ("2020-M03", "2020-M02"),
        ("to-2020-Q4", None),
    ],
)
def test_the_period_before_is_of_the_same_kind(period_id: str, before: str | None) -> None:
    assert periods.previous(periods.parse(period_id, START)) == before


def test_a_report_is_due_a_number_of_days_after_the_last_day() -> None:
    assert periods.due_on(periods.parse("2020-Q4", START), 15) == date(2021, 1, 15)


def test_a_day_is_the_one_on_the_wall_in_romania() -> None:
    assert periods.local_date(datetime(2020, 12, 31, 22, 0, tzinfo=UTC)) == date(2021, 1, 1)
    assert periods.local_date(datetime(2020, 6, 30, 21, 0, tzinfo=UTC)) == date(2020, 7, 1)
    assert periods.local_date(datetime(2020, 6, 30, 20, 59, tzinfo=UTC)) == date(2020, 6, 30)


@pytest.mark.parametrize("day", [date(2021, 1, 25), date(2021, 3, 28), date(2021, 10, 31)])
def test_a_day_begins_at_midnight_also_when_clocks_change(day: date) -> None:
    begins = periods.start_of_day(day).astimezone(UTC)
    assert periods.local_date(begins) == day
    assert periods.local_date(begins.replace(microsecond=0)) == day
    before = datetime.fromtimestamp(begins.timestamp() - 1, UTC)
    assert periods.local_date(before) < day
