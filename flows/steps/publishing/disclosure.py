"""What a public edition must not show: counts of few people, and what would give them away.

A count from 1 to 4 is hidden. Then other cells are hidden with it until a reader who knows every
total, every earlier edition, and which values changed since, still finds at least three possible
values for each hidden cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flows.steps.publishing.knowledge import (
    POSSIBLE,
    Key,
    Knowledge,
    Release,
    Sum,
    Table,
    is_small,
    known,
)


def hide(
    table: Table,
    earlier: Sequence[Release] = (),
    unseen: frozenset[Key] = frozenset(),
) -> frozenset[Key]:
    """The keys to hide in a table that is published after others; none of them says too much.

    Zeros are shown: nobody stands behind them. What was hidden stays so until it changes. A count
    that moved by a few people since it was shown is hidden, too: the difference counts them.
    unseen counts are not shown anyway.
    """
    hidden = {key for key, count in table.counts.items() if is_small(count)}
    hidden |= {key for one in earlier for key in _told_by_now(table, one)}
    twins = _twins(table.all_sums)
    # What an earlier release left open may stand in sums that this one has no place for.
    before = [sum_ for one in earlier for sum_ in one.table.all_sums]
    sums = [table.all_sums, [*table.all_sums, *before]]
    while True:
        hidden |= {key for one in hidden for key in _reached(one, twins) if table.counts.get(key)}
        releases = [*earlier, Release(table, frozenset(hidden - unseen), unseen)]
        told = known(releases)
        covers = (
            _cover(table, sums, hidden | unseen, key, told.shown_before)
            for key in _given_away(releases, told)
        )
        cover = next((key for key in covers if key is not None), None)
        if cover is None:
            return _without_the_obvious(table, hidden - unseen, releases)
        hidden.add(cover)


def _twins(sums: Sequence[Sum]) -> dict[Key, set[Key]]:
    """Keys of which one is the whole and the only part of the other: neither hides without it."""
    twins: dict[Key, set[Key]] = {}
    for whole, parts in sums:
        if len(parts) == 1:
            twins.setdefault(whole, set()).add(parts[0])
            twins.setdefault(parts[0], set()).add(whole)
    return twins


def _reached(key: Key, twins: Mapping[Key, set[Key]]) -> set[Key]:
    """A key, its twins, and theirs."""
    reached, new = set(), {key}
    while new:
        reached |= new
        new = set().union(*(twins.get(one, set()) for one in new)) - reached
    return reached


def _told_by_now(table: Table, earlier: Release) -> Iterator[Key]:
    """What an earlier release makes telling: hidden then and the same now, or moved by a few."""
    for key, before in earlier.table.counts.items():
        count = table.counts.get(key, 0)
        if count and key not in earlier.unseen:
            is_hidden = key in earlier.hidden
            if count == before if is_hidden else is_small(abs(count - before)):
                yield key


def _without_the_obvious(
    table: Table, hidden: set[Key], releases: Sequence[Release]
) -> frozenset[Key]:
    """Show a larger count that follows from what is shown: hiding it would only seem to help."""
    sure = [replace(one, table=replace(one.table, likely=())) for one in releases]
    told, last = known(sure), len(releases) - 1
    return frozenset(
        key for key in hidden if is_small(table.counts[key]) or told.possible(last, key) > 1
    )


def _given_away(releases: Sequence[Release], told: Knowledge) -> Iterator[Key]:
    """What may have too few values: first what is known, for covering that may help the others.

    Then the newest release and the smallest count come first.
    """
    cells = [
        (n, key)
        for n, release in enumerate(releases)
        for key in release.protected
        if (n, key) in told.names
    ]
    cells.sort(key=lambda cell: (-cell[0], releases[cell[0]].table.counts[cell[1]], str(cell[1])))
    some = []
    for n, key in cells:
        possible = told.possible(n, key)
        if possible <= 1:
            yield key
        elif possible < POSSIBLE:
            some.append(key)
    yield from some


def _cover(
    table: Table,
    sums: Sequence[Sequence[Sum]],
    hidden: set[Key],
    key: Key,
    is_known: frozenset[Key],
) -> Key | None:
    """The cell to hide beside one that says too much: the smallest near it; a whole comes last.

    Sums of the table itself come before those of others. Hiding what an earlier release shows
    would cover nothing.
    """
    for whole, parts in (one for own in sums for one in _around(own, key)):
        for group in (parts, (whole,)):
            useful = [k for k in group if table.counts.get(k, 0) and k not in hidden | is_known]
            if useful:
                return min(useful, key=lambda k: (table.counts[k], str(k)))
    return None


def _around(sums: Sequence[Sum], key: Key) -> Iterator[Sum]:
    """The sums that a key stands in, then those that share a key with them, and so on."""
    reached, left = {key}, list(sums)
    while near := [one for one in left if one[0] in reached or not reached.isdisjoint(one[1])]:
        yield from near
        reached.update(*((whole, *parts) for whole, parts in near))
        left = [one for one in left if one not in near]
