"""A reader who knows all totals and all editions finds no count of few people."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random

import pytest

from flows.steps.publishing.disclosure import Key, Release, Table, hide

TABLES = 2000
FEW, POSSIBLE = 5, 3


def one_way(counts: list[int]) -> Table:
    """A total and its parts."""
    parts = {f"part {n}": count for n, count in enumerate(counts)}
    return Table({**parts, "total": sum(counts)}, [("total", tuple(parts))])


def two_way(counts: list[list[int]]) -> Table:
    """Rows by columns, with the totals of both."""
    height, width = len(counts), len(counts[0])
    cells: dict[Key, int] = {(r, c): counts[r][c] for r in range(height) for c in range(width)}
    sums: list[tuple[Key, tuple[Key, ...]]]
    sums = [((r, "all"), tuple((r, c) for c in range(width))) for r in range(height)]
    sums += [(("all", c), tuple((r, c) for r in range(height))) for c in range(width)]
    sums += [(("all", "all"), tuple((r, "all") for r in range(height)))]
    sums += [(("all", "all"), tuple(("all", c) for c in range(width)))]
    for whole, parts in sums:
        cells[whole] = sum(cells[part] for part in parts)
    return Table(cells, sums)


def random_table(random: Random) -> Table:
    def count() -> int:
        return random.choice((0, 1, 2, 3, 4, 5, 6, 9, 14, 30, 80))

    if random.random() < 0.5:
        return one_way([count() for _ in range(random.randint(2, 7))])
    width = random.randint(2, 3)
    return two_way([[count() for _ in range(width)] for _ in range(random.randint(2, 3))])


def corrected(table: Table, random: Random) -> Table:
    """The same table after a few counts have changed, and with them their totals."""
    wholes = {whole for whole, _ in table.sums}
    counts = {key: count for key, count in table.counts.items() if key not in wholes}
    for key in random.sample(list(counts), k=min(len(counts), random.randint(0, 3))):
        counts[key] = max(0, counts[key] + random.choice((-9, -3, -1, 1, 2, 5, 20)))
    for whole, parts in table.sums:
        counts[whole] = sum(counts[part] for part in parts)
    return replace(table, counts=counts)


class Attacker:
    """Knows what was shown, how it adds up, and which counts changed from one edition to the next.

    Tries values for a hidden cell and looks for any whole numbers, one or more, that fit. To be
    done in time it begins near the truth, which a reader does not know: what it finds is possible,
    and what it does not find may still be.
    """

    def __init__(self, releases: list[Release]) -> None:
        self.names: dict[tuple[int, Key], int] = {}
        self.given: dict[int, int] = {}
        last: dict[Key, tuple[int, int]] = {}  # Which number stood there last, and its value.
        self.truth: dict[int, int] = {}
        self.found: dict[int, list[int]] = {}
        self.reach = 0
        self.sums: list[list[tuple[int, int]]] = []
        for n, release in enumerate(releases):
            for key, count in release.table.counts.items():
                if key not in last or last[key][1] != count:
                    last[key] = (len(self.names) + 1000 * n, count)
                self.names[n, key] = last[key][0]
                self.truth[last[key][0]] = count
                if key not in release.hidden:
                    self.given[last[key][0]] = count
        for n, release in enumerate(releases):
            for whole, parts in release.table.sums:
                signed = [(self.names[n, whole], -1), *((self.names[n, p], 1) for p in parts)]
                self.sums.append(signed)

    def values(self, release: int, key: Key) -> list[int]:
        """The first few values that the cell may have."""
        name = self.names[release, key]
        if name in self.given:
            return [self.given[name]]
        if name not in self.found:
            for self.reach in (2, 4, 12):
                near = self._near(name)
                fit = (value for value in near if self._fits({**self.given, name: value}))
                self.found[name] = list(islice(fit, POSSIBLE))
                if len(self.found[name]) == POSSIBLE:
                    break
        return self.found[name]

    def _fits(self, given: dict[int, int]) -> bool:
        return next(self._solutions(given), None) is not None

    def _solutions(self, given: dict[int, int]) -> Iterator[dict[int, int]]:
        left = []
        for signed in self.sums:
            rest = sum(sign * given[name] for name, sign in signed if name in given)
            unknown = [(name, sign) for name, sign in signed if name not in given]
            if not unknown:
                if rest:
                    return
                continue
            left.append((len(unknown), rest, unknown))
        if not left:
            yield given
            return
        _, rest, unknown = min(left, key=lambda one: one[0])
        if len(unknown) == 1:
            name, sign = unknown[0]
            if -rest * sign >= 1:
                yield from self._solutions({**given, name: -rest * sign})
            return
        for value in self._near(unknown[-1][0]):
            yield from self._solutions({**given, unknown[-1][0]: value})

    def _near(self, name: int) -> list[int]:
        steps = sorted(range(-self.reach, self.reach + 1), key=abs)
        return [self.truth[name] + step for step in steps if self.truth[name] + step >= 1]


def assert_nothing_is_given_away(releases: list[Release]) -> None:
    attacker = Attacker(releases)
    for n, release in enumerate(releases):
        for key in release.hidden:
            assert len(attacker.values(n, key)) >= POSSIBLE, (releases, n, key)
        small = {key for key, count in release.table.counts.items() if 0 < count < FEW}
        assert small <= release.hidden


def test_the_attacker_finds_a_lone_hidden_cell() -> None:
    table = one_way([3, 20, 30])
    assert Attacker([Release(table, frozenset({"part 0"}))]).values(0, "part 0") == [3]


@pytest.mark.parametrize("seed", range(4))
def test_no_hidden_cell_of_any_table_or_pair_of_editions_has_fewer_than_three_values(
    seed: int,
) -> None:
    random = Random(seed)  # noqa: S311 - the same tables each time
    for number in range(TABLES // 4):
        table = random_table(random)
        releases = [Release(table, hide(table))]
        if number % 2:
            later = corrected(table, random)
            releases.append(Release(later, hide(later, releases)))
        assert_nothing_is_given_away(releases)


def test_a_table_without_small_counts_is_shown_whole() -> None:
    assert hide(one_way([5, 6, 70])) == frozenset()


def test_beside_a_small_count_the_next_smallest_is_hidden_and_the_rest_shown() -> None:
    assert hide(one_way([3, 20, 30])) == {"part 0", "part 1"}


def test_a_zero_is_shown_for_nobody_stands_behind_it() -> None:
    assert "part 0" not in hide(one_way([0, 3, 20, 30]))


def test_a_lone_small_total_is_hidden() -> None:
    assert hide(Table({"total": 4}, [])) == {"total"}


def test_a_move_by_a_few_people_since_the_last_edition_is_not_shown() -> None:
    before, after = one_way([20, 30, 50]), one_way([22, 30, 50])
    hidden = hide(after, [Release(before, hide(before))])
    assert {"part 0", "total"} <= hidden


def test_a_correction_does_not_give_away_what_an_earlier_edition_hid() -> None:
    before = one_way([3, 20, 30, 40])
    after = one_way([9, 20, 30, 40])
    first = Release(before, hide(before))
    releases = [first, Release(after, hide(after, [first]))]
    assert_nothing_is_given_away(releases)
