"""Registers: the same people again and again, each of them at least once."""

from collections.abc import Mapping, Sequence
from random import Random

from flows.steps.demonstration.activities import Activity, Person

_AGES = ("under_18", "18_25", "18_25", "18_25", "26_40", "26_40", "41_64", "65_plus", None)


def engage(
    rng: Random,
    activities: Sequence[Activity],
    artists: Mapping[str | None, int],
    volunteers: int,
) -> None:
    """Give every activity its artists and volunteers.

    artists says how many of each origin there are. Each partner has its own circle, which takes
    part in its first activity; later ones see some of it again, and guests from other circles.
    """
    people = [Person("", origin) for origin, count in artists.items() for _ in range(count)]
    rng.shuffle(people)
    artist_list = [Person(f"artist-{n:03d}@example.org", p.group) for n, p in enumerate(people, 1)]
    helper_list = [
        Person(f"voluntar-{n:03d}@example.org", rng.choice(_AGES)) for n in range(1, volunteers + 1)
    ]
    partners = sorted({activity.partner_id for activity in activities})
    circles = {
        partner: (artist_list[n :: len(partners)], helper_list[n :: len(partners)])
        for n, partner in enumerate(partners)
    }
    for activity in activities:
        own_artists, own_helpers = circles[activity.partner_id]
        if activity.activity_id == "ACT-01":
            activity.artists, activity.volunteers = list(own_artists), list(own_helpers)
            continue
        guests = rng.sample(artist_list, rng.randint(0, 2))
        activity.artists = _distinct([*_part(rng, own_artists, 1), *guests])
        wanted = 0 if activity.format == "online" else rng.randint(0, 2)
        helpers = rng.sample(helper_list, wanted)
        activity.volunteers = _distinct([*_part(rng, own_helpers, 0), *helpers])
        activity.hours = rng.randint(2, 9)


def _part(rng: Random, circle: Sequence[Person], least: int) -> list[Person]:
    return rng.sample(list(circle), rng.randint(min(least, len(circle)), len(circle)))


def _distinct(people: list[Person]) -> list[Person]:
    return list(dict.fromkeys(people))
