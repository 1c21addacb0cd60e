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
    (deployment,) = (one for one in _deployments() if one["name"] == job)
    moments = {
        moment
        for schedule in deployment["schedules"]
        for moment in _moments(CronSchedule(**_without_slug(schedule)), after, until)
    }
    return sorted(moment for moment in moments if after < moment <= until)


def jobs() -> list[str]:
    """The jobs that have a schedule."""
    return [one["name"] for one in _deployments() if one["schedules"]]


def _deployments() -> list[dict[str, Any]]:
    return yaml.safe_load((CHECKOUT / "prefect.yaml").read_text("utf-8"))["deployments"]


def _without_slug(schedule: dict[str, str]) -> dict[str, str]:
    return {"cron": schedule["cron"], "timezone": schedule["timezone"]}


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
