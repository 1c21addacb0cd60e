"""The reading process: opens strangers' files where a crash or a hang costs one file only."""

import os

from flows.steps.confinement import confined
from flows.steps.confinement.confined import Message, Service

MEMORY_LIMIT = 2**30
CPU_SECONDS = 20


def main() -> None:
    """Answer requests on the pipe named by the only argument."""
    confined.limit(MEMORY_LIMIT)
    confined.serve(_prepared, CPU_SECONDS)


def _prepared(tables: Message, key: bytes) -> Service:
    """Load what a request needs: the form, and the key that turns addresses into keyed hashes."""
    # Arrow's own allocators reserve more address space than the limit leaves.
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    import pyarrow as pa

    from flows.steps.reading import contents, form

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    known = form.from_tables(**tables)

    def answer(message: Message, content: bytes) -> tuple[Message, bytes]:
        parquet, summary = contents.read_bytes(content, message["file_name"], known, key)
        return {"summary": summary, "has_parquet": parquet is not None}, parquet or b""

    return Service(answer, lambda: contents.rehearse(known))


if __name__ == "__main__":
    main()
