"""Inside a process that opens strangers' files: its limits, and how it is asked and answers.

The process gets bytes and gives bytes: it needs no file, no network, no environment. It limits
itself before it sees a stranger's first byte. Its other side is `child`.
"""

import codecs
import gc
import json
import os
import resource
import struct
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any

_FRAME = struct.Struct("<II")
Message = dict[str, Any]


def send(pipe: IO[bytes], message: Message, blob: bytes = b"") -> None:
    """Write one message with its bytes."""
    text = json.dumps(message, ensure_ascii=False).encode()
    pipe.write(_FRAME.pack(len(text), len(blob)))
    pipe.write(text)
    pipe.write(blob)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[Message, bytes] | None:
    """Read one message with its bytes; None when the other side has ended."""
    head = pipe.read(_FRAME.size)
    if len(head) < _FRAME.size:
        return None
    text_length, blob_length = _FRAME.unpack(head)
    text, blob = pipe.read(text_length), pipe.read(blob_length)
    if len(text) < text_length or len(blob) < blob_length:
        return None
    return json.loads(text), blob


def limit(memory: int) -> None:
    """Take no more memory than this, write no file, leave no core. For good."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@dataclass(frozen=True)
class Service:
    """What a process answers; rehearse goes its whole way once, on something of our own."""

    answer: Callable[[Message, bytes], tuple[Message, bytes]]
    rehearse: Callable[[], None]


def serve(prepare: Callable[[Message, bytes], Service], cpu_seconds: int) -> None:
    """Answer one request after another until the other side ends.

    The answers go to the pipe that the command line names. The first message tells prepare what
    stays the same for all requests. After a failure, which is told, the process ends.
    """
    with os.fdopen(int(sys.argv[1]), "wb") as answers:
        try:
            _answer(sys.stdin.buffer, answers, prepare, cpu_seconds)
        except MemoryError:
            send(answers, {"failed": "memory"})
        except Exception as error:  # noqa: BLE001 - told by its place; its words may hold names
            send(answers, {"failed": "crashed", "where": _where(error)})


def _answer(
    requests: IO[bytes],
    answers: IO[bytes],
    prepare: Callable[[Message, bytes], Service],
    cpu_seconds: int,
) -> None:
    """Get ready, say so, then answer until nobody asks any more."""
    first = receive(requests)
    if first is None:
        return
    service = prepare(*first)
    # Once so that nothing is left to load, and once more to prove it before a stranger's file.
    service.rehearse()
    _close_the_doors()
    service.rehearse()
    # What is loaded now stays for good, so it need not be looked through again and again.
    gc.freeze()
    send(answers, {"ready": True})
    while request := receive(requests):
        _grant_cpu_time(cpu_seconds)
        send(answers, *service.answer(*request))


def _close_the_doors() -> None:
    """From here on no file and no socket can be opened; what may be needed is loaded before."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp437"):
        codecs.lookup(encoding)
    unicodedata.normalize("NFC", "ș")
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _grant_cpu_time(cpu_seconds: int) -> None:
    """CPU time is counted over the whole life of the process, so each file moves the limit on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _where(error: Exception) -> str:
    trace: TracebackType | None = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f" {trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
    return type(error).__name__ + place
