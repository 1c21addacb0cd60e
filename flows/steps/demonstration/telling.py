"""From the frame to the story: who did what, and what each partner has to say of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from flows.steps.catalogue import Catalogue
from flows.steps.catalogue.rows import Row
from flows.steps.demonstration import people
from flows.steps.demonstration.activities import Activity, invent
from flows.steps.demonstration.money import Key, approved, spend
from flows.steps.demonstration.papers import Told
from flows.steps.demonstration.plan import Excuse, Plan, Quarter, Slot, Story, Where
from flows.steps.demonstration.sending import at_hour, send


def tell(plan: Plan, tables: Catalogue) -> Story:
    """The whole story of a plan; the same every time."""
    rng = Random(plan.seed)  # noqa: S311 - a story, not a secret
    projects = _by_partner(tables["projects"])
    activities = _activities(rng, plan, tables["partners"], projects)
    people.engage(rng, activities, plan.artists, plan.volunteers)
    told = _told(rng, plan, tables["partners"], activities, projects)
    sendings = [
        sending
        for one in told
        for sending in send(rng, plan, one, projects[one.partner["partner_id"]])
    ]
    sendings.sort(key=lambda sending: (sending.received_at, sending.file_name))
    excuses = [
        Excuse(partner, period, reason, at_hour(_quarter(plan, period).due_on, -5, 10))
        for (partner, period), reason in plan.excused.items()
    ]
    return Story(tuple(sendings), tuple(excuses))


def _activities(
    rng: Random, plan: Plan, partners: Sequence[Row], projects: Mapping[str, list[Row]]
) -> list[Activity]:
    """Every slot with a partner: those in the story's troubles first, then whoever has fewest."""
    counts: Counter[str] = Counter()
    weights = {p["partner_id"]: rng.choice((0.7, 1, 1, 1.5, 2.5)) for p in partners}
    able = [
        {p["partner_id"] for p in partners if _reports(plan, p, quarter)}
        for quarter in plan.quarters
    ]
    placed: list[tuple[Slot, str]] = []
    for number, quarter in enumerate(plan.quarters):
        waiting = list(plan.slots[quarter.period_id])
        rng.shuffle(waiting)
        promised = list(_promised(plan, quarter, waiting))
        for partner, slot in promised:
            waiting.remove(slot)
            counts[partner] += 1
        placed += [(slot, partner) for partner, slot in promised]
        for slot in waiting:
            fit = able[number]
            if slot.last > quarter.ends_on:
                fit = fit & able[number + 1]
            partner = min(sorted(fit), key=lambda p: (counts[p] / weights[p], rng.random()))
            counts[partner] += 1
            placed.append((slot, partner))
    return _invented(rng, plan, placed, projects)


def _promised(plan: Plan, quarter: Quarter, slots: Sequence[Slot]) -> Iterator[tuple[str, Slot]]:
    """Partners whose part in the story needs an activity of a certain kind in this quarter."""
    free = list(slots)
    wanted = {**dict.fromkeys([*plan.corrected, *plan.refused, *sorted(plan.sent_twice)])}
    wanted |= {where: broken for where, broken in plan.broken.items() if broken.is_mended}
    for (partner, period), broken in sorted(wanted.items(), key=lambda item: item[0]):
        if period != quarter.period_id:
            continue
        month = broken.month if broken else None
        slot = next(
            slot
            for slot in free
            if slot.format == "in_person" and not slot.is_long and month in (None, slot.first.month)
        )
        free.remove(slot)
        yield partner, slot


def _invented(
    rng: Random,
    plan: Plan,
    placed: Sequence[tuple[Slot, str]],
    projects: Mapping[str, list[Row]],
) -> list[Activity]:
    activities: list[Activity] = []
    taken: set[str] = set()
    counts: Counter[str] = Counter()
    dated = [(_days(rng, slot), partner, slot) for slot, partner in placed]
    dated.sort(key=lambda item: item[:2])
    for number, (days, partner, slot) in enumerate(dated):
        counts[partner] += 1
        project = rng.choice(projects[partner])
        answers = invent(rng, plan.city, project, slot.format, days, taken, is_long=slot.is_long)
        if plan.objective_sets:
            answers["objectives"] = list(plan.objective_sets[number % len(plan.objective_sets)])
        touched = [q for q in plan.quarters if q.starts_on <= days[1] and days[0] <= q.ends_on]
        activities.append(
            Activity(
                partner_id=partner,
                activity_id=f"ACT-{counts[partner]:02d}",
                starts_on=days[0],
                ends_on=days[1],
                quarters=tuple(quarter.period_id for quarter in touched),
                answers=answers,
            )
        )
    return activities


def _days(rng: Random, slot: Slot) -> tuple[date, date]:
    if slot.is_long:
        return slot.first, slot.last
    room = (slot.last - slot.first).days
    starts_on = slot.first + timedelta(days=rng.randint(0, room))
    length = rng.choice((0, 0, 0, 1, 2, 5, 12))
    return starts_on, min(slot.last, starts_on + timedelta(days=length))


def _told(
    rng: Random,
    plan: Plan,
    partners: Sequence[Row],
    activities: Sequence[Activity],
    projects: Mapping[str, list[Row]],
) -> list[Told]:
    """What every partner that sends something has to say, quarter by quarter."""
    own: dict[Where, list[Activity]] = defaultdict(list)
    for activity in activities:
        for period_id in activity.quarters:
            own[activity.partner_id, period_id].append(activity)
    told = []
    nothing = {quarter.period_id: 0 for quarter in plan.quarters}
    for partner in partners:
        spent: dict[Key, int] = {}
        granted = approved(rng, projects[partner["partner_id"]])
        for number, quarter in enumerate(plan.quarters):
            if not _reports(plan, partner, quarter):
                continue
            where = (partner["partner_id"], quarter.period_id)
            is_nil = (
                not own[where]
                and where not in {*plan.calls, *plan.broken, *plan.late}
                and nothing[quarter.period_id] < plan.nil[quarter.period_id]
                and rng.random() < 0.6
            )
            nothing[quarter.period_id] += is_nil
            coming = [
                activity
                for later in plan.quarters[number + 1 : number + 2]
                for activity in own[partner["partner_id"], later.period_id]
                if activity.quarters[0] == later.period_id
            ]
            told.append(
                Told(
                    partner=partner,
                    quarter=quarter,
                    delivered=own[where],
                    coming=coming,
                    is_nil=is_nil,
                    call=plan.calls.get(where),
                    budget=() if is_nil else tuple(spend(rng, granted, spent)),
                    is_short=int(partner["partner_id"][-2:]) % 6 == 5,
                    has_totals=rng.random() < 0.14,
                )
            )
    return told


def _reports(plan: Plan, partner: Row, quarter: Quarter) -> bool:
    where = (partner["partner_id"], quarter.period_id)
    has_joined = partner["joined_on"] <= quarter.starts_on
    return has_joined and where not in plan.missing and where not in plan.excused


def _quarter(plan: Plan, period_id: str) -> Quarter:
    return next(quarter for quarter in plan.quarters if quarter.period_id == period_id)


def _by_partner(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["partner_id"]].append(row)
    return found
