"""Rows that came in, or went out, by themselves: no file came, but a table or a rule has changed.

A row waits while its partner, project or district is unknown, and comes in on the night after
somebody added that to the programme's tables. Nobody sent anything, so the officer is told.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.steps import warehouse
from flows.steps.checking.findings import quarantined
from flows.steps.ledger import Entry, Ledger
from flows.steps.originals import Checked
from flows.steps.settings import Settings

_KIND = "rows_judged_anew"
_REFUSED = "rejected"
# By submission: whether it is refused whole, and which rows of which sheet wait.
Judged = Mapping[str, tuple[bool, frozenset[tuple[str, int]]]]


@dataclass(frozen=True)
class Rejudged:
    """One sheet of a submission, and its rows that came in and went out, as a spreadsheet numbers.

    sheet is the form's id; None when the whole file was taken in that was refused, or the other
    way round, and then there are no rows.
    """

    submission_id: str
    sheet: str | None
    came_in: tuple[int, ...] = ()
    went_out: tuple[int, ...] = ()
    is_taken: bool = False


def before(path: Path, sql: Path) -> Judged:
    """What the last build made of each submission; nothing when there was none."""
    if not path.exists():
        return {}
    with warehouse.connect(path, read_only=True) as connection:
        found = warehouse.rows(connection, warehouse.select(sql, "facts/judged"))
    refused = {row["submission_id"]: row["verdict"] == _REFUSED for row in found}
    waiting: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for row in found:
        if row["row"] is not None:
            waiting[row["submission_id"]].add((row["sheet_id"], row["row"]))
    return {one: (is_refused, frozenset(waiting[one])) for one, is_refused in refused.items()}


def compare(was: Judged, checked: Sequence[Checked]) -> list[Rejudged]:
    """What is judged otherwise than before, of the submissions that were there before."""
    found = []
    for one in checked:
        if one.submission_id not in was:
            continue
        was_refused, was_waiting = was[one.submission_id]
        is_refused = one.verdict == _REFUSED
        if was_refused or is_refused:
            if was_refused != is_refused:
                found.append(Rejudged(one.submission_id, None, is_taken=was_refused))
            continue
        waiting = {(sheet, row) for _, sheet, row in quarantined(one.findings)}
        came_in, went_out = was_waiting - waiting, waiting - was_waiting
        found += [
            Rejudged(one.submission_id, sheet, _of(came_in, sheet), _of(went_out, sheet))
            for sheet in sorted({sheet for sheet, _ in came_in | went_out})
        ]
    return found


def note(settings: Settings, ledger: Ledger, found: Sequence[Rejudged], stamp: str) -> None:
    """Write it into the book, once for the build of this stamp."""
    with ledger.together():
        for one in found:
            once = f"{_KIND}:{stamp}:{one.submission_id}:{one.sheet}"
            ledger.append(_KIND, vars(one), settings.now, once=once)


def since(ledger: Ledger, seq: int) -> list[dict[str, Any]]:
    """What was judged anew after an entry of the book, as the entries have it."""
    entries: list[Entry] = ledger.entries(_KIND)
    return [entry.body for entry in entries if entry.seq > seq]


def sentence(found: Sequence[Rejudged]) -> str:
    """What it comes to, in one line; blank for nothing."""
    came_in = sum(len(one.came_in) for one in found)
    went_out = sum(len(one.went_out) for one in found)
    taken = sum(one.sheet is None and one.is_taken for one in found)
    refused = sum(one.sheet is None and not one.is_taken for one in found)
    counts = {
        "rows that waited came in": came_in,
        "rows went out": went_out,
        "refused files were taken in": taken,
        "files are refused now": refused,
    }
    return ", ".join(f"{what}: {count}" for what, count in counts.items() if count)


def _of(rows: Collection[tuple[str, int]], sheet: str) -> tuple[int, ...]:
    return tuple(sorted(row for of, row in rows if of == sheet))
