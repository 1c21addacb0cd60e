"""What programme.csv says of a programme."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows.steps.catalogue.rows import read_rows, refuse, value
from flows.steps.catalogue.tables import Column


@dataclass(frozen=True)
class Programme:
    """What programme.csv says: the names, the title year, how and when partners report.

    Shares are 0 to 1. The four before has_matrix are the limits of the send gate.
    """

    programme_id: str
    name_ro: str
    name_en: str
    title_year: int
    starts_on: date
    ends_on: date
    reporting_kind: str
    deadline_days: int
    contact: str
    sender_name: str
    sender_address: str
    at_risk_share: float
    reached_share: float
    not_stated_warn_share: float
    not_stated_hold_share: float
    oldest_data_days: int
    coverage_floor: float
    largest_move_share: float
    has_matrix: bool
    is_demonstration: bool


def read(path: Path) -> Programme:
    """The programme of one file. Raises CatalogueError for a key that is missing or blank."""
    given = {
        row["key"]: (number, row["value"])
        for number, row in read_rows(path, ["key", "value", "note"])
    }

    def take(key: str, kind: str = "text") -> Any:  # noqa: ANN401 - a cell
        if key not in given:
            what = f"the key {key} is missing. Add a row for it."
            raise refuse(path, len(given) + 1, what)
        number, text = given[key]
        return value(path, number, Column(key, kind, is_required=True), text)

    return Programme(
        programme_id=path.parent.name,
        name_ro=take("name_ro"),
        name_en=take("name_en"),
        title_year=take("title_year", "integer"),
        starts_on=take("starts_on", "date"),
        ends_on=take("ends_on", "date"),
        reporting_kind=take("reporting_kind", "month|quarter|half|year"),
        deadline_days=take("deadline_days", "integer"),
        contact=take("contact"),
        sender_name=take("sender_name"),
        sender_address=take("sender_address"),
        at_risk_share=take("at_risk_share", "number"),
        reached_share=take("reached_share", "number"),
        not_stated_warn_share=take("not_stated_warn_share", "number"),
        not_stated_hold_share=take("not_stated_hold_share", "number"),
        oldest_data_days=take("oldest_data_days", "integer"),
        coverage_floor=take("coverage_floor", "number"),
        largest_move_share=take("largest_move_share", "number"),
        has_matrix=take("has_matrix", "flag"),
        is_demonstration=take("is_demonstration", "flag"),
    )
