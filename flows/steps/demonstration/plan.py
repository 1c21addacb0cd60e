"""What a demonstration is to contain, before anything is invented: the frame of its story."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from flows.steps.demonstration.activities import City
from flows.steps.demonstration.workbook import Paper

Where = tuple[str, str]  # partner and period
_YEAR = 2020


@dataclass(frozen=True)
class Quarter:
    """One quarter that partners report about."""

    period_id: str
    starts_on: date
    ends_on: date
    due_on: date


@dataclass(frozen=True)
class Slot:
    """An activity that is to be: its format, and the first and last day that it may have.

    is_long: it takes all of these days, and may run on into the next quarter.
    """

    format: str | None
    first: date
    last: date
    is_long: bool = False


@dataclass(frozen=True)
class Broken:
    """A row that a partner gets wrong. is_mended: it comes again, right, in a correction.

    Else it is one activity more than the figures need, and stays in quarantine.
    """

    field: str
    typed: str | None
    what: str
    is_mended: bool
    format: str | None = "in_person"
    month: int | None = None


@dataclass(frozen=True)
class Correction:
    """A second version of a quarter that was in order: a final count changes an attendance."""

    received_at: datetime
    reason: str
    added: int


@dataclass(frozen=True)
class Excuse:
    """An officer's act: this partner need not report about this period."""

    partner_id: str
    period_id: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Sending:
    """One file on its way: its content, or whose bytes it repeats; no paper for what is no form."""

    partner_id: str
    period_id: str
    file_name: str
    received_at: datetime
    note: str
    paper: Paper | None = None
    same_as: str | None = None


@dataclass(frozen=True)
class Story:
    """All that came in, in order, and what officers decided."""

    sendings: tuple[Sending, ...]
    excuses: tuple[Excuse, ...]


@dataclass(frozen=True)
class Plan:
    """The frame: how many of what, and which partner is in which trouble when.

    slots by quarter; nil says how many partners a quarter confirm that there was nothing;
    calls are rows of the sheet apeluri; objective_sets, where given, are dealt out to the
    activities in turn.
    """

    seed: int
    city: City
    quarters: tuple[Quarter, ...]
    slots: Mapping[str, tuple[Slot, ...]]
    artists: Mapping[str | None, int]
    volunteers: int
    nil: Mapping[str, int]
    missing: frozenset[Where]
    excused: Mapping[Where, str]
    late: frozenset[Where]
    broken: Mapping[Where, Broken] = field(default_factory=dict)
    refused: Mapping[Where, str] = field(default_factory=dict)
    corrected: Mapping[Where, Correction] = field(default_factory=dict)
    sent_twice: frozenset[Where] = frozenset()
    calls: Mapping[Where, dict[str, object]] = field(default_factory=dict)
    objective_sets: tuple[tuple[str, ...], ...] = ()
    never_delivered: tuple[str, ...] = ()


def quarters(*numbers: int) -> tuple[Quarter, ...]:
    """Quarters of the year of the demonstration, reports due on the fifteenth after each."""
    found = []
    for number in numbers:
        next_year, next_month = (_YEAR + 1, 1) if number == 4 else (_YEAR, number * 3 + 1)
        after = date(next_year, next_month, 1)
        last = date.fromordinal(after.toordinal() - 1)
        starts_on = date(_YEAR, number * 3 - 2, 1)
        found.append(Quarter(f"{_YEAR}-Q{number}", starts_on, last, after.replace(day=15)))
    return tuple(found)
