"""Sending what waits, as a Prefect flow; `reper deliver` does the same."""

import sys

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import flow, get_run_logger
from prefect.states import Completed, Failed, State

from flows import forms, listings, showing, story
from flows.forms import Fate, Programme
from flows.stepping import as_task, dated, done_already, our_turn, walk
from flows.steps import jobs
from flows.steps.errors import ReperError
from flows.steps.night import begin_run
from flows.steps.night import deliver as step
from flows.steps.settings import load

STEPS = (as_task(step),)


@flow(flow_run_name=dated("deliver"), persist_result=False)
def deliver(
    programme: Programme = forms.PROGRAMME,
    mail: str = forms.MAIL,
    fate: Fate = forms.FATE,
    your_name: str = forms.YOUR_NAME,
) -> State:
    """Send the mails that wait: each recipient gets each edition once.

    A mail of which nobody knows whether it arrived is never sent again by itself: ask its
    recipient, and say here what became of it.
    """
    try:
        settings = load(programme_id=programme)
        with our_turn(settings.lock, get_run_logger().info):
            night = begin_run(settings)
            if done := done_already(night, "deliver"):
                return Completed(message=done)
            forms.settle(night, mail, fate, your_name)
            said = walk(night, STEPS)
            jobs.note(night.ledger, "deliver", settings.now)
    except ReperError as error:
        return Failed(message=story.trouble(error))
    showing.table("mails", lambda: listings.mails(night), listings.MAILS)
    return Completed(message=story.sentence(said["deliver"]))


if __name__ == "__main__":
    sys.exit(0 if deliver(return_state=True).is_completed() else 1)
