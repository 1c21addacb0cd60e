"""Whether what cannot be made again is whole: the ledger, the originals, the editions, a backup."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flows.steps.errors import UsageError
from flows.steps.ledger import Ledger
from flows.steps.publishing import approval, sendgate, values
from flows.steps.publishing.approval import Edition
from flows.steps.settings import Settings
from flows.steps.submissions import known

# Beside the files of a backup: the SHA-256 of each, as `sha256sum --check` reads it.
SUMS = "SHA256SUMS"
_BLOCK = 2**20


@dataclass(frozen=True)
class Problem:
    """What is damaged, where it is, and why it is said to be; with what to do."""

    what: str
    where: str
    why: str


@dataclass(frozen=True)
class Report:
    """How many things were looked at, and what is wrong with some of them."""

    checked: int
    problems: list[Problem]


def home(settings: Settings) -> Report:
    """Look at the ledger, at every original, and at every edition of a home.

    A home that holds nothing yet has no problem. Raises OperatorError when no ledger opens.
    """
    if settings.ledger is None and not settings.ledger_file.exists():
        return Report(0, [])
    with closing(Ledger(settings.ledger_url)) as ledger:
        # The book first: what arrives meanwhile is in the archive before it is in the book.
        of_book = list(_book(ledger))
        sent = {one.sha256: one.file_name for one in known(ledger).submissions}
        published = approval.editions(ledger)
    of_originals = list(_originals(settings.archive, sent))
    if sent and not settings.person_key.exists():
        why = "It is missing, so people would be counted anew. Put it back from the backup."
        of_originals.append(Problem("key", str(settings.person_key), why))
    of_editions = [problem for one in published for problem in _edition(settings, one)]
    count = 1 + len(sent) + len(published)
    return Report(count, [*of_book, *of_originals, *of_editions])


def folder(path: Path) -> Report:
    """Look at one folder: a backup, or an edition. Raises UsageError for anything else."""
    if (path / SUMS).is_file():
        return backup(path)
    if (path / "figures.json").is_file():
        return Report(1, list(_frozen(path)))
    msg = f"{path} is neither a backup nor an edition. Name one, or nothing for the whole home."
    raise UsageError(msg)


def backup(path: Path) -> Report:
    """Look at every file of a backup, and at its ledger."""
    lines = (path / SUMS).read_text("utf-8").splitlines()
    sums = {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}
    problems = []
    for name, sha256 in sums.items():
        if not (path / name).is_file():
            problems.append(Problem("file", name, "It is missing from this backup."))
        elif sha256_of(path / name) != sha256:
            problems.append(Problem("file", name, "It is not what was backed up."))
    files = {str(one.relative_to(path)) for one in path.rglob("*") if one.is_file()}
    strange = sorted(files - sums.keys() - {SUMS})
    problems += [Problem("file", name, "It was not backed up here.") for name in strange]
    with closing(Ledger(f"sqlite:///{path / 'ledger.sqlite'}")) as ledger:
        problems += _book(ledger)
    return Report(len(sums), problems)


def sha256_of(path: Path) -> str:
    """The hash of a file, however large."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _book(ledger: Ledger) -> Iterator[Problem]:
    seq = ledger.broken_at()
    if seq is not None:
        why = (
            f"Entry {seq} does not follow from those before it: the book was changed from outside. "
            "Put it back from the backup."
        )
        yield Problem("ledger", ledger.place, why)


def _originals(archive: Path, sent: dict[str, str]) -> Iterator[Problem]:
    for sha256, file_name in sent.items():
        path = archive / sha256
        if not path.exists():
            why = f"{file_name} is missing. Put it back from the backup."
            yield Problem("original", str(path), why)
        elif sha256_of(path) != sha256:
            why = f"{file_name} is not what the partner sent. Put it back from the backup."
            yield Problem("original", str(path), why)


def _edition(settings: Settings, edition: Edition) -> Iterator[Problem]:
    place = settings.published / edition.path
    if not place.is_dir():
        yield Problem("edition", str(place), "It is missing. Put it back from the backup.")
        return
    yield from _frozen(place)
    try:
        figures = json.loads((place / "figures.json").read_text("utf-8"))["figures"]
    except (OSError, ValueError, KeyError):
        return
    if values.digest(figures) != edition.digest:
        why = "Its figures are not those that were published. Put it back from the backup."
        yield Problem("edition", str(place / "figures.json"), why)


def _frozen(place: Path) -> Iterator[Problem]:
    for doubt in sendgate.damage(place):
        yield Problem("edition", str(place), f"{doubt.reason_en} {doubt.step_en}")
