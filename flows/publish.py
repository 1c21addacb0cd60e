"""One audience's report about one period, as a Prefect flow, with an officer's approval in the UI.

A run that waits for a decision is suspended: no process is kept, and its answer starts the flow
from the top. That costs little, for what was published already is not published again.
"""

import base64
import re
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Literal

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from prefect.states import Completed, Failed, State

from flows.stepping import OURS, Programme, as_task, our_turn, walk
from flows.steps import catalogue
from flows.steps.errors import ReperError, UsageError
from flows.steps.night import UP_TO_DATE, Night, begin, publish_one, watched
from flows.steps.night import deliver as deliver_step
from flows.steps.publishing import approval, editions
from flows.steps.publishing.approval import Edition
from flows.steps.settings import Settings, load, programmes

_TABLES = [
    catalogue.load(settings.catalogue, settings.programme)
    for settings in (load(programme_id=name) for name in programmes())
]
_PERIODS = sorted(
    {p.period_id for t in _TABLES for p in t.periods() if p.kind in ("quarter", "half", "year")}
)
_FUNDERS = sorted({row["funder_id"] for table in _TABLES for row in table["funders"]})
Audience = StrEnum("Audience", [(name, name) for name in editions.AUDIENCES])
PeriodId = StrEnum("PeriodId", [(name, name) for name in _PERIODS])
Reader = StrEnum("Reader", [(name, name) for name in ("everybody", *_FUNDERS)])
_EVERYBODY = Reader("everybody")

# A decision that takes longer starts with a new run.
_TWO_WEEKS = 14 * 24 * 3600
_PREVIEW_WIDTH = 420

STEPS = tuple(as_task(step) for step in UP_TO_DATE)
SEND = (as_task(deliver_step),)


class Decision(RunInput):
    """What the officer decides about one edition. A rejection and a release need a reason."""

    decision: Literal["approve", "reject"]
    reason: str = ""
    your_name: str = ""


@flow(flow_run_name="publish · {audience} · {period}", persist_result=False)
def publish(
    audience: Audience,
    period: PeriodId,
    reader: Reader = _EVERYBODY,
    note: str = "",
    programme: Programme = OURS,
) -> State:
    """Publish a report, wait for the approval that it needs, and send it.

    The team's report goes out by itself. Any other waits here until an officer approves it, or
    rejects it with a reason; one that the send gate holds says why.

    Args:
        audience: Who reads it.
        period: What it is about: a quarter, a half-year or a year that is over.
        reader: One funder, or everybody in the audience.
        note: Why totals moved since the edition that was sent before; blank when they did not.
        programme: Whose report.
    """
    say = get_run_logger().info
    try:
        settings = load(programme_id=programme)
        for_id = None if reader == _EVERYBODY else str(reader)
        with our_turn(settings.lock, say):
            night = begin(settings)
            walk(night, STEPS)
            with watched(night, "publish"):
                found = publish_one(night, audience, period, for_id, note or None)
        for edition in found:
            say(f"{edition.path} {edition.state}")
        decided = [_decided(settings, night, edition) for edition in found]
        with our_turn(settings.lock, say):
            said = walk(night, SEND)["deliver"]
    except ReperError as error:
        return Failed(message=str(error))
    stands = ", ".join(f"{edition.path} {edition.state}" for edition in decided)
    return Completed(message=f"{stands}; {said}")


def _decided(settings: Settings, night: Night, edition: Edition) -> Edition:
    """The edition after an officer's decision, when it needs one; asked again until it can stand.

    Each question has its own key, so that a run that starts from the top finds its answers.
    """
    problem, asked = "", 0
    while (edition := approval.edition(night.ledger, edition.path)).state in ("waiting", "held"):
        asked += 1
        answer = suspend_flow_run(
            wait_for_input=Decision.with_initial_data(
                description=_question(settings, edition, problem)
            ),
            timeout=_TWO_WEEKS,
            key=f"{_plain(edition.path)}-{asked}",
        )
        try:
            with our_turn(settings.lock, get_run_logger().info):
                _decide(settings, night, edition, answer)
            problem = ""
        except UsageError as error:
            problem = str(error)
    return edition


def _decide(settings: Settings, night: Night, edition: Edition, answer: Decision) -> None:
    ledger, by = night.ledger, answer.your_name.strip() or "Prefect UI"
    if answer.decision == "reject":
        approval.reject(settings, ledger, edition.path, answer.reason, by)
        return
    if edition.state == "held":
        approval.release(settings, ledger, edition.path, answer.reason, by)
    approval.approve(settings, night.catalogue, ledger, edition.path, by)


def _question(settings: Settings, edition: Edition, problem: str) -> str:
    """What the officer sees beside the form: the cover, where the PDF is, and what is doubted."""
    folder = settings.published / edition.path
    doubts = [f"- {doubt.reason_ro} {doubt.reason_en}" for doubt in edition.doubts]
    lines = [
        f"## {edition.path}",
        f"**{problem}**" if problem else "",
        "Held by the send gate; approving it releases it, with your reason:" if doubts else "",
        *doubts,
        f"PDF: `{folder / 'report.pdf'}`",
    ]
    text = "\n\n".join(line for line in lines if line)
    create_markdown_artifact(
        key=f"edition-{_plain(edition.path)}",
        markdown=f"{text}\n\n![{edition.path}](data:image/png;base64,{_cover(folder)})",
        description="The edition that waits for a decision",
    )
    return text


def _plain(path: str) -> str:
    """An edition's name as Prefect takes keys: small letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", path.lower())


def _cover(folder: Path) -> str:
    """The first page as a small picture, in base64; blank when the PDF does not open."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(folder / "report.pdf") as document:
            page = document[0]
            scale = _PREVIEW_WIDTH / page.get_width()
            picture = page.render(scale=scale).to_pil()
    except pypdfium2.PdfiumError:
        return ""
    content = BytesIO()
    picture.save(content, "PNG", optimize=True)
    return base64.b64encode(content.getvalue()).decode("ascii")
