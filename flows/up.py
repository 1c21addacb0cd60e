"""`reper up`: Prefect's server and page, a worker, deployments and schedules, in one command.

It starts programs and ends them; it knows Prefect by its commands alone. Everything that it starts
carries a mark in its environment, and so does what they start, so that nothing is left behind.
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
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from flows.prefect_settings import SETTINGS
from flows.steps.errors import OperatorError
from flows.steps.settings import CHECKOUT, Settings

HOST, POOL = "127.0.0.1", "reper"
_MARK = "REPER_UP"
# A first start makes Prefect's database, and a busy machine takes its time.
_PATIENCE, _GRACE = 180.0, 20.0

Say = Callable[[str], None]


def run(settings: Settings, port: int, say: Say) -> None:
    """Start all of it, say where the page is, and stay until Ctrl-C or SIGTERM; then end all of it.

    Logs are in the home, in prefect/. Raises OperatorError when the port is taken or one of the
    programs ends by itself.
    """
    _refuse_taken(port)
    folder = settings.home / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    environment = _environment(settings, folder, port)
    with _until_told_to_stop(), _nothing_left(environment[_MARK]):
        server = _start(environment, folder, "server", "start", "--host", HOST, "--port", str(port))
        _wait(server, f"http://{HOST}:{port}/api/health", folder)
        _do(environment, folder, "work-pool", "create", POOL, "--type", "process", "--overwrite")
        _do(environment, folder, "--no-prompt", "deploy", "--all")
        worker = _start(environment, folder, "worker", "start", "--pool", POOL, "--name", POOL)
        say(f"Ready: http://{HOST}:{port}/v2/ (Ctrl-C ends it; logs in {folder})")
        _stay(folder, {"server": server, "worker": worker})


class _StopError(Exception):
    """Somebody asked for the end."""


def _environment(settings: Settings, folder: Path, port: int) -> dict[str, str]:
    return {
        **SETTINGS,
        "PREFECT_HOME": str(folder),
        **os.environ,
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "REPER_HOME": str(settings.home),
        "REPER_PROGRAMME": settings.programme_id,
        _MARK: secrets.token_hex(8),
    }


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            msg = (
                f"Port {port} of this machine is taken. "
                "Is Reper up already? Else choose another one with --port."
            )
            raise OperatorError(msg) from error


def _start(
    environment: Mapping[str, str], folder: Path, *arguments: str
) -> subprocess.Popen[bytes]:
    log = (folder / f"{arguments[0]}.log").open("ab")
    # A session of its own: Ctrl-C reaches us alone, and we end the others in their order.
    with log:
        return subprocess.Popen(
            [sys.executable, "-m", "prefect", *arguments],
            cwd=CHECKOUT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _do(environment: Mapping[str, str], folder: Path, *arguments: str) -> None:
    process = _start(environment, folder, *arguments)
    if process.wait() != 0:
        words = " ".join(arguments)
        msg = f"`prefect {words}` failed. The logs in {folder} say why."
        raise OperatorError(msg)


def _wait(server: subprocess.Popen[bytes], url: str, folder: Path) -> None:
    last_moment = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < last_moment:
        # Only our own server on this machine is asked.
        with suppress(URLError, ConnectionError, TimeoutError), urlopen(url, timeout=5):  # noqa: S310
            return
        time.sleep(0.2)
    msg = f"Prefect's server does not answer. {folder / 'server.log'} says why."
    raise OperatorError(msg)


def _stay(folder: Path, processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                msg = f"Prefect's {name} ended by itself. {folder / f'{name}.log'} says why."
                raise OperatorError(msg)
        time.sleep(0.5)


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
def _nothing_left(mark: str) -> Generator[None]:
    """End everything that carries the mark: asked first, then made to."""
    try:
        yield
    finally:
        # A second Ctrl-C must not leave half of them behind.
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_IGN)
        _end(mark, signal.SIGTERM, _GRACE)
        _end(mark, signal.SIGKILL, _GRACE)


def _end(mark: str, how: int, patience: float) -> None:
    for process in _marked(mark):
        with suppress(ProcessLookupError):
            os.kill(process, how)
    last_moment = time.monotonic() + patience
    while _marked(mark) and time.monotonic() < last_moment:
        with suppress(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)
        time.sleep(0.1)


def _marked(mark: str) -> list[int]:
    wanted = f"{_MARK}={mark}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        # What belongs to others cannot be read, and what has ended is gone.
        with suppress(OSError):
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
    return found
