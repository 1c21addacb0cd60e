"""What Prefect sees of the project, as JSON. Run in a process of its own: see test_prefect_flow."""

import inspect
import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from prefect import Flow, Task
from prefect.cache_policies import NO_CACHE
from prefect.flows import load_flow_from_entrypoint
from prefect.server.schemas.schedules import CronSchedule
from prefect.utilities.asyncutils import run_coro_as_sync

BUCHAREST = ZoneInfo("Europe/Bucharest")
DAYS_BEFORE_THE_CLOCK_CHANGES = ("2027-03-27", "2027-10-30")


def main() -> None:
    """Print every deployment of prefect.yaml, with its flow."""
    deployments = yaml.safe_load(Path("prefect.yaml").read_text("utf-8"))["deployments"]
    sys.stdout.write(json.dumps({one["name"]: _seen(one) for one in deployments}))


def _seen(deployment: Mapping[str, Any]) -> dict[str, Any]:
    flow = load_flow_from_entrypoint(deployment["entrypoint"], use_placeholder_flow=False)
    return {
        "flow": flow.name,
        "parameters": flow.parameters.model_dump(),
        "tasks": _tasks(flow),
        "pool": deployment["work_pool"]["name"],
        "limit": deployment.get("concurrency_limit"),
        "starts": [_starts(schedule) for schedule in deployment["schedules"]],
    }


def _tasks(flow: Flow[..., Any]) -> list[dict[str, Any]]:
    module = inspect.getmodule(flow.fn)
    steps: tuple[Task[..., Any], ...] = vars(module).get("STEPS", ())
    return [
        {
            "name": step.name,
            "description": step.description,
            "is_cached": step.cache_policy is not NO_CACHE,
            "is_kept": step.persist_result,
        }
        for step in steps
    ]


def _starts(schedule: Mapping[str, str]) -> dict[str, list[str]]:
    cron = CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
    return {day: _two_starts(cron, day) for day in DAYS_BEFORE_THE_CLOCK_CHANGES}


def _two_starts(cron: CronSchedule, day: str) -> list[str]:
    midnight = datetime.fromisoformat(day).replace(tzinfo=BUCHAREST)
    moments = run_coro_as_sync(cron.get_dates(2, start=midnight))
    return [moment.astimezone(BUCHAREST).isoformat(timespec="minutes") for moment in moments or ()]


if __name__ == "__main__":
    main()
