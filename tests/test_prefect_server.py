"""A night that Prefect runs is the night that the command runs.

A real server, a real worker and a run started as the UI starts one, all in processes of their own
that end with the test.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from flows.steps import archive, catalogue
from flows.steps.demonstration import Delivery
from flows.steps.durable import only_writer
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.settings import CHECKOUT, load
from tests.machine import PATIENCE, answered, until, without_prefects

BIN = Path(sys.executable).parent
NOW = "2021-01-25T05:00:00+02:00"
PROGRAMME = "timisoara2023"
PARTNERS = ("TM-P001", "TM-P018", "TM-P054")
Command = list[str | Path]


_A_NIGHT_WITHOUT_ARTIFACTS = """
from flows import nightly, showing

def refuse(*_artifact):
    raise ConnectionError("the server takes no artifacts")

showing.create_markdown_artifact = refuse
print(nightly.nightly(return_state=True))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """A folder in which everything happens; of what was started in it nothing is left running."""
    folder = tmp_path_factory.mktemp("night")
    yield folder
    # A worker starts its runs in sessions of their own, out of reach of a signal to its group.
    for process in _processes_of(folder):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


@pytest.fixture(scope="module")
def deliveries(deliveries: list[Delivery]) -> list[Delivery]:
    """What some partners sent: enough for figures, and quick."""
    return [delivery for delivery in deliveries if delivery.partner_id in PARTNERS]


@pytest.fixture(scope="module")
def server(folder: Path) -> Generator["_Server"]:
    """A server for the tests of this module, with the deployments of prefect.yaml."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = _Server(folder, port)
    with server.start():
        server.wait_until_it_answers()
        server.prefect("work-pool", "create", "reper", "--type", "process")
        server.prefect("--no-prompt", "deploy", "--all")
        yield server


def test_a_run_started_in_the_ui_gives_the_figures_of_the_command(
    folder: Path, server: "_Server", deliveries: list[Delivery]
) -> None:
    by_command, by_prefect = folder / "by_command", folder / "by_prefect"
    for home in (by_command, by_prefect):
        _receive_all_but_the_last(home, deliveries)
    _run([BIN / "reper", "nightly"], _night_in(by_command))
    with server.worker(_night_in(by_prefect)):
        run = server.run_as_the_ui_does("nightly/nightly", {"programme": PROGRAMME})
    assert run["state"]["type"] == "COMPLETED", server.log()
    assert run["name"] == "nightly · 2021-01-25"
    page = server.get(f"artifacts/night-{PROGRAMME}/latest")["data"]
    assert "1\u00a0fișier primit, 0 repetate, 0 lăsate în așteptare | 1 received" in page
    expected = _figures(by_command)
    assert any(figure["value"] for figure in expected)
    assert _figures(by_prefect) == expected


def test_a_run_by_hand_beside_the_nightly_one_waits_and_nothing_is_done_twice(
    folder: Path, server: "_Server", deliveries: list[Delivery]
) -> None:
    home = folder / "beside"
    _receive_all_but_the_last(home, deliveries)
    with server.worker(_night_in(home)):
        with only_writer(home / ".lock"):
            runs = [
                server.started_run(name, {"programme": PROGRAMME})
                for name in ("nightly/nightly", "intake/intake", "deliver/deliver")
            ]
            for run in runs:
                until(lambda run=run: server.says(run, "Aștept să se încheie"), server.log)
        ended = [server.ended(run) for run in runs]
    assert [run["state"]["type"] for run in ended] == ["COMPLETED"] * 3, server.log()
    ledger = Ledger(load(home, PROGRAMME, {}).ledger_url)
    received = [entry.body["sha256"] for entry in ledger.entries("submission_received")]
    mails = [mail.state for mail in outbox.mails(ledger)]
    assert len(received) == len(set(received)) == len(deliveries)
    assert mails
    assert set(mails) == {"written"}
    head = ledger.head()
    ledger.close()
    _run([BIN / "reper", "nightly"], _night_in(home))
    assert Ledger(load(home, PROGRAMME, {}).ledger_url).head() == head


def test_an_artifact_that_cannot_be_written_fails_no_night(folder: Path, server: "_Server") -> None:
    home = _night_in(folder / "without_artifacts")
    ended = _run([sys.executable, "-c", _A_NIGHT_WITHOUT_ARTIFACTS], {**server.environment, **home})
    assert "ConnectionError: the server takes no artifacts" in ended.stderr
    assert ended.stdout == "Completed('0 ediții noi, 0 mesaje / 0 editions, 0 mails')\n"


def test_the_flow_runs_without_a_server_too_and_leaves_none_behind(folder: Path) -> None:
    alone = folder / "without_server"
    alone.mkdir()
    ended = _run(
        [sys.executable, "-m", "flows.nightly"],
        {"PREFECT_HOME": str(alone / "prefect"), **_night_in(alone / "home")},
    )
    assert "Completed('0 ediții noi, 0 mesaje / 0 editions, 0 mails')" in ended.stderr
    assert (alone / "home" / "warehouse.duckdb").exists()
    until(lambda: not _processes_of(alone), lambda: "The server without a server lives on.")


class _Server:
    """A Prefect server of this test alone, and what one does with it."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port
        self._api = f"http://127.0.0.1:{port}/api"
        self.environment = {
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_API_URL": self._api,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
        }

    def start(self) -> AbstractContextManager[None]:
        """Start it; it may be some time before it answers."""
        at = ("--host", "127.0.0.1", "--port", str(self._port))
        return self._started({}, "server", "start", *at)

    def worker(self, environment: Mapping[str, str]) -> AbstractContextManager[None]:
        """Start a worker that takes runs from the pool of prefect.yaml."""
        return self._started(environment, "worker", "start", "--pool", "reper", "--name", "test")

    def wait_until_it_answers(self) -> None:
        """Wait for a server that has only just been started."""

        def answers() -> bool:
            with suppress(httpx.TransportError):
                return httpx.get(f"{self._api}/health").is_success
            return False

        until(answers, self.log)

    def prefect(self, *arguments: str) -> None:
        """Run one of Prefect's commands from the checkout, as the head of prefect.yaml says."""
        _run([BIN / "prefect", *arguments], self.environment)

    def run_as_the_ui_does(self, deployment: str, parameters: dict[str, str]) -> dict[str, Any]:
        """Start a run of a deployment, and return it once it has ended."""
        return self.ended(self.started_run(deployment, parameters))

    def started_run(self, deployment: str, parameters: dict[str, str]) -> str:
        """Start a run of a deployment; its id."""
        deployment_id = self.get(f"deployments/name/{deployment}")["id"]
        asked = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        return answered(f"{self._api}/deployments/{deployment_id}/create_flow_run", asked)["id"]

    def ended(self, run_id: str) -> dict[str, Any]:
        """A run once it has ended."""
        ended = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
        run = f"flow_runs/{run_id}"
        until(lambda: self.get(run)["state"]["type"] in ended, self.log)
        return self.get(run)

    def says(self, run_id: str, words: str) -> bool:
        """Whether a run has said this in its log."""
        asked = {"logs": {"flow_run_id": {"any_": [run_id]}}}
        found = answered(f"{self._api}/logs/filter", asked)
        return any(words in line["message"] for line in found)

    def get(self, path: str) -> dict[str, Any]:
        """Ask the server for something."""
        return answered(f"{self._api}/{path}")

    def log(self) -> str:
        """The last that server and worker wrote, for whoever has to find out what went wrong."""
        return "\n".join(
            f"--- {path.name}\n{path.read_text('utf-8')[-8_000:]}"
            for path in sorted(self._folder.glob("*.log"))
        )

    @contextmanager
    def _started(self, more: Mapping[str, str], *arguments: str) -> Generator[None]:
        environment = {**self.environment, **more}
        log = (self._folder / f"{arguments[0]}.log").open("wb")
        with log, _ended_afterwards([BIN / "prefect", *arguments], environment, log):
            yield


