"""What readers of several releases can work out of the counts that were hidden from them.

A table is numbers and their sums. Nothing here reads or writes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd, inf, lcm
from typing import Any

Key = Any  # Whatever is hashable.
Sum = tuple[Key, Sequence[Key]]
Vector = tuple[int, ...]

FEW = 5
POSSIBLE = 3


@dataclass(frozen=True)
class Table:
    """Counts of people by key, and which of them are wholes of which parts.

    likely are sums that need not hold, and that a reader may take to hold all the same. What they
    would give away is protected, too; but nothing is held to be known for their sake.
    """

    counts: Mapping[Key, int]
    sums: Sequence[Sum]
    likely: Sequence[Sum] = ()

    @property
    def all_sums(self) -> Sequence[Sum]:
        """Those that hold and those that may."""
        return [*self.sums, *self.likely]


@dataclass(frozen=True)
class Release:
    """A table as readers saw it: all of it but what was hidden, and what was not in it at all.

    unseen are counts that no reader was shown a place for, though sums lead to them: the quarter
    that has no edition yet, between a year and its three other quarters.
    """

    table: Table
    hidden: frozenset[Key]
    unseen: frozenset[Key] = frozenset()

    @property
    def open(self) -> frozenset[Key]:
        """All that it does not show."""
        return self.hidden | self.unseen

    @property
    def protected(self) -> Iterator[Key]:
        """What must not be found out: all that is hidden, and small counts without a place."""
        yield from self.hidden
        yield from (key for key in self.unseen if is_small(self.table.counts[key]))


def is_small(count: int) -> bool:
    """Whether a count is of a few people; nobody is not a few."""
    return 0 < count < FEW


@dataclass(frozen=True)
class Knot:
    """Open numbers that sums tie to each other: column says which number stands where.

    directions are the ways in which they can move together without changing any sum.
    """

    column: Mapping[int, int]
    counts: Sequence[int]
    directions: Sequence[Vector]

    def possible(self, number: int) -> float:
        """How many values a number may have, while each of them stays one or more.

        At least so many: solutions are sought along the directions and along two of them at once.
        """
        place = self.column[number]
        moving = [v for v in self.directions if v[place]]
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
        for direction in mixed:
            if direction[place]:
                best = max(best, self._values(direction))
                if best >= POSSIBLE:
                    break
        return best

    def _values(self, direction: Vector) -> float:
        down = _room(self.counts, direction)
        return 1 + down + _room(self.counts, tuple(-step for step in direction))


@dataclass(frozen=True)
class Knowledge:
    """What all releases together leave open: the hidden numbers, and the sums that bind them.

    A number that is the same in two releases is one number, for readers learn what changed.
    shown_before are keys of the last release whose number an earlier one shows.
    """

    names: Mapping[tuple[int, Key], int]
    knots: Mapping[int, Knot]
    shown_before: frozenset[Key]

    def possible(self, release: int, key: Key) -> float:
        """How many values a hidden cell of a release may have; 1 when it is known after all."""
        number = self.names.get((release, key))
        if number is None:
            return 1
        knot = self.knots.get(number)
        return inf if knot is None else knot.possible(number)


def known(releases: Sequence[Release]) -> Knowledge:
    """What readers of all these releases know, and do not know."""
    numbers, shown_in, counts = _numbers(releases)
    shown, last = set().union(*shown_in), len(releases) - 1
    equations = []
    for n, release in enumerate(releases):
        for whole, parts in release.table.all_sums:
            equation: dict[int, int] = {}
            for key, factor in ((whole, -1), *((part, 1) for part in parts)):
                number = numbers.get((n, key))
                if number is not None and number not in shown:
                    equation[number] = equation.get(number, 0) + factor
            equations.append({number: factor for number, factor in equation.items() if factor})
    wanted = {numbers[n, key] for n, release in enumerate(releases) for key in release.protected}
    return Knowledge(
        {place: number for place, number in numbers.items() if number not in shown},
        {number: knot for knot in _knots(equations, wanted, counts) for number in knot.column},
        frozenset(
            key
            for (n, key), number in numbers.items()
            if n == last and any(number in shown_then for shown_then in shown_in[:last])
        ),
    )


def _knots(
    equations: Sequence[Mapping[int, int]], wanted: set[int], counts: Sequence[int]
) -> Iterator[Knot]:
    """The open numbers in groups that no sum connects, without those that nobody asks about."""
    left = [equation for equation in equations if equation]
    for start in sorted(wanted):
        tied, own = {start}, []
        while near := [equation for equation in left if not tied.isdisjoint(equation)]:
            left = [equation for equation in left if tied.isdisjoint(equation)]
            own += near
            tied.update(*near)
        if own:
            order = sorted(tied)
            column = {number: place for place, number in enumerate(order)}
            placed = [{column[n]: factor for n, factor in equation.items()} for equation in own]
            yield Knot(column, [counts[number] for number in order], _kernel(placed, len(order)))


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
            if key not in release.open or count == 0:
                shown[n].add(last[key])
    return numbers, shown, counts


def _room(counts: Sequence[int], direction: Vector) -> float:
    """How many steps can be made before a number falls below one."""
    falling = [
        (count - 1) // -step for count, step in zip(counts, direction, strict=True) if step < 0
    ]
    return min(falling, default=inf)


def _kernel(equations: Iterable[Mapping[int, int]], width: int) -> list[Vector]:
    """A basis, in whole numbers, of the moves that change none of these sums."""
    pivots: dict[int, Mapping[int, int]] = {}
    for equation in equations:
        left = equation
        for pivot, solved in pivots.items():
            left = _without(pivot, left, solved)
        if left:
            new = min(left)
            for pivot, solved in pivots.items():
                pivots[pivot] = _without(new, solved, left)
            pivots[new] = left
    basis = []
    for free in (place for place in range(width) if place not in pivots):
        moved = {pivot: solved for pivot, solved in pivots.items() if free in solved}
        scale = lcm(*(solved[pivot] for pivot, solved in moved.items()))
        move = [0] * width
        move[free] = scale
        for pivot, solved in moved.items():
            move[pivot] = -solved[free] * scale // solved[pivot]
        shared = gcd(*move)
        basis.append(tuple(step // shared for step in move))
    return basis


def _without(
    place: int, equation: Mapping[int, int], solved: Mapping[int, int]
) -> Mapping[int, int]:
    """An equation with one number put in from another. Whole numbers: fractions are slow."""
    if place not in equation:
        return equation
    shared = gcd(equation[place], solved[place])
    ours, theirs = solved[place] // shared, equation[place] // shared
    sums = {number: ours * factor for number, factor in equation.items()}
    for number, factor in solved.items():
        sums[number] = sums.get(number, 0) - theirs * factor
    found = {number: factor for number, factor in sums.items() if factor}
    shared = gcd(*found.values())
    return {number: factor // shared for number, factor in found.items()}
