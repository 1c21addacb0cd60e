"""What changed since an earlier edition, as the page about it draws it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Ledger
from flows.steps.publishing import history
from flows.steps.publishing.approval import Edition
from flows.steps.publishing.changes import Cause, Change
from flows.steps.settings import Settings
from flows.steps.warehouse import Connection
from reports import model
from reports.model import Figure, Restated, Restatement, Text

# To others, a small count beside its older self would say whom it counts.
_TOLD_WHAT_CHANGED = frozenset({"team", "funder"})
# For a page; each costs seconds. More would tell more causes apart.
_MOST_BUILDS = 12
_KINDS = {
    "submission_withdrawn": "withdrawn",
    "partner_excused": "excused",
    "pair_decided": "pair",
    "time": "time",
}


def told_last(audience: str, earlier: Sequence[Edition]) -> Edition | None:
    """Of earlier versions, oldest first, the one whose readers are told what has changed since.

    That is the last that went out. None when none did, and for an audience that is not told.
    """
    if audience not in _TOLD_WHAT_CHANGED:
        return None
    return next((one for one in reversed(earlier) if one.is_approved), None)


def so_far(
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    connection: Connection,
    since: Edition,
    known_seq: int,
) -> Restatement:
    """What is not as an earlier edition said, in a warehouse built as of an entry of the ledger."""
    changed = history.so_far(
        settings, catalogue, ledger, connection, since, known_seq, _MOST_BUILDS
    )
    return restatement(changed, since, catalogue)


def restatement(changed: Iterable[Change], since: Edition, catalogue: Catalogue) -> Restatement:
    """Changed totals, the largest change beside its value first; of all else only how many."""
    changed = list(changed)
    names = {(row["indicator_id"], row["measure"]): row for row in catalogue["indicators"]}
    partners = {row["partner_id"]: str(row["name"]) for row in catalogue["partners"]}
    totals = [
        change
        for change in changed
        if change.figure["dimension"] is None and change.figure["source"] == "computed"
    ]
    return Restatement(
        since_version=since.version,
        since_until=_until(since),
        totals=tuple(
            _restated(change, names, partners)
            for change in sorted(totals, key=lambda change: -change.size)
        ),
        others=len(changed) - len(totals),
    )


def _until(edition: Edition) -> date:
    if edition.data_until is None:
        return periods.local_date(edition.published_at)
    return date.fromisoformat(edition.data_until)


def _restated(
    change: Change,
    names: Mapping[tuple[str, str | None], Mapping[str, Any]],
    partners: Mapping[str, str],
) -> Restated:
    row = names[change.figure["indicator_id"], change.figure["measure"]]
    return Restated(
        name=Text(row["name_ro"], row["name_en"]),
        is_share=row["is_share"],
        old=_figure(change.figure, change.old),
        new=_figure(change.figure, change.new),
        delta=change.delta,
        moves=tuple(_move(move.cause, move.delta, partners) for move in change.moves if move.delta),
    )


def _figure(key: Mapping[str, Any], seen: Mapping[str, Any] | None) -> Figure | None:
    if seen is None:
        return None
    told: dict[str, Any] = {**key, **seen, "numerator": None, "denominator": None}
    return Figure(**{name: told[name] for name in Figure.__dataclass_fields__ if name in told})


def _move(cause: Cause, delta: float, partners: Mapping[str, str]) -> model.Move:
    return model.Move(
        delta=delta,
        kind=_KINDS.get(cause.kind) or cause.what or "first",
        partner=partners.get(cause.partner_id or "", cause.partner_id or ""),
        on=periods.local_date(cause.at) if cause.at else None,
        reason=cause.reason or "",
        submissions=cause.entries,
    )
