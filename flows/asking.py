"""An officer's decision in Prefect's UI: what is asked, and a run for each edition that waits.

A run that waits for a decision is suspended: no process is kept, and its answer starts the flow
from the top. What it asked stands in the run itself, so it is not asked, nor published, again.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import get_run_logger
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.context import FlowRunContext
from prefect.exceptions import ObjectNotFound
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from prefect.states import Scheduled
from pydantic import Field

from flows import files, forms, proof, showing, story, summary
from flows.proof import Proof
from flows.stepping import our_turn
from flows.steps.errors import UsageError
from flows.steps.mail.recipients import recipients
from flows.steps.night import Night
from flows.steps.publishing import approval, letters, preview
from flows.steps.publishing.approval import Edition

APPROVE, REJECT = "aprob · approve", "resping · reject"
DEPLOYMENT = "publish/publish"

# A decision that takes longer starts with a new run, which the next night sees to.
_TWO_WEEKS = 14 * 24 * 3600
# Runs that start together would all load at once on a small machine.
_BETWEEN_STARTS = timedelta(seconds=20)
_OPEN = (StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.PAUSED)


class Decision(RunInput):
    """What the officer decides about one edition."""

    decision: Literal["aprob · approve", "resping · reject"] = Field(
        title="Hotărârea · Decision",
        description="aprob = pleacă la cititori; resping = nu pleacă niciodată. · "
        "approve = it goes to its readers; reject = it never does.",
    )
    your_name: str = Field(
        min_length=1,
        title="Numele dumneavoastră · Your name",
        description="Rămâne în registru, lângă hotărâre. · Stands in the book beside the decision.",
    )
    reason: str = Field(
        default="",
        title="Motivul · Reason",
        description="Obligatoriu când respingeți sau când ediția este oprită la poartă. · "
        "Needed to reject, and where the gate holds the edition.",
    )


def has_asked() -> bool:
    """Whether this run asked before, and was suspended for it."""
    return bool(_asked())


def decided(night: Night, edition: Edition) -> Edition:
    """The edition after an officer's decision, when it needs one; asked again until it can stand.

    Each question has its own key, so that a run that starts from the top finds its answers.
    """
    problem, asked = "", 0
    while (edition := approval.edition(night.ledger, edition.path)).state in ("waiting", "held"):
        asked += 1
        answer = _ask(night, edition, f"{showing.plain(edition.path)}-{asked}", problem)
        try:
            with our_turn(night.settings.lock, get_run_logger().info):
                _decide(night, edition, answer)
            problem = ""
        except UsageError as error:
            problem = story.trouble(error)
    get_run_logger().info("%s: %s (%s)", edition.path, story.stands(edition), edition.by)
    return edition


def runs_for_waiting(night: Night) -> dict[str, str]:
    """Start a run for each edition that waits and has none; wake those whose edition is settled.

    Where in the UI each waiting edition is decided about, by its path; empty where no server has
    the deployment.
    """
    with get_client(sync_client=True) as client:
        try:
            deployment = client.read_deployment_by_name(DEPLOYMENT)
        except ObjectNotFound:
            return {}
        waiting = summary.waiting(night)
        runs = _open_runs(client, deployment.id)
        for run in runs:
            if _asks_in_vain(run, waiting):
                # It starts from the top, finds its edition settled, and ends or asks for the next.
                client.set_flow_run_state(run.id, Scheduled(), force=True)
        found = {}
        starts_at = datetime.now(UTC)
        for edition in waiting:
            run = next((run for run in runs if _is_about(run, edition)), None)
            if run is None:
                parameters = _parameters(night, edition)
                run = client.create_flow_run_from_deployment(
                    deployment.id,
                    parameters=parameters,
                    name=forms.publish_name(parameters),
                    state=Scheduled(scheduled_time=starts_at),
                )
                starts_at += _BETWEEN_STARTS
            found[edition.path] = _address(run.id)
    return found


def proof_of(night: Night, edition: Edition, letter: dict[str, Any]) -> Proof:
    """An edition as it is shown to whoever decides about it."""
    folder = night.settings.published / edition.path
    return Proof(
        name=edition.path,
        letter=letter,
        readers=readers(night, edition.audience, edition.for_id, edition.language),
        doubts=edition.doubts,
        file=folder / "report.pdf",
        links=files.links(night.settings, folder),
        mail=preview.shown(night.settings, night.catalogue, edition),
    )


def readers(night: Night, audience: str, for_id: str | None, language: str) -> list[str]:
    """Names of those who get an audience's editions in a language."""
    found = recipients(night.settings.recipients, audience, for_id)
    return [reader.name for reader in found if reader.language == language]


