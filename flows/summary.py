"""A night on one page, in Markdown, for whoever opens it the next morning."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flows.steps import periods, standing, warehouse
from flows.steps.night import Night

_NOT_REPORTED = ("MISSING", "NOT_DUE")


def markdown(night: Night, said: Mapping[str, str]) -> str:
    """What each step did, who has not reported about the last period, and the files published."""
    settings = night.settings
    with warehouse.connect(settings.warehouse, read_only=True) as connection:
        status = standing.status(night, connection, None)
    day = periods.local_date(settings.now)
    return "\n\n".join(
        (
            f"# {night.catalogue.programme.name_en}, night of {day}",
            _table(("Step", "What it did"), said.items()),
            f"## Who has not reported about {status['period_id']}",
            _not_reported(status["partners"]),
            "## Published this night",
            _published(night),
        )
    )


def _not_reported(partners: list[dict[str, Any]]) -> str:
    counted = Counter(row["state"] for row in partners)
    states = ", ".join(f"{count} {state}" for state, count in sorted(counted.items()))
    waited_for = [
        (row["partner_id"], row["name"], row["due_on"], row["state"])
        for row in partners
        if row["state"] in _NOT_REPORTED
    ]
    if not waited_for:
        return f"Nobody. Partners: {states or 'none expected'}."
    return f"Partners: {states}.\n\n" + _table(("Partner", "Name", "Due", "State"), waited_for)


def _published(night: Night) -> str:
    folders = [night.settings.published / edition.path for edition in night.editions]
    files = [path for folder in folders for path in sorted(folder.iterdir())]
    return "\n".join(f"- `{path}`" for path in files) or "Nothing was due."


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = (header, ("---",) * len(header), *rows)
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", r"\|")
