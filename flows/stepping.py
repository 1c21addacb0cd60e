"""What all flows share: their names in a list, their turn at the home, steps as tasks."""

import functools
import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import FunctionType

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import Task, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.exceptions import FailedRun
from prefect.states import Completed, Failed, State
from prefect.utilities.annotations import quote

from flows import story
from flows.schedules import CAUGHT_UP
from flows.steps import jobs, periods
from flows.steps.durable import BusyError, only_writer
from flows.steps.errors import ReperError
from flows.steps.night import Night, watched
from flows.steps.progress import Progress
from flows.steps.settings import load
from reports.model import Text

_SECONDS_BETWEEN_LINES = 30.0
_PATIENCE, _BETWEEN_TRIES = timedelta(minutes=10), timedelta(seconds=2)


def dated(job: str) -> Callable[[], str]:
    """How a run of a job is named in a list, by the day in Romania: nightly · 2021-02-26."""
    return lambda: f"{job} · {periods.local_date(load().now)}"


def as_task(step: FunctionType) -> Task[..., State]:
    """Show a step in Prefect: what it is for, how far it is, and what it did."""
    first_line = (step.__doc__ or "").splitlines()[0]

    # A night holds connections and grows from step to step: nothing of it can be cached or kept.
    @task(
        task_run_name=step.__name__,
        description=first_line,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    @functools.wraps(step)
    def run(night: Night) -> State:
        night.progress = _seldom(get_run_logger().info)
        try:
            with watched(night, step.__name__):
                said = step(night)
        except ReperError as error:
            # It says what to do; raised from here, a traceback would bury that.
            return Failed(message=story.failed(step.__name__, error), data=error)
        # Prefect logs the message, without the task's name.
        told = story.step(night, step.__name__, said)
        return Completed(message=story.line(step.__name__, told), data=told)

    return run


def walk(night: Night, steps: Sequence[Task[..., State]]) -> dict[str, Text]:
    """Do steps one after the other; what each said. Raises what the first that fails raises."""
    said: dict[str, Text] = {}
    done: list[State] = []
    for step in steps:
        done = [step(quote(night), wait_for=done, return_state=True)]
        said[step.name] = done[0].result()
    return said


@contextmanager
def our_turn(lock: Path, say: Callable[[str], None]) -> Generator[None]:
    """Hold the home's lock; while another run holds it, wait, and say so once.

    Raises BusyError when that takes longer than ten minutes.
    """
    last_moment = time.monotonic() + _PATIENCE.total_seconds()
    has_said = False
    with ExitStack() as turn:
        while True:
            try:
                turn.enter_context(only_writer(lock))
                break
            except BusyError:
                if time.monotonic() > last_moment:
                    raise
                if not has_said:
                    say("Aștept să se încheie altă rulare. / Waiting for another run to end.")
                has_said = True
                time.sleep(_BETWEEN_TRIES.total_seconds())
        yield


def done_already(night: Night, job: str) -> str | None:
    """What a run that is due has to say when its work is done; None when there is work to do.

    A run that a person started always works: nothing is done twice by it either.
    """
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    if run is None or run.expected_start_time is None:
        return None
    if not run.auto_scheduled and CAUGHT_UP not in run.tags:
        return None
    began_at = jobs.done_by(night.ledger, job, run.expected_start_time)
    if began_at is None:
        return None
    due, began = (_local(moment) for moment in (run.expected_start_time, began_at))
    return (
        f"Nimic de făcut: ce era rânduit la {due} a făcut rularea începută la {began}. / "
        f"Nothing to do: what was due at {due} was done by the run that began at {began}."
    )


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(periods.LOCAL):%Y-%m-%d %H:%M}"


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a line of a run's log says what no line before it said.

    A run that ends as Failed says why, in a sentence; the engine then adds a traceback of that.
    """
    return not (record.exc_info and isinstance(record.exc_info[1], FailedRun))


logging.getLogger("prefect.flow_runs").addFilter(_is_news)


def _seldom(write: Callable[[str], None]) -> Progress:
    """Progress for a log: a line now and then, and none from a step that is quick."""
    last = time.monotonic()

    def progress(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            write(f"{done} din {of} / {done} of {of}")

    return progress
