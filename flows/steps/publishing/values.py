"""Indicator values of a built warehouse, as an edition freezes them and a command tells them."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from flows.steps.indicators import OF_EDITIONS
from flows.steps.warehouse import Connection, rows


def figures(
    connection: Connection,
    period_id: str | None = None,
    indicator_id: str | None = None,
    dimension: str | None = None,
) -> list[dict[str, Any]]:
    """Indicator values, as the front door answers them, in the order of the catalogue."""
    found = rows(
        connection,
        """
        select
            indicator_id, measure, period_id, dimension, category, source, numerator,
            denominator, value, precision, low, high, unit, target, target_kind, target_low,
            target_high, status, reported, due, code, observed_on, stated_by,
            sample, note
        from monitor.figures
        where
            period_id = coalesce($period_id, period_id)
            and indicator_id = coalesce($indicator_id, indicator_id)
            and ($dimension is null or dimension = $dimension)
        """,
        {"period_id": period_id, "indicator_id": indicator_id, "dimension": dimension},
    )
    for row in found:
        row["observed_on"] = row["observed_on"] and row["observed_on"].isoformat()
        row["is_suppressed"] = False
    return found


def digest(found: Iterable[dict[str, Any]]) -> str:
    """What tells two editions' figures apart; it stands in the ledger beside each edition."""
    # That an earlier edition went out is itself no news to its readers.
    news = [row for row in found if row["indicator_id"] not in OF_EDITIONS]
    text = json.dumps(news, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
