"""Who has not reported, as a Prefect flow with a reminder to each; `reper remind` does the same."""

import sys

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact
from prefect.states import Completed, Failed, State

from flows.stepping import OURS, Programme, as_task, done_already, our_turn, walk
from flows.steps import jobs, standing
from flows.steps.errors import ReperError
from flows.steps.night import begin
from flows.steps.night import deliver as deliver_step
from flows.steps.settings import load

SEND = (as_task(deliver_step),)


@flow(flow_run_name="remind · {programme}", persist_result=False)
def remind(programme: Programme = OURS, dry_run: bool = False) -> State:
    """List who has not reported about the last period that is over, and remind each of them once.

    Args:
        programme: Whose partners.
        dry_run: Only list them; send nothing.
    """
    try:
        settings = load(programme_id=programme)
        with our_turn(settings.lock, get_run_logger().info):
            night = begin(settings)
            if done := done_already(night, "remind"):
                return Completed(message=done)
            late = standing.remind(night, dry_run=dry_run)
            said = walk(night, SEND)["deliver"] if not dry_run else "nothing was sent"
            if not dry_run:
                jobs.note(night.ledger, "remind", settings.now)
    except ReperError as error:
        return Failed(message=str(error))
    create_table_artifact(
        key=f"late-{programme}".replace("_", "-"),
        table=late,
        description="Who has not reported about the last period that is over.",
    )
    return Completed(message=f"{len(late)} partners are late; {said}")


if __name__ == "__main__":
    sys.exit(0 if remind(return_state=True).is_completed() else 1)
