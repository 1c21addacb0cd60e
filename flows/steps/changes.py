"""What changed between two editions: each figure, old and new, and what in the ledger moved it.

The warehouse is built again after each entry that bears on figures, so every move has one cause
and the moves of a figure add up to its change. Time is a cause, too: reports fall due, and
targets are decided.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.steps import night, past, warehouse
from flows.steps.ledger import Entry
from flows.steps.settings import Settings
from flows.steps.submissions import BEARS_ON_FIGURES
from flows.steps.warehouse import Connection

Figures = Mapping[str, Mapping[str, Any]]

_SHOWN = ("value", "low", "high", "precision")
_KEY = ("indicator_id", "measure", "period_id", "dimension", "category", "source", "code")


@dataclass(frozen=True)
class Cause:
    """What moved figures: an entry of the ledger, or the passing of time, which has no seq."""

    kind: str
    seq: int | None = None
    submission_id: str | None = None
    partner_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Move:
    """How far one cause moved one figure; what was not known stands at 0."""

    cause: Cause
    delta: float


@dataclass(frozen=True)
class Change:
    """One figure that is not what it was. The moves add up to the change.

    old and new have value, low, high and precision; None where the figure was not there.
    """

    figure: Mapping[str, Any]
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    delta: float
    moves: tuple[Move, ...]


def changes(
    settings: Settings, since_seq: int, since: datetime, period_ids: Sequence[str]
) -> list[Change]:
    """Every figure of some periods that is no longer what an edition said.

    The edition was made from the ledger up to since_seq, at since; the new one is of now.
    """
    ledger = night.begin(settings).ledger
    entries = [entry for entry in ledger.entries(*BEARS_ON_FIGURES) if entry.seq > since_seq]
    before, _ = _at(replace(settings, now=since), since_seq, period_ids)
    steps = [(Cause("time"), _at(settings, since_seq, period_ids)[0])]
    for entry in entries:
        figures, reasons = _at(settings, entry.seq, period_ids)
        steps.append((_cause(entry, reasons), figures))
    return compare(before, steps)


def compare(before: Figures, steps: Iterable[tuple[Cause, Figures]]) -> list[Change]:
    """Figures by code before anything, and after each cause in turn: what changed, and by what."""
    moves: dict[str, list[Move]] = {}
    last = before
    for cause, figures in steps:
        for code in {**last, **figures}:
            old, new = last.get(code), figures.get(code)
            if _seen(old) != _seen(new):
                moves.setdefault(code, []).append(Move(cause, _number(new) - _number(old)))
        last = figures
    changed = []
    for code, own in moves.items():
        old, new = before.get(code), last.get(code)
        # What went and came back in between is the same to those who read both editions.
        if _seen(old) != _seen(new):
            figure = {name: (new or old or {})[name] for name in _KEY}
            delta = _number(new) - _number(old)
            changed.append(Change(figure, _seen(old), _seen(new), delta, tuple(own)))
    return changed


def _at(
    settings: Settings, seq: int, period_ids: Sequence[str]
) -> tuple[dict[str, dict[str, Any]], dict[str, str | None]]:
    """The figures by code as of an entry, and why each submission corrects what was sent before."""
    with past.warehouse_up_to(settings, seq) as (_, connection):
        return of_periods(connection, period_ids), {
            row["submission_id"]: row["correction_reason"]
            for row in warehouse.rows(connection, "from quality.submissions")
        }


def of_periods(connection: Connection, period_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The figures of some periods by code."""
    found = warehouse.rows(
        connection,
        "from monitor.figures where list_contains($period_ids, period_id)",
        {"period_ids": list(period_ids)},
    )
    return {row["code"]: row for row in found}


def _cause(entry: Entry, reasons: Mapping[str, str | None]) -> Cause:
    submission_id = entry.body.get("submission_id")
    return Cause(
        kind=entry.kind,
        seq=entry.seq,
        submission_id=submission_id,
        partner_id=entry.body.get("partner_id"),
        reason=entry.body.get("reason") or reasons.get(submission_id or ""),
    )


def _seen(figure: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if figure is None else {name: figure[name] for name in _SHOWN}


def _number(figure: Mapping[str, Any] | None) -> float:
    """The value to count with: what is at least so, where only bounds are known."""
    if figure is None:
        return 0
    return figure["value"] if figure["value"] is not None else figure["low"] or 0
