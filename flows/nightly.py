"""The night as a Prefect flow, for schedule, UI and visibility; `reper nightly` is the same night.

What a night does, and in which order, stands in flows.steps.night alone.
"""

import functools
import sys
import time
from collections.abc import Callable
from enum import StrEnum
from types import FunctionType

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import Task, flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed, State
from prefect.utilities.annotations import quote

from flows import summary
from flows.steps.durable import only_writer
from flows.steps.errors import ReperError
from flows.steps.night import NIGHT, Night, Progress, begin
from flows.steps.settings import load, programmes

_PROGRAMMES = programmes()
# An enumeration, because Prefect's form shows one as a list to choose from.
Programme = StrEnum("Programme", [(name, name) for name in _PROGRAMMES])
_OURS = Programme(load().programme_id)
_SECONDS_BETWEEN_LINES = 30.0


def _as_task(step: FunctionType) -> Task[..., State]:
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
            said = step(night)
        except ReperError as error:
            # It says what to do; raised from here, a traceback would bury that.
            return Failed(message=f"{step.__name__}: {error}", data=error)
        # Prefect logs the message, without the task's name.
        return Completed(message=f"{step.__name__}: {said}", data=said)

    return run


STEPS = tuple(_as_task(step) for step in NIGHT)


@flow(flow_run_name="nightly · {programme}", persist_result=False)
def nightly(programme: Programme = _OURS) -> State:
    """Run one night: receive, check, build, publish what is due, deliver.

    A night that was run before does only what is still to be done. Where the programme's files
    are is settled by REPER_HOME of the machine that runs it.

    Args:
        programme: Whose night it is. Each programme is a folder of data/programmes.
    """
    said: dict[str, str] = {}
    done: list[State] = []
    try:
        settings = load(programme_id=programme)
        with only_writer(settings.lock):
            night = begin(settings)
            for step in STEPS:
                done = [step(quote(night), wait_for=done, return_state=True)]
                said[step.name] = done[0].result()
            # Asked for its state, it raises nothing: a page in the UI is never worth a night.
            show(quote(night), quote(said), wait_for=done, return_state=True)
    except ReperError as error:
        return Failed(message=str(error))
    return Completed(message=f"{len(night.editions)} editions, {len(night.mails)} mails")


@task(name="summary", task_run_name="summary", cache_policy=NO_CACHE, persist_result=False)
def show(night: Night, said: dict[str, str]) -> State:
    """Sum the night up on one page: what was done, who has not reported, what was published."""
    key = f"night-{night.settings.programme_id}".replace("_", "-")
    create_markdown_artifact(
        key=key,
        markdown=summary.markdown(night, said),
        description=f"The last night of {night.catalogue.programme.name_en}",
    )
    return Completed(message=f"summary: see the artifact {key}")


def _seldom(write: Callable[[str], None]) -> Progress:
    """Progress for a log: a line now and then, and none from a step that is quick."""
    last = time.monotonic()

    def progress(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            write(f"{done} of {of}")

    return progress


if __name__ == "__main__":
    sys.exit(0 if nightly(return_state=True).is_completed() else 1)
