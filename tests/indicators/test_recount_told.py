"""A slow twin of what is told of activities and money: counted again, from the definitions.

Programmes are few, since each is a warehouse; for a long run raise max_examples by hand.
"""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import hypothesis
from hypothesis import strategies as st

from flows.steps.periods import Period
from tests.given import Given, catalogue, period_of
from tests.indicators.programmes import FEW, PARTNERS, QUARTERS, File

Counted = tuple[float | None, float | None, bool]
PERIODS = [p for p in catalogue().periods() if p.starts_on.year == 2020 == p.ends_on.year]
CENTRE = {str(d["district_code"]) for d in catalogue()["districts"] if d["zone"] == "centre"}
COUNTED = ("ticket", "registration", "counter")
ALTERNATIVE = ("private_sponsor", "own_revenue", "crowdfunding")


@dataclass(frozen=True)
class Told:
    """A line of the sheet of activities; None is a blank cell."""

    file: File
    activity_id: str
    status: str
    start_date: date
    end_date: date
    format: str | None
    district: str | None
    venue: str | None
    dimension: str | None
    countries: str | None
    groups: str | None
    visits: int | None
    method: str | None
    pricing: str | None

    @property
    def key(self) -> tuple[str, str]:
        """Two partners may use the same code."""
        return self.file.partner, self.activity_id

    @property
    def days(self) -> tuple[date, date]:
        """Its days inside the quarter that it is reported in."""
        quarter = period_of(self.file.quarter)
        return max(self.start_date, quarter.starts_on), min(self.end_date, quarter.ends_on)


@dataclass(frozen=True)
class Spent:
    """A line of the budget."""

    file: File
    source: str
    approved: int
    spent: int
    to_date: int


@dataclass(frozen=True)
class View:
    """What a period sees: delivered activities that touch it, their last words, and what begins."""

    period: Period
    touching: list[Told]
    latest: list[Told]
    begun: list[Told]
    lines: list[Spent]


_files = st.builds(
    File, st.sampled_from(PARTNERS), st.sampled_from(QUARTERS), st.sampled_from((1, 1, 2))
)


@st.composite
def _told(draw: st.DrawFn) -> Told:
    file = draw(_files)
    quarter = period_of(file.quarter)
    one_day = draw(st.dates(quarter.starts_on, quarter.ends_on))
    return Told(
        file,
        draw(st.sampled_from(("a1", "a2", "a3", "a4"))),
        draw(st.sampled_from(("delivered", "delivered", "delivered", "cancelled"))),
        one_day - timedelta(days=draw(st.integers(0, 60))),
        one_day + timedelta(days=draw(st.integers(0, 60))),
        draw(st.sampled_from(("in_person", "hybrid", "online", None))),
        draw(st.sampled_from(("cetate", "fabric", "iosefin", None))),
        draw(st.sampled_from(("Turnul de Apă", "turnul  de apa", "Casa Albă", None))),
        draw(st.sampled_from(("none", "european_theme", "transnational_cooperation", None))),
        draw(st.sampled_from(("RO", "DE", "DE; FR", "RO; HU", None))),
        draw(st.sampled_from(("general", "children", "general; youth", None))),
        draw(st.none() | st.integers(0, 50)),
        draw(st.sampled_from(("ticket", "counter", "estimate", None))),
        draw(st.sampled_from(("free", "paid", "mixed", None))),
    )


_spent = st.builds(
    Spent,
    _files,
    st.sampled_from(("municipality", "private_sponsor", "own_revenue", "in_kind")),
    approved=st.integers(100, 999),
    spent=st.integers(0, 99),
    to_date=st.integers(0, 99),
)


