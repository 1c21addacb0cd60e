"""What readers know from earlier public editions, and the counts that those kept back.

What an edition shows is frozen in its figures.json. What it hides, and what only sums lead to, is
in the ledger, where no reader looks: without it nobody could tell whether a hidden count is still
the same when the next edition is drawn.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flows.steps.errors import OperatorError
from flows.steps.ledger import Ledger
from flows.steps.periods import Period
from flows.steps.publishing import approval
from flows.steps.publishing.approval import Edition
from flows.steps.publishing.counts import DERIVED, Count, Counts, People
from flows.steps.publishing.knowledge import Release
from flows.steps.settings import Settings

PUBLIC = "public"

Series = tuple[str, str | None, str, str]


@dataclass(frozen=True)
class Withheld:
    """Counts that an edition does not show: those that it hides, and those it has no place for."""

    hidden: Counts = field(default_factory=dict)
    unseen: Counts = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """One edition: the period that it is about, its figures as frozen, and what it withheld."""

    period: Period
    figures: Sequence[Mapping[str, Any]]
    withheld: Withheld


def told(
    settings: Settings,
    ledger: Ledger,
    periods: Mapping[str, Period],
    superseded: frozenset[Series] = frozenset(),
) -> list[Told]:
    """The public editions that readers have or may still get, oldest first.

    One that waits may be approved any day, so it counts; not so one that was rejected, or that a
    newer version keeps from ever being approved: superseded are the series that get one now.
    Languages that say the same are one. Raises OperatorError for figures that cannot be read.
    """
    kept = {entry.body["edition"]: entry.body["counts"] for entry in ledger.entries(_KIND)}
    found: dict[tuple[str, str], Told] = {}
    for edition in _readable(ledger, superseded):
        withheld = _withheld(kept.get(edition.path, ()))
        figures = _figures(settings.published / edition.path)
        one = Told(periods[edition.period_id], figures, withheld)
        found.setdefault((edition.period_id, edition.digest), one)
    return list(found.values())


def enter(settings: Settings, ledger: Ledger, edition: Edition, withheld: Withheld) -> None:
    """Put what an edition withholds into the book, beside it; nothing where it shows all."""
    # In an order of their own, so that the same night writes the same entry on any machine.
    counts = sorted(
        (
            [*key[:3], *(day and day.isoformat() for day in key[3:6]), key.cell, count, is_hidden]
            for of, is_hidden in ((withheld.hidden, True), (withheld.unseen, False))
            for key, count in of.items()
        ),
        key=str,
    )
    if counts:
        body = {"edition": edition.path, "counts": counts}
        ledger.append(_KIND, body, settings.now, once=f"withheld:{edition.path}")


def releases(people: People, earlier: Iterable[Told]) -> list[Release]:
    """Earlier editions as tables of the counts of these people, oldest first.

    What an edition had no place for stands in it as it was known last: sums lead there.
    """
    found: list[Release] = []
    for one in earlier:
        own = [row for row in one.figures if _name(row) in people.indicators]
        shown: Counts = {}
        for row in own:
            shown |= {} if row["is_suppressed"] else people.of(row)
        hidden, unseen = (
            {key: count for key, count in counts.items() if key[:2] in people.indicators}
            for counts in (one.withheld.hidden, one.withheld.unseen)
        )
        # A month without a row is one without anybody, also where those beside it are hidden.
        printed = people.with_empty_months(shown | hidden, one.period)
        counts = last_known(found, one.period) | printed | unseen | hidden
        in_sight = {
            key for key in printed.keys() - unseen.keys() - hidden.keys() if key.side not in DERIVED
        }
        table = people.table(counts)
        open_ = frozenset(counts.keys() - in_sight - hidden.keys())
        found.append(Release(table, frozenset(hidden), open_))
    return found


def last_known(earlier: Sequence[Release], period: Period) -> Counts:
    """The last count of all that earlier releases hold about days of a period."""
    counts: Counts = {}
    for release in earlier:
        for key, count in release.table.counts.items():
            if key.starts_on < period.ends_before and period.starts_on < key.ends_before:
                counts[key] = count
    return counts


_KIND = "counts_withheld"


def _readable(ledger: Ledger, superseded: frozenset[Series]) -> list[Edition]:
    public = [one for one in approval.editions(ledger) if one.audience == PUBLIC]
    newest = {one.series: one.path for one in public}
    return [
        one
        for one in public
        if one.is_approved
        or (
            one.state != "rejected"
            and newest[one.series] == one.path
            and one.series not in superseded
        )
    ]


def _withheld(kept: Iterable[Sequence[Any]]) -> Withheld:
    found = Withheld()
    for *name, since, starts_on, ends_before, cell, count, is_hidden in kept:
        days = (
            since and date.fromisoformat(since),
            *map(date.fromisoformat, (starts_on, ends_before)),
        )
        key = Count(*name, *days, tuple((dimension, category) for dimension, category in cell))
        (found.hidden if is_hidden else found.unseen)[key] = count
    return found


def _figures(folder: Path) -> list[dict[str, Any]]:
    try:
        return json.loads((folder / "figures.json").read_text("utf-8"))["figures"]
    except (OSError, ValueError, KeyError) as error:
        msg = (
            f"{folder / 'figures.json'} cannot be read, so nobody can tell what the public knows. "
            "Restore the edition's folder from the backup."
        )
        raise OperatorError(msg) from error


def _name(row: Mapping[str, Any]) -> tuple[str, str | None]:
    return row["indicator_id"], row["measure"]