def _ask(night: Night, edition: Edition, key: str, problem: str) -> Decision:
    shown = proof_of(night, edition, letters.frozen(night.settings.published / edition.path))
    pages = None
    if key not in _asked():
        # Once a question: an answer starts the run from the top, and pages are large.
        pages = showing.page(
            f"edition-{edition.path}",
            lambda: proof.markdown(shown, _HOW.format(address=_address(_run().id))),
            "Ediția care așteaptă o hotărâre · The edition that waits for a decision",
        )
        get_run_logger().info("%s: %s", edition.path, story.stands(edition))
    return suspend_flow_run(
        wait_for_input=Decision.with_initial_data(description=_question(shown, problem, pages)),
        timeout=_TWO_WEEKS,
        key=key,
    )


_HOW = (
    "**Așteaptă hotărârea dumneavoastră:** în [pagina rulării]({address}), meniul ⋮ din dreapta "
    "sus → Resume. *Waits for your decision: on [the run's page]({address}), the menu ⋮ at the top "
    "right → Resume.*"
)


def _question(shown: Proof, problem: str, pages: str | None) -> str:
    """What stands above the form of the decision: short, with the way to the pages."""
    see = f"[Vedeți paginile · See the pages]({pages})" if pages else _IN_THE_TAB
    return "\n\n".join(
        line
        for line in (
            f"**{problem}**" if problem else "",
            f"**{shown.letter['title']}** (`{shown.name}`): {shown.letter['headline']}",
            f"{see} · {shown.links}",
            *proof.doubts(shown.doubts),
        )
        if line
    )


_NO_REASON = "Scrieți motivul. / Write the reason."
_IN_THE_TAB = "Paginile sunt în fila Artifacts. · The pages are under Artifacts."


def _decide(night: Night, edition: Edition, answer: Decision) -> None:
    settings, ledger, by = night.settings, night.ledger, answer.your_name.strip()
    if not answer.reason.strip() and (answer.decision == REJECT or edition.state == "held"):
        raise forms.FormError(_NO_REASON)
    if answer.decision == REJECT:
        approval.reject(settings, ledger, edition.path, answer.reason, by)
        return
    if edition.state == "held":
        approval.release(settings, ledger, edition.path, answer.reason, by)
    approval.approve(settings, night.catalogue, ledger, edition.path, by)


def _asked() -> Iterable[str]:
    """Keys of the questions that this run asked so far."""
    return _run().empirical_policy.pause_keys or ()


def _run() -> FlowRun:
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        msg = "Only a run can ask an officer; by command use `reper approve`."
        raise UsageError(msg)
    return context.flow_run


def _address(run_id: UUID) -> str:
    """Where a run stands on the same server."""
    return f"/v2/runs/flow-run/{run_id}"


def _open_runs(client: SyncPrefectClient, deployment_id: UUID) -> Sequence[FlowRun]:
    return client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]),
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(_OPEN))),
        ),
        limit=200,
    )


def _parameters(night: Night, edition: Edition) -> dict[str, Any]:
    return {
        "audience": edition.audience,
        "period": edition.period_id,
        "reader": edition.for_id or forms.EVERYBODY,
        "language": edition.language,
        "programme": night.settings.programme_id,
    }


def _is_about(run: FlowRun, edition: Edition) -> bool:
    """Whether a run will ask, or asks, about an edition, be it among others."""
    asked = {"reader": forms.EVERYBODY, "language": forms.ALL, **run.parameters}
    return (
        asked.get("audience") == edition.audience
        and asked.get("period") == edition.period_id
        and asked["reader"] in (forms.EVERYBODY, edition.for_id)
        and asked["language"] in (forms.ALL, edition.language)
        and not asked.get("dry_run")
        and not asked.get("as_known_on")
    )


def _asks_in_vain(run: FlowRun, waiting: Sequence[Edition]) -> bool:
    state = run.state
    if state is None or state.type != StateType.PAUSED or not state.state_details.pause_key:
        return False
    asked = state.state_details.pause_key.rpartition("-")[0]
    return asked not in {showing.plain(edition.path) for edition in waiting}
