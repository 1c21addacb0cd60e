"""Each job and date once, over two years, whatever the clock, the machine and the scheduler do."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.steps import jobs
from flows.steps.ledger import Ledger
from flows.steps.periods import LOCAL, local_date
from flows.steps.settings import CHECKOUT
from tests.machine import without_prefects

STARTS, ENDS = datetime(2026, 12, 31, 22, tzinfo=UTC), datetime(2028, 12, 31, 22, tzinfo=UTC)
DAYS = [date(2027, 1, 1) + timedelta(days=n) for n in range(731)]
A_DAY, SATURDAY = {"nightly": 1, "intake": 2, "deliver": 4, "remind": 1}, 5
A_MINUTE, THREE_DAYS = timedelta(minutes=1), timedelta(days=3)
_DUE = f"""
import json
from datetime import datetime
from flows.schedules import deployments, due

after, until = (datetime.fromisoformat(one) for one in ("{STARTS}", "{ENDS}"))
moments = {{one["name"]: due(one["name"], after, until) for one in deployments()}}
print(json.dumps({{job: [str(one) for one in some] for job, some in moments.items() if some}}))
"""
Schedules = dict[str, list[datetime]]


@pytest.fixture(scope="module")
def schedules() -> Schedules:
    """When each job of prefect.yaml is due in two years, as Prefect's own schedules say it."""
    said = subprocess.run(
        [sys.executable, "-c", _DUE],
        cwd=CHECKOUT,
        env=without_prefects(),
        capture_output=True,
        check=True,
    ).stdout
    return {
        job: [datetime.fromisoformat(moment) for moment in moments]
        for job, moments in json.loads(said).items()
    }


@pytest.fixture
def ledger() -> Generator[Ledger]:
    book = Ledger("sqlite://")
    yield book
    book.close()


@dataclass
class Machine:
    """One machine and its clock: it does what a flow does, by the ledger's word."""

    ledger: Ledger
    job: str
    began: list[datetime] = field(default_factory=list)
    free_at: datetime = STARTS

    def start(self, due_at: datetime, now: datetime, takes: timedelta = A_MINUTE) -> None:
        """A run that is due; it has to wait while another one works."""
        now = max(now, self.free_at)
        if jobs.done_by(self.ledger, self.job, due_at) is None:
            self.began.append(now)
            self.free_at = now + takes
            jobs.note(self.ledger, self.job, now)

    def catch_up(self, due: Sequence[datetime], now: datetime) -> None:
        """What `reper up` does once it is up."""
        due_at = jobs.missed(self.ledger, self.job, [one for one in due if one <= now])
        if due_at is not None:
            self.start(due_at, now)

    def days(self) -> list[date]:
        return [local_date(moment) for moment in self.began]


def test_each_job_and_date_once_over_two_years(schedules: Schedules, ledger: Ledger) -> None:
    jobs.watch(ledger, STARTS)
    for job, due in schedules.items():
        machine = Machine(ledger, job)
        for moment in due:
            # A scheduler that starts everything twice makes nothing happen twice.
            machine.start(moment, moment + A_MINUTE)
            machine.start(moment, moment + 2 * A_MINUTE)
        assert Counter(machine.days()) == {
            day: A_DAY[job] for day in DAYS if job != "intake" or day.weekday() < SATURDAY
        }


def test_the_clock_on_the_wall_says_the_same_hour_on_every_day(schedules: Schedules) -> None:
    hours = {job: {f"{m.astimezone(LOCAL):%H:%M}" for m in due} for job, due in schedules.items()}
    assert hours == {
        "nightly": {"05:00"},
        "intake": {"11:30", "15:30"},
        "deliver": {"08:00", "12:00", "16:00", "20:00"},
        "remind": {"09:00"},
    }


@pytest.mark.parametrize("seed", range(5))
def test_days_without_a_machine_are_caught_up_once(
    schedules: Schedules, ledger: Ledger, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a simulation
    jobs.watch(ledger, STARTS)
    outages = sorted(_outages(chance))
    for job, due in schedules.items():
        machine, waiting = Machine(ledger, job), list(due)
        for off, on in (*outages, (ENDS, ENDS)):
            while waiting and waiting[0] < off:
                moment = waiting.pop(0)
                machine.start(moment, moment + A_MINUTE)
            missed = [moment for moment in waiting if moment < on]
            del waiting[: len(missed)]
            before = len(machine.began)
            # Of what it missed a scheduler starts all, some or nothing, before or after we do.
            if chance.choice((True, False)):
                machine.catch_up(due, on)
            for moment in missed:
                if chance.choice((True, False)):
                    machine.start(moment, on + A_MINUTE)
            machine.catch_up(due, on + 2 * A_MINUTE)
            assert len(machine.began) - before == bool(missed)
        assert all(jobs.done_by(ledger, job, moment) for moment in due)


def test_a_run_that_is_still_going_when_the_next_is_due_takes_no_day_from_it(
    schedules: Schedules, ledger: Ledger
) -> None:
    jobs.watch(ledger, STARTS)
    machine = Machine(ledger, "nightly")
    for number, moment in enumerate(schedules["nightly"]):
        machine.start(moment, moment, timedelta(hours=26) if number % 50 == 0 else A_MINUTE)
    assert len(machine.began) == len(DAYS)


def test_a_run_by_hand_does_the_work_of_what_was_due_before_it(ledger: Ledger) -> None:
    five = datetime(2027, 3, 1, 3, tzinfo=UTC)
    jobs.note(ledger, "nightly", five + timedelta(hours=1))
    assert jobs.done_by(ledger, "nightly", five) == five + timedelta(hours=1)
    assert jobs.done_by(ledger, "nightly", five + timedelta(days=1)) is None
    assert jobs.done_by(ledger, "deliver", five) is None


def test_what_was_due_before_the_first_start_is_nobodys_to_catch_up(ledger: Ledger) -> None:
    five = datetime(2027, 3, 1, 3, tzinfo=UTC)
    assert jobs.missed(ledger, "nightly", [five]) is None
    jobs.watch(ledger, five + timedelta(hours=4))
    jobs.watch(ledger, five - timedelta(days=9))
    assert jobs.missed(ledger, "nightly", [five]) is None
    tomorrow = five + timedelta(days=1)
    assert jobs.missed(ledger, "nightly", [five, tomorrow]) == tomorrow


def _outages(chance: random.Random) -> Iterator[tuple[datetime, datetime]]:
    """Three days off in each quarter, and over each change of the clock."""
    for change in ("2027-03-28", "2027-10-31", "2028-03-26", "2028-10-29"):
        middle = datetime.fromisoformat(change).replace(tzinfo=LOCAL).astimezone(UTC)
        yield middle - THREE_DAYS / 2, middle + THREE_DAYS / 2
    for quarter in range(8):
        off = STARTS + timedelta(days=91 * quarter + 5 + chance.randrange(14), hours=7)
        yield off, off + timedelta(hours=chance.randrange(1, 200))
