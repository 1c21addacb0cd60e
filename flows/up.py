"""`reper up`: Prefect's server and page, a worker, deployments and schedules, in one command.

It starts programs, starts again what ends by itself, and ends them all; it knows Prefect by its
commands alone. All that it starts carries a mark in its environment, so that nothing is left
behind, also when it is itself killed: a watcher sees that, and so does the next start.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from flows import processes
from flows.prefect_settings import SETTINGS
from flows.steps import catalogue
from flows.steps.durable import BusyError, only_writer
from flows.steps.errors import OperatorError, ReperError
from flows.steps.settings import CHECKOUT, Settings

HOST, POOL = "127.0.0.1", "reper"
_MARK = "REPER_UP"
# A first start makes Prefect's database, and a busy machine takes its time.
_PATIENCE = 180.0
# Who falls again within a minute, and that five times, will not stand by itself.
_STEADY, _MOST_FALLS, _LONGEST_PAUSE = 60.0, 5, 30.0

Say = Callable[[str], None]


def run(settings: Settings, port: int, say: Say) -> None:
    """Start all of it, say where the page is, and stay until Ctrl-C or SIGTERM; then end all of it.

    Logs are in the home, in prefect/. Raises OperatorError when this home is up already, when the
    port is taken, and when one of the programs falls again and again.
    """
    folder = settings.home / "prefect"
    ours = f"{_MARK}={settings.home}#"
    with _until_told_to_stop(), _only_one(folder):
        if left := processes.end(ours):
            say(f"Ended {left} programs that an earlier start had left behind.")
        _refuse_taken(port)
        with _nothing_left(f"{ours}{secrets.token_hex(8)}#") as mark:
            _stay(_Programs(settings, folder, port, mark), say)


@dataclass
class _Programs:
    """What is started here: each with its name in its mark, its log, and the same environment."""

    settings: Settings
    folder: Path
    port: int
    mark: str

    def server(self) -> subprocess.Popen[bytes]:
        """A server that answers."""
        server = self._start("server", "flows.server", HOST, str(self.port))
        url = f"http://{HOST}:{self.port}/api/health"
        last_moment = time.monotonic() + _PATIENCE
        while server.poll() is None and time.monotonic() < last_moment:
            # Only our own server on this machine is asked.
            with suppress(URLError, ConnectionError, TimeoutError), urlopen(url, timeout=5):
                return server
            time.sleep(0.2)
        msg = f"Prefect's server does not answer. {self.log('server')} says why."
        raise OperatorError(msg)

    def deploy(self) -> None:
        """What is to be run, and when."""
        self._do("pool", "flows.pool")
        self._do("deploy", "prefect", "--no-prompt", "deploy", "--all")

    def deploy_again(self) -> str:
        """Give the forms the lists of tables that have changed; what there is to say of it."""
        try:
            # Of tables that contradict each other a form would show empty lists.
            catalogue.load(self.settings.catalogue, self.settings.programme)
            self.deploy()
        except ReperError as error:
            return f"The programme's tables have changed, and the forms keep their lists: {error}"
        return "The programme's tables have changed: the forms offer what they say now."

    def tables(self) -> dict[str, int]:
        """When each table that the forms' lists come from was changed; empty while one is going."""
        with suppress(OSError):
            return {
                table.path: table.stat().st_mtime_ns
                for folder in (self.settings.catalogue, self.settings.programme)
                for table in os.scandir(folder)
            }
        return {}

    def worker(self) -> subprocess.Popen[bytes]:
        """A worker, and none of the runs of one before it."""
        processes.end(f"{self.mark}worker")
        self._do("recovery", "flows.recovery")
        # With its type stated it starts also while the server is away for a moment.
        of_pool = ("--pool", POOL, "--type", "process", "--name", POOL)
        return self._start("worker", "prefect", "worker", "start", *of_pool)

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _do(self, name: str, *command: str) -> None:
        if self._start(name, *command).wait() != 0:
            msg = f"`python -m {' '.join(command)}` failed. {self.log(name)} says why."
            raise OperatorError(msg)

    def _start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        variable, _, value = f"{self.mark}{name}".partition("=")
        environment = {
            **SETTINGS,
            "PREFECT_HOME": str(self.folder),
            **os.environ,
            "PREFECT_API_URL": f"http://{HOST}:{self.port}/api",
            "REPER_HOME": str(self.settings.home),
            "REPER_PROGRAMME": self.settings.programme_id,
            variable: value,
        }
        with self.log(name).open("ab") as log:
            # A session of its own: Ctrl-C reaches us alone, and we end the others in their order.
            return subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=CHECKOUT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _stay(programs: _Programs, say: Say) -> None:
    """Start all programs, and start again what ends by itself, after a pause that grows."""
    deployed = seen = programs.tables()
    server = programs.server()
    programs.deploy()
    running = {"server": server, "worker": programs.worker()}
    again = {"server": programs.server, "worker": programs.worker}
    page = f"http://{HOST}:{programs.port}/v2/"
    say(f"Ready: {page} (Ctrl-C ends it; logs in {programs.folder})")
    started, falls = dict.fromkeys(running, time.monotonic()), dict.fromkeys(running, 0)
    while True:
        time.sleep(0.5)
        for name in _ended(running):
            is_steady = time.monotonic() - started[name] > _STEADY
            falls[name] = 1 if is_steady else falls[name] + 1
            if falls[name] > _MOST_FALLS:
                msg = f"Prefect's {name} ends again and again. {programs.log(name)} says why."
                raise OperatorError(msg)
            pause = min(2.0 ** falls[name], _LONGEST_PAUSE)
            say(
                f"Prefect's {name} ended by itself ({running[name].returncode}) and is started "
                f"again in {pause:.0f} s. {programs.log(name)} says why."
            )
            time.sleep(pause)
        # Asked again: the server may have fallen a moment after its worker, and comes first.
        for name in _ended(running):
            running[name] = again[name]()
            started[name] = time.monotonic()
            say(f"Prefect's {name} is back.")
        # Twice the same, since whoever changes a table may still be writing it.
        if (now := programs.tables()) == seen != deployed:
            deployed = now
            say(programs.deploy_again())
        seen = now