@hypothesis.settings(FEW, max_examples=8)
@hypothesis.given(
    st.lists(_told(), min_size=6, max_size=40), st.lists(_spent, min_size=2, max_size=16)
)
def test_what_is_told_of_activities_and_money_counted_again_is_the_same(
    told: list[Told], spent: list[Spent]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        given = Given(Path(folder))
        for line in told:
            _activity(given, line)
        for line in spent:
            _budget_line(given, line)
        given.computes(*{indicator_id for indicator_id, _ in TWINS})
        files = {line.file for line in (*told, *spent)}
        for period in PERIODS:
            view = _view(told, spent, period)
            is_told_of = any(_touches(file, period) for file in files)
            for (indicator_id, measure), count in TWINS.items():
                figure = given.figure(indicator_id, period.period_id, measure=measure)
                numerator, denominator, is_at_least = count(view)
                expected = (numerator, denominator or 0, is_at_least) if is_told_of else NOTHING
                found = (figure["numerator"], figure["denominator"] or 0, figure["low"] is not None)
                assert found == expected, (indicator_id, measure, period.period_id)
        given.close()


NOTHING: Counted = (None, 0, False)


def _view(told: list[Told], spent: list[Spent], period: Period) -> View:
    in_force: dict[tuple[str, ...], Told] = {}
    for line in sorted(told, key=lambda line: line.file.received_at):
        in_force[line.file.partner, line.file.quarter, line.activity_id] = line
    touching = [
        line
        for line in in_force.values()
        if line.status == "delivered"
        and line.days[0] <= period.ends_on
        and line.days[1] >= period.starts_on
    ]
    latest: dict[tuple[str, str], Told] = {}
    for line in sorted(touching, key=lambda line: line.days):
        latest[line.key] = line
    lines: dict[tuple[str, ...], Spent] = {}
    for line in sorted(spent, key=lambda line: line.file.received_at):
        lines[line.file.partner, line.file.quarter, line.source] = line
    return View(
        period,
        touching,
        list(latest.values()),
        [line for line in touching if line.days[0] >= period.starts_on],
        list(lines.values()),
    )


def european(view: View) -> Counted:
    """IND04 activities: with any European dimension."""
    return _holding(view.latest, lambda line: line.dimension, {"none"})


def european_share(view: View) -> Counted:
    """IND04 share: of those that answered."""
    answered = [line for line in view.latest if line.dimension is not None]
    return european(view)[0], len(answered), False


def abroad(view: View) -> Counted:
    """IND05: with a partner from another country."""
    found = [line for line in view.latest if _elements(line.countries) - {"RO"}]
    return len(found), None, any(map(_hides_countries, view.latest))


def countries(view: View) -> Counted:
    """IND06: distinct countries but Romania, of any report that touches the period."""
    found = set().union(*(_elements(line.countries) for line in view.touching)) - {"RO"}
    return len(found), None, any(map(_hides_countries, view.touching))


def visits(view: View) -> Counted:
    """IND16: visits of the reports that begin in the period."""
    known = [line.visits for line in view.begun if line.visits is not None]
    is_lacking = any(_is_on_site(line) and line.visits is None for line in view.begun)
    if not known:
        return (None if is_lacking else 0), None, False
    return sum(known), None, is_lacking


def counted_share(view: View) -> Counted:
    """IND20: visits by tickets or counters, of those whose method is stated."""
    stated = [x for x in view.begun if x.method is not None and x.visits is not None]
    counted = sum(line.visits or 0 for line in stated if line.method in COUNTED)
    return counted, sum(line.visits or 0 for line in stated), False


def priority(view: View) -> Counted:
    """IND21 activities: for any group but the general public."""
    return _holding(view.latest, lambda line: line.groups, {"general"})


def free(view: View) -> Counted:
    """IND23: wholly free, of those that stated their admission."""
    stated = [line for line in view.latest if line.pricing is not None]
    return sum(line.pricing == "free" for line in stated), len(stated), False


def districts(view: View) -> Counted:
    """IND25 districts: distinct ones, of any report on site that touches the period."""
    on_site = [line.district for line in view.touching if _is_on_site(line)]
    return len(set(on_site) - {None}), None, None in on_site


def outside_the_centre(view: View) -> Counted:
    """IND25 share: of activities on site whose district is known."""
    known = [x.district for x in view.latest if _is_on_site(x) and x.district is not None]
    return sum(district not in CENTRE for district in known), len(known), False


def partners(view: View) -> Counted:
    """IND29: partners with any delivered activity."""
    return len({line.file.partner for line in view.touching}), None, False


def spending(view: View) -> Counted:
    """IND39: what reports wholly inside the period say; not known where they only overlap."""
    inside = [line for line in view.lines if _is_inside(line.file, view.period)]
    overlapping = any(_touches(line.file, view.period) for line in view.lines)
    return (sum(x.spent for x in inside) if inside or not overlapping else None), None, False


def execution(view: View) -> Counted:
    """IND40: spent to date over approved, each budget line as it was told last by then."""
    by_then = [x for x in view.lines if period_of(x.file.quarter).ends_on <= view.period.ends_on]
    if not any(period_of(x.file.quarter).ends_on >= view.period.starts_on for x in by_then):
        return 0, None, False
    latest = {
        (line.file.partner, line.source): line
        for line in sorted(by_then, key=lambda line: line.file.quarter)
    }
    return (
        sum(line.to_date for line in latest.values()),
        sum(line.approved for line in latest.values()),
        False,
    )


def alternative(view: View) -> Counted:
    """IND41: of cash."""
    cash = [x for x in view.lines if _is_inside(x.file, view.period) and x.source != "in_kind"]
    found = sum(line.spent for line in cash if line.source in ALTERNATIVE)
    return found, sum(line.spent for line in cash), False


def venues(view: View) -> Counted:
    """IND42 venues: two of the three spellings are one place."""
    named = [line.venue for line in view.touching if _is_on_site(line)]
    places = {name[:3].casefold() for name in named if name is not None}
    return len(places), None, None in named


TWINS: dict[tuple[str, str | None], Callable[[View], Counted]] = {
    ("IND04", "activities"): european,
    ("IND04", "share"): european_share,
    ("IND05", None): abroad,
    ("IND06", None): countries,
    ("IND16", None): visits,
    ("IND20", None): counted_share,
    ("IND21", "activities"): priority,
    ("IND23", None): free,
    ("IND25", "districts"): districts,
    ("IND25", "share"): outside_the_centre,
    ("IND29", None): partners,
    ("IND39", None): spending,
    ("IND40", None): execution,
    ("IND41", None): alternative,
    ("IND42", "venues"): venues,
}


def _holding(
    lines: Iterable[Told], cell: Callable[[Told], str | None], nothing: set[str]
) -> Counted:
    answers = [cell(line) for line in lines]
    return sum(bool(_elements(one) - nothing) for one in answers), None, None in answers


def _elements(cell: str | None) -> set[str]:
    return set() if cell is None else {part.strip() for part in cell.split(";")}


def _hides_countries(line: Told) -> bool:
    """Who cooperates across borders, or does not say, and names no country."""
    return line.countries is None and line.dimension in (None, "transnational_cooperation")


def _is_on_site(line: Told) -> bool:
    return line.format in ("in_person", "hybrid")


def _touches(file: File, period: Period) -> bool:
    quarter = period_of(file.quarter)
    return quarter.starts_on <= period.ends_on and quarter.ends_on >= period.starts_on


def _is_inside(file: File, period: Period) -> bool:
    quarter = period_of(file.quarter)
    return quarter.starts_on >= period.starts_on and quarter.ends_on <= period.ends_on


def _activity(given: Given, line: Told) -> None:
    given.activity(
        line.activity_id,
        partner=line.file.partner,
        period=line.file.quarter,
        received_at=line.file.received_at,
        status=line.status,
        start_date=line.start_date,
        end_date=line.end_date,
        format=line.format,
        district_code=line.district,
        venue_name=line.venue,
        european_dimension=line.dimension,
        partner_countries=line.countries,
        target_groups=line.groups,
        attendance_in_person=line.visits,
        count_method=line.method,
        pricing=line.pricing,
    )


def _budget_line(given: Given, line: Spent) -> None:
    given.budget_line(
        line.source,
        partner=line.file.partner,
        period=line.file.quarter,
        received_at=line.file.received_at,
        amount_approved=line.approved,
        amount_spent_period=line.spent,
        amount_spent_cumulative=line.to_date,
    )
