"""Programs of this machine, found by what stands in their environment.

A program hands its environment on to all that it starts, so nothing that it started is missed.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

_GRACE = 20.0


def carrying(mark: str) -> list[int]:
    """The processes that have a variable beginning with this mark, such as NAME=value."""
    wanted = mark.encode()
    if sys.platform == "darwin":
        return _carrying_on_macos(wanted)
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        # What belongs to others cannot be read, and what has ended is gone.
        with suppress(OSError):
            variables = (process / "environ").read_bytes().split(b"\0")
            if any(variable.startswith(wanted) for variable in variables):
                found.append(int(process.name))
    return found


def end(mark: str) -> int:
    """End all that carries a mark: asked first, then made to. How many there were."""
    found = carrying(mark)
    for how in (signal.SIGTERM, signal.SIGKILL):
        for process in carrying(mark):
            with suppress(ProcessLookupError):
                os.kill(process, how)
        _wait(mark)
    return len(found)


def _wait(mark: str) -> None:
    last_moment = time.monotonic() + _GRACE
    while carrying(mark) and time.monotonic() < last_moment:
        time.sleep(0.1)


def _carrying_on_macos(wanted: bytes) -> list[int]:
    listed = subprocess.run(
        ["ps", "-axEww", "-o", "pid=,command="], capture_output=True, check=True
    ).stdout
    lines = [line.split(maxsplit=1) for line in listed.splitlines()]
    return [int(line[0]) for line in lines if b" " + wanted in line[-1]]
