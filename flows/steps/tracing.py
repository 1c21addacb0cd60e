"""The rows behind a figure, and its value worked out again from them alone.

Each row of `clean` that may matter is put in a world of its own, and the indicator is asked about
all these worlds at once: where it answers, the row is evidence. Then the evidence goes the whole
way from the typed rows again, without any other row of those sheets, in a second warehouse in
memory. So a new indicator can be traced without a line about it here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.steps import indicators, warehouse
from flows.steps.errors import UsageError
from flows.steps.settings import Settings
from flows.steps.warehouse import Connection

Row = dict[str, Any]

_READS = re.compile(r"\b(?:clean|quality)\.([a-z_]+)")
_SHEETS = {
    "delivered": ("activitati",),
    "engagements": ("artisti", "voluntari"),
    "people_declared_only": ("raport",),
    "budget_lines": ("buget",),
    "open_calls": ("apeluri",),
}
# What places a row of these in periods, so that all of them can be told apart by it at once.
_KEYS = {
    "delivered": ("span_id", "month_id"),
    "engagements": ("span_id",),
    "open_calls": ("closed_in",),
    "people_declared_only": ("period_id",),
}
# These are placed by their days, so their worlds are looked at one after the other.
_BY_DAY = {"budget_lines": "clean", "completeness": "quality"}
_APART = "#"
_TYPED = ("raport", "activitati", "apeluri", "buget", "artisti", "voluntari")


@dataclass(frozen=True)
class _Piece:
    """One row of a table, with the values that it alone would give to the total and the figure."""

    table: str
    row: Mapping[str, Any]
    contribution: float
    is_part: bool


def trace(connection: Connection, settings: Settings, code: str) -> dict[str, Any]:
    """The front door's answer to `trace`: a figure's rows, and its value computed again from them.

    `contribution` is what a row alone would give: parts of a sum, and one for each thing that is
    counted once however many rows tell of it. What is missing is evidence, too: a report that
    did not come stands without file and row. Raises UsageError for a code that no figure has.
    """
    found = warehouse.rows(connection, "from monitor.figures where code = $code", {"code": code})
    if not found:
        msg = f"No figure has the code {code!r}. See `reper figures` for those there are."
        raise UsageError(msg)
    figure = found[0]
    if figure["source"] == "external":
        return _answer(figure, _published(connection, figure), [])
    sql = settings.sql
    pieces = _pieces(connection, sql, figure)
    of_part = [piece for piece in pieces if piece.is_part]
    again = _again(connection, sql, figure, of_part)
    if not _is_equal(figure, again) and len(of_part) < len(pieces):
        # A part without a whole of its own is a share of the whole, whose rows then matter, too.
        of_part = pieces
        again = _again(connection, sql, figure, of_part)
    return _answer(figure, again, _places(connection, figure, of_part))


def _answer(figure: Row, again: Row, rows: list[Row]) -> dict[str, Any]:
    names = ("code", "indicator_id", "measure", "period_id", "dimension", "category", "source")
    return {
        **{name: figure[name] for name in names},
        "precision": figure["precision"],
        "value": figure["value"],
        "low": figure["low"],
        "high": figure["high"],
        "recomputed": again["value"],
        "equal": _is_equal(figure, again),
        "rows": rows,
    }


def _is_equal(figure: Row, again: Row) -> bool:
    # A bound from below is said of what a row lacks, and no row is evidence of that.
    names = ("value", "low", "high") if figure["precision"] == "between" else ("value",)
    return all(figure[name] == again[name] for name in names)


def _published(connection: Connection, figure: Row) -> Row:
    """What the programme's own table of published figures says; nothing else stands behind it."""
    return warehouse.rows(
        connection,
        """
        select value, low, high,
        from reference.external
        where
            indicator_id = $indicator_id and measure is not distinct from $measure
            and period_id = $period_id and dimension is not distinct from $dimension
            and category is not distinct from $category and observed_on = $observed_on
        """,
        {name: figure[name] for name in (*_KEY, "observed_on")},
    )[0]


_KEY = ("indicator_id", "measure", "period_id", "dimension", "category")


def _pieces(connection: Connection, sql: Path, figure: Row) -> list[_Piece]:
    """Every row that alone would give something to the figure, or to the whole it is a part of."""
    select = warehouse.select(sql, f"indicators/{figure['indicator_id']}")
    tables = sorted(set(_READS.findall(select)) - {"spans"})
    candidates = {table: _candidates(connection, table, figure["period_id"]) for table in tables}
    pieces = []
    with _world(connection, figure) as world:
        keyed = {table: rows for table, rows in candidates.items() if table in _KEYS}
        for table in tables:
            if table in _BY_DAY:
                for row in candidates[table]:
                    _fill(connection, world, tables, {table: [row]})
                    pieces += _told(world, sql, figure, table, [row])
        if keyed:
            for table, rows in keyed.items():
                _fill(connection, world, tables, {table: _set_apart(table, rows)})
                _spans_apart(connection, world, figure["period_id"], table, rows)
                pieces += _told(world, sql, figure, table, rows)
    return pieces
