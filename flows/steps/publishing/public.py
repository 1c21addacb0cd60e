"""What of a period's figures the public may read, and which of those are hidden to protect people.

The public never reads a figure about one partner. Of what counts people it reads what the pages
print or draw: totals, their months or each open call, and parts for which something was agreed.
Of these `disclosure` hides what would say too much, held against every public edition that readers
have or may get.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flows.steps import warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Ledger
from flows.steps.periods import Period
from flows.steps.publishing import counts
from flows.steps.publishing.counts import Counts, Name, People
from flows.steps.publishing.disclosure import hide
from flows.steps.publishing.knowledge import Table, is_small
from flows.steps.publishing.told import Series, Told, Withheld, last_known, releases, told
from flows.steps.settings import Settings
from flows.steps.warehouse import Connection

# How visits were counted adds up to the share that was counted, and the public reads that share.
_IN_HOUSE = frozenset({"partner", "count_method"})
_NUMBERS = ("value", "numerator", "denominator", "low", "high", "status")

Row = dict[str, Any]


@dataclass(frozen=True)
class Disclosed:
    """Which figures of a period the public may read, and which of them are hidden, by code.

    splits are the dimensions that it may read of each indicator that counts no people. withheld
    are the counts that it does not get, for the ledger.
    """

    period_id: str
    splits: Mapping[Name, frozenset[str]]
    shown: frozenset[str]
    hidden: frozenset[str]
    withheld: Withheld

    def of(self, rows: Iterable[Row]) -> list[Row]:
        """Figures as the public may read them: hidden ones blank, and no others than it may."""
        return [
            _blank(row) if row["code"] in self.hidden else row
            for row in rows
            if row["period_id"] == self.period_id and self._is_held(row)
        ]

    def _is_held(self, row: Row) -> bool:
        if _name(row) not in self.splits:
            return row["code"] in self.shown | self.hidden
        dimension = (row["dimension"] or "month").removesuffix("+month")
        is_split = dimension == "month" or dimension in self.splits[_name(row)]
        return is_split and _IN_HOUSE.isdisjoint(dimension.split("+"))


def disclose(
    connection: Connection,
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    period: Period,
    superseded: frozenset[Series] = frozenset(),
) -> Disclosed:
    """What a public edition about a period may show, made from a built warehouse.

    superseded are the series that get a new version by it. Raises OperatorError when the figures
    of an earlier public edition cannot be read.
    """
    spans = {one.period_id: one for one in catalogue.periods()}
    earlier = told(settings, ledger, spans, superseded)
    kinds = ("month", "quarter")
    wanted = {period.period_id} | {one.period_id for one in spans.values() if one.kind in kinds}
    wanted |= {one.period.period_id for one in earlier}
    select = warehouse.select(settings.sql, "facts/people_figures")
    rows = warehouse.rows(connection, select, {"period_ids": sorted(wanted)})
    shown: set[str] = set()
    hidden: set[str] = set()
    withheld = Withheld()
    for people in peoples(catalogue, spans):
        own = [row for row in rows if _name(row) in people.indicators]
        seen, unseen, kept = hide_people(people, own, period, earlier)
        shown |= seen
        hidden |= unseen
        withheld.hidden.update(kept.hidden)
        withheld.unseen.update(kept.unseen)
    splits = {
        _name(row): frozenset((row["disaggregations"] or "").split(";"))
        for row in catalogue["indicators"]
        if not row["counts_people"]
    }
    return Disclosed(period.period_id, splits, frozenset(shown), frozenset(hidden), withheld)


def peoples(catalogue: Catalogue, spans: Mapping[str, Period]) -> Iterator[People]:
    """The indicators of the catalogue that count people, by the people that they count."""
    counting = [row for row in catalogue["indicators"] if row["counts_people"]]
    for _, rows in groupby(sorted(counting, key=_who), key=_who):
        yield People({_name(row): row for row in rows}, spans)


def hide_people(
    people: People, rows: Sequence[Row], period: Period, earlier: Sequence[Told]
) -> tuple[set[str], set[str], Withheld]:
    """The codes of a period's figures to show and to hide, and the counts that are withheld.

    rows are all figures of these people: of the period, of those that earlier editions are about,
    and of all months and quarters.
    """
    before = releases(people, earlier)
    known = last_known(before, period)
    printed = [row for row in rows if _is_printed(row, people.indicators[_name(row)])]
    own = [row for row in printed if row["period_id"] == period.period_id]
    shown = people.of_period(own, period)
    # A quarter that has no edition yet will have one, and it must not be solved by then.
    others = {one.period for one in earlier if _overlap(one.period, period)} | {
        one
        for one in people.periods.values()
        if one.kind == "quarter"
        and period.starts_on <= one.starts_on
        and one.ends_before <= period.ends_before
    }
    table = _table(people, printed, shown, others - {period})
    seen = {key for key in shown if key.side not in counts.DERIVED}
    unseen = frozenset(table.counts.keys() - seen)
    hidden = hide(table, before, unseen)
    codes = {row["code"] for row in own if not hidden.isdisjoint(people.of(row))}
    codes |= {row["code"] for row in own if _is_published_beside(row, own, codes)}
    kept = {key for row in own if row["code"] in codes for key in people.of(row)}
    seen = {key for row in own if row["code"] not in codes for key in people.of(row)}
    withheld = Withheld(
        {key: table.counts[key] for key in kept & hidden},
        {
            key: table.counts[key]
            for key in (unseen | kept) - hidden - seen
            if known.get(key) != table.counts[key] or key in kept
        },
    )
    return {row["code"] for row in own} - codes, codes, withheld


def _table(
    people: People,
    rows: Sequence[Row],
    shown: Counts,
    others: Iterable[Period],
) -> Table:
    """The counts that an edition shows, those of other editions, and those of the days between."""
    found = dict(shown)
    for period in others:
        then = people.of_period((r for r in rows if r["period_id"] == period.period_id), period)
        found |= {key: count for key, count in then.items() if key not in found}
    monthly: Counts = {}
    for row in rows:
        if people.periods[row["period_id"]].kind == "month":
            monthly |= people.of(row)
    found |= counts.between(found, monthly)
    return people.table(found)


def _is_printed(row: Row, indicator: Mapping[str, Any]) -> bool:
    splits = (indicator["disaggregations"] or "").split(";")
    # Everybody knows in which month a call closed: its numbers by month would be its own again.
    by = "call" if "call" in splits else "month"
    return row["dimension"] in (None, by) or row["target_kind"] is not None


def _is_published_beside(row: Row, own: Sequence[Row], hidden: set[str]) -> bool:
    """Whether others published a count that is of few people, or the same as one that is hidden."""
    if row["source"] != "external":
        return False
    if any(is_small(round(n)) for n in (row["value"], row["low"], row["high"]) if n is not None):
        return True
    place = ("indicator_id", "measure", "dimension", "category")
    return any(
        one["code"] in hidden and all(one[name] == row[name] for name in place) for one in own
    )


def _overlap(one: Period, other: Period) -> bool:
    return one.starts_on < other.ends_before and other.starts_on < one.ends_before


def _blank(row: Row) -> Row:
    """A hidden figure: its place, what was agreed for it, and no number."""
    numbers = dict.fromkeys(_NUMBERS)
    return {**row, **numbers, "precision": "no_data", "is_suppressed": True}


def _name(row: Mapping[str, Any]) -> Name:
    return row["indicator_id"], row["measure"]


def _who(row: Mapping[str, Any]) -> str:
    return row["counts_people"]
