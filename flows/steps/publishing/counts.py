"""The counts of people behind figures, and the sums that a reader knows to bind them.

Counts that add up stand by the days that they are about, so that the March of a quarter and the
March of a year are one count. People who are counted anew in each period are not added up; but
those who are new in March, since January, are the same in every period that begins in January.

Of other bounds only the tight ones matter: where a part and its whole, or a whole and the sum of
its parts, are further apart than TIGHT, a bound still leaves three values to a hidden count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise, permutations
from typing import Any, NamedTuple

from flows.steps.periods import Period
from flows.steps.publishing.knowledge import Sum, Table

TIGHT = 1
NOT_STATED = "not_stated"

Cell = tuple[tuple[str, str], ...]
Row = Mapping[str, Any]
Name = tuple[str, str | None]


class Count(NamedTuple):
    """What one number counts: of which indicator, which side of it, in which days and which part.

    side is counted or base of a share and rest between them; most and least where only bounds are
    known, and declared between counted and most. since is where counting anew began; None for
    what adds up.
    """

    indicator_id: str
    measure: str | None
    side: str
    since: date | None
    starts_on: date
    ends_before: date
    cell: Cell


Counts = dict[Count, int]

# What is not printed, and follows from what is.
DERIVED = frozenset({"rest", "declared", "spread"})


@dataclass(frozen=True)
class People:
    """The indicators that count one kind of people, by name; and all periods by id."""

    indicators: Mapping[Name, Row]
    periods: Mapping[str, Period]

    def of(self, row: Row) -> Counts:
        """The counts that a computed figure shows; none where it has no number."""
        indicator = self.indicators[row["indicator_id"], row["measure"]]
        cell = cell_of(row["dimension"], row["category"])
        if row["source"] != "computed" or row["numerator"] is None or cell is None:
            return {}
        sides = _sides(row, is_share=indicator["is_share"])
        period = self.periods[row["period_id"]]
        since = period.starts_on if indicator["additivity"] == "distinct" else None
        # The month in which something counts is a span of days like any other.
        month = self.periods.get(dict(cell).get("month", ""), period)
        place = (since, month.starts_on, month.ends_before)
        rest = tuple(pair for pair in cell if pair[0] != "month")
        name = (row["indicator_id"], row["measure"])
        return {Count(*name, side, *place, rest): count for side, count in sides.items()}

    def of_period(self, rows: Iterable[Row], period: Period) -> Counts:
        """The counts of all figures of one period; a month in which nobody counted is 0."""
        found: Counts = {}
        for row in rows:
            found |= self.of(row)
        return self.with_empty_months(found, period)

    def with_empty_months(self, counts: Counts, period: Period) -> Counts:
        """Counts of a period, with a 0 for each month that only other months have a count for."""
        found = dict(counts)
        inside = [
            one
            for one in self.periods.values()
            if one.kind == "month"
            and period.starts_on <= one.starts_on
            and one.ends_before <= period.ends_before
        ]
        months = {(one.starts_on, one.ends_before) for one in inside}
        for key in [one for one in found if (one.starts_on, one.ends_before) in months]:
            for start, end in months:
                found.setdefault(key._replace(starts_on=start, ends_before=end), 0)
        return found

    def table(self, counts: Counts) -> Table:
        """These counts with all sums that bind them: parts to wholes, months to years.

        What counts people anew in each part need not add up, and figures of the same people need
        not be the same; where they nearly are, they are taken to be.
        """
        splits = {
            name: frozenset((row["disaggregations"] or "").split(";"))
            for name, row in self.indicators.items()
            if row["is_share"]
        }
        by_part = list(_by_part(counts))
        sure: Iterable[Sum] = (
            *(one for one in by_part if one[0].since is None),
            *_over_time(counts),
            *_sides_of(counts),
        )
        likely: Iterable[Sum] = (
            *(one for one in by_part if one[0].since is not None),
            *_anew(counts),
            *_alike(counts, splits),
        )
        return Table(counts, _within(0, counts, sure), _within(TIGHT, counts, likely))


def _within(slack: int, counts: Counts, sums: Iterable[Sum]) -> list[Sum]:
    """The sums that hold, or are not further off than a slack."""
    return [
        (whole, parts)
        for whole, parts in dict.fromkeys(sums)
        if whole in counts and abs(counts[whole] - sum(counts[part] for part in parts)) <= slack
    ]


def cell_of(dimension: str | None, category: str | None) -> Cell | None:
    """The parts of a breakdown by dimension; None where they cannot be told apart."""
    if dimension is None or category is None:
        return ()
    names = dimension.split("+")
    words = category.split("+") if len(names) > 1 else [category]
    return tuple(sorted(zip(names, words, strict=True))) if len(names) == len(words) else None


def between(counts: Counts, monthly: Counts) -> Counts:
    """Counts of the days between those that are counted: what subtracting one from another gives.

    monthly are counts of months, from which anything that adds up can be made.
    """
    found: Counts = {}
    months = _in_time(monthly)
    for thing, spans in _in_time(counts).items():
        for start, end in pairwise(_ends(spans)):
            key = thing._replace(starts_on=start, ends_before=end)
            if key in counts or not any(
                s.starts_on <= start and end <= s.ends_before for s in spans
            ):
                continue
            if key.since:
                count = _new_between(key, counts)
            else:
                count = _added_up(key, months.get(thing, ()), monthly)
            if count is not None and count >= 0:
                found[key] = count
    return found


def _sides(row: Row, *, is_share: bool) -> dict[str, int]:
    counted = round(row["numerator"])
    sides = {"counted": counted}
    if is_share and row["denominator"] is not None:
        base = round(row["denominator"])
        sides |= {"base": base}
        sides |= {"rest": base - counted} if base >= counted else {}
    elif not is_share and row["high"] is not None:
        least, most = round(row["low"]), round(row["high"])
        sides |= {"least": least, "most": most, "declared": most - counted}
        sides |= {"spread": most - least}
    return sides


def _by_part(counts: Counts) -> Iterator[tuple[Count, Sequence[Count]]]:
    """By each dimension that a cell has, the parts of what stands without it."""
    groups: dict[tuple[Count, str], list[Count]] = defaultdict(list)
    for key in counts:
        for dimension, _ in key.cell:
            rest = tuple(pair for pair in key.cell if pair[0] != dimension)
            groups[key._replace(cell=rest), dimension].append(key)
    for (whole, _), parts in groups.items():
        yield whole, tuple(parts)


def _in_time(counts: Counts) -> dict[Count, list[Count]]:
    """Counts of the same thing in other days, by what they have in common."""
    groups: dict[Count, list[Count]] = defaultdict(list)
    for key in counts:
        groups[key._replace(starts_on=date.min, ends_before=date.min)].append(key)
    return groups


def _ends(spans: Sequence[Count]) -> list[date]:
    return sorted({day for span in spans for day in (span.starts_on, span.ends_before)})


def _over_time(counts: Counts) -> Iterator[tuple[Count, Sequence[Count]]]:
    """Each span is the sum of the smallest stretches of days that are told apart within it."""
    for spans in _in_time(counts).values():
        days = _ends(spans)
        for span in spans:
            inside = [day for day in days if span.starts_on <= day <= span.ends_before]
            parts = tuple(
                span._replace(starts_on=start, ends_before=end) for start, end in pairwise(inside)
            )
            if len(parts) > 1 and all(part in counts for part in parts):
                yield span, parts


def _anew(counts: Counts) -> Iterator[tuple[Count, Sequence[Count]]]:
    """People counted anew in each quarter are at least those of the year: often nearly so many."""
    own = [key for key in counts if key.since == key.starts_on]
    groups: dict[Count, list[Count]] = defaultdict(list)
    for key in own:
        groups[key._replace(since=None, starts_on=date.min, ends_before=date.min)].append(key)
    for spans in groups.values():
        for span in spans:
            parts = _tiles(span, [one for one in spans if one != span])
            if parts:
                yield span, tuple(parts)


def _tiles(span: Count, others: Sequence[Count]) -> list[Count]:
    """The fewest other spans that together make one; none where there is a gap."""
    tiles: list[Count] = []
    day = span.starts_on
    while day < span.ends_before:
        next_ = [o for o in others if o.starts_on == day and o.ends_before <= span.ends_before]
        if not next_:
            return []
        tiles.append(max(next_, key=lambda one: one.ends_before))
        day = tiles[-1].ends_before
    return tiles


def _sides_of(counts: Counts) -> Iterator[tuple[Count, Sequence[Count]]]:
    """The two sides of a share, and the two bounds of a count, with what lies between them."""
    for key in counts:
        for whole, part, rest in (
            ("base", "counted", "rest"),
            ("most", "counted", "declared"),
            ("most", "least", "spread"),
        ):
            parts = (key._replace(side=part), key._replace(side=rest))
            if key.side == whole and all(one in counts for one in parts):
                yield key, parts


def _alike(
    counts: Counts, shares: Mapping[Name, frozenset[str]]
) -> Iterator[tuple[Count, Sequence[Count]]]:
    """Two figures of the same people in the same days: one is among the other, if not the same.

    What a share is over is a dimension that it is not split by: of that, one part may be what it
    counts, and all but what is not stated its base.
    """
    by_days: dict[tuple[date, date], list[Count]] = defaultdict(list)
    for key, count in counts.items():
        if count and key.side in ("counted", "base"):
            by_days[key.starts_on, key.ends_before].append(key)
    for keys in by_days.values():
        yield from (
            (key, (other,)) for key, other in combinations(keys, 2) if key.cell == other.cell
        )
        for key, other in permutations(keys, 2):
            more = set(other.cell) - set(key.cell)
            if key[:2] not in shares or other[:2] in shares or len(other.cell) != len(key.cell) + 1:
                continue
            for dimension, category in more if len(more) == 1 else ():
                if dimension in shares[key[:2]]:
                    continue
                if key.side == "counted":
                    yield other, (key,)
                elif category == NOT_STATED:
                    yield other._replace(cell=key.cell), (key, other)


def _new_between(key: Count, counts: Counts) -> int | None:
    """People who are new in some days, since counting began: those until then, without before."""
    since = key.since or key.starts_on
    until = counts.get(key._replace(starts_on=since))
    before = counts.get(key._replace(starts_on=since, ends_before=key.starts_on))
    return None if until is None or before is None else until - before


def _added_up(key: Count, months: Iterable[Count], monthly: Counts) -> int:
    return sum(
        monthly[month]
        for month in months
        if key.starts_on <= month.starts_on and month.ends_before <= key.ends_before
    )
