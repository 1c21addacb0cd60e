"""The night as a Prefect flow, for schedule, UI and visibility; `reper nightly` is the same night.

What a night does, and in which order, stands in flows.steps.night alone.
"""

import sys

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed, State
from prefect.utilities.annotations import quote

from flows import summary
from flows.stepping import OURS, Programme, as_task, done_already, our_turn, walk
from flows.steps import jobs
from flows.steps.errors import ReperError
from flows.steps.night import NIGHT, Night, begin
from flows.steps.settings import load

STEPS = tuple(as_task(step) for step in NIGHT)


@flow(flow_run_name="nightly · {programme}", persist_result=False)
def nightly(programme: Programme = OURS) -> State:
    """Run one night: receive, check, build, publish what is due, deliver.

    A night that was run before does only what is still to be done. Where the programme's files
    are is settled by REPER_HOME of the machine that runs it.

    Args:
        programme: Whose night it is. Each programme is a folder of data/programmes.
    """
    try:
        settings = load(programme_id=programme)
        with our_turn(settings.lock, get_run_logger().info):
            night = begin(settings)
            if done := done_already(night, "nightly"):
                return Completed(message=done)
            said = walk(night, STEPS)
            jobs.note(night.ledger, "nightly", settings.now)
            # Asked for its state, it raises nothing: a page in the UI is never worth a night.
            show(quote(night), quote(said), return_state=True)
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


if __name__ == "__main__":
    sys.exit(0 if nightly(return_state=True).is_completed() else 1)
