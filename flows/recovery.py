"""After a fall: the runs that nobody works on any more, and the work that was missed.

`reper up` runs this before each start of its worker, when none of its runs can be alive.
"""

import sys
from datetime import timedelta

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, FlowRunFilter
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed, Scheduled

from flows import processes
from flows.schedules import CAUGHT_UP, deployments, due
from flows.steps import jobs
from flows.steps.night import begin
from flows.steps.settings import Settings, load

_AT_WORK = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)
# No job is due more seldom than once a week.
_FAR_ENOUGH = timedelta(days=8)
_GONE = (
    "Rularea s-a oprit brusc (pană de curent sau proces oprit). Nimic nu a rămas pe jumătate: "
    "ce nu s-a terminat face rularea următoare. / Its process ended without a word, by a power cut "
    "or a kill. Nothing is half done: what was not finished, the next run does."
)


def main() -> None:
    """Set right what a fall left behind, and say each thing that was."""
    settings = load()
    with get_client(sync_client=True) as client:
        told = [*end_dead_runs(client), *catch_up(client, settings)]
    sys.stdout.writelines(f"{line}\n" for line in told)


def end_dead_runs(client: SyncPrefectClient) -> list[str]:
    """Mark each run that is at work for Prefect, but has no process here, as crashed."""
    names = {"any_": [deployment["name"] for deployment in deployments()]}
    at_work = client.read_flow_runs(
        deployment_filter=DeploymentFilter.model_validate({"name": names}),
        flow_run_filter=FlowRunFilter.model_validate({"state": {"type": {"any_": _AT_WORK}}}),
    )
    dead = [run for run in at_work if not processes.carrying(f"PREFECT__FLOW_RUN_ID={run.id}")]
    for run in dead:
        client.set_flow_run_state(run.id, Crashed(message=_GONE), force=True)
    return [f"{run.name} had no process any more: crashed." for run in dead]


def catch_up(client: SyncPrefectClient, settings: Settings) -> list[str]:
    """Start each job once that was due while nothing was up, and that no run has done since."""
    ledger, now = begin(settings).ledger, settings.now
    jobs.watch(ledger, now)
    told = []
    for job in (one["name"] for one in deployments()):
        due_at = jobs.missed(ledger, job, due(job, now - _FAR_ENOUGH, now))
        if due_at is None:
            continue
        try:
            deployment = client.read_deployment_by_name(f"{job}/{job}")
        except ObjectNotFound:
            continue
        client.create_flow_run_from_deployment(
            deployment.id,
            state=Scheduled(scheduled_time=due_at),
            tags=[CAUGHT_UP],
            # Started again before that run has ended, this starts no second one.
            idempotency_key=f"{CAUGHT_UP} {job} {due_at.isoformat()}",
        )
        told.append(f"{job} was due at {due_at.isoformat()}: started.")
    return told


if __name__ == "__main__":
    main()
