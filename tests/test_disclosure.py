"""A reader who knows all totals and all editions finds no count of few people."""

from dataclasses import replace
from random import Random

import pytest

from flows.steps.publishing.disclosure import hide
from flows.steps.publishing.knowledge import Key, Release, Table
from tests.attacker import Attacker, assert_nothing_is_given_away

TABLES = 2000


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


def test_a_part_that_only_an_earlier_edition_has_a_place_for_is_not_given_away() -> None:
    half = Table({"half": 10, "winter": 4, "spring": 6}, [("half", ("winter", "spring"))])
    earlier = Release(half, frozenset(), frozenset({"winter", "spring"}))
    spring = Table({"spring": 6, "april": 3, "june": 3}, [("spring", ("april", "june"))])
    assert hide(spring, [earlier]) == {"spring", "april", "june"}
