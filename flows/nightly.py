"""The night as a Prefect flow, for schedule, UI and visibility; `reper nightly` is the same night.

What a night does, and in which order, stands in flows.steps.night alone.
"""

import sys

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed, State
from prefect.utilities.annotations import quote

from flows import asking, forms, listings, showing, story, summary
from flows.forms import Programme
from flows.stepping import as_task, dated, done_already, our_turn, walk
from flows.steps import jobs, standing, warehouse
from flows.steps.errors import ReperError
from flows.steps.night import NIGHT, Night, begin_run
from flows.steps.publishing import facts
from flows.steps.settings import load
from reports.model import Text

STEPS = tuple(as_task(step) for step in NIGHT)


@flow(flow_run_name=dated("nightly"), persist_result=False)
def nightly(programme: Programme = forms.PROGRAMME) -> State:
    """Run one night: receive, check, build, publish what is due, deliver.

    A night that was run before does only what is still to be done. Where the programme's files
    are is settled by REPER_HOME of the machine that runs it.
    """
    try:
        settings = load(programme_id=programme)
        with our_turn(settings.lock, get_run_logger().info):
            night = begin_run(settings)
            if done := done_already(night, "nightly"):
                return Completed(message=done)
            said = walk(night, STEPS)
            jobs.note(night.ledger, "nightly", settings.now)
            # Asked for its state, it raises nothing: a page in the UI is never worth a night.
            show(quote(night), quote(said), return_state=True)
    except ReperError as error:
        return Failed(message=story.trouble(error))
    return Completed(message=story.night(night))


@task(name="summary", task_run_name="summary", cache_policy=NO_CACHE, persist_result=False)
def show(night: Night, said: dict[str, Text]) -> State:
    """Show the night, and start a run for each edition that waits for an officer."""
    settings = night.settings
    with warehouse.connect(settings.warehouse, read_only=True) as connection:
        status = standing.status(night, connection, None)
        period = night.catalogue.period(status["period_id"])
        collected = facts.collect(
            connection, night.catalogue, night.knowledge(), "team", period, 1, settings.sql
        )
    asked_at = asking.runs_for_waiting(night)
    showing.page(
        f"night-{settings.programme_id}",
        lambda: summary.markdown(night, said, status, asked_at),
        "Noaptea pe o pagină · The night on one page",
    )
    partners = status["partners"]
    showing.table("not-reported", lambda: listings.waited_for(partners), listings.WAITED_FOR)
    showing.page("findings", lambda: listings.markdown(listings.findings(night)), listings.FINDINGS)
    showing.table("targets", lambda: listings.targets(collected), listings.TARGETS)
    showing.table("mails", lambda: listings.mails(night), listings.MAILS)
    return Completed(message=story.waiting(len(asked_at)))


if __name__ == "__main__":
    sys.exit(0 if nightly(return_state=True).is_completed() else 1)
