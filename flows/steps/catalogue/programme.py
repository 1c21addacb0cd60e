"""What programme.csv says of a programme."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from flows.steps.catalogue import rows
from flows.steps.catalogue.rows import refuse
from flows.steps.catalogue.tables import Column, table

Cadence = Literal["month", "quarter", "half", "year"]


@dataclass(frozen=True)
class Programme:
    """What programme.csv says: the names, the title year, how and when partners report.

    Shares are 0 to 1. The four before has_matrix are the limits of the send gate. A rule that has
    a date is called new for new_rule_days from then on.
    """

    programme_id: str
    name_ro: str
    name_en: str
    title_year: int
    starts_on: date
    ends_on: date
    reporting_kind: Cadence
    deadline_days: int
    new_rule_days: int
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


_TABLE = table("key", "key!", "value", "note")
_KINDS: dict[Any, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "flag",
    date: "date",
    Cadence: "|".join(get_args(Cadence)),
}


def read(path: Path) -> Programme:
    """The programme of one file.

    Raises CatalogueError for a key that is missing, blank, unknown or there twice.
    """
    said = rows.read(path, _TABLE)
    given = {row["key"]: (number, row["value"]) for number, row in enumerate(said, start=2)}
    typed = get_type_hints(Programme).items()
    kinds = {key: _KINDS[kind] for key, kind in typed if key != "programme_id"}
    for key, (number, _) in given.items():
        if key not in kinds:
            raise refuse(path, number, f"nothing reads the key {key}. Correct or remove it.")
    found = {}
    for key, kind in kinds.items():
        if key not in given:
            what = f"the key {key} is missing. Add a row for it."
            raise refuse(path, len(given) + 2, what)
        number, text = given[key]
        found[key] = rows.value(path, number, Column(key, kind, is_required=True), text or "")
    return Programme(path.parent.name, **found)
