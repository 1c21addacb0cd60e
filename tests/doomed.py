"""A night's last part in a process that can be killed at any of its steps that leave a trace.

Each such step is a point: a file opened for writing, synced or renamed, a statement that changes
the ledger, its commit, a word said to the mail server, an answer awaited. The process counts its
points and kills itself, as the kernel would, just before the n-th; the program knows nothing of
it. What is on disk and on the wire before one point is what the point before it left there.
"""

import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event as sa_event

from flows.steps import night
from flows.steps.catalogue import Catalogue
from flows.steps.durable import only_writer
from flows.steps.night import Night
from flows.steps.publishing import approval
from flows.steps.settings import Settings
from flows.steps.submissions import Known

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__, "reports.build", "reports.verify", "pypdfium2"])


@dataclass(frozen=True)
class Life:
    """What one process does: publish what is due, let an officer approve it all, deliver it.

    until "publish" it only publishes.
    """

    settings: Settings
    catalogue: Catalogue
    known: Known
    until: str = "deliver"

    def lived(self) -> list[str]:
        """Live to the end; the names of all points on the way."""
        ours, theirs = _FORKS.Pipe(duplex=False)
        process = _FORKS.Process(target=_live, args=(self, 0, theirs))
        process.start()
        theirs.close()
        points = ours.recv()
        process.join()
        assert process.exitcode == 0
        return points

    def killed(self, at: int) -> bool:
        """Die just before the point of this number, from 1; False when there were not so many."""
        process = _FORKS.Process(target=_live, args=(self, at, None))
        process.start()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        return process.exitcode != 0


def _live(life: Life, dies_at: int, to: Any) -> None:  # noqa: ANN401 - one end of a pipe
    settings = life.settings
    points: list[str] = []

    def point(name: str) -> None:
        # One answer may come in several pieces, now so and now otherwise.
        if name == "hear" and points[-1:] == ["hear"]:
            return
        points.append(name)
        if len(points) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    _watch(settings.home, point)
    with only_writer(settings.lock):
        opened = night.begin(settings)
        opened.catalogue, opened.known = life.catalogue, life.known
        night.publish(opened)
        if life.until == "deliver":
            _decide_and_deliver(opened)
    if to is not None:
        to.send(points)


def _decide_and_deliver(opened: Night) -> None:
    for edition in approval.editions(opened.ledger):
        if edition.state == "waiting":
            approval.approve(opened.settings, opened.catalogue, opened.ledger, edition.path, "Ana")
    night.deliver(opened)


def _watch(home: Path, point: Callable[[str], None]) -> None:
    def audited(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = args
            if flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(str(home)):
                point(f"open {Path(path).name}")
        elif event in ("os.rename", "os.chmod") and str(args[0]).startswith(str(home)):
            point(f"{event.removeprefix('os.')} {Path(args[0]).name}")

    def connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        connection.set_trace_callback(
            lambda statement: (
                statement.startswith(("INSERT", "COMMIT"))
                and point(statement.partition(" ")[0].lower())
            )
        )

    sys.addaudithook(audited)
    sa_event.listen(sa.Engine, "connect", connected)
    _before(os, "fsync", lambda *_: point("fsync"))
    _before(socket.socket, "sendall", lambda _self, said, *_: point(f"say {_word(said)}"))
    _before(socket.SocketIO, "readinto", lambda *_: point("hear"))


def _before(owner: Any, name: str, told: Callable[..., object]) -> None:  # noqa: ANN401
    own = getattr(owner, name)

    def watched(*args: Any) -> Any:  # noqa: ANN401
        told(*args)
        return own(*args)

    setattr(owner, name, watched)


def _word(said: bytes) -> str:
    return said.partition(b" ")[0].strip().decode() if len(said) < 100 else "the message"
