"""Fills `reference`, `raw` and `typed`: the catalogue, and the rows as they were sent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.catalogue.tables import COMMON, OWN
from flows.steps.filling import typed
from flows.steps.submissions import Submission
from flows.steps.warehouse import Connection, insert, rows, select

_ARROW = {
    "text": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
}


def load(
    connection: Connection,
    catalogue: Catalogue,
    submissions: Sequence[Submission],
    parquet: Mapping[str, Path],
    sql: Path,
) -> None:
    """Fill `reference`, `raw` and `typed`: the catalogue, and the rows as they were sent.

    parquet maps the SHA-256 of a file to what the reader found in it; a file that could not be
    read has none.
    """
    connection.execute("create schema reference; create schema raw; create schema typed")
    connection.execute((sql / "typing" / "macros.sql").read_text("utf-8"))
    for tables in (COMMON, OWN):
        for name, table in tables.items():
            fields = [pa.field(c.name, _ARROW.get(c.kind, pa.string())) for c in table.columns]
            insert(connection, f"reference.{name}", fields, catalogue[name])
    insert(connection, "reference.programme", *_programme(catalogue))
    insert(connection, "reference.periods", *_periods(catalogue))
    insert(connection, "raw.submissions", *_submissions(submissions))
    _rows(connection, (parquet[s.sha256] for s in submissions if s.sha256 in parquet))
    for sheet in catalogue["sheets"]:
        connection.execute(typed.table(catalogue, sheet["sheet"]))
    reported = select(sql, "typing/reported")
    connection.execute(f"create or replace table typed.reported as {reported}")


def load_others(
    connection: Connection, submissions: Sequence[Submission], parquet: Mapping[str, Path]
) -> None:
    """Fill `raw.others`: by what other partners' activities are recognised, as it was sent."""
    columns = "activity_id", "title_ro", "start_date", "venue_name"
    insert(connection, "raw.others", *_submissions(submissions))
    paths = sorted({str(parquet[s.sha256]) for s in submissions if s.sha256 in parquet})
    if not paths:
        blank = ", ".join(f"null::varchar as {name}" for name in columns)
        query = f"select partner_id, seq, {blank} from raw.others where false"
    else:
        query = f"""
            select
                others.partner_id, others.seq,
                {", ".join(f"{typed.CELL.format(name)} as {name}" for name in columns)}
            from read_parquet({paths}, filename = true) as files
            inner join raw.others on others.sha256 = parse_filename(files.filename, true)
            where files.sheet = 'activitati' and files.set_aside is null
        """
    connection.execute(f"create or replace table raw.others as {query}")


def reported(connection: Connection) -> list[dict[str, Any]]:
    """Which period each submission is about: submission_id, period_id (None when it says none)."""
    return rows(connection, "select submission_id, period_id from typed.reported")


def _programme(catalogue: Catalogue) -> tuple[list[pa.Field], list[dict[str, Any]]]:
    given = dict(vars(catalogue.programme))
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    kinds[date] = pa.date32()
    return [pa.field(name, kinds[type(value)]) for name, value in given.items()], [given]


def _periods(catalogue: Catalogue) -> tuple[list[pa.Field], list[dict[str, Any]]]:
    programme = catalogue.programme
    found = [
        {
            **vars(period),
            # What is cumulative to the end of a quarter begins to be known when that quarter does.
            "begins_on": periods.parse(
                period.period_id.removeprefix("to-"), programme.starts_on
            ).starts_on,
            "due_on": periods.due_on(period, programme.deadline_days),
            "previous_id": periods.previous(period),
        }
        for period in catalogue.periods()
    ]
    fields = [
        pa.field("period_id", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("starts_on", pa.date32()),
        pa.field("ends_before", pa.date32()),
        pa.field("begins_on", pa.date32()),
        pa.field("due_on", pa.date32()),
        pa.field("previous_id", pa.string()),
    ]
    return fields, found


def _submissions(
    submissions: Iterable[Submission],
) -> tuple[list[pa.Field], list[dict[str, Any]]]:
    found = [{**vars(s), "received_on": periods.local_date(s.received_at)} for s in submissions]
    fields = [
        pa.field("submission_id", pa.string()),
        pa.field("partner_id", pa.string()),
        pa.field("sha256", pa.string()),
        pa.field("file_name", pa.string()),
        pa.field("received_at", pa.timestamp("us", "UTC")),
        pa.field("received_on", pa.date32()),
        pa.field("seq", pa.int64()),
    ]
    return fields, found


def _rows(connection: Connection, paths: Iterable[Path]) -> None:
    """raw.rows: every row of every sheet of every file, its texts by field, and who sent it."""
    if not (listed := sorted({str(path) for path in paths})):
        connection.execute(
            "create table raw.rows (submission_id varchar, sha256 varchar, sheet varchar,"
            " row_number integer, set_aside varchar, cells map(varchar, varchar))"
        )
        return
    connection.execute(
        """
        create table raw.rows as
        select
            submissions.submission_id, submissions.sha256,
            files.sheet, files.row_number, files.set_aside, files.cells
        from read_parquet($paths, filename = true) as files
        inner join raw.submissions
            on submissions.sha256 = parse_filename(files.filename, true)
        """,
        {"paths": listed},
    )
