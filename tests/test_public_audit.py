"""A reader of all public editions works at 200 of them, made the real way from made-up figures.

The worlds know nothing of how counts are hidden: they say what is true, what an edition may print,
and how a reader would add it up. The reader tries to find what is hidden.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

import pytest

from flows.steps.periods import Period
from flows.steps.publishing import public
from flows.steps.publishing.counts import People
from flows.steps.publishing.knowledge import Key, Release, Table
from flows.steps.publishing.told import Told
from tests.attacker import FEW, POSSIBLE, Attacker
from tests.given import catalogue

TABLES = 200
REST = ("refused",)
SPANS = {"2020-Q1": range(1, 4), "2020-Q2": range(4, 7), "2020-H1": range(1, 7)}
MONTHS = {f"2020-M{month:02d}": range(month, month + 1) for month in range(1, 7)}

Row = dict[str, Any]
Sum = tuple[Key, tuple[Key, ...]]


@cache
def periods() -> dict[str, Period]:
    return {one.period_id: one for one in catalogue().periods()}


@cache
def people(indicator_id: str) -> People:
    """Those among whom an indicator counts."""
    found = public.peoples(catalogue(), periods())
    return next(one for one in found if (indicator_id, None) in one.indicators)


def row(
    name: str, period_id: str, split: tuple[str, str] | None, counted: int, base: int | None = None
) -> Row:
    """A figure as the warehouse answers it. A name is an indicator, or indicator/measure."""
    indicator_id, _, measure = name.partition("/")
    dimension, category = split or (None, None)
    return {
        "indicator_id": indicator_id,
        "measure": measure or None,
        "period_id": period_id,
        "dimension": dimension,
        "category": category,
        "source": "computed",
        "numerator": float(counted),
        "denominator": None if base is None else float(base),
        "value": float(counted) if base is None else counted / base if base else None,
        "low": None,
        "high": None,
        "target_kind": None,
        "code": f"{name}|{period_id}|{dimension}|{category}",
    }


@dataclass
class Seen:
    """What an edition about a period could show: its numbers by key, and which figure tells which.

    told are the keys that a figure tells, by its code. sums are how the numbers add up.
    """

    counts: dict[Key, int] = field(default_factory=dict)
    told: dict[str, set[Key]] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)


def count(random: Random) -> int:
    return random.choice((0, 1, 2, 3, 4, 5, 6, 8, 13, 30, 70))


class Calls:
    """Open calls: who applied, who was chosen, and by how many applications."""

    indicator = "IND35"

    def __init__(self, random: Random) -> None:
        self.random = random
        self.of = {
            f"C{n}": self._numbers(random.randint(1, 6)) for n in range(random.randint(1, 5))
        }

    def _numbers(self, month: int) -> dict[str, int]:
        applied = count(self.random)
        chosen = min(applied, count(self.random))
        more = self.random.choice((0, 0, self.random.randint(2, 9)))
        return {"month": month, "applied": applied, "chosen": chosen, "files": applied + more}

    def corrected(self) -> None:
        call = self.random.choice(list(self.of))
        self.of[call] = self._numbers(self.of[call]["month"])

    def _within(self, months: Iterable[int]) -> dict[str, dict[str, int]]:
        return {name: one for name, one in self.of.items() if one["month"] in months}

    def rows(self) -> Iterator[Row]:
        for period_id, months in (SPANS | MONTHS).items():
            inside = self._within(months)
            for name, own in [
                (None, list(inside.values())),
                *((n, [o]) for n, o in inside.items()),
            ]:
                split = ("call", name) if name else None
                applied, chosen, files = (
                    sum(one[what] for one in own) for what in ("applied", "chosen", "files")
                )
                yield row("IND33/applicants", period_id, split, applied)
                yield row("IND33/applications", period_id, split, files)
                yield row("IND34/applicants", period_id, split, chosen)
                yield row("IND35", period_id, split, chosen, applied)

    def seen(self, period_id: str) -> Seen:
        seen = Seen()
        inside = self._within(SPANS[period_id])
        for what in ("applied", "chosen", "files"):
            for name, one in inside.items():
                seen.counts[what, name] = one[what]
            for span, months in SPANS.items():
                if set(months) <= set(SPANS[period_id]):
                    parts = tuple((what, name) for name in self._within(months))
                    seen.counts[what, span] = sum(seen.counts[part] for part in parts)
                    seen.sums.append(((what, span), parts))
            if period_id == "2020-H1":
                seen.sums.append(((what, "2020-H1"), ((what, "2020-Q1"), (what, "2020-Q2"))))
        for place in {place for _, place in seen.counts}:
            refused = seen.counts["applied", place] - seen.counts["chosen", place]
            seen.counts["refused", place] = refused
            seen.sums.append((("applied", place), (("chosen", place), ("refused", place))))
        for place in [period_id, *inside]:
            split = "None|None" if place == period_id else f"call|{place}"
            for name, whats in (
                ("IND33/applicants", ("applied",)),
                ("IND33/applications", ("files",)),
                ("IND34/applicants", ("chosen",)),
                ("IND35", ("chosen", "applied", "refused")),
            ):
                seen.told[f"{name}|{period_id}|{split}"] = {(what, place) for what in whats}
        return seen


def published(world: Calls, period_id: str, earlier: list[Told]) -> tuple[Told, Release, set[Key]]:
    """One edition: as the next one finds it, as a reader sees it, and what is secret."""
    rows, seen = list(world.rows()), world.seen(period_id)
    shown, hidden, withheld = public.hide_people(
        people(world.indicator), rows, periods()[period_id], earlier
    )
    frozen = [
        {**one, "is_suppressed": one["code"] in hidden}
        for one in rows
        if one["code"] in shown | hidden
    ]
    told = {key for code in shown for key in seen.told[code]}
    open_ = frozenset(key for key, n in seen.counts.items() if n and key not in told)
    marked = {key for code in hidden if len(seen.told[code]) == 1 for key in seen.told[code]}
    small = {key for key, n in seen.counts.items() if 0 < n < FEW}
    # Nobody says that nothing is left between two sides, unless both are shown.
    unknown = {key for key, n in seen.counts.items() if key[0] in REST and not n} - told
    sums = [one for one in seen.sums if unknown.isdisjoint(one[1])]
    release = Release(Table(seen.counts, sums), open_)
    assert not small & told, "a small count is shown"
    return Told(periods()[period_id], frozen, withheld), release, (marked & open_) | small


@pytest.mark.parametrize("seed", [0, 1])
def test_no_hidden_count_of_any_public_edition_has_fewer_than_three_values(
    seed: int,
) -> None:
    random = Random(seed)  # noqa: S311 - the same worlds each time
    tables = 0
    while tables < TABLES // 2:
        world = Calls(random)
        earlier: list[Told] = []
        releases: list[Release] = []
        protected: list[set[Key]] = []
        for period_id in random.choices(list(SPANS), k=random.randint(1, 3)):
            told, release, secret = published(world, period_id, earlier)
            earlier.append(told)
            releases.append(release)
            protected.append(secret)
            tables += 1
            if random.random() < 0.5:
                world.corrected()
        attacker = Attacker(releases)
        for n, keys in enumerate(protected):
            for key in keys:
                values = attacker.values(n, key)
                assert len(values) >= POSSIBLE, (n, key, values, releases)


def test_the_reader_finds_a_call_that_is_hidden_alone() -> None:
    world = Calls(Random(0))  # noqa: S311 - the same worlds each time
    world.of = {
        "C0": {"month": 1, "applied": 3, "chosen": 0, "files": 9},
        "C1": {"month": 1, "applied": 40, "chosen": 0, "files": 50},
    }
    seen = world.seen("2020-Q1")
    release = Release(Table(seen.counts, seen.sums), frozenset({("applied", "C0")}))
    assert Attacker([release]).values(0, ("applied", "C0")) == [3]