@contextmanager
def _ended_afterwards(
    command: Command, environment: Mapping[str, str], log: IO[bytes]
) -> Generator[None]:
    # A session of its own, so that all it starts can be ended with it.
    process = subprocess.Popen(
        command,
        cwd=CHECKOUT,
        env={**without_prefects(), **environment},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield
    finally:
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=60)


def _processes_of(folder: Path) -> list[int]:
    """All processes whose Prefect keeps its things below a folder: the test's own, no others."""
    mark = f"PREFECT_HOME={folder}/".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (process / "environ").read_bytes():
                found.append(int(process.name))
    return found


def _receive_all_but_the_last(home: Path, deliveries: list[Delivery]) -> None:
    """A home with a year of its own, and one more workbook that waits for the night."""
    settings = load(home, PROGRAMME, {})
    partners = catalogue.load(settings.catalogue, settings.programme).partner_ids()
    home.mkdir()
    ledger = Ledger(settings.ledger_url)
    for delivery in deliveries:
        folder = settings.inbox / delivery.partner_id
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(delivery.path, folder / delivery.file_name)
        if delivery is not deliveries[-1]:
            archive.receive(
                settings.inbox, settings.archive, ledger, partners, delivery.received_at
            )


def _night_in(home: Path) -> dict[str, str]:
    return {"REPER_HOME": str(home), "REPER_NOW": NOW}


def _figures(home: Path) -> list[dict[str, Any]]:
    command = [BIN / "reper", "figures", "--period", "2020", "--json"]
    return json.loads(_run(command, _night_in(home)).stdout)


def _run(command: Command, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command,
        cwd=CHECKOUT,
        env={**without_prefects(), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done
