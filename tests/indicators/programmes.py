"""Programmes that nobody made up by hand: three partners, three quarters, blanks, corrections.

A warehouse takes as long for one of them as for fifty. So each lives in a year of its own, and
fifty that follow each other are one long programme.
"""

import tempfile
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

import hypothesis
from hypothesis import strategies as st

from flows.steps.catalogue import Catalogue
from tests.given import Given, catalogue, period_of

YEARS = range(2020, 2070)
BATCHES = range(10)
_COUNT = len(YEARS) * len(BATCHES)
_AFTER_ALL = "2070-04-01T05:00:00+03:00"
_PARTNERS = ("TM-P001", "TM-P002", "TM-P003")


@dataclass(frozen=True, order=True)
class File:
    """One file: the first of a partner about a quarter, or the correction of it."""

    partner: str
    quarter: str
    turn: int

    @property
    def received_at(self) -> str:
        """Corrections come after the next quarter's report has come."""
        ends_before = period_of(self.quarter).ends_before
        return (ends_before + timedelta(days=100 * (self.turn - 1) + 7)).isoformat()


@dataclass(frozen=True)
class Activity:
    """A line of the sheet of activities; None is a blank cell."""

    file: File
    activity_id: str
    status: str
    start_date: date
    end_date: date
    events: int | None
    format: str | None
    district: str | None
    venue: str | None
    dimension: str | None
    countries: str | None
    groups: str | None
    visits: int | None
    method: str | None
    pricing: str | None

    @property
    def key(self) -> tuple[str, str]:
        """Two partners may use the same code."""
        return self.file.partner, self.activity_id

    @cached_property
    def days(self) -> tuple[date, date]:
        """Its days inside the quarter that it is reported in."""
        quarter = period_of(self.file.quarter)
        return max(self.start_date, quarter.starts_on), min(self.end_date, quarter.ends_on)


@dataclass(frozen=True)
class Person:
    """A line of one of the two registers."""

    file: File
    role: str
    name: str
    activity_id: str | None


@dataclass(frozen=True)
class Call:
    """A line of the sheet of open calls."""

    file: File
    call_id: str
    closed_on: date
    applicants: int
    selected: int


@dataclass(frozen=True)
class Spent:
    """A line of the budget."""

    file: File
    source: str
    approved: int
    spent: int
    to_date: int


@dataclass(frozen=True)
class Programme:
    """All lines of all files; declared says how many artists and volunteers a report declares."""

    activities: Sequence[Activity] = ()
    people: Sequence[Person] = ()
    calls: Sequence[Call] = ()
    spent: Sequence[Spent] = ()
    declared: dict[File, tuple[int | None, int | None]] = field(default_factory=dict)

    @cached_property
    def files(self) -> list[File]:
        """Every file, in the order in which they came."""
        lines = (*self.activities, *self.people, *self.calls, *self.spent)
        named = {line.file for line in lines} | set(self.declared)
        return sorted(named, key=lambda file: file.received_at)


@cache
def generated(batch: int) -> dict[int, Programme]:
    """Fifty programmes by their year; the same ones each time, so that a test answers alike."""
    return dict(zip(YEARS, _generated()[batch * len(YEARS) :], strict=False))


def together(programmes: Iterable[Programme]) -> Programme:
    """Several programmes told as one."""
    each = list(programmes)
    return Programme(
        [line for one in each for line in one.activities],
        [line for one in each for line in one.people],
        [line for one in each for line in one.calls],
        [line for one in each for line in one.spent],
        {file: people for one in each for file, people in one.declared.items()},
    )


@cache
def long_catalogue() -> Catalogue:
    """The tables of timisoara2023, of a programme that runs through all years."""
    return replace(
        catalogue(), programme=replace(catalogue().programme, ends_on=date(YEARS[-1], 12, 31))
    )


@contextmanager
def told(programme: Programme, order: int | None = None) -> Generator[Given]:
    """The warehouse of a programme."""
    with tempfile.TemporaryDirectory() as folder:
        given = Given(Path(folder), order=order, tables=long_catalogue())
        given.it_is(_AFTER_ALL)
        for file in programme.files:
            artists, volunteers = programme.declared.get(file, (None, None))
            given.report(
                file.partner,
                file.quarter,
                file.received_at,
                artists=artists,
                volunteers=volunteers,
            )
        for line in programme.activities:
            _activity(given, line)
        for line in programme.people:
            _person(given, line)
        for line in programme.calls:
            _call(given, line)
        for line in programme.spent:
            _budget_line(given, line)
        yield given
        given.close()


@cache
def _generated() -> list[Programme]:
    found: list[Programme] = []

    @hypothesis.settings(
        max_examples=_COUNT,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(hypothesis.Phase.generate,),
    )
    @hypothesis.given(st.data())
    def draw(data: st.DataObject) -> None:
        found.append(data.draw(_programmes(YEARS[len(found) % len(YEARS)])))

    draw()
    return found[:_COUNT]


