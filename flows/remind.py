"""Who has not reported, as a Prefect flow with a reminder to each; `reper remind` does the same."""

import sys

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import flow, get_run_logger
from prefect.states import Completed, Failed, State

from flows import forms, listings, showing, story
from flows.forms import PartnerId, Programme
from flows.stepping import as_task, dated, done_already, our_turn, walk
from flows.steps import jobs, standing
from flows.steps.errors import ReperError
from flows.steps.night import INTAKE, begin_run
from flows.steps.night import deliver as deliver_step
from flows.steps.settings import load

TAKE_IN = tuple(as_task(step) for step in INTAKE)
SEND = (as_task(deliver_step),)


@flow(flow_run_name=dated("remind"), persist_result=False)
def remind(
    partner: PartnerId = forms.PARTNER,
    dry_run: bool = forms.ONLY_LIST,
    programme: Programme = forms.PROGRAMME,
) -> State:
    """Remind each partner that has not reported, before and after the deadline, each time once.

    What came since the last night is taken in first, so that nobody is reminded who has reported.
    The officer gets a digest when there is news.
    """
    only = None if partner == forms.EVERYBODY else str(partner)
    try:
        settings = load(programme_id=programme)
        with our_turn(settings.lock, get_run_logger().info):
            night = begin_run(settings)
            if done := done_already(night, "remind"):
                return Completed(message=done)
            if not dry_run:
                walk(night, TAKE_IN)
            late = standing.remind(night, only, dry_run=dry_run)
            sent = None if dry_run else walk(night, SEND)["deliver"]
            if not dry_run and only is None:
                jobs.note(night.ledger, "remind", settings.now)
    except ReperError as error:
        return Failed(message=story.trouble(error))
    showing.table("late", lambda: listings.late(late), listings.LATE)
    return Completed(message=story.reminded(len(late), sent))


if __name__ == "__main__":
    sys.exit(0 if remind(return_state=True).is_completed() else 1)
