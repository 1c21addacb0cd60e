"""Invented activities: what each was, and what its partner would write about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from flows.steps.catalogue.rows import Row
from flows.steps.demonstration.words import (
    KINDS,
    MAKING,
    NETWORKS,
    PHRASES,
    SCHOOLS,
    TYPES,
    Place,
)

_THEMES = ("memory", "environment", "digital", "migration", "democracy", "roma_culture", "gender")
_GROUPS = ("children", "youth", "older", "disability", "roma", "disadvantaged", "general")
_NEIGHBOURS = ("RS", "HU", "DE", "FR", "IT", "BG", "AT", "PL", "PT", "LT", "SI", "MD", "UA", "ES")


@dataclass(frozen=True)
class Person:
    """An artist or volunteer of a register; group is the artist's origin or the volunteer's age."""

    email: str
    group: str | None


@dataclass
class Activity:
    """One activity that took place; quarters are those that it has days in, in order."""

    partner_id: str
    activity_id: str
    starts_on: date
    ends_on: date
    quarters: tuple[str, ...]
    answers: dict[str, Any]
    artists: list[Person] = field(default_factory=list)
    volunteers: list[Person] = field(default_factory=list)
    hours: int = 2

    @property
    def format(self) -> str | None:
        """What the partner says of its format; None for nothing."""
        return self.answers["format"]


@dataclass(frozen=True)
class City:
    """Where the activities of a programme take place and what they are to serve."""

    siruta: tuple[str, ...]
    places: Sequence[Place]
    objectives: dict[str, tuple[str, ...]]


def invent(
    rng: Random,
    city: City,
    project: Row,
    form: str | None,
    days: tuple[date, date],
    taken: set[str],
    *,
    is_long: bool = False,
) -> dict[str, Any]:
    """Answers about one delivered activity. taken holds the titles that are used up.

    is_long asks for a kind of activity that grows over weeks.
    """
    kind = KINDS[_pick(rng, MAKING if is_long else TYPES[form])]
    title_ro, title_en = _title(rng, kind.title_ro, kind.title_en, taken)
    place = rng.choice(list(city.places))
    makers = rng.randint(*kind.makers) if kind.makers else None
    is_free = rng.random() < (0.72 if form == "in_person" else 0.92)
    answers: dict[str, Any] = {
        "project_id": project["project_id"],
        "programme": project["programme_id"],
        "title_ro": title_ro,
        "title_en": title_en if rng.random() < 0.7 else None,
        "status": "delivered",
        "start_date": days[0],
        "end_date": days[1],
        "events_count": rng.randint(*kind.events),
        "activity_type": kind.code,
        "primary_discipline": kind.discipline,
        "other_disciplines": _some(rng, ("visual_arts", "new_media", "heritage"), 0.25, 1),
        "format": form,
        "locality_siruta": rng.choice(city.siruta),
        "country": "RO",
        "objectives": _objectives(rng, city, project["programme_id"]),
        "themes": _some(rng, _THEMES, 0.5, 2),
        "cross_sectors": _some(
            rng, ("education", "social", "environment", "science_tech", "tourism", "urban"), 0.4, 2
        ),
        "new_works": rng.choice((None, 0, 1, 1, 2)),
        "participants_active": makers,
        "participants_professional": makers if kind.code == "training" else None,
        "target_groups": _some(rng, _GROUPS, 0.85, 2),
        "pricing": "free" if is_free else rng.choice(("paid", "mixed", "invitation")),
        "languages": ["ro", *_some(rng, ("en", "hu", "de", "sr"), 0.3, 2)],
        "innovation": _or_none(rng, ("digital_technology", "hybrid_art_form"), 0.3),
        "legacy": rng.choice((None, "none", "planned", "planned", "funded")),
        "co_partners": ["Muzeul Exemplu"] if rng.random() < 0.08 else None,
        "evidence_link": "https://example.org/dovezi" if rng.random() < 0.3 else None,
        "notes": "Date inventate pentru demonstrație." if rng.random() < 0.1 else None,
    }
    if makers and rng.random() < 0.4:
        answers |= {"pupils": makers // 2, "schools": _some(rng, SCHOOLS, 1, 2)}
    if kind.code == "exhibition":
        answers["open_days"] = max(1, (days[1] - days[0]).days)
    if kind.discipline == "heritage":
        answers["themes"] = ["city_heritage", *answers["themes"][:1]]
    answers |= _europe(rng, project["programme_id"])
    answers |= _audience(
        rng,
        form,
        kind.audience,
        place,
        is_free=is_free,
        is_live=kind.code not in ("publication", "residency", "exhibition"),
    )
    return answers


def engaged(rng: Random, activity: Activity) -> dict[str, int | float | None]:
    """How many artists and volunteers took part, as the registers have them."""
    origins = [person.group for person in activity.artists]
    total = len(origins)
    unknown = origins.count(None)
    volunteers = len(activity.volunteers)
    return {
        "artists_local": origins.count("local"),
        "artists_national": origins.count("national"),
        "artists_international": origins.count("international"),
        "artists_origin_unknown": unknown or None,
        "artists_emerging": rng.randint(0, total) if total else None,
        "artists_independent": rng.randint(0, total) if total else None,
        "artists_women": rng.randint(0, total) if total else None,
        "volunteers": volunteers,
        "volunteer_hours": volunteers * activity.hours or None,
    }


def _title(rng: Random, begins_ro: str, begins_en: str, taken: set[str]) -> tuple[str, str]:
    free = [pair for pair in PHRASES if f"{begins_ro} „{pair[0]}”" not in taken]
    phrase_ro, phrase_en = rng.choice(free)
    title = f"{begins_ro} „{phrase_ro}”"
    taken.add(title)
    return title, f"{begins_en} “{phrase_en}”"


def _objectives(rng: Random, city: City, programme_id: str) -> list[str]:
    offered = city.objectives[programme_id]
    chosen = rng.sample(offered, rng.randint(1, min(3, len(offered))))
    return sorted(chosen)


def _europe(rng: Random, programme_id: str) -> dict[str, Any]:
    """Whether and how an activity is European; Encounters more often than others."""
    if rng.random() > (0.85 if programme_id in ("encounters", "oras_regasit") else 0.38):
        return {"european_dimension": ["none"]}
    chosen = _some(rng, ("european_theme", "european_diversity", "transnational_cooperation"), 1, 2)
    if "transnational_cooperation" not in chosen:
        return {"european_dimension": chosen}
    return {
        "european_dimension": chosen,
        "partner_countries": sorted(rng.sample(_NEIGHBOURS, rng.randint(1, 3))),
        "networks": _some(rng, NETWORKS, 0.3, 1),
    }


def _audience(
    rng: Random,
    form: str | None,
    size: tuple[int, int],
    place: Place,
    *,
    is_free: bool,
    is_live: bool,
) -> dict[str, Any]:
    """Where people were and how many: visits or viewers, never both; less where format is blank."""
    if form == "online":
        return {
            "venue_type": "online",
            "attendance_online_live": rng.randint(14, 190) if is_live else 0,
            "online_views_30d": rng.randint(60, 2900) if rng.random() < 0.8 else None,
            "platform": _pick(rng, {"facebook": 5, "youtube": 4, "zoom": 3, "own_site": 1}),
            "accessibility": _or_none(rng, ("captions", "sign_language"), 0.3),
            "green_measures": _or_none(rng, ("low_energy",), 0.2),
        }
    visits = rng.randint(*size)
    answers: dict[str, Any] = {
        "venue_name": place.name,
        "venue_type": place.kind,
        "district_code": place.district,
        "accessibility": _or_none(rng, ("step_free", "sign_language", "easy_read"), 0.55),
        "green_measures": _or_none(rng, ("public_transport", "reuse", "waste_sorting"), 0.5),
    }
    if form is None:
        return answers if rng.random() < 0.6 else {"venue_type": place.kind}
    counted = {"headcount": 4, "registration": 4, "counter": 1, "estimate": 4}
    answers |= {
        "attendance_in_person": visits,
        "count_method": _pick(rng, counted) if is_free else "ticket",
        "tickets_sold": None if is_free else rng.randint(visits // 2, visits),
    }
    return answers


def _pick(rng: Random, weights: dict[Any, int]) -> Any:  # noqa: ANN401 - a word of a list
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def _some(rng: Random, words: Sequence[str], share: float, most: int) -> list[str]:
    if rng.random() >= share:
        return []
    return sorted(rng.sample(list(words), rng.randint(1, most)), key=list(words).index)


def _or_none(rng: Random, words: Sequence[str], share: float) -> list[str] | None:
    """Measures, or the answer that there were none, or no answer."""
    if rng.random() < 0.06:
        return None
    return _some(rng, words, share, min(2, len(words))) or ["none"]
