"""The reading process: opens strangers' files where a crash or a hang costs one file only.

Started by the reader with a clean environment. Limits itself before it sees a stranger's first
byte, then answers one request after another until its input ends. It gets bytes and gives bytes:
it needs no file, no network, no environment.
"""

import codecs
import gc
import json
import os
import resource
import struct
import sys
import unicodedata
from types import TracebackType
from typing import IO, Any

MEMORY_LIMIT = 2**30
CPU_SECONDS = 20
_FRAME = struct.Struct("<II")


def send(pipe: IO[bytes], message: dict[str, Any], blob: bytes = b"") -> None:
    """Write one message with its bytes."""
    text = json.dumps(message, ensure_ascii=False).encode()
    pipe.write(_FRAME.pack(len(text), len(blob)))
    pipe.write(text)
    pipe.write(blob)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read one message with its bytes; None when the other side has ended."""
    head = pipe.read(_FRAME.size)
    if len(head) < _FRAME.size:
        return None
    text_length, blob_length = _FRAME.unpack(head)
    text, blob = pipe.read(text_length), pipe.read(blob_length)
    if len(text) < text_length or len(blob) < blob_length:
        return None
    return json.loads(text), blob


def main() -> None:
    """Answer requests on the pipe named by the only argument."""
    _limit()
    with os.fdopen(int(sys.argv[1]), "wb") as answers:
        try:
            _answer(sys.stdin.buffer, answers)
        except MemoryError:
            send(answers, {"failed": "memory"})
        except Exception as error:  # noqa: BLE001 - told by its place; its words may hold names
            send(answers, {"failed": "crashed", "where": _where(error)})


def _answer(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Get ready, say so, then read one file a request until nobody asks any more."""
    # Arrow's own allocators reserve more address space than the limit leaves.
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    import pyarrow as pa

    from flows.steps import form, reading

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    asked = receive(requests)
    if asked is None:
        return
    tables, key = asked
    known = form.from_tables(**tables)
    # Once so that nothing is left to load, and once more to prove it before a stranger's file.
    reading.rehearse(known)
    _close_the_doors()
    reading.rehearse(known)
    # What is loaded now stays for good, so it need not be looked through again and again.
    gc.freeze()
    send(answers, {"ready": True})
    while request := receive(requests):
        message, content = request
        _grant_cpu_time()
        parquet, summary = reading.read_bytes(content, message["file_name"], known, key)
        send(answers, {"summary": summary, "has_parquet": parquet is not None}, parquet or b"")


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _close_the_doors() -> None:
    """From here on no file and no socket can be opened; what may be needed is loaded before."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp437"):
        codecs.lookup(encoding)
    unicodedata.normalize("NFC", "ș")
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _grant_cpu_time() -> None:
    """CPU time is counted over the whole life of the process, so each file moves the limit on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _where(error: Exception) -> str:
    trace: TracebackType | None = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f" {trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
    return type(error).__name__ + place


if __name__ == "__main__":
    main()
