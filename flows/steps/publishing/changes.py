"""What is not what it was: figures before and after each of several causes, move by move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.steps.indicators import OF_EDITIONS

Key = tuple[str | None, ...]
Figures = Mapping[Key, Mapping[str, Any]]

_SHOWN = ("value", "low", "high", "precision")
# Not the code: one was printed otherwise by earlier versions, and two figures may share it.
_KEY = ("indicator_id", "measure", "period_id", "dimension", "category", "source")
_NAMED = (*_KEY, "unit", "code")


@dataclass(frozen=True)
class Cause:
    """What moved figures: an entry of the ledger, or the passing of time, which has no seq.

    entries is how many it stands for: more than one where they were not told apart; seq, at,
    submission and partner are then those of the last of them. what is the kind of a submission.
    """

    kind: str
    seq: int | None = None
    at: datetime | None = None
    submission_id: str | None = None
    partner_id: str | None = None
    what: str | None = None
    reason: str | None = None
    entries: int = 1

    def as_json(self) -> dict[str, Any]:
        """The same, as `reper changes` answers it."""
        return {**vars(self), "at": self.at and self.at.isoformat()}


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

    @property
    def size(self) -> float:
        """How large it is beside what it changed: 0 to 1, or 2 for a change of sign."""
        most = max(abs(_number(self.old)), abs(_number(self.new)))
        return abs(self.delta) / most if most else 0

    def as_json(self) -> dict[str, Any]:
        """The same, as `reper changes` answers it: a move has its delta and all of its cause."""
        moves = [{"delta": move.delta, **move.cause.as_json()} for move in self.moves]
        return {
            **self.figure,
            "old": self.old,
            "new": self.new,
            "delta": self.delta,
            "moves": moves,
        }


TIME = Cause("time")


def compare(before: Figures, steps: Iterable[tuple[Cause, Figures]]) -> list[Change]:
    """Figures by key before anything, and after each cause in turn: what changed, and by what."""
    moves: dict[Key, dict[Cause, float]] = {}
    last = before
    for cause, figures in steps:
        for key in {**last, **figures}:
            old, new = last.get(key), figures.get(key)
            if _seen(old) != _seen(new):
                own = moves.setdefault(key, {})
                own[cause] = own.get(cause, 0) + _number(new) - _number(old)
        last = figures
    changed = []
    for key in {**before, **last}:
        old, new = before.get(key), last.get(key)
        # What went and came back in between is the same to those who read both editions.
        if _seen(old) != _seen(new):
            figure = {name: (new or old or {})[name] for name in _NAMED}
            own = tuple(Move(cause, delta) for cause, delta in moves[key].items())
            delta = _number(new) - _number(old)
            changed.append(Change(figure, _seen(old), _seen(new), delta, own))
    return changed


def by_key(rows: Iterable[Mapping[str, Any]]) -> Figures:
    """Figures by what names them, with no more than can be compared."""
    return {
        tuple(row[name] for name in _KEY): {name: row[name] for name in (*_NAMED, *_SHOWN)}
        for row in rows
        if row["indicator_id"] not in OF_EDITIONS
    }


def _seen(figure: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if figure is None else {name: figure[name] for name in _SHOWN}


def _number(figure: Mapping[str, Any] | None) -> float:
    """The value to count with: what is at least so, where only bounds are known."""
    if figure is None:
        return 0
    return figure["value"] if figure["value"] is not None else figure["low"] or 0
