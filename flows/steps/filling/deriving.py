"""Fills `quality` and `clean`: what is wrong with the rows, and the rows that count."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from flows.steps import periods
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection, insert, run

# In this order; the SELECT of each file becomes the table folder.file.
TABLES = (
    "quality/submissions",
    "quality/stored_rows",
    "quality/open_findings",
    "quality/completeness",
    "clean/reports",
    "clean/activities",
    "clean/coproduced",
    "clean/courses",
    "clean/delivered",
    "clean/spans",
    "clean/budget_lines",
    "clean/objective_links",
    "clean/engagements",
    "clean/people_declared_only",
    "clean/open_calls",
)
_PUBLISHED = [
    pa.field("period_id", pa.string()),
    pa.field("indicator_id", pa.string()),
    pa.field("measure", pa.string()),
    pa.field("value", pa.float64()),
    pa.field("low", pa.float64()),
    pa.field("high", pa.float64()),
]


class Checked(Protocol):
    """What the checks say of one submission, as the build needs it."""

    @property
    def submission_id(self) -> str:
        """Of which submission."""

    @property
    def verdict(self) -> str:
        """What becomes of the file."""

    @property
    def findings(self) -> Sequence[Any]:
        """What is wrong: records with the columns of quality.findings."""

    @property
    def rows(self) -> Mapping[str, Mapping[str, int]]:
        """What became of the rows of each sheet."""


def derive(
    connection: Connection,
    known: Known,
    checked: Iterable[Checked],
    now: datetime,
    sql: Path,
    published: Iterable[Mapping[str, Any]] = (),
) -> None:
    """Fill `quality` and `clean`: what is wrong with the rows, and the rows that count.

    published are the wholes that readers have been told.
    """
    connection.execute("create schema quality; create schema clean; create schema monitor")
    today = periods.local_date(now)
    moment = [{"today": today, "seq": known.seq, "head": known.head, "until": known.until}]
    fields = [
        pa.field("today", pa.date32()),
        pa.field("seq", pa.int64()),
        pa.field("head", pa.string()),
        pa.field("until", pa.timestamp("us", "UTC")),
    ]
    insert(connection, "reference.moment", fields, moment)
    insert(connection, "reference.published", _PUBLISHED, published)
    for name, columns, rows in _judgements(known, list(checked)):
        insert(connection, name, [pa.field(column, kind) for column, kind in columns], rows)
    for name in TABLES:
        run(connection, sql, name)


def _judgements(
    known: Known, checked: Sequence[Checked]
) -> list[tuple[str, list[tuple[str, pa.DataType]], list[dict[str, Any]]]]:
    """What the checks and the officers said, as tables of raw."""
    text, number = pa.string(), pa.int64()
    return [
        (
            "raw.verdicts",
            [("submission_id", text), ("verdict", text)],
            [{"submission_id": one.submission_id, "verdict": one.verdict} for one in checked],
        ),
        (
            "quality.findings",
            [
                ("submission_id", text),
                ("sheet_id", text),
                ("sheet", text),
                ("row", number),
                ("column", text),
                ("cell", text),
                ("value", text),
                ("rule", text),
                ("severity", text),
                ("message_ro", text),
                ("message_en", text),
            ],
            [vars(finding) for one in checked for finding in one.findings],
        ),
        (
            "quality.row_counts",
            [
                ("submission_id", text),
                ("sheet", text),
                *((name, number) for name in ("seen", "stored", "quarantined", "set_aside")),
            ],
            [
                {"submission_id": one.submission_id, "sheet": sheet, **counts}
                for one in checked
                for sheet, counts in one.rows.items()
            ],
        ),
        (
            "raw.withdrawals",
            [("submission_id", text), ("reason", text)],
            [{"submission_id": key, "reason": why} for key, why in known.withdrawn.items()],
        ),
        (
            "raw.mergers",
            [("co_key", text), ("lead_key", text)],
            [{"co_key": co, "lead_key": lead} for co, lead in known.merged.items()],
        ),
        (
            "raw.excuses",
            [("partner_id", text), ("period_id", text), ("reason", text)],
            [
                {"partner_id": partner, "period_id": period, "reason": why}
                for (partner, period), why in known.excused.items()
            ],
        ),
    ]
