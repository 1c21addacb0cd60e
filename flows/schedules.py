"""When each job is due, as prefect.yaml says it and Prefect understands it."""

from datetime import datetime
from typing import Any

import flows.prefect_settings  # noqa: F401

# isort: split
import yaml
from prefect.server.schemas.schedules import CronSchedule
from prefect.utilities.asyncutils import run_coro_as_sync

from flows.steps.settings import CHECKOUT

# The tag of a run that makes up for one that no scheduler started.
CAUGHT_UP = "caught up"
_AT_ONCE = 500


def due(job: str, after: datetime, until: datetime) -> list[datetime]:
    """The moments at which a job is due, after one moment and up to another, in order."""
    (deployment,) = (one for one in deployments() if one["name"] == job)
    crons = [
        CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
        for schedule in deployment["schedules"]
    ]
    moments = {moment for cron in crons for moment in _moments(cron, after, until)}
    return sorted(moment for moment in moments if after < moment <= until)


def deployments() -> list[dict[str, Any]]:
    """The deployments of prefect.yaml; the name of each is that of its job."""
    return yaml.safe_load((CHECKOUT / "prefect.yaml").read_text("utf-8"))["deployments"]


def _moments(cron: CronSchedule, after: datetime, until: datetime) -> list[datetime]:
    """Prefect expands a limited number of moments at a time."""
    found: list[datetime] = []
    start = after
    while start < until:
        some = run_coro_as_sync(cron.get_dates(_AT_ONCE, start=start, end=until)) or []
        found += some
        if len(some) < _AT_ONCE:
            break
        start = some[-1]
    return found
