"""A reader of all public editions works at hundreds of them, made from made-up figures.

The reader tries to find what is hidden: of open calls, artists, volunteers and audiences.
"""

from functools import cache
from random import Random

import pytest

from flows.steps.periods import Period
from flows.steps.publishing import public
from flows.steps.publishing.counts import People
from flows.steps.publishing.knowledge import Key, Release, Table
from flows.steps.publishing.told import Told
from tests.attacker import FEW, POSSIBLE, Attacker
from tests.given import catalogue
from tests.public_worlds import SPANS, Artists, Audience, Calls, Volunteers, World, rows

# Each is one to three editions, with corrections between them: some 2,000 in all.
HISTORIES = [(Calls, 350), (Artists, 120), (Volunteers, 300), (Audience, 250)]


@cache
def periods() -> dict[str, Period]:
    return {one.period_id: one for one in catalogue().periods()}


@cache
def people(indicator_id: str) -> People:
    """Those among whom an indicator counts."""
    found = public.peoples(catalogue(), periods())
    return next(one for one in found if (indicator_id, None) in one.indicators)


class Reader:
    """Reads one edition after the other, and works at all of them together."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.releases: list[Release] = []
        self.protected: list[set[Key]] = []
        self.printed: list[set[Key]] = []

    def reads(self, world: World, period_id: str) -> None:
        """One edition more: as the next one finds it, as a reader sees it, and what is secret."""
        figures = list(rows(world))
        shown, hidden, withheld = public.hide_people(
            people(world.indicator), figures, periods()[period_id], self.told
        )
        frozen = [
            {**one, "is_suppressed": one["code"] in hidden}
            for one in figures
            if one["code"] in shown | hidden
        ]
        self.told.append(Told(periods()[period_id], frozen, withheld))
        sums = list(world.sums(period_id))
        tells = {one.code(period_id): one.tells for one in world.printed(period_id)}
        self.printed.append({key for own in tells.values() for key in own})
        keys = set(self.printed[-1])
        keys |= {key for whole, parts in sums for key in (whole, *parts)}
        counts = {key: world.count(key) for key in sorted(keys, key=str)}
        # A part that has no row at all is one in which there was nobody.
        told = {
            key
            for code, own in tells.items()
            if code not in hidden
            for key in own
            if code in shown or not counts[key]
        }
        marked = {key for code in hidden for key in tells[code] if len(tells[code]) == 1}
        small = {key for key, count in counts.items() if 0 < count < FEW}
        assert not small & told, f"a small count is shown: {small & told}"
        # Nobody says that nothing stands where nothing is shown.
        silent = {key for key, count in counts.items() if not count} - told
        open_ = frozenset(key for key, count in counts.items() if count and key not in told)
        known = [one for one in sums if silent.isdisjoint((one[0], *one[1]))]
        self.releases.append(Release(Table(counts, known), open_))
        self.protected.append((marked & open_) | small)

    def finds_nothing(self) -> None:
        attacker = Attacker(self.releases)
        for n, keys in enumerate(self.protected):
            for key in keys:
                values = attacker.values(n, key)
                if len(values) < POSSIBLE and not self._was_told_before(n, key):
                    pytest.fail(f"edition {n}, {key}: {values} of {self.releases}")

    def _was_told_before(self, n: int, key: Key) -> bool:
        """Whether a count that this edition does not print follows from earlier ones alone.

        It became one count by what was corrected since; no later edition can take it back.
        """
        release = self.releases[n]
        silent = frozenset(one for one, count in release.table.counts.items() if count)
        before = [*self.releases[:n], Release(release.table, silent)]
        return key not in self.printed[n] and len(Attacker(before).values(n, key)) < POSSIBLE


@pytest.mark.parametrize(("world", "histories"), HISTORIES)
def test_no_hidden_count_of_any_public_edition_has_fewer_than_three_values(
    world: type[Calls | Artists | Volunteers | Audience], histories: int
) -> None:
    random = Random(0)  # noqa: S311 - the same worlds each time
    for _ in range(histories):
        true, reader = world(random), Reader()
        for period_id in random.choices(list(SPANS), k=random.randint(1, 3)):
            reader.reads(true, period_id)
            if random.random() < 0.5:
                true.corrected()
        reader.finds_nothing()


def test_the_reader_finds_a_call_that_is_hidden_alone() -> None:
    world = Calls(Random(0))  # noqa: S311 - the same worlds each time
    world.of = {
        "C0": {"month": 1, "applied": 3, "chosen": 0, "files": 9},
        "C1": {"month": 1, "applied": 40, "chosen": 0, "files": 50},
    }
    sums = list(world.sums("2020-Q1"))
    counts = {key: world.count(key) for whole, parts in sums for key in (whole, *parts)}
    release = Release(Table(counts, sums), frozenset({("applied", "C0")}))
    assert Attacker([release]).values(0, ("applied", "C0")) == [3]
