"""What one partner writes about one quarter, sheet by sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from flows.steps.catalogue.rows import Row
from flows.steps.demonstration.activities import Activity, Person, engaged, invent
from flows.steps.demonstration.plan import Plan, Quarter
from flows.steps.demonstration.workbook import Line, Paper

_VERSION = "2020.1"
# A row that was not delivered says what was meant, and has no results.
_MEANT = (
    "project_id", "programme", "title_ro", "title_en", "activity_type", "primary_discipline",
    "format", "venue_name", "venue_type", "locality_siruta", "district_code", "country",
    "objectives", "european_dimension", "partner_countries", "target_groups", "pricing",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a partner has to say about a quarter: what it did, what is coming, what it cost."""

    partner: Row
    quarter: Quarter
    delivered: Sequence[Activity]
    coming: Sequence[Activity]
    is_nil: bool
    call: dict[str, object] | None
    budget: Sequence[dict[str, Any]]
    is_short: bool
    has_totals: bool


def paper(rng: Random, plan: Plan, told: Told, projects: Sequence[Row]) -> Paper:
    """The whole report of a partner about a quarter."""
    answers = _first_page(told)
    if told.is_nil:
        nil = {"submission_kind": "nil", "narrative_progress": None}
        return Paper({**answers, **nil}, {})
    others = list(_not_delivered(rng, plan, told, projects))
    delivered = [_line(rng, activity, told.quarter) for activity in told.delivered]
    delivered += _one_more(rng, plan, told, projects)
    return Paper(
        answers={**answers, "narrative_deviation": _deviation(others)},
        sheets={
            "activitati": [*delivered, *others],
            "apeluri": [Line(told.call)] if told.call else [],
            "buget": [Line(values) for values in told.budget],
            "artisti": list(_artists(told)),
            "voluntari": list(_volunteers(told)),
        },
        is_short=told.is_short,
        has_totals=told.has_totals,
    )


def _first_page(told: Told) -> dict[str, Any]:
    partner_id = told.partner["partner_id"]
    return {
        "schema_version": _VERSION,
        "partner_id": partner_id,
        "partner_name": told.partner["name"],
        "period": told.quarter.period_id,
        "submission_kind": "first",
        "contact_name": f"Persoană inventată ({partner_id})",
        "contact_email": f"{partner_id.lower()}@example.org",
        "artists_unique_declared": len(_people(activity.artists for activity in told.delivered)),
        "volunteers_unique_declared": len(_people(a.volunteers for a in told.delivered)),
        "narrative_progress": _progress(told.delivered),
        "declaration": True,
    }


def _progress(delivered: Sequence[Activity]) -> str:
    if not delivered:
        return "Nicio activitate nu s-a putut realiza; am pregătit perioada următoare."
    titles = "; ".join(activity.answers["title_ro"] for activity in delivered)
    if len(delivered) == 1:
        return f"Am realizat o activitate: {titles}."
    return f"Am realizat {len(delivered)} activități: {titles}."


def _deviation(others: Sequence[Line]) -> str | None:
    missed = [line for line in others if line.values["status"] in ("postponed", "cancelled")]
    if not missed:
        return None
    titles = "; ".join(line.values["title_ro"] for line in missed)
    return f"Din cauza restricțiilor nu am realizat: {titles}. Am anunțat publicul."


def _line(rng: Random, activity: Activity, quarter: Quarter) -> Line:
    """An activity as this quarter saw it: half of it, where it runs over two."""
    values = {**activity.answers, "activity_id": activity.activity_id, **engaged(rng, activity)}
    if len(activity.quarters) > 1:
        is_second = activity.quarters[1] == quarter.period_id
        for name in ("events_count", "attendance_in_person", "tickets_sold", "participants_active"):
            whole = activity.answers.get(name)
            values[name] = whole and max(1, whole // 2)
        if is_second:
            values["new_works"] = None
    return Line(values)


def _not_delivered(rng: Random, plan: Plan, told: Told, projects: Sequence[Row]) -> Iterator[Line]:
    """What is planned next under the code that it will keep, and what did not take place."""
    is_alone = not told.delivered
    for activity in told.coming[:2]:
        if is_alone or rng.random() < 0.25:
            meant = {name: activity.answers.get(name) for name in _MEANT}
            days = {"start_date": activity.starts_on, "end_date": activity.ends_on}
            code = {"activity_id": activity.activity_id, "status": "planned"}
            yield Line({**meant, **days, **code})
    if (is_alone and not told.coming) or rng.random() < 0.08:
        values = _unused(rng, plan, told, projects, "ACT-80")
        status = rng.choice(("postponed", "cancelled"))
        meant = {name: values.get(name) for name in (*_MEANT, "start_date", "end_date")}
        if plan.never_delivered:
            meant["objectives"] = list(plan.never_delivered)
        yield Line({**meant, "activity_id": values["activity_id"], "status": status})


def _one_more(rng: Random, plan: Plan, told: Told, projects: Sequence[Row]) -> Iterator[Line]:
    """The activity that its partner gets wrong and never mends; no figure needs it."""
    broken = plan.broken.get((told.partner["partner_id"], told.quarter.period_id))
    if broken is not None and not broken.is_mended:
        values = _unused(rng, plan, told, projects, "ACT-90")
        people = dict.fromkeys(("artists_local", "artists_national", "artists_international"), 0)
        yield Line({**values, **people, "volunteers": 0})


def _unused(
    rng: Random, plan: Plan, told: Told, projects: Sequence[Row], code: str
) -> dict[str, Any]:
    """Answers about an activity that is none of those that count."""
    starts_on = told.quarter.starts_on + timedelta(days=rng.randint(5, 60))
    days = (starts_on, starts_on + timedelta(days=1))
    taken = {activity.answers["title_ro"] for activity in (*told.delivered, *told.coming)}
    answers = invent(rng, plan.city, rng.choice(projects), "in_person", days, taken)
    return {**answers, "activity_id": code}


def _artists(told: Told) -> Iterator[Line]:
    for activity in told.delivered:
        for person in activity.artists:
            yield Line(
                {
                    "person_email": _as_typed(person, activity),
                    "activity_id": activity.activity_id,
                    "origin": person.group,
                }
            )


def _volunteers(told: Told) -> Iterator[Line]:
    for activity in told.delivered:
        for person in activity.volunteers:
            yield Line(
                {
                    "person_email": _as_typed(person, activity),
                    "activity_id": activity.activity_id,
                    "hours": activity.hours,
                    "age_group": person.group,
                }
            )


def _as_typed(person: Person, activity: Activity) -> str:
    """An address as people type it: sometimes with capitals, and still the same person."""
    return person.email.title() if activity.starts_on.day == 13 else person.email


def _people(groups: Iterator[Sequence[Person]]) -> set[Person]:
    return {person for group in groups for person in group}
