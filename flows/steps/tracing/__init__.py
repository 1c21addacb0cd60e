"""The rows behind a figure, and its value worked out again from them alone.

Each row that may matter is put in a world of its own, and the indicator is asked about all these
worlds at once: where it answers, the row is evidence. Then the evidence goes the whole way from
the typed rows again, without any other row of its sheets, in a second warehouse in memory. So a
new indicator can be traced without a line about it here.
"""

from pathlib import Path
from typing import Any

from flows.steps import warehouse
from flows.steps.tracing import passports
from flows.steps.tracing.evidence import evidence
from flows.steps.tracing.passports import KEY, MATCHES
from flows.steps.tracing.recount import again, told_rows
from flows.steps.warehouse import Connection

Row = dict[str, Any]


def trace(connection: Connection, sql: Path, code: str) -> dict[str, Any]:
    """The front door's answer to `trace`: a figure's rows, and its value computed again from them.

    `contribution` is what a row alone would give: its part of a sum, one for each thing that is
    counted once however many rows tell of it, 0 where it only stands below the line. A report
    that did not come is evidence, too: it has neither file nor row. Behind what is counted of
    other figures stand those, and no rows.
    Raises UsageError for a code that no figure has, or that several have.
    """
    figure = passports.figure(connection, code)
    if figure["source"] == "external":
        return _answer(figure, _published(connection, figure), [])
    candidates = evidence(connection, sql, figure)
    rows = candidates[0]
    recounted = again(connection, sql, figure, rows)
    for more in candidates[1:]:
        if more and not _is_equal(figure, recounted):
            rows = [*rows, *more]
            recounted = again(connection, sql, figure, rows)
    return _answer(figure, recounted, _places(connection, figure, rows))


def _answer(figure: Row, recounted: Row, rows: list[Row]) -> dict[str, Any]:
    names = ("value", "low", "high", "precision", "unit", "source")
    return {
        "code": figure["code"],
        **{name: figure[name] for name in (*KEY, *names)},
        "recomputed": recounted["value"],
        "equal": _is_equal(figure, recounted),
        "rows": rows,
    }


def _is_equal(figure: Row, recounted: Row) -> bool:
    # "At least" is said because of what a row leaves out, and no row is evidence of that.
    names = ("value", "low", "high") if figure["precision"] == "between" else ("value",)
    return all(figure[name] == recounted[name] for name in names)


def _published(connection: Connection, figure: Row) -> Row:
    """What the programme's table of published figures says; nothing else stands behind it."""
    asked = {name: figure[name] for name in (*KEY, "observed_on")}
    return warehouse.rows(
        connection,
        f"""
        select value, low, high,
        from reference.external
        where {MATCHES} and period_id = $period_id and observed_on = $observed_on
        """,
        asked,
    )[0]


def _places(connection: Connection, figure: Row, behind: list[Row]) -> list[Row]:
    """Rows as an auditor looks them up: the file by hash and name, the sheet, the row in it."""
    files = {
        row["submission_id"]: row for row in warehouse.rows(connection, "from quality.submissions")
    }
    return [
        {
            "sha256": files[row["submission_id"]]["sha256"] if row["submission_id"] else None,
            "partner_id": row["partner"],
            "file": files[row["submission_id"]]["file_name"] if row["submission_id"] else None,
            "submission_id": row["submission_id"],
            "sheet": row["sheet"] if row["submission_id"] else None,
            "row": row["row_number"],
            "contribution": row["contribution"],
        }
        for row in told_rows(connection, figure, behind)
    ]
