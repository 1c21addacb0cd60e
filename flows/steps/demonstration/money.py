"""What contracts grant and what was spent of it, so that each cumulative follows from the last."""

from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Any

from flows.steps.catalogue.rows import Row

Key = tuple[str, str, str]  # project, source, chapter


def approved(rng: Random, projects: Iterable[Row]) -> dict[Key, int]:
    """What each contract grants, in lei, by project, source and chapter."""
    lines: dict[Key, int] = {}
    for project in projects:
        sources = ["municipality", rng.choice(("county_council", "ministry_of_culture"))]
        if rng.random() < 0.6:
            other = ("private_sponsor", "own_revenue", "eu", "crowdfunding", "in_kind")
            sources.append(rng.choice(other))
        for source in sources:
            chapter = rng.choice(("artists_fees", "production", "venue", "promotion", "staff"))
            lines[project["project_id"], source, chapter] = rng.randrange(8, 40) * 500
    return lines


def spend(
    rng: Random, granted_lines: Mapping[Key, int], spent: dict[Key, int]
) -> Iterator[dict[str, Any]]:
    """The lines of one quarter; spent, in bani, grows with them."""
    for key, granted in granted_lines.items():
        before = spent.get(key, 0)
        now = int((granted * 100 - before) * rng.uniform(0.12, 0.55))
        spent[key] = before + now
        yield {
            **dict(zip(("project_id", "source_type", "chapter"), key, strict=True)),
            "amount_approved": granted,
            "amount_spent_period": now / 100,
            "amount_spent_cumulative": spent[key] / 100,
        }
