"""`reper up`, as an administrator starts it, and a report published and approved in Prefect.

One start serves all tests here: server, worker, deployments, and their end.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from flows.steps.ledger import Ledger
from flows.steps.publishing import approval
from flows.steps.settings import CHECKOUT, Settings, load

NOW = "2021-02-26T05:00:00+02:00"
PERIOD = "2020-Q4"
# A busy machine is slow, and that alone must fail nothing.
PATIENCE = 240.0
Answer = TypeVar("Answer")
ENDS = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED", "PAUSED")


class Machine:
    """One running `reper up`, asked the way the page in the browser asks."""

    def __init__(self, home: Path, port: int) -> None:
        self.settings: Settings = load(home, "timisoara2023", {"REPER_NOW": NOW})
        self._api = f"http://127.0.0.1:{port}/api"
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "REPER"))}
        command = [sys.executable, "-c", "import sys; from flows.cli import main; sys.exit(main())"]
        self.process = subprocess.Popen(
            [*command, "up", "--home", str(home), "--port", str(port)],
            cwd=CHECKOUT,
            env={**clean, "REPER_NOW": NOW, "PREFECT_WORKER_QUERY_SECONDS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def first_line(self) -> str:
        """What it says once it is ready; waits for that."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Ask the server, again when its database is busy for a moment, as Prefect's clients do."""

        def answer() -> httpx.Response | None:
            method = "GET" if body is None else "POST"
            found = httpx.request(method, f"{self._api}/{path}", json=body, timeout=60)
            return None if found.status_code == httpx.codes.SERVICE_UNAVAILABLE else found

        return until(answer).raise_for_status().json()

    def starts(self, deployment: str, **parameters: str) -> str:
        """Start a run; its id."""
        deployment_id = self.ask(f"deployments/name/{deployment}/{deployment}")["id"]
        asked = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        return self.ask(f"deployments/{deployment_id}/create_flow_run", asked)["id"]

    def rests(self, run: str) -> dict[str, Any]:
        """The run once it has ended or waits for an answer."""

        def resting() -> dict[str, Any] | None:
            found = self.ask(f"flow_runs/{run}")
            return found if found["state"]["type"] in ENDS else None

        return until(resting)

    def answers(self, run: str, **decision: str) -> dict[str, Any]:
        """Give a waiting run its answer, as its form does; the run when it rests again."""
        asked = self.ask(f"flow_runs/{run}")["state"]["id"]
        self.ask(f"flow_runs/{run}/resume", {"run_input": decision})
        until(lambda: self.ask(f"flow_runs/{run}")["state"]["id"] != asked)
        return self.rests(run)

    def state(self, path: str) -> str:
        ledger = Ledger(self.settings.ledger_url)
        try:
            return approval.edition(ledger, path).state
        finally:
            ledger.close()

    def programs(self) -> list[int]:
        """Everything that it started and that is still there."""
        mark = f"REPER_HOME={self.settings.home}".encode()
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mark in (process / "environ").read_bytes():
                    found.append(int(process.name))
        return found


def until(ask: Callable[[], Answer | None]) -> Answer:
    """The first answer that is one."""
    last_moment = time.monotonic() + PATIENCE
    while not (answer := ask()):
        assert time.monotonic() < last_moment, "Waited in vain."
        time.sleep(0.3)
    return answer


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Generator[Machine]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    machine = Machine(tmp_path_factory.mktemp("home"), port)
    try:
        assert machine.first_line().startswith("Ready: http://127.0.0.1:")
        yield machine
    finally:
        machine.process.send_signal(signal.SIGINT)
        machine.process.communicate(timeout=PATIENCE)


def test_a_report_waits_for_an_officer_and_is_mailed_once_it_is_approved(machine: Machine) -> None:
    run = machine.starts("publish", audience="funder", period=PERIOD, reader="municipality")
    rests = machine.rests(run)
    assert rests["name"] == f"publish · funder · {PERIOD} · municipality"
    assert rests["state"]["name"] == "Suspended", rests["state"]["message"]
    edition = f"funder/municipality/{PERIOD}/ro-v1"
    assert machine.state(edition) == "held"
    assert not list(machine.settings.outbox.glob("funder-*"))
    yes = {"decision": "aprob · approve", "your_name": "Ana"}
    # Nobody reported, so the gate holds it, and to let it pass needs a reason: it asks again.
    assert machine.answers(run, **yes)["state"]["name"] == "Suspended"
    assert machine.state(edition) == "held"
    done = machine.answers(run, **yes, reason="O repetiție.")
    assert done["state"]["type"] == "COMPLETED", done["state"]["message"]
    assert machine.state(edition) == "approved"
    (mail,) = machine.settings.outbox.glob("funder-*")
    assert mail.name == f"funder-municipality-{PERIOD}-ro-v1--funder-municipality.eml"


def test_a_period_that_is_not_over_is_answered_in_words(machine: Machine) -> None:
    rests = machine.rests(machine.starts("publish", audience="team", period="2023-Q4"))
    assert rests["state"]["type"] == "FAILED"
    assert "încă nu se poate publica" in rests["state"]["message"]
    assert "cannot be published yet" in rests["state"]["message"]


def test_its_end_leaves_nothing_running(machine: Machine) -> None:
    assert len(machine.programs()) >= 2
    machine.process.send_signal(signal.SIGINT)
    assert machine.process.wait(PATIENCE) == 0
    assert machine.programs() == []
