"""Periods, deadlines and the one place where UTC becomes local time.

A period is half open: `starts_on` is in, `ends_before` is out. Its id tells its kind:
2020, 2020-H1, 2020-Q4, 2020-M03, and to-2020-Q4 for all from the programme's start.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.steps.errors import UsageError

LOCAL = ZoneInfo("Europe/Bucharest")
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ID = re.compile(
    r"(?P<year>[12]\d{3})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|M(?P<month>\d\d)))?", re.ASCII
)
_EXAMPLES = "2020, 2020-H1, 2020-Q4, 2020-M03 or to-2020-Q4"


@dataclass(frozen=True, order=True)
class Period:
    """One stretch of the calendar. kind is month, quarter, half, year or cumulative."""

    starts_on: date
    ends_before: date
    period_id: str
    kind: str

    @property
    def ends_on(self) -> date:
        """The last day that is in, as it is printed."""
        return self.ends_before - timedelta(days=1)


def parse(period_id: str, programme_starts_on: date) -> Period:
    """Period of an id. Raises UsageError, with examples, for anything else."""
    cumulative = period_id.startswith("to-")
    match = _ID.fullmatch(period_id.removeprefix("to-"))
    if match is None:
        msg = f"{period_id!r} is no period. Write for example {_EXAMPLES}."
        raise UsageError(msg)
    kind = next((k for k in ("half", "quarter", "month") if match[k]), "year")
    number = int(match[kind]) if kind != "year" else 1
    length = MONTHS_IN[kind]
    if number * length > 12 or number < 1:
        msg = f"{period_id!r}: a year has no such {kind}. Write for example {_EXAMPLES}."
        raise UsageError(msg)
    starts_on = _month_start(int(match["year"]), (number - 1) * length)
    ends_before = _month_start(int(match["year"]), number * length)
    if cumulative:
        return Period(programme_starts_on, ends_before, period_id, "cumulative")
    return Period(starts_on, ends_before, period_id, kind)


def calendar(starts_on: date, ends_before: date) -> list[Period]:
    """All periods of a programme in order: each kind, and cumulative to each quarter and year."""
    periods = []
    for year in range(starts_on.year, ends_before.year + 1):
        ids = [f"{year}", *(f"{year}-H{n}" for n in (1, 2)), *(f"{year}-Q{n}" for n in range(1, 5))]
        ids += [f"{year}-M{n:02d}" for n in range(1, 13)]
        ids += [f"to-{year}", *(f"to-{year}-Q{n}" for n in range(1, 5))]
        periods += [parse(period_id, starts_on) for period_id in ids]
    inside = [p for p in periods if p.ends_before > starts_on and p.ends_on < ends_before]
    return sorted(inside)


def previous(period: Period) -> str | None:
    """Id of the period before, of the same kind; None for a cumulative one."""
    if period.kind == "cumulative":
        return None
    return containing(period.starts_on - timedelta(days=1), period.kind)


def containing(day: date, kind: str) -> str:
    """Id of the period of this kind that a day falls in."""
    number = (day.month - 1) // MONTHS_IN[kind] + 1
    suffix = {"month": f"-M{number:02d}", "quarter": f"-Q{number}", "half": f"-H{number}"}
    return f"{day.year}{suffix.get(kind, '')}"


def due_on(period: Period, deadline_days: int) -> date:
    """Last day on which a report about the period is in time."""
    return period.ends_on + timedelta(days=deadline_days)


def local_date(moment: datetime) -> date:
    """The calendar day, in Romania, of an instant."""
    return moment.astimezone(LOCAL).date()


def start_of_day(day: date) -> datetime:
    """The instant at which a day begins in Romania."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL)


def _month_start(year: int, months: int) -> date:
    return date(year + months // 12, months % 12 + 1, 1)
