"""A slow twin: the hard indicators counted again in plain Python, from their definitions."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

import hypothesis

from flows.steps.periods import Period
from tests.given import Given, catalogue, period_of
from tests.indicators.programmes import (
    FEW,
    PROGRAMMES,
    Activity,
    Call,
    File,
    Person,
    Programme,
    told,
)

Line = TypeVar("Line", Activity, Person, Call)
PERIODS = [p for p in catalogue().periods() if p.starts_on.year == 2020 == p.ends_on.year]


@hypothesis.settings(FEW, max_examples=10)
@hypothesis.given(PROGRAMMES)
def test_counted_again_in_plain_python_every_total_is_the_same(programme: Programme) -> None:
    with told(programme) as given:
        given.computes("IND01", "IND03", "IND12", "IND27", "IND35")
        for period in PERIODS:
            _compare(given, programme, period)


def _compare(given: Given, programme: Programme, period: Period) -> None:
    period_id = period.period_id
    formats = delivered_formats(programme, period)
    if not any(_touches(file, period) for file in programme.files):
        assert given.total("IND01", period_id) is None
        assert given.total("IND12", period_id) is None
        return
    assert given.total("IND01", period_id) == sum(formats.values())
    assert given.total("IND03", period_id, "activities") == sum(formats.values())
    # A part that has a target is there, and is nothing, when nobody delivered any.
    parts = given.split("IND03", period_id, "format", "activities")
    assert {format_: count for format_, count in parts.items() if count} == formats
    for indicator_id, role in (("IND12", "artist"), ("IND27", "volunteer")):
        figure = given.figure(indicator_id, period_id)
        assert (figure["precision"], figure["low"], figure["high"], figure["value"]) == people(
            programme, period, role
        ), (indicator_id, period_id)
    rate = given.figure("IND35", period_id)
    assert (rate["numerator"], rate["denominator"] or 0) == selection(programme, period)


def delivered_formats(programme: Programme, period: Period) -> dict[str, int]:
    """IND01 and IND03: each delivered activity once, under the format last said of it."""
    latest: dict[tuple[str, str], tuple[date, str]] = {}
    for activity in _in_force(programme.activities):
        days = _days(activity)
        if activity.status == "delivered" and _overlap(days, period):
            key = (activity.file.partner, activity.activity_id)
            said = (days[0], activity.format or "not_stated")
            latest[key] = max(latest.get(key, said), said)
    return dict(Counter(format_ for _, format_ in latest.values()))


def people(
    programme: Programme, period: Period, role: str
) -> tuple[str, int | None, int | None, int | None]:
    """IND12 and IND27: precision, low, high and value, from registers and declared numbers."""
    activities = {
        (a.file.partner, a.file.quarter, a.activity_id): a for a in _in_force(programme.activities)
    }
    registered, with_register = set(), set()
    for person in _register_in_force(programme, role):
        file = person.file
        activity = activities.get((file.partner, file.quarter, person.activity_id or ""))
        if activity is not None and activity.status == "delivered":
            days = _days(activity)
        elif person.activity_id is None:
            quarter = period_of(file.quarter)
            days = (quarter.starts_on, quarter.ends_on)
        else:
            continue
        # Seen over the whole quarter: who has a register there declares nothing beside it.
        with_register.add((file.partner, file.quarter))
        if _overlap(days, period):
            registered.add(person.name)
    declared = [
        (file, count)
        for file, count in _declared_in_force(programme, role)
        if count and (file.partner, file.quarter) not in with_register and _touches(file, period)
    ]
    known = len(registered)
    if not declared:
        return "exact", None, None, known
    quarters = [period_of(file.quarter) for file, _ in declared]
    if any(q.starts_on < period.starts_on or q.ends_on > period.ends_on for q in quarters):
        return "at_least", known, None, known
    low = max(known, *(count for _, count in declared))
    high = known + sum(count for _, count in declared)
    return ("exact", low, high, low) if low == high else ("between", low, high, None)


def selection(programme: Programme, period: Period) -> tuple[int, int]:
    """IND35: people selected, and people who applied, over the calls that closed in the period."""
    calls: dict[tuple[str, str], Call] = {}
    for call in _by_arrival(programme.calls):
        calls[call.file.partner, call.call_id] = call
    closed = [c for c in calls.values() if period.starts_on <= c.closed_on <= period.ends_on]
    return sum(c.selected for c in closed), sum(c.applicants for c in closed)


def _by_arrival(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.file.received_at)


def _in_force(activities: Iterable[Activity]) -> Iterator[Activity]:
    """The last line of each activity of each partner and quarter."""
    latest = {}
    for line in _by_arrival(activities):
        latest[line.file.partner, line.file.quarter, line.activity_id] = line
    return iter(latest.values())


def _register_in_force(programme: Programme, role: str) -> Iterator[Person]:
    """The lines of the last register that each partner sent about each quarter."""
    lines = [person for person in programme.people if person.role == role]
    last: dict[tuple[str, str], File] = {}
    for line in _by_arrival(lines):
        last[line.file.partner, line.file.quarter] = line.file
    return (line for line in lines if last[line.file.partner, line.file.quarter] == line.file)


def _declared_in_force(programme: Programme, role: str) -> Iterator[tuple[File, int | None]]:
    """What the last file of each partner about each quarter declares."""
    last = {(file.partner, file.quarter): file for file in programme.files}
    for file in last.values():
        artists, volunteers = programme.declared.get(file, (None, None))
        yield file, artists if role == "artist" else volunteers


def _days(activity: Activity) -> tuple[date, date]:
    """The days of an activity inside the quarter that it is reported in."""
    quarter = period_of(activity.file.quarter)
    return max(activity.start_date, quarter.starts_on), min(activity.end_date, quarter.ends_on)


def _overlap(days: tuple[date, date], period: Period) -> bool:
    return days[0] <= period.ends_on and days[1] >= period.starts_on


def _touches(file: File, period: Period) -> bool:
    quarter = period_of(file.quarter)
    return _overlap((quarter.starts_on, quarter.ends_on), period)
