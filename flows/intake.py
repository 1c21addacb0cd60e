"""A look at the inbox now, as a Prefect flow; `reper intake` does the same."""

import sys

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import flow, get_run_logger
from prefect.states import Completed, Failed, State

from flows import forms, listings, showing, story
from flows.forms import Programme
from flows.stepping import as_task, dated, done_already, our_turn, walk
from flows.steps import jobs
from flows.steps.errors import ReperError
from flows.steps.night import INTAKE, begin_run
from flows.steps.settings import load

STEPS = tuple(as_task(step) for step in INTAKE)


@flow(flow_run_name=dated("intake"), persist_result=False)
def intake(programme: Programme = forms.PROGRAMME) -> State:
    """Take in what partners sent since the last night, check it, and bring the figures up to date.

    Nothing is published and nothing is mailed to readers.
    """
    try:
        settings = load(programme_id=programme)
        with our_turn(settings.lock, get_run_logger().info):
            night = begin_run(settings)
            if done := done_already(night, "intake"):
                return Completed(message=done)
            said = walk(night, STEPS)
            jobs.note(night.ledger, "intake", settings.now)
    except ReperError as error:
        return Failed(message=story.trouble(error))
    showing.page("findings", lambda: listings.markdown(listings.findings(night)), listings.FINDINGS)
    return Completed(message=story.sentence(said["receive"]))


if __name__ == "__main__":
    sys.exit(0 if intake(return_state=True).is_completed() else 1)
