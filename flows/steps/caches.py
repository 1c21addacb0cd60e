"""Answers that can be found again: kept without waiting for the disk, and believed only when whole.

What a power cut has torn, or lost, is told by its checksum and no answer at all.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.steps import durable

_HEAD, _TAIL = b'{"checksum": "%s", "content": ', b"}"
_DIGITS = hashlib.sha256().digest_size * 2


def keep(path: Path, content: Mapping[str, Any], beside: bytes | None = None) -> None:
    """Keep an answer, and the file that belongs to it (see beside_of). Makes the folder.

    Raises OperatorError when the disk is full or the right is missing.
    """
    body = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if beside is None:
            beside_of(path).unlink(missing_ok=True)
        else:
            _write(beside_of(path), beside)
        _write(path, _HEAD % _checksum(body, beside) + body + _TAIL)
    except OSError as error:
        raise durable.cannot_write(path, error.strerror) from error


def kept(path: Path) -> dict[str, Any] | None:
    """The answer kept at a path; None when there is none, or not the whole of it."""
    try:
        whole = path.read_bytes()
    except FileNotFoundError:
        return None
    begin = len(_HEAD) - len(b"%s") + _DIGITS
    checksum, body = whole[:begin], whole[begin : -len(_TAIL)]
    try:
        beside = beside_of(path).read_bytes()
    except FileNotFoundError:
        beside = None
    if checksum != _HEAD % _checksum(body, beside):
        return None
    content: dict[str, Any] = json.loads(body)
    return content


def beside_of(path: Path) -> Path:
    """Where the Parquet of an answer lies, if it has one."""
    return path.with_suffix(".parquet")


def _write(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)


def _checksum(body: bytes, beside: bytes | None) -> bytes:
    digest = hashlib.sha256(body)
    if beside is not None:
        digest.update(hashlib.sha256(beside).digest())
    return digest.hexdigest().encode()
