"""What a public edition must not show: counts of few people, and what would give them away.

A count from 1 to 4 is hidden. Then other cells are hidden with it until a reader who knows every
total, every earlier edition, and which values changed since, still finds at least three possible
values for each hidden cell. Nothing here reads or writes; a table is numbers and their sums.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, inf, lcm

Key = Hashable
Vector = tuple[int, ...]

FEW = 5
POSSIBLE = 3


@dataclass(frozen=True)
class Table:
    """Counts of people by key, and which of them are wholes of which parts."""

    counts: Mapping[Key, int]
    sums: Sequence[tuple[Key, Sequence[Key]]]


@dataclass(frozen=True)
class Release:
    """A table as readers saw it: all of it but what was hidden."""

    table: Table
    hidden: frozenset[Key]


def hide(table: Table, earlier: Sequence[Release] = ()) -> frozenset[Key]:
    """The keys to hide in a table that is published after others; none of them says too much.

    Zeros are shown: nobody stands behind them. What was hidden stays so until it changes. A count
    that moved by a few people since it was shown is hidden, too: the difference counts them.
    """
    hidden = {key for key, count in table.counts.items() if _is_small(count)}
    for key, count in table.counts.items():
        then = [(one.table.counts.get(key, count), key in one.hidden) for one in earlier]
        # What was hidden and is still the same would be given away by showing it now.
        was_hidden = (count, True) in then
        moved = any(_is_small(abs(count - before)) for before, hid in then if not hid)
        if count and (was_hidden or moved):
            hidden.add(key)
    while True:
        releases = [*earlier, Release(table, frozenset(hidden))]
        told = known(releases)
        covers = (
            _cover(table, hidden, key, told.shown_before)
            for n, key in _hidden(releases)
            if (n, key) in told.names and told.possible(n, key) < POSSIBLE
        )
        cover = next((key for key in covers if key is not None), None)
        if cover is None:
            return _without_the_obvious(table, hidden, told, len(earlier))
        hidden.add(cover)


def _without_the_obvious(
    table: Table, hidden: set[Key], told: "Knowledge", release: int
) -> frozenset[Key]:
    """Show a larger count that follows from what is shown: hiding it would only seem to help."""
    return frozenset(
        key for key in hidden if _is_small(table.counts[key]) or told.possible(release, key) > 1
    )


def _hidden(releases: Sequence[Release]) -> list[tuple[int, Key]]:
    """All hidden cells, the newest release and the smallest count first."""
    cells = [(n, key) for n, release in enumerate(releases) for key in release.hidden]
    return sorted(cells, key=lambda c: (-c[0], releases[c[0]].table.counts[c[1]], str(c[1])))


def _is_small(count: int) -> bool:
    return 0 < count < FEW


def _cover(table: Table, hidden: set[Key], key: Key, is_known: frozenset[Key]) -> Key | None:
    """The cell to hide beside one that says too much: the smallest near it; a whole comes last.

    Hiding what an earlier release shows would cover nothing.
    """
    near = [(whole, parts) for whole, parts in table.sums if key == whole or key in parts]
    near += [one for one in table.sums if one not in near]
    for whole, parts in near:
        for group in (parts, (whole,)):
            useful = [k for k in group if table.counts.get(k, 0) and k not in hidden | is_known]
            if useful:
                return min(useful, key=lambda k: (table.counts[k], str(k)))
    return None


@dataclass(frozen=True)
class Knowledge:
    """What all releases together leave open: the hidden numbers, and the sums that bind them.

    A number that is the same in two releases is one number, for readers learn what changed.
    shown_before are keys of the last release whose number an earlier one shows.
    """

    names: Mapping[tuple[int, Key], int]
    counts: Sequence[int]
    directions: Sequence[Vector]
    shown_before: frozenset[Key]

    def possible(self, release: int, key: Key) -> float:
        """How many values a hidden cell of a release may have; 1 when it is known after all.

        At least so many: other solutions are sought along the directions in which the hidden
        numbers can move together while each stays one or more.
        """
        name = self.names.get((release, key))
        if name is None:
            return 1
        moving = [v for v in self.directions if v[name]]
        best = max((self._values(v) for v in moving), default=1)
        if best >= POSSIBLE:
            return best
        mixed = (
            tuple(a + sign * b for a, b in zip(v, w, strict=True))
            for v in moving
            for w in self.directions
            for sign in (1, -1)
            if v is not w
        )
        return max((self._values(v) for v in mixed if v[name]), default=best)

    def _values(self, direction: Vector) -> float:
        down = _room(self.counts, direction)
        return 1 + down + _room(self.counts, tuple(-step for step in direction))


def known(releases: Sequence[Release]) -> Knowledge:
    """What readers of all these releases know, and do not know."""
    numbers, shown_in, counts = _numbers(releases)
    shown, last = set().union(*shown_in), len(releases) - 1
    open_numbers = sorted(set(range(len(counts))) - shown)
    column = {number: n for n, number in enumerate(open_numbers)}
    rows = []
    for n, release in enumerate(releases):
        for whole, parts in release.table.sums:
            row = [0] * len(column)
            for key, factor in ((whole, -1), *((part, 1) for part in parts)):
                number = numbers.get((n, key))
                if number in column:
                    row[column[number]] += factor
            if any(row):
                rows.append(row)
    return Knowledge(
        {place: column[number] for place, number in numbers.items() if number in column},
        [counts[number] for number in open_numbers],
        _kernel(rows, len(column)),
        frozenset(
            key
            for (n, key), number in numbers.items()
            if n == last and any(number in shown_then for shown_then in shown_in[:last])
        ),
    )


def _numbers(
    releases: Sequence[Release],
) -> tuple[dict[tuple[int, Key], int], list[set[int]], list[int]]:
    """Which number stands where, what each release shows, and the counts.

    A count that did not change since it was last there is the same number.
    """
    numbers: dict[tuple[int, Key], int] = {}
    last: dict[Key, int] = {}
    shown: list[set[int]] = [set() for _ in releases]
    counts: list[int] = []
    for n, release in enumerate(releases):
        for key, count in release.table.counts.items():
            if key not in last or counts[last[key]] != count:
                last[key] = len(counts)
                counts.append(count)
            numbers[n, key] = last[key]
            # A zero has nobody behind it and is never hidden, so that a hidden cell is none.
            if key not in release.hidden or count == 0:
                shown[n].add(last[key])
    return numbers, shown, counts


def _room(counts: Sequence[int], direction: Vector) -> float:
    """How many steps can be made before a number falls below one."""
    falling = [
        (count - 1) // -step for count, step in zip(counts, direction, strict=True) if step < 0
    ]
    return min(falling, default=inf)


def _kernel(rows: Iterable[Sequence[int]], width: int) -> list[Vector]:
    """A basis, in whole numbers, of the moves that change none of these sums."""
    pivots: dict[int, list[Fraction]] = {}
    for row in rows:
        left = [Fraction(value) for value in row]
        for pivot, reduced in pivots.items():
            if left[pivot]:
                factor = left[pivot]
                left = [a - factor * b for a, b in zip(left, reduced, strict=True)]
        pivot = next((n for n, value in enumerate(left) if value), None)
        if pivot is None:
            continue
        left = [value / left[pivot] for value in left]
        for other, reduced in pivots.items():
            if reduced[pivot]:
                factor = reduced[pivot]
                pivots[other] = [a - factor * b for a, b in zip(reduced, left, strict=True)]
        pivots[pivot] = left
    basis = []
    for free in (n for n in range(width) if n not in pivots):
        move = [Fraction(0)] * width
        move[free] = Fraction(1)
        for pivot, reduced in pivots.items():
            move[pivot] = -reduced[free]
        scale = lcm(*(value.denominator for value in move))
        whole = [int(value * scale) for value in move]
        shared = gcd(*whole)
        basis.append(tuple(value // shared for value in whole))
    return basis
