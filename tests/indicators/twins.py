"""Slow twins: the hardest indicators counted again in plain Python, from their definitions."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from flows.steps.periods import Period
from tests.given import catalogue, period_of
from tests.indicators.programmes import Activity, Call, File, Person, Programme, Spent

Line = TypeVar("Line", Activity, Person, Call, Spent)
# Numerator, denominator, and from where to where the value is known to lie; None is not bounded.
Counted = tuple[float | None, float | None, float | None, float | None]
CENTRE = {str(d["district_code"]) for d in catalogue()["districts"] if d["zone"] == "centre"}
COUNTED = ("ticket", "registration", "counter")
ALTERNATIVE = ("private_sponsor", "own_revenue", "crowdfunding")


@dataclass(frozen=True)
class View:
    """What a period sees of a programme, and of the budgets of all years before."""

    period: Period
    programme: Programme
    budgets: list[Spent]

    @cached_property
    def is_told_of(self) -> bool:
        """Whether any report is about a part of the period."""
        return any(touches(file, self.period) for file in self.programme.files)

    @cached_property
    def touching(self) -> list[Activity]:
        """Reports in force of delivered activities with a day in the period."""
        return [
            line
            for line in in_force(self.programme.activities)
            if line.status == "delivered"
            and line.days[0] <= self.period.ends_on
            and line.days[1] >= self.period.starts_on
        ]

    @cached_property
    def latest(self) -> list[Activity]:
        """Each of these activities once, in its last words."""
        last: dict[tuple[str, str], Activity] = {}
        for line in sorted(self.touching, key=lambda line: line.days):
            last[line.key] = line
        return list(last.values())

    @cached_property
    def on_site(self) -> list[Activity]:
        """Those reports that tell of a place."""
        return [line for line in self.touching if is_on_site(line)]

    @cached_property
    def begun(self) -> list[Activity]:
        """Reports that begin in the period, where their sums are counted."""
        return [line for line in self.touching if line.days[0] >= self.period.starts_on]


def in_force(activities: Iterable[Activity]) -> list[Activity]:
    """The last line of each activity of each partner and quarter."""
    latest: dict[tuple[str, ...], Activity] = {}
    for line in by_arrival(activities):
        latest[line.file.partner, line.file.quarter, line.activity_id] = line
    return list(latest.values())


def budgets_in_force(spent: Iterable[Spent]) -> list[Spent]:
    """The last line of each partner, quarter and source."""
    latest: dict[tuple[str, ...], Spent] = {}
    for line in by_arrival(spent):
        latest[line.file.partner, line.file.quarter, line.source] = line
    return list(latest.values())


def activities(view: View) -> Counted:
    """IND01, and IND03 as a whole: each delivered activity once."""
    return exactly(len(view.latest))


def formats(view: View) -> dict[str, int]:
    """IND03 by format: of each activity the format last said of it."""
    return dict(Counter(line.format or "not_stated" for line in view.latest))


def european(view: View) -> Counted:
    """IND04 activities: with any European dimension."""
    return holding(view.latest, lambda line: line.dimension, {"none"})


def european_share(view: View) -> Counted:
    """IND04 share: of those that answered."""
    answered = [line for line in view.latest if line.dimension is not None]
    return exactly(european(view)[0], len(answered))


def abroad(view: View) -> Counted:
    """IND05: with a partner from another country."""
    found = [line for line in view.latest if elements(line.countries) - {"RO"}]
    return at_least(len(found), any(map(hides_countries, view.latest)))


def countries(view: View) -> Counted:
    """IND06: distinct countries but Romania, of any report that touches the period."""
    found = set().union(*(elements(line.countries) for line in view.touching)) - {"RO"}
    return at_least(len(found), any(map(hides_countries, view.touching)))


def artists(view: View) -> Counted:
    """IND12."""
    return people(view, "artist")


def visits(view: View) -> Counted:
    """IND16: visits of the reports that begin in the period."""
    known = [line.visits for line in view.begun if line.visits is not None]
    is_lacking = any(line.format != "online" and line.visits is None for line in view.begun)
    if not known and is_lacking:
        return exactly(None)
    return at_least(sum(known), is_lacking)


def counted_share(view: View) -> Counted:
    """IND20: visits by tickets or counters, of those whose method is stated."""
    stated = [x for x in view.begun if x.method is not None and x.visits is not None]
    counted = sum(line.visits or 0 for line in stated if line.method in COUNTED)
    return exactly(counted, sum(line.visits or 0 for line in stated))


def priority(view: View) -> Counted:
    """IND21 activities: for any group but the general public."""
    return holding(view.latest, lambda line: line.groups, {"general"})


def free(view: View) -> Counted:
    """IND23: wholly free, of those that stated their admission."""
    stated = [line for line in view.latest if line.pricing is not None]
    return exactly(sum(line.pricing == "free" for line in stated), len(stated))


def districts(view: View) -> Counted:
    """IND25 districts: distinct ones, of any report on site that touches the period."""
    return places(view, lambda line: line.district)


def outside_the_centre(view: View) -> Counted:
    """IND25 share: of activities on site whose district is known."""
    known = [x.district for x in view.latest if is_on_site(x) and x.district is not None]
    return exactly(sum(district not in CENTRE for district in known), len(known))


def volunteers(view: View) -> Counted:
    """IND27."""
    return people(view, "volunteer")


def partners(view: View) -> Counted:
    """IND29: partners with any delivered activity."""
    return exactly(len({line.file.partner for line in view.touching}))


def selection(view: View) -> Counted:
    """IND35: people selected, and people who applied, over the calls that closed in the period."""
    calls: dict[tuple[str, str], Call] = {}
    for call in by_arrival(view.programme.calls):
        calls[call.file.partner, call.call_id] = call
    days = view.period.starts_on, view.period.ends_on
    closed = [call for call in calls.values() if days[0] <= call.closed_on <= days[1]]
    return exactly(sum(c.selected for c in closed), sum(c.applicants for c in closed))


def spending(view: View) -> Counted:
    """IND39: what reports wholly inside the period say; not known where they only overlap."""
    inside = [line for line in view.budgets if is_inside(line.file, view.period)]
    is_cut = any(touches(line.file, view.period) for line in view.budgets)
    return exactly(sum(x.spent for x in inside) if inside or not is_cut else None)


def execution(view: View) -> Counted:
    """IND40: spent to date over approved, each budget line as it was told last by then."""
    ends_on, starts_on = view.period.ends_on, view.period.starts_on
    by_then = [line for line in view.budgets if period_of(line.file.quarter).ends_on <= ends_on]
    if not any(period_of(line.file.quarter).ends_on >= starts_on for line in by_then):
        return exactly(0)
    latest = {
        (line.file.partner, line.source): line
        for line in sorted(by_then, key=lambda line: line.file.quarter)
    }
    spent = sum(line.to_date for line in latest.values())
    return exactly(spent, sum(line.approved for line in latest.values()))


def alternative(view: View) -> Counted:
    """IND41: of cash."""
    cash = [x for x in view.budgets if is_inside(x.file, view.period) and x.source != "in_kind"]
    found = sum(line.spent for line in cash if line.source in ALTERNATIVE)
    return exactly(found, sum(line.spent for line in cash))


def venues(view: View) -> Counted:
    """IND42 venues: two of the three spellings are one place."""
    return places(view, lambda line: line.venue and line.venue[:3].casefold())


TWINS: dict[tuple[str, str | None], Callable[[View], Counted]] = {
    ("IND01", None): activities,
    ("IND03", "activities"): activities,
    ("IND04", "activities"): european,
    ("IND04", "share"): european_share,
    ("IND05", None): abroad,
    ("IND06", None): countries,
    ("IND12", None): artists,
    ("IND16", None): visits,
    ("IND20", None): counted_share,
    ("IND21", "activities"): priority,
    ("IND23", None): free,
    ("IND25", "districts"): districts,
    ("IND25", "share"): outside_the_centre,
    ("IND27", None): volunteers,
    ("IND29", None): partners,
    ("IND35", None): selection,
    ("IND39", None): spending,
    ("IND40", None): execution,
    ("IND41", None): alternative,
    ("IND42", "venues"): venues,
}


def people(view: View, role: str) -> Counted:
    """Who stands in a register, each once, and what partners without a register declare."""
    programme, period = view.programme, view.period
    told_of = {(*a.key, a.file.quarter): a for a in in_force(programme.activities)}
    registered, with_register = set(), set()
    for person in register_in_force(programme, role):
        file = person.file
        activity = told_of.get((file.partner, person.activity_id or "", file.quarter))
        if activity is not None and activity.status == "delivered":
            days = activity.days
        elif person.activity_id is None:
            quarter = period_of(file.quarter)
            days = (quarter.starts_on, quarter.ends_on)
        else:
            continue
        # Seen over the whole quarter: who has a register there declares nothing beside it.
        with_register.add((file.partner, file.quarter))
        if overlap(days, period):
            registered.add(person.name)
    declared = [
        (period_of(file.quarter), count)
        for file, count in declared_in_force(programme, role)
        if count != 0
        and (file.partner, file.quarter) not in with_register
        and touches(file, period)
    ]
    known = len(registered)
    if any(count is None for _, count in declared):
        return at_least(known, is_lacking=True)
    if any(q.starts_on < period.starts_on or q.ends_on > period.ends_on for q, _ in declared):
        return at_least(known, is_lacking=True)
    if not declared:
        return exactly(known)
    numbers = [count or 0 for _, count in declared]
    return known, None, max(known, *numbers), known + sum(numbers)


def exactly(numerator: float | None, denominator: float | None = None) -> Counted:
    """A number of which nothing is missing."""
    return numerator, denominator, None, None


def at_least(numerator: float, is_lacking: bool) -> Counted:
    """A number, or the least that it can be."""
    return numerator, None, numerator if is_lacking else None, None


def holding(
    lines: Iterable[Activity], cell: Callable[[Activity], str | None], nothing: set[str]
) -> Counted:
    """How many say anything but nothing in a cell; at least so many where one says not a word."""
    answers = [cell(line) for line in lines]
    return at_least(sum(bool(elements(one) - nothing) for one in answers), None in answers)


def places(view: View, place: Callable[[Activity], str | None]) -> Counted:
    """Distinct places on site; at least so many where one that may be is blank or another."""
    on_site = {place(line) for line in view.on_site}
    likely = {place(line) for line in view.touching if line.format is None}
    return at_least(len(on_site - {None}), not likely <= on_site or None in on_site | likely)


def elements(cell: str | None) -> set[str]:
    """The words of a cell; none of a blank one."""
    return set() if cell is None else {part.strip() for part in cell.split(";")}


def hides_countries(line: Activity) -> bool:
    """Who cooperates across borders, or does not say, and names no country."""
    return line.countries is None and line.dimension in (None, "transnational_cooperation")


def is_on_site(line: Activity) -> bool:
    """Online ones, and those that do not say, have no place."""
    return line.format in ("in_person", "hybrid")


def by_arrival(lines: Iterable[Line]) -> list[Line]:
    """Lines in the order in which their files came."""
    return sorted(lines, key=lambda line: line.file.received_at)


def register_in_force(programme: Programme, role: str) -> Iterator[Person]:
    """The lines of the last register that each partner sent about each quarter."""
    lines = [person for person in programme.people if person.role == role]
    last: dict[tuple[str, str], File] = {}
    for line in by_arrival(lines):
        last[line.file.partner, line.file.quarter] = line.file
    return (line for line in lines if last[line.file.partner, line.file.quarter] == line.file)


def declared_in_force(programme: Programme, role: str) -> Iterator[tuple[File, int | None]]:
    """What the last file of each partner about each quarter declares."""
    last = {(file.partner, file.quarter): file for file in programme.files}
    for file in last.values():
        told = programme.declared.get(file, (None, None))
        yield file, told[0] if role == "artist" else told[1]


def overlap(days: tuple[date, date], period: Period) -> bool:
    """Whether a stretch of days has one in the period."""
    return days[0] <= period.ends_on and days[1] >= period.starts_on


def touches(file: File, period: Period) -> bool:
    """Whether a report is about any day of the period."""
    quarter = period_of(file.quarter)
    return overlap((quarter.starts_on, quarter.ends_on), period)


def is_inside(file: File, period: Period) -> bool:
    """Whether a report is about nothing but the period."""
    quarter = period_of(file.quarter)
    return quarter.starts_on >= period.starts_on and quarter.ends_on <= period.ends_on
