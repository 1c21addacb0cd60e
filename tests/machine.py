"""One machine on which `reper up` runs: started, watched and asked the way people do it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx

from flows.steps.ledger import Ledger
from flows.steps.publishing import approval
from flows.steps.settings import CHECKOUT, Settings, load

# A busy machine is slow, and that alone must fail nothing.
PATIENCE = 240.0
Answer = TypeVar("Answer")
ENDS = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED", "PAUSED")


class Machine:
    """A home, a port, and `reper up` once it is started, from the checkout or a copy of it."""

    def __init__(self, home: Path, checkout: Path = CHECKOUT) -> None:
        self.settings: Settings = load(home, "timisoara2023", {})
        self.checkout = checkout
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._api = f"http://127.0.0.1:{self.port}/api"

    def up(self, now: str, **environment: str) -> None:
        """Start `reper up` at a moment; it is not ready yet."""
        command = [sys.executable, "-c", "import sys; from flows.cli import main; sys.exit(main())"]
        self.process = subprocess.Popen(
            [*command, "up", "--home", str(self.settings.home), "--port", str(self.port)],
            cwd=self.checkout,
            env={**without_prefects(), "REPER_NOW": now, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def offers(self, deployment: str, answers: str) -> list[str]:
        """What a list of a deployment's form offers now."""
        found = self.ask(f"deployments/name/{deployment}/{deployment}")
        return found["parameter_openapi_schema"]["definitions"][answers]["enum"]

    def get(self, address: str, **headers: str) -> httpx.Response:
        """What a browser gets at an address of the server, such as a link of a page."""
        return httpx.get(f"http://127.0.0.1:{self.port}{address}", headers=headers, timeout=60)

    def pages(self, run: str) -> list[str]:
        """What the pages say that a run has shown, in Markdown."""
        asked = {"flow_run_id": {"any_": [run]}, "type": {"any_": ["markdown"]}}
        return [page["data"] for page in self.ask("artifacts/filter", {"artifacts": asked})]

    def says(self) -> str:
        """The next line that it says; waits for that."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def down(self) -> int:
        """Ctrl-C; its exit status."""
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode

    def is_answering(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self._api}/health", timeout=60).is_success
        return False

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        return answered(f"{self._api}/{path}", body)

    def starts(self, deployment: str, due_at: str | None = None, **parameters: str) -> str:
        """Start a run, as a person does or, when it is due at a moment, to catch up; its id."""
        deployment_id = self.ask(f"deployments/name/{deployment}/{deployment}")["id"]
        state: dict[str, Any] = {"type": "SCHEDULED"}
        if due_at:
            state["state_details"] = {"scheduled_time": due_at}
        tags = ["caught up"] if due_at else []
        asked = {"parameters": parameters, "state": state, "tags": tags}
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

    def is_at_work(self, run: str) -> bool:
        return self.ask(f"flow_runs/{run}")["state"]["type"] == "RUNNING"

    def runs(self, **flow_runs: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - Prefect's filters
        """The runs that a filter of Prefect's lets through."""
        return self.ask("flow_runs/filter", {"flow_runs": flow_runs})

    def kill(self, *names: str) -> None:
        """Kill -9 these programs, such as worker or server, with all that they started."""
        for name in names:
            for process in self._started(name):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)

    def _started(self, name: str) -> list[int]:
        found = self.programs()
        return [one for one in found if f"#{name}".encode() in _environment(one)]

    def watcher(self) -> int:
        """The process that ends what a killed `reper up` leaves behind."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        (watcher,) = (
            int(child)
            for child in children.split()
            if b"flows.up" in Path(f"/proc/{child}/cmdline").read_bytes()
        )
        return watcher

    def state(self, path: str) -> str:
        ledger = Ledger(self.settings.ledger_url)
        try:
            return approval.edition(ledger, path).state
        finally:
            ledger.close()

    def programs(self) -> list[int]:
        """Everything that it started and that is still there."""
        mark = f"REPER_HOME={self.settings.home}".encode()
        processes = (int(process.name) for process in Path("/proc").glob("[0-9]*"))
        return [process for process in processes if mark in _environment(process)]


def without_prefects() -> dict[str, str]:
    """The environment without Prefect's settings: a flow that was imported here sets some."""
    return {name: said for name, said in os.environ.items() if not name.startswith("PREFECT_")}


def _environment(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/environ").read_bytes()
    return b""


def answered(url: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
    """A server's answer; asked again while its database is busy, as Prefect's clients do."""

    def answer() -> httpx.Response | None:
        found = httpx.request("GET" if body is None else "POST", url, json=body, timeout=60)
        return None if found.status_code == httpx.codes.SERVICE_UNAVAILABLE else found

    return until(answer).raise_for_status().json()


def until(ask: Callable[[], Answer | None], what_is_known: Callable[[], str] = str) -> Answer:
    """The first answer that is one; else the test fails with what is known by then."""
    last_moment = time.monotonic() + PATIENCE
    while not (answer := ask()):
        assert time.monotonic() < last_moment, f"Waited in vain. {what_is_known()}"
        time.sleep(0.3)
    return answer
