"""Small programmes that nobody made up by hand: three partners, three quarters, corrections."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import hypothesis
from hypothesis import strategies as st

from tests.given import Given, period_of

# The same few programmes each time, so that `make test` gives the same answer twice. What fails is
# not made smaller: that would build some hundred warehouses.
FEW = hypothesis.settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(hypothesis.Phase.generate,),
)
PARTNERS = ("TM-P001", "TM-P002", "TM-P003")
QUARTERS = ("2020-Q1", "2020-Q2", "2020-Q3")


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
    """A line of the sheet of activities."""

    file: File
    activity_id: str
    status: str
    format: str | None
    start_date: date
    end_date: date
    events: int


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
class Programme:
    """All lines of all files; declared says how many artists and volunteers a report declares."""

    activities: list[Activity]
    people: list[Person]
    calls: list[Call]
    declared: dict[File, tuple[int | None, int | None]]

    @property
    def files(self) -> list[File]:
        """Every file, in the order in which they came."""
        lines = (*self.activities, *self.people, *self.calls)
        named = {line.file for line in lines} | set(self.declared)
        return sorted(named, key=lambda file: file.received_at)


@contextmanager
def told(programme: Programme, order: int | None = None) -> Generator[Given]:
    """The warehouse of a programme."""
    with tempfile.TemporaryDirectory() as folder:
        given = Given(Path(folder), order=order)
        for file in programme.files:
            artists, volunteers = programme.declared.get(file, (None, None))
            given.report(*_place(file), artists=artists, volunteers=volunteers)
        for line in programme.activities:
            partner, period, received_at = _place(line.file)
            given.activity(
                line.activity_id,
                partner=partner,
                period=period,
                received_at=received_at,
                status=line.status,
                format=line.format,
                start_date=line.start_date,
                end_date=line.end_date,
                events_count=line.events,
            )
        for line in programme.people:
            partner, period, received_at = _place(line.file)
            where = {"partner": partner, "period": period, "received_at": received_at}
            if line.role == "volunteer":
                given.volunteer(line.name, line.activity_id, **where)
            elif line.activity_id is not None:
                given.artist(line.name, line.activity_id, **where)
        for line in programme.calls:
            partner, period, received_at = _place(line.file)
            given.open_call(
                line.call_id,
                partner=partner,
                period=period,
                received_at=received_at,
                closed_on=line.closed_on,
                applicants_unique=line.applicants,
                applicants_selected=line.selected,
            )
        yield given
        given.close()


def _place(file: File) -> tuple[str, str, str]:
    return file.partner, file.quarter, file.received_at


_files = st.builds(
    File, st.sampled_from(PARTNERS), st.sampled_from(QUARTERS), st.sampled_from((1, 1, 2))
)
_activity_ids = st.sampled_from(("a1", "a2", "a3"))
_formats = st.sampled_from(("in_person", "online", "hybrid", None))
_statuses = st.sampled_from(("delivered", "delivered", "delivered", "cancelled"))


@st.composite
def _activities(draw: st.DrawFn) -> Activity:
    """An activity with at least one day in the quarter that it is reported in."""
    file = draw(_files)
    quarter = period_of(file.quarter)
    one_day = draw(st.dates(quarter.starts_on, quarter.ends_on))
    return Activity(
        file,
        draw(_activity_ids),
        draw(_statuses),
        draw(_formats),
        start_date=one_day - timedelta(days=draw(st.integers(0, 60))),
        end_date=one_day + timedelta(days=draw(st.integers(0, 60))),
        events=draw(st.integers(1, 9)),
    )


_people = st.one_of(
    st.builds(Person, _files, st.just("artist"), st.sampled_from("ABCD"), _activity_ids),
    st.builds(
        Person, _files, st.just("volunteer"), st.sampled_from("ABCD"), _activity_ids | st.none()
    ),
)
_calls = st.builds(
    Call,
    _files,
    st.sampled_from(("c1", "c2")),
    st.dates(date(2020, 1, 1), date(2020, 9, 30)),
    applicants=st.integers(0, 40),
    selected=st.integers(0, 9),
)
_declared = st.none() | st.integers(0, 9)
PROGRAMMES = st.builds(
    Programme,
    st.lists(_activities(), min_size=3, max_size=16),
    st.lists(_people, min_size=2, max_size=10),
    st.lists(_calls, max_size=4),
    st.dictionaries(_files, st.tuples(_declared, _declared), max_size=4),
)