@st.composite
def _programmes(draw: st.DrawFn, year: int) -> Programme:
    """A few files, so that registers name activities that are there, and lines of all kinds."""
    quarters = st.sampled_from([f"{year}-Q{number}" for number in (1, 2, 3)])
    each = st.builds(File, st.sampled_from(_PARTNERS), quarters, st.sampled_from((1, 1, 2)))
    files = st.sampled_from(draw(st.lists(each, min_size=3, max_size=6, unique=True)))
    ids = st.sampled_from([f"a{number}-{year}" for number in (1, 2, 3)])
    declared = st.none() | st.integers(0, 9)
    return Programme(
        draw(st.lists(_activities(files, ids), min_size=5, max_size=18)),
        draw(st.lists(_people(files, ids), min_size=3, max_size=12)),
        draw(st.lists(_calls(files, year), max_size=4)),
        draw(st.lists(_spent(files), max_size=6)),
        draw(st.dictionaries(files, st.tuples(declared, declared), max_size=4)),
    )


@st.composite
def _activities(
    draw: st.DrawFn, files: st.SearchStrategy[File], ids: st.SearchStrategy[str]
) -> Activity:
    """An activity with at least one day in the quarter that it is reported in."""
    file = draw(files)
    # Every quarter has ninety days.
    one_day = period_of(file.quarter).starts_on + timedelta(days=draw(st.integers(0, 89)))
    return Activity(
        file,
        draw(ids),
        draw(st.sampled_from(("delivered", "delivered", "delivered", "cancelled"))),
        one_day - timedelta(days=draw(st.integers(0, 60))),
        one_day + timedelta(days=draw(st.integers(0, 60))),
        draw(st.none() | st.integers(1, 9)),
        draw(st.sampled_from(("in_person", "hybrid", "online", None))),
        draw(st.sampled_from(("cetate", "fabric", "iosefin", None))),
        draw(st.sampled_from(("Turnul de Apă", "turnul  de apa", "Casa Albă", None))),
        draw(st.sampled_from(("none", "european_theme", "transnational_cooperation", None))),
        draw(st.sampled_from(("RO", "DE", "DE; FR", "RO; HU", None))),
        draw(st.sampled_from(("general", "children", "general; youth", None))),
        draw(st.none() | st.integers(0, 50)),
        draw(st.sampled_from(("ticket", "counter", "estimate", None))),
        draw(st.sampled_from(("free", "paid", "mixed", None))),
    )


def _people(
    files: st.SearchStrategy[File], ids: st.SearchStrategy[str]
) -> st.SearchStrategy[Person]:
    names = st.sampled_from("ABCD")
    return st.one_of(
        st.builds(Person, files, st.just("artist"), names, ids),
        st.builds(Person, files, st.just("volunteer"), names, ids | st.none()),
    )


def _calls(files: st.SearchStrategy[File], year: int) -> st.SearchStrategy[Call]:
    return st.builds(
        Call,
        files,
        st.sampled_from((f"c1-{year}", f"c2-{year}")),
        st.integers(0, 270).map(lambda days: date(year, 1, 1) + timedelta(days=days)),
        applicants=st.integers(0, 40),
        selected=st.integers(0, 9),
    )


def _spent(files: st.SearchStrategy[File]) -> st.SearchStrategy[Spent]:
    return st.builds(
        Spent,
        files,
        st.sampled_from(("municipality", "private_sponsor", "own_revenue", "in_kind")),
        approved=st.integers(100, 999),
        spent=st.integers(0, 99),
        to_date=st.integers(0, 99),
    )


def _where(file: File) -> dict[str, str]:
    return {"partner": file.partner, "period": file.quarter, "received_at": file.received_at}


def _activity(given: Given, line: Activity) -> None:
    given.activity(
        line.activity_id,
        partner=line.file.partner,
        period=line.file.quarter,
        received_at=line.file.received_at,
        status=line.status,
        start_date=line.start_date,
        end_date=line.end_date,
        events_count=line.events,
        format=line.format,
        district_code=line.district,
        venue_name=line.venue,
        european_dimension=line.dimension,
        partner_countries=line.countries,
        target_groups=line.groups,
        attendance_in_person=line.visits,
        count_method=line.method,
        pricing=line.pricing,
    )


def _person(given: Given, line: Person) -> None:
    if line.role == "volunteer":
        given.volunteer(line.name, line.activity_id, **_where(line.file))
    elif line.activity_id is not None:
        given.artist(line.name, line.activity_id, **_where(line.file))


def _call(given: Given, line: Call) -> None:
    given.open_call(
        line.call_id,
        **_where(line.file),
        closed_on=line.closed_on,
        applicants_unique=line.applicants,
        applicants_selected=line.selected,
    )


def _budget_line(given: Given, line: Spent) -> None:
    given.budget_line(
        line.source,
        **_where(line.file),
        amount_approved=line.approved,
        amount_spent_period=line.spent,
        amount_spent_cumulative=line.to_date,
    )
