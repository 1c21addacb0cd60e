"""A copy of a home, taken while it works, and put back into an empty one.

What a killed copy or restore leaves is named .partial and never looks whole.
"""

import os
import shutil
from contextlib import closing
from pathlib import Path

from flows.steps import durable, integrity
from flows.steps.errors import OperatorError
from flows.steps.integrity import SUMS
from flows.steps.ledger import Ledger
from flows.steps.settings import Settings

# Made again when they are missing; Prefect's own records are no part of a programme.
_LEFT_OUT = ("parsed", "checked", "prefect", ".lock", "warehouse.duckdb", "ledger.sqlite")
_INBOX = "inbox"


def back_up(settings: Settings, target: Path) -> int:
    """Copy a home into a new folder, all of it on disk when this returns; how many files.

    Nobody need stop: the inbox is copied first, then the ledger, then what both lead to. So a file
    that is taken in meanwhile is there twice at worst, and received once. Raises OperatorError
    when the folder is there already, and when there is nothing to copy.
    """
    if target.exists():
        msg = f"{target} is there already. Name a new folder, for instance with today's date."
        raise OperatorError(msg)
    if settings.ledger is None and not settings.ledger_file.exists():
        msg = f"There is no ledger in {settings.home}, so nothing to back up. Check --home."
        raise OperatorError(msg)
    partial = _partial(target)
    try:
        partial.mkdir(parents=True, mode=0o700)
        _copy(settings.home, partial, _INBOX)
        with closing(Ledger(settings.ledger_url)) as ledger:
            ledger.copy_to(f"sqlite:///{partial / 'ledger.sqlite'}")
        for place in sorted(settings.home.iterdir()):
            if place.name != _INBOX and not _is_left_out(place.name):
                _copy(settings.home, partial, place.name)
        files = sorted(path for path in partial.rglob("*") if path.is_file())
        sums = [f"{integrity.sha256_of(path)}  {path.relative_to(partial)}" for path in files]
        durable.write(partial / SUMS, "\n".join([*sums, ""]).encode())
        partial.rename(target)
        durable.sync_folder(target.parent)
    except OSError as error:
        raise durable.cannot_write(target, error.strerror) from error
    return len(files)


def restore(settings: Settings, source: Path) -> int:
    """Put a backup back into a home that holds nothing; how many files.

    Raises OperatorError for a home or a ledger that holds something, and for a backup that is not
    whole: then nothing is put back.
    """
    if not (source / SUMS).is_file():
        msg = f"{source} is no backup: it has no {SUMS}. Name a folder that `reper backup` made."
        raise OperatorError(msg)
    home = settings.home
    if home.exists() and any(home.iterdir()):
        msg = f"{home} holds something. Name an empty folder with --home, or move it away first."
        raise OperatorError(msg)
    if problems := integrity.backup(source).problems:
        first = problems[0]
        msg = f"{source} is not whole: {first.where}. {first.why} `reper verify {source}` says all."
        raise OperatorError(msg)
    partial = _partial(home)
    try:
        partial.mkdir(parents=True)
        for place in sorted(source.iterdir()):
            if place.name not in (SUMS, "ledger.sqlite"):
                _copy(source, partial, place.name)
        with closing(Ledger(f"sqlite:///{source / 'ledger.sqlite'}")) as ledger:
            ledger.copy_to(settings.ledger or f"sqlite:///{partial / 'ledger.sqlite'}")
        if home.exists():
            home.rmdir()
        partial.rename(home)
        durable.sync_folder(home.parent)
    except OSError as error:
        raise durable.cannot_write(home, error.strerror) from error
    return sum(path.is_file() for path in home.rglob("*"))


def _partial(target: Path) -> Path:
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    return partial


def _is_left_out(name: str) -> bool:
    return name.startswith(_LEFT_OUT) or name.endswith((".partial", ".building"))


def _copy(source: Path, target: Path, name: str) -> None:
    """Copy a file, or a folder with all that is in it, and wait until it is on disk."""
    place = source / name
    if place.is_dir() and not place.is_symlink():
        (target / name).mkdir(exist_ok=True)
        for inner in sorted(place.iterdir()):
            # What is being written at this moment has no name yet that anything leads to.
            if not inner.name.startswith(".") or not inner.name.endswith((".partial", ".building")):
                _copy(source, target, f"{name}/{inner.name}")
        durable.sync_folder(target / name)
        return
    try:
        shutil.copy2(place, target / name, follow_symlinks=False)
    except FileNotFoundError:
        # Taken in from the inbox a moment ago.
        return
    if not place.is_symlink():
        with (target / name).open("rb") as file:
            os.fsync(file.fileno())
