"""What a partner's file says: every archived file read in a process of its own making.

The parent hands bytes to pooled child processes and takes Parquet and a summary back; it parses
nothing itself. A file on which a child dies or hangs is refused; its neighbours are not touched.
"""

import errno
import os
import stat
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from flows.steps.confinement.child import Child
from flows.steps.errors import OperatorError
from flows.steps.reading import form as forms
from flows.steps.reading import reading_child
from flows.steps.reading.form import Form

# Raise it when the same bytes are read in another way; what was parsed before is then read again.
READER_VERSION = "3"
WALL_SECONDS = 30.0
LARGEST_FILE = 10 * 2**20
_CHILDREN = 2
_AHEAD = 8


@dataclass(frozen=True)
class ToRead:
    """One archived file: where its bytes are, their hash, and the name that the partner gave."""

    path: Path
    sha256: str
    file_name: str


@dataclass(frozen=True)
class Reading:
    """What one file says. parquet is None when nothing of ours could be read in it."""

    sha256: str
    parquet: bytes | None
    summary: dict[str, Any]


def read(
    files: Sequence[ToRead], form: Form, key: bytes, wall_seconds: float = WALL_SECONDS
) -> Generator[Reading, None, None]:
    """Read the files, in their order, at most two at a time.

    key turns people's addresses into keyed hashes. A file that cannot be read yields a Reading
    whose summary says why (rule `unreadable` when reading it failed, which may pass: ask again).
    Raises OperatorError when a file cannot be opened or the reading process cannot start.
    """
    size = min(_CHILDREN, len(os.sched_getaffinity(0)), len(files))
    if not files:
        return
    pool = _Pool(form, key, size, wall_seconds)
    workers = ThreadPoolExecutor(size, "reader")
    waiting: deque[Future[Reading]] = deque()
    try:
        for file in files:
            waiting.append(workers.submit(pool.read, file))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        workers.shutdown(wait=False, cancel_futures=True)
        pool.close()
        workers.shutdown()


class _Pool:
    """Children that are started when first needed, used again, and replaced when they died."""

    def __init__(self, form: Form, key: bytes, size: int, wall_seconds: float) -> None:
        self._plan = forms.to_tables(form)
        self._key = key
        self._wall_seconds = wall_seconds
        self._idle: SimpleQueue[Child | None] = SimpleQueue()
        self._alive: set[Child] = set()
        self._is_closed = False
        for _ in range(size):
            self._idle.put(None)

    def read(self, file: ToRead) -> Reading:
        """Read one file with whichever child is idle."""
        content = _content(file.path)
        if content is None:
            return _refused(file, "unreadable", reason="not_a_file", where=None)
        if len(content) > LARGEST_FILE:
            return _refused(file, "file_too_large", limit_mb=LARGEST_FILE // 2**20)
        child = self._idle.get()
        try:
            if child is None or child.is_dead:
                child = self._start()
            request = {"file_name": file.file_name}
            message, parquet = child.ask(request, content, self._wall_seconds)
        finally:
            self._idle.put(child)
        if "failed" in message:
            reason, where = message["failed"], message.get("where")
            return _refused(file, "unreadable", reason=reason, where=where)
        summary = {"reader_version": READER_VERSION, **message["summary"]}
        return Reading(file.sha256, parquet if message["has_parquet"] else None, summary)

    def close(self) -> None:
        """Stop every child, also one that is busy."""
        self._is_closed = True
        for child in list(self._alive):
            child.stop()

    def _start(self) -> Child:
        self._alive = {child for child in self._alive if not child.is_dead}
        child = Child(reading_child.__name__, self._plan, self._key)
        self._alive.add(child)
        if self._is_closed:
            child.stop()
        return child


def _content(path: Path) -> bytes | None:
    """The bytes of an ordinary file, no more than would be refused; None when it is none.

    A link could lead anywhere and a pipe could wait for ever, so neither is followed.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            return None
        msg = (
            f"Cannot read {path}: {error.strerror}. Give this user the right to read it; "
            "if the file is gone, put it back from a backup."
        )
        raise OperatorError(msg) from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return file.read(LARGEST_FILE + 1)


def _refused(file: ToRead, rule: str, **arguments: Any) -> Reading:  # noqa: ANN401 - plain values
    stop = {
        **dict.fromkeys(("sheet", "row", "column", "cell", "value")),
        "rule": rule,
        "severity": "stop",
        "arguments": arguments,
    }
    summary = {
        "reader_version": READER_VERSION,
        "kind": None,
        "form_version": None,
        "sheets": {},
        "findings": [stop],
    }
    return Reading(file.sha256, None, summary)
