"""Originals by hash: durable before they are acknowledged, and never changed."""

import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.steps import durable
from flows.steps.ledger import Ledger

# Larger files stay in the inbox: one of them must not fill the disk for everybody else.
LARGEST = 200 * 1024 * 1024
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".download")


@dataclass(frozen=True)
class Receipt:
    """What became of one file of the inbox.

    outcome is received, repeated (these bytes came before, from this partner) or waiting (left
    where it is; why says what somebody must do). submission_id is None while it waits.
    """

    partner_id: str
    file_name: str
    outcome: str
    submission_id: str | None = None
    why: str | None = None


def receive(
    inbox: Path,
    archive: Path,
    ledger: Ledger,
    partners: Collection[str],
    received_at: datetime,
) -> list[Receipt]:
    """Archive every new file of the inbox, note who sent it and when, and clear it away.

    The folder that a file arrives in says who sent it. Sending the same bytes twice makes no new
    submission. A file leaves the inbox only when archive and ledger are safe on disk.
    """
    archive.mkdir(parents=True, exist_ok=True)
    _sweep(archive)
    receipts = []
    for path in _files(inbox):
        partner_id = path.parent.name
        if partner_id not in partners:
            why = f"No partner has the code {partner_id}: add it to partners.csv, or move the file."
            receipts.append(Receipt(partner_id, path.name, "waiting", why=why))
        else:
            receipts.append(_take_in(path, partner_id, archive, ledger, received_at))
    return receipts


def submission_id(partner_id: str, sha256: str) -> str:
    """The name of one file of one partner; the same bytes have the same name for ever."""
    return f"{partner_id}-{sha256[:12]}"


def _files(inbox: Path) -> Iterator[Path]:
    """Files that somebody has finished sending, partner by partner, in order of name."""
    folders = sorted(inbox.iterdir()) if inbox.is_dir() else []
    for folder in folders:
        if not folder.is_dir() or folder.is_symlink():
            continue
        for path in sorted(folder.iterdir()):
            # Office writes ~$name beside an open workbook; hidden files are never a report.
            unfinished = path.name.startswith((".", "~$")) or path.suffix.lower() in _UNFINISHED
            if not unfinished and not path.is_dir():
                yield path


def _take_in(
    path: Path, partner_id: str, archive: Path, ledger: Ledger, received_at: datetime
) -> Receipt:
    try:
        # A link could lead anywhere and a pipe could wait for ever, so neither is opened.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        why = f"Cannot be read ({error.strerror}): send the file itself, not a link to it."
        return Receipt(partner_id, path.name, "waiting", why=why)
    with os.fdopen(descriptor, "rb") as source:
        before = os.fstat(source.fileno())
        if not stat.S_ISREG(before.st_mode):
            why = "Is no ordinary file: send a workbook."
            return Receipt(partner_id, path.name, "waiting", why=why)
        if before.st_size > LARGEST:
            why = f"Is larger than {LARGEST // 2**20} MB: send the workbook without pictures."
            return Receipt(partner_id, path.name, "waiting", why=why)
        content = source.read(LARGEST + 1)
        after = os.fstat(source.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        why = "Was still being written: it will be taken in by the next run."
        return Receipt(partner_id, path.name, "waiting", why=why)
    sha256 = hashlib.sha256(content).hexdigest()
    original = archive / sha256
    if not original.exists():
        durable.write(original, content)
        original.chmod(0o440)
    identity = submission_id(partner_id, sha256)
    body = {
        "submission_id": identity,
        "partner_id": partner_id,
        "sha256": sha256,
        "file_name": path.name,
        "size": len(content),
    }
    entry = ledger.append("submission_received", body, received_at, once=f"submission:{identity}")
    if entry is None:
        ledger.append("submission_repeated", body, received_at)
    path.unlink()
    return Receipt(partner_id, path.name, "received" if entry else "repeated", identity)


def _sweep(archive: Path) -> None:
    """Remove what a run that was killed left half-written; the inbox still has the whole."""
    for leftover in archive.glob(".*.partial"):
        leftover.unlink()