def _ended(running: Mapping[str, subprocess.Popen[bytes]]) -> list[str]:
    return [name for name, program in running.items() if program.poll() is not None]


class _StopError(Exception):
    """Somebody asked for the end."""


@contextmanager
def _until_told_to_stop() -> Generator[None]:
    """Ctrl-C and SIGTERM both leave this block, also where a parent had them ignored."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _StopError

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(_StopError):
            yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _only_one(folder: Path) -> Generator[None]:
    try:
        with only_writer(folder / ".lock"):
            yield
    except BusyError as error:
        msg = f"Reper is up already in {folder.parent}. End it first, with Ctrl-C where it runs."
        raise OperatorError(msg) from error


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            msg = (
                f"Port {port} of this machine is taken by another program. "
                "End that one, or choose another port with --port."
            )
            raise OperatorError(msg) from error


@contextmanager
def _nothing_left(mark: str) -> Generator[str]:
    """Whatever ends this block, also kill -9, ends all that carries the mark."""
    watcher = subprocess.Popen(
        [sys.executable, "-m", "flows.up", mark],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield mark
    finally:
        # A second Ctrl-C must not leave half of them behind.
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_IGN)
        _end(mark)
        watcher.communicate()


def _end(mark: str) -> None:
    """The worker and its runs first, while there is a server that they can tell."""
    processes.end(f"{mark}worker")
    processes.end(mark)


def _watch(mark: str) -> None:
    """Wait for whoever holds the other end of our standard input to end, however it does."""
    sys.stdin.read()
    _end(mark)


if __name__ == "__main__":
    _watch(sys.argv[1])
