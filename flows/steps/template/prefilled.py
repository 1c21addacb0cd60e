"""What is known before the partner begins: what the last report said and still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.steps import warehouse
from flows.steps.template import texts
from flows.steps.template.occasion import Occasion
from flows.steps.warehouse import Connection

Line = Mapping[str, Any]
_SELECTS = {
    "activitati": "facts/prefill_activities",
    "apeluri": "facts/prefill_calls",
    "buget": "facts/prefill_budget",
}


@dataclass(frozen=True)
class Known:
    """Rows to begin with, by sheet: field to value, and field to a note on its cell."""

    rows: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    notes: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


def of(occasion: Occasion, connection: Connection | None, sql: Path) -> Known:
    """Activities and calls that go on, and the lines of the budget; nothing without a warehouse."""
    if connection is None:
        return Known()
    asked = {
        "partner_id": occasion.partner["partner_id"],
        "starts_on": occasion.period.starts_on,
    }
    rows = {
        sheet: warehouse.rows(connection, warehouse.select(sql, name), asked)
        for sheet, name in _SELECTS.items()
    }
    return Known(rows, {"buget": [_spent(occasion, line) for line in rows["buget"]]})


def _spent(occasion: Occasion, line: Line) -> dict[str, str]:
    """How much a budget line had cost by the last report, beside the cell that continues it."""
    if line["spent_before"] is None:
        return {}
    note = occasion.say(
        texts.SPENT_BEFORE,
        day=occasion.locale.day(line["spent_by"]),
        amount=occasion.locale.number(line["spent_before"], 2),
    )
    return {"amount_spent_cumulative": note}
