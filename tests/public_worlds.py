"""Made-up people whom public figures count, for a reader who works at what is published of them.

The worlds know nothing of how counts are hidden: they say what is true, what an edition may print,
and how a reader would add it up. A count is named by what it counts, since when it counts anew
(None for what adds up), and in which months or call.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol

from flows.steps.publishing.knowledge import Key

SPANS = {"2020-Q1": range(1, 4), "2020-Q2": range(4, 7), "2020-H1": range(1, 7)}
MONTHS = {f"2020-M{month:02d}": range(month, month + 1) for month in range(1, 7)}
ALL = SPANS | MONTHS

Row = dict[str, Any]
Sum = tuple[Key, tuple[Key, ...]]
Split = tuple[str, str] | None


@dataclass(frozen=True)
class Printed:
    """A figure of a period: its name, its part, and the counts that it tells.

    of is the base of a share and rest what is left of it; least and most are the bounds of a count
    that is not exact, and declared what lies between counted and most.
    """

    name: str
    split: Split
    counted: Key
    of: Key | None = None
    rest: Key | None = None
    least: Key | None = None
    most: Key | None = None
    declared: Key | None = None
    is_agreed: bool = field(default=False, kw_only=True)

    @property
    def tells(self) -> list[Key]:
        """The counts that a reader has from it."""
        told = (self.counted, self.of, self.rest, self.least, self.most, self.declared)
        return [key for key in told if key is not None]

    def code(self, period_id: str) -> str:
        """What names it among the figures of all periods."""
        dimension, category = self.split or (None, None)
        return f"{self.name}|{period_id}|{dimension}|{category}"


class World(Protocol):
    """What is true at one time; corrected() makes something else true."""

    indicator: str

    def corrected(self) -> None: ...

    def count(self, key: Key) -> int: ...

    def printed(self, period_id: str) -> Iterator[Printed]: ...

    def sums(self, period_id: str) -> Iterator[Sum]: ...


def rows(world: World) -> Iterator[Row]:
    """All figures of a world as the warehouse answers them."""
    for period_id in ALL:
        for one in world.printed(period_id):
            counted, base, least, most = (
                None if key is None else float(world.count(key))
                for key in (one.counted, one.of, one.least, one.most)
            )
            indicator_id, _, measure = one.name.partition("/")
            dimension, category = one.split or (None, None)
            # The warehouse has no row for a part in which there was nobody.
            if one.split and not any(world.count(key) for key in one.tells):
                continue
            share = None if base is None else (counted or 0) / base if base else None
            yield {
                "indicator_id": indicator_id,
                "measure": measure or None,
                "period_id": period_id,
                "dimension": dimension,
                "category": category,
                "source": "computed",
                "numerator": counted,
                "denominator": base,
                "value": counted if base is None else share,
                "low": least,
                "high": most,
                "target_kind": "annual" if one.is_agreed else None,
                "code": one.code(period_id),
            }


def few_or_many(random: Random) -> int:
    return random.choice((0, 1, 2, 3, 4, 5, 6, 8, 13, 30, 70))


def month(number: int) -> Split:
    return "month", f"2020-M{number:02d}"


def span(months: Iterable[int]) -> tuple[int, ...]:
    return tuple(months)


def within(period_id: str) -> list[range]:
    """The months of a period, and the periods that it is made of, itself among them."""
    own = ALL[period_id]
    found = [months for months in ALL.values() if set(months) <= set(own)]
    return found if len(own) > 1 else [own]


def added_up(what: str, period_id: str) -> Iterator[Sum]:
    """What adds up, from months to quarters and from quarters to the half."""
    for months in within(period_id):
        parts = [one for one in within(period_id) if len(one) == 1 and one[0] in months]
        if len(months) > 1:
            yield (what, None, span(months)), tuple((what, None, span(one)) for one in parts)
    if period_id == "2020-H1":
        quarters = (SPANS["2020-Q1"], SPANS["2020-Q2"])
        yield (what, None, span(ALL[period_id])), tuple((what, None, span(q)) for q in quarters)


def told_anew(what: str, period_id: str) -> Iterator[Sum]:
    """People are new in one month since a period began; those new since January in two periods."""
    since = ALL[period_id][0]
    firsts = [(what, since, (number,)) for number in ALL[period_id]]
    yield (what, since, span(ALL[period_id])), tuple(firsts)
    if period_id == "2020-H1":
        yield (what, 1, span(SPANS["2020-Q1"])), tuple(firsts[:3])


def two_sides(base: str, counted: str, rest: str, months: Sequence[int]) -> Sum:
    whole, part, other = ((what, None, span(months)) for what in (base, counted, rest))
    return whole, (part, other)


class Calls:
    """Open calls: who applied, who was chosen, and by how many applications."""

    indicator = "IND35"
    _SIDES = ("applied", "chosen", "files")

    def __init__(self, random: Random) -> None:
        self.random = random
        self.of = {
            f"C{n}": self._numbers(random.randint(1, 6)) for n in range(random.randint(1, 5))
        }

    def _numbers(self, closed_in: int) -> dict[str, int]:
        applied = few_or_many(self.random)
        chosen = min(applied, few_or_many(self.random))
        more = self.random.choice((0, 0, self.random.randint(2, 9)))
        return {"month": closed_in, "applied": applied, "chosen": chosen, "files": applied + more}

    def corrected(self) -> None:
        call = self.random.choice(list(self.of))
        self.of[call] = self._numbers(self.of[call]["month"])

    def _within(self, months: Iterable[int]) -> list[str]:
        return [name for name, one in self.of.items() if one["month"] in months]

    def count(self, key: Key) -> int:
        what, place = key
        if what == "refused":
            return self.count(("applied", place)) - self.count(("chosen", place))
        calls = [place] if place in self.of else self._within(ALL[place])
        return sum(self.of[call][what] for call in calls)

    def printed(self, period_id: str) -> Iterator[Printed]:
        for place in (period_id, *self._within(ALL[period_id])):
            split = None if place == period_id else ("call", place)
            applied, chosen, files = ((what, place) for what in self._SIDES)
            yield Printed("IND33/applicants", split, applied)
            yield Printed("IND33/applications", split, files)
            yield Printed("IND34/applicants", split, chosen)
            yield Printed("IND35", split, chosen, applied, ("refused", place))

    def sums(self, period_id: str) -> Iterator[Sum]:
        inside = [one for one, months in SPANS.items() if set(months) <= set(SPANS[period_id])]
        for what in self._SIDES:
            for one in inside:
                calls = tuple((what, call) for call in self._within(SPANS[one]))
                yield (what, one), calls
            if period_id == "2020-H1":
                yield (what, "2020-H1"), ((what, "2020-Q1"), (what, "2020-Q2"))
        for place in (*inside, *self._within(SPANS[period_id])):
            yield ("applied", place), (("chosen", place), ("refused", place))


class Artists:
    """Artists in registers, each with some engagements; and groups that were only declared."""

    indicator = "IND12"
    _SHARES = (("IND13", "international", "not_international"), ("IND14", "local", "not_local"))
    _AMONG = (("IND15/emerging", "emerging"), ("IND15/independent", "independent"))

    def __init__(self, random: Random) -> None:
        self.random = random
        self.turns: list[tuple[int, int, frozenset[str]]] = []
        self.people = 0
        for _ in range(few_or_many(random) + few_or_many(random)):
            self._one_more()
        self.declared = {
            quarter: random.choice((0, 0, few_or_many(random)))
            for quarter in ("2020-Q1", "2020-Q2")
        }

    def _one_more(self) -> None:
        random = self.random
        self.people += 1
        origin = random.choice(("local", "local", "national", "international", "unknown"))
        traits = {origin} | {"known"} - ({"known"} if origin == "unknown" else set())
        for trait, unlikely in (("emerging", 5), ("independent", 3)):
            traits |= {trait} if random.randrange(unlikely) == 0 else set()
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            self.turns.append((self.people, random.randint(1, 6), frozenset(traits)))

    def corrected(self) -> None:
        if self.turns and self.random.random() < 0.5:
            self.turns.pop(self.random.randrange(len(self.turns)))
        else:
            for _ in range(self.random.choice((1, 2, 5, 9))):
                self._one_more()

    def _declared(self, months: Sequence[int]) -> list[int]:
        quarters = [one for one in self.declared if set(SPANS[one]) <= set(months)]
        return [self.declared[one] for one in quarters if self.declared[one]]

    def count(self, key: Key) -> int:
        what, since, months = key
        if what in ("artists", "least", "most", "declared", "spread"):
            return self._people(what, since, months)
        if what.startswith("not_"):
            return self.count(("known", None, months)) - self.count((what[4:], None, months))
        inside = [traits for _, number, traits in self.turns if number in months]
        return len(inside) if what == "engagements" else sum(what in one for one in inside)

    def _people(self, what: str, since: int, months: Sequence[int]) -> int:
        firsts: dict[int, int] = {}
        for person, number, _ in self.turns:
            if number >= since:
                firsts[person] = min(firsts.get(person, 99), number)
        registered = sum(number in months for number in firsts.values())
        declared = self._declared(months)
        most = registered + sum(declared)
        least = max([registered, *declared])
        return {
            "artists": registered,
            "least": least,
            "most": most,
            "declared": most - registered,
            "spread": most - least,
        }[what]

    def printed(self, period_id: str) -> Iterator[Printed]:
        whole = ALL[period_id]
        for months in (whole, *(range(number, number + 1) for number in whole)):
            split = None if months is whole else month(months[0])
            place = (None, span(months))
            yield Printed("IND11", split, ("engagements", *place))
            for name, counted, rest in self._SHARES:
                keys = ((what, *place) for what in (counted, "known", rest))
                yield Printed(name, split, *keys)
            for name, what in self._AMONG:
                yield Printed(name, split, (what, *place))
            anew = (whole[0], span(months))
            is_bounded = split is None and self._declared(whole)
            bounds = (
                (what, *anew) if is_bounded else None for what in ("least", "most", "declared")
            )
            yield Printed("IND12", split, ("artists", *anew), None, None, *bounds)

    def sums(self, period_id: str) -> Iterator[Sum]:
        shared = [what for _, counted, rest in self._SHARES for what in (counted, rest)]
        for what in ("engagements", "known", *shared, *(what for _, what in self._AMONG)):
            yield from added_up(what, period_id)
        for months in within(period_id):
            for _, counted, rest in self._SHARES:
                yield two_sides("known", counted, rest, months)
        yield from told_anew("artists", period_id)
        own = SPANS[period_id]
        if self._declared(own):
            since, months = own[0], span(own)
            for one, other in (("artists", "declared"), ("least", "spread")):
                yield ("most", since, months), ((one, since, months), (other, since, months))


class Volunteers:
    """Volunteers, counted anew in each period; for those under thirty something was agreed."""

    indicator = "IND27"
    _YOUNG = ("age_group", "18_30")

    def __init__(self, random: Random) -> None:
        self.random = random
        self.people: list[tuple[bool, frozenset[int]]] = []
        for _ in range(few_or_many(random) + few_or_many(random)):
            self._one_more()

    def _one_more(self) -> None:
        months = self.random.choices(range(1, 7), k=self.random.choice((1, 1, 2, 4)))
        self.people.append((self.random.random() < 0.4, frozenset(months)))

    def corrected(self) -> None:
        if self.people and self.random.random() < 0.5:
            self.people.pop(self.random.randrange(len(self.people)))
        else:
            for _ in range(self.random.choice((1, 2, 5, 9))):
                self._one_more()

    def count(self, key: Key) -> int:
        what, since, months = key
        firsts = [
            min(number for number in worked if number >= since)
            for is_young, worked in self.people
            if max(worked) >= since and (is_young or what == "volunteers")
        ]
        return sum(first in months for first in firsts)

    def printed(self, period_id: str) -> Iterator[Printed]:
        whole = ALL[period_id]
        yield Printed("IND27", None, ("volunteers", whole[0], span(whole)))
        for number in whole:
            yield Printed("IND27", month(number), ("volunteers", whole[0], (number,)))
        young = ("young", whole[0], span(whole))
        yield Printed("IND27", self._YOUNG, young, is_agreed=True)

    def sums(self, period_id: str) -> Iterator[Sum]:
        yield from told_anew("volunteers", period_id)


class Audience:
    """Visits, in person and online; how they were counted, and those that cost nothing."""

    indicator = "IND16"
    _FREE = ("pricing", "free")
    _KINDS = ("free", "counted", "estimated", "unstated", "online")

    def __init__(self, random: Random) -> None:
        self.random = random
        self.of = {number: self._numbers() for number in range(1, 7)}

    def _numbers(self) -> dict[str, int]:
        found = {what: few_or_many(self.random) for what in self._KINDS}
        if self.random.random() < 0.3:
            found = dict.fromkeys(found, 0)
        found["visits"] = found["counted"] + found["estimated"] + found["unstated"]
        found["free"] = min(found["free"], found["visits"])
        found["stated"] = found["counted"] + found["estimated"]
        return found

    def corrected(self) -> None:
        self.of[self.random.randint(1, 6)] = self._numbers()

    def count(self, key: Key) -> int:
        what, _, months = key
        return sum(self.of[number][what] for number in months)

    def printed(self, period_id: str) -> Iterator[Printed]:
        whole = ALL[period_id]
        for months in (whole, *(range(number, number + 1) for number in whole)):
            split = None if months is whole else month(months[0])
            place = (None, span(months))
            yield Printed("IND16", split, ("visits", *place))
            yield Printed("IND17", split, ("online", *place))
            keys = ((what, *place) for what in ("counted", "stated", "estimated"))
            yield Printed("IND20", split, *keys)
        yield Printed("IND16", self._FREE, ("free", None, span(whole)), is_agreed=True)

    def sums(self, period_id: str) -> Iterator[Sum]:
        for what in ("visits", "online", "counted", "stated", "estimated"):
            yield from added_up(what, period_id)
        if period_id == "2020-H1":
            quarters = (SPANS["2020-Q1"], SPANS["2020-Q2"])
            free = [("free", None, span(months)) for months in (SPANS[period_id], *quarters)]
            yield free[0], tuple(free[1:])
        for months in within(period_id):
            yield two_sides("stated", "counted", "estimated", months)
