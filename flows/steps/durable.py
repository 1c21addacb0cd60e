"""Files that are either whole and on disk, or not there; and one writer at a time."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from flows.steps.errors import OperatorError


class BusyError(OperatorError):
    """Another run is at work in this home; it is enough to wait."""


def write(path: Path, content: bytes) -> None:
    """Write a file so that a power cut leaves the old one or the new one, never a part.

    Makes the folder. Raises OperatorError when the disk is full or the right is missing.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error.strerror) from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as durable as the bytes behind them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def cannot_write(place: Path | str, why: str | None) -> OperatorError:
    """The error for whoever runs the machine, with the remedy."""
    return OperatorError(
        f"Cannot write {place}: {why}. "
        "Free some disk space or give this user the right to write there, then run again."
    )


@contextmanager
def only_writer(lock: Path) -> Generator[None]:
    """Hold the home's lock. The kernel lets go of it when the process dies, however it dies.

    Raises BusyError, at once and naming the holder, when another run holds it.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("a+")
    except OSError as error:
        raise cannot_write(lock, error.strerror) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            msg = (
                f"Another run (process {holder}) is working in {lock.parent}. "
                "Nothing was done; wait until it has ended, then run again."
            )
            raise BusyError(msg) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)
