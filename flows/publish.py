"""One audience's report about one period, as a Prefect flow, with an officer's approval in the UI.

With a day for "as known on", and as a dry run, the report is only drawn: what was known on a past
day may differ from what was published then, and sending that would be a restatement by accident.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import flow, get_run_logger
from prefect.runtime import flow_run
from prefect.states import Completed, Failed, State

from flows import asking, files, forms, listings, proof, showing, story
from flows.forms import Audience, Language, PeriodId, Programme, Reader
from flows.proof import Proof
from flows.stepping import as_task, our_turn, walk
from flows.steps import building, durable, warehouse
from flows.steps.errors import ReperError
from flows.steps.night import UP_TO_DATE, Night, begin, publish_one, watched
from flows.steps.night import deliver as deliver_step
from flows.steps.periods import Period
from flows.steps.publishing import audiences, editions, letters
from flows.steps.publishing.audiences import Part
from flows.steps.publishing.editions import Draft
from flows.steps.settings import load
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection

STEPS = tuple(as_task(step) for step in UP_TO_DATE)
SEND = (as_task(deliver_step),)


def _name() -> str:
    return forms.publish_name(flow_run.parameters)


@flow(flow_run_name=_name, persist_result=False)
def publish(
    audience: Audience = forms.AUDIENCE,
    period: PeriodId = forms.PERIOD,
    reader: Reader = forms.READER,
    language: Language = forms.LANGUAGE,
    as_known_on: date | None = forms.AS_KNOWN_ON,
    dry_run: bool = forms.DRY_RUN,
    note: str = forms.NOTE,
    programme: Programme = forms.PROGRAMME,
) -> State:
    """Publish a report, wait for the approval that it needs, and send it.

    The team's report goes out by itself. Any other waits here until an officer approves it, or
    rejects it with a reason; one that the send gate holds says why.
    """
    for_id = None if reader == forms.EVERYBODY else str(reader)
    only = next((one for one in audiences.LANGUAGES if one == language), None)
    draws_only = dry_run or as_known_on is not None
    try:
        night = begin(load(programme_id=programme))
        tables = night.catalogue
        forms.refuse(night, audience, period, for_id, as_known_on, draws_only=draws_only)
        about = tables.period(period)
        parts = audiences.parts(night.settings, tables, audience, for_id, only)
        if draws_only:
            return _draw(night, audience, about, parts, as_known_on)
        # A run that has asked about its editions publishes no others.
        if not asking.has_asked():
            with our_turn(night.settings.lock, get_run_logger().info):
                walk(night, STEPS)
                with watched(night, "publish"):
                    publish_one(night, audience, period, for_id, note or None, only)
        found = editions.latest(night.ledger, audience, about, parts)
        decided = [asking.decided(night, edition) for edition in found]
        with our_turn(night.settings.lock, get_run_logger().info):
            sent = walk(night, SEND)["deliver"]
    except ReperError as error:
        return Failed(message=story.trouble(error))
    showing.table("mails", lambda: listings.mails(night), listings.MAILS)
    return Completed(message=story.decided(decided, sent))


def _draw(
    night: Night, audience: str, period: Period, parts: list[Part], as_known_on: date | None
) -> State:
    """Draw each part, keep it among the drafts, and show it with its figures against targets."""
    with _known(night, as_known_on) as (known, connection):
        drafts = editions.rehearse(
            connection,
            night.settings,
            night.catalogue,
            night.ledger,
            known,
            audience,
            period,
            parts,
        )
    day = as_known_on.isoformat() if as_known_on else None
    for draft in drafts:
        named = (audience, draft.for_id, period.period_id, draft.language, day)
        _show(night, draft, "-".join(part for part in named if part), audience)
    return Completed(message=story.drawn(len(drafts)))


@contextmanager
def _known(night: Night, as_known_on: date | None) -> Generator[tuple[Known, Connection]]:
    """What is known now, brought up to date; or what was known at the end of a day."""
    settings = night.settings
    if as_known_on is not None:
        day = as_known_on.isoformat()
        with building.as_of_day(settings, night.catalogue, night.ledger, day) as known:
            yield known
        return
    with our_turn(settings.lock, get_run_logger().info):
        walk(night, STEPS)
    with warehouse.connect(settings.warehouse, read_only=True) as connection:
        yield night.knowledge(), connection


def _show(night: Night, draft: Draft, name: str, audience: str) -> None:
    pdf, facts = draft.drawn.pdf, draft.drawn.facts
    file = night.settings.drafts / f"{name}.pdf"
    durable.write(file, pdf)
    shown = Proof(
        name=name,
        letter=letters.words(pdf, facts, draft.language),
        readers=asking.readers(night, audience, draft.for_id, draft.language),
        doubts=draft.doubts,
        file=file,
        links=files.link(night.settings, file),
    )
    showing.page(f"draft-{name}", lambda: proof.markdown(shown, _DRAFT), _DRAWN)
    showing.table(f"targets-{name}", lambda: listings.targets(facts), listings.TARGETS)


_DRAFT = (
    "**Doar desenat:** nu s-a publicat și nu s-a trimis nimic. "
    "· *Only drawn: nothing was published and nothing was sent.*"
)
_DRAWN = "Raportul, pagină cu pagină · The report, page by page"
