"""The one door to DuckDB: builds the warehouse beside the old one and swaps it in.

The warehouse is a build artefact: everything in it comes from the originals, the ledger and the
catalogue, so it may be deleted at any time and is never changed once it is in place.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from flows.steps import durable, periods
from flows.steps.catalogue import COMMON, OWN, Catalogue, fold
from flows.steps.errors import OperatorError
from flows.steps.reading.form import NEVER_KEPT, PERSON_KEY
from flows.steps.submissions import Known, Submission

Connection = duckdb.DuckDBPyConnection

# In this order; the SELECT of each file becomes the table folder.file.
TABLES = (
    "quality/submissions",
    "quality/stored_rows",
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
_ARROW = {
    "text": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
}
_TYPED = {
    "integer": "as_integer({0})",
    "decimal": "as_decimal({0})",
    "date": "as_date({0})",
    "yes_no": "as_boolean({0})",
    "email": "as_email({0})",
    "url": "as_url({0})",
}
_PUBLISHED = [
    pa.field("period_id", pa.string()),
    pa.field("indicator_id", pa.string()),
    pa.field("measure", pa.string()),
    pa.field("value", pa.float64()),
    pa.field("low", pa.float64()),
    pa.field("high", pa.float64()),
]
_NO_WORDS = "map {'': ''}"
# The text of a cell in a row of a sheet; null when it was left blank.
_CELL = "cells['{}']"


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


def connect(path: Path | None = None, *, read_only: bool = False) -> Connection:
    """Open a warehouse, or one in memory. Nothing outside it can be reached from SQL.

    Raises OperatorError when the file is missing or cannot be read.
    """
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
    }
    if path is not None and read_only and not path.exists():
        msg = f"There is no warehouse at {path}. Run `reper rebuild` first."
        raise OperatorError(msg)
    try:
        connection = duckdb.connect(str(path or ":memory:"), read_only=read_only, config=settings)
    except duckdb.Error as error:
        msg = f"Cannot open {path} ({error}). Delete it and run `reper rebuild`: nothing is lost."
        raise OperatorError(msg) from error
    connection.execute("set enable_progress_bar = false; set TimeZone = 'UTC'")
    return connection


@contextmanager
def replacing(path: Path) -> Generator[Connection]:
    """Build a new warehouse beside the old one; it takes its place when the block ends well."""
    building = path.with_name(f".{path.name}.building")
    path.parent.mkdir(parents=True, exist_ok=True)
    building.unlink(missing_ok=True)
    try:
        with connect(building) as connection:
            yield connection
        building.replace(path)
        durable.sync_folder(path.parent)
    except OSError as error:
        raise durable.cannot_write(path, error.strerror) from error
    except (duckdb.IOException, duckdb.TransactionException) as error:
        raise durable.cannot_write(path, str(error).splitlines()[0]) from error
    finally:
        building.unlink(missing_ok=True)


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
        connection.execute(_typed(catalogue, sheet["sheet"]))
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
                {", ".join(f"{_CELL.format(name)} as {name}" for name in columns)}
            from read_parquet({paths}, filename = true) as files
            inner join raw.others on others.sha256 = parse_filename(files.filename, true)
            where files.sheet = 'activitati' and files.set_aside is null
        """
    connection.execute(f"create or replace table raw.others as {query}")


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


def run(connection: Connection, sql: Path, name: str) -> None:
    """Make the table folder.file from the SELECT in folder/file.sql."""
    select = (sql / f"{name}.sql").read_text("utf-8")
    connection.execute(f"create or replace table {name.replace('/', '.')} as {select}")


def stamp(path: Path) -> str | None:
    """What the warehouse says that it was built from; None when there is none to ask."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute("select stamp from main.built_from").fetchone()
    except duckdb.Error:
        return None
    return found[0] if found else None


def put_stamp(connection: Connection, built_from: str) -> None:
    """Note what the warehouse was built from, as the last thing of a build."""
    insert_names(connection, "main.built_from", "stamp", [built_from])


def rows(
    connection: Connection, query: str, parameters: Mapping[str, object] | None = None
) -> list[dict[str, Any]]:
    """The answer of a query, a dict a row, in order. Whole numbers are integers."""
    try:
        answer = connection.execute(query, dict(parameters or {}))
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        msg = f"The warehouse was built by another version ({error}). Run `reper rebuild`."
        raise OperatorError(msg) from error
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in answer.fetchall()]


def select(sql: Path, name: str) -> str:
    """The text of one SELECT."""
    return (sql / f"{name}.sql").read_text("utf-8")


def insert(
    connection: Connection,
    table: str,
    fields: Sequence[pa.Field],
    found: Iterable[Mapping[str, Any]],
) -> None:
    """Make a table of these rows; an empty one when there are none."""
    schema = pa.schema(fields)
    wanted = [{name: row.get(name) for name in schema.names} for row in found]
    connection.register("incoming", pa.Table.from_pylist(wanted, schema=schema))
    connection.execute(f"create or replace table {table} as from incoming")
    connection.unregister("incoming")


def reported(connection: Connection) -> list[dict[str, Any]]:
    """Which period each submission is about: submission_id, period_id (None when it says none)."""
    return rows(connection, "select submission_id, period_id from typed.reported")


def insert_names(connection: Connection, table: str, column: str, names: Iterable[str]) -> None:
    """Make a table of one column of text."""
    insert(connection, table, [pa.field(column, pa.string())], [{column: n} for n in names])


def _plain(value: object) -> object:
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    return value


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


def _typed(catalogue: Catalogue, sheet: str) -> str:
    """Text of the table typed.<sheet>: for each field what was typed, and what it means."""
    asked = [
        field
        for field in catalogue["form_fields"]
        if field["sheet"] == sheet and field["field"] not in NEVER_KEPT
    ]
    columns, cells = [], []
    for field in asked:
        name = field["field"]
        cells.append(f'{_CELL.format(name)} as "{name}"')
        meaning = _meaning(catalogue, field, f'"{name}"')
        columns.append(f'"{name}" as "{name}_raw", {meaning} as "{name}"')
    if sheet in ("artisti", "voluntari"):
        cells.append(f"{_CELL.format(PERSON_KEY)} as {PERSON_KEY}")
        columns.append(PERSON_KEY)
    return f"""
        create or replace table typed.{sheet} as
        select submission_id, sha256, row_number, set_aside, {", ".join(columns)}
        from (
            select submission_id, sha256, row_number, set_aside, {", ".join(cells)}
            from raw.rows
            where sheet = '{sheet}'
        )
    """


def _meaning(catalogue: Catalogue, field: Mapping[str, Any], column: str) -> str:
    """SQL for what the text of a cell means; null where it cannot be understood."""
    words = _words(catalogue, field["vocabulary"])
    if field["type"] == "multi":
        # Without a list of words any name is understood, as in the schools of an activity.
        free = f"[trim(part) for part in split({column}, ';') if trim(part) <> '']"
        return free if words is None else f"as_choices({column}, {words})"
    if words is not None and field["type"] in ("choice", "code"):
        return f"as_choice({column}, {words})"
    return _TYPED.get(field["type"], "{0}").format(column)


def _words(catalogue: Catalogue, vocabulary: str | None) -> str | None:
    """A DuckDB map from each folded code and label of a list to its code; None without a list."""
    listed = {
        "partners": ("partner_id",),
        "projects": ("project_id",),
        "programmes": ("programme_id", "name_ro", "name_en"),
        "districts": ("district_code", "name"),
    }
    if vocabulary in (None, "activities", "calls"):
        return None
    if vocabulary == "objectives":
        codes = [row["objective_id"] for row in catalogue["objectives"]]
        named = [(code, code) for code in (*codes, *(r["aim_id"] for r in catalogue["ecoc_aims"]))]
    elif vocabulary in listed:
        code, *labels = listed[vocabulary]
        named = [(row[code], row[n]) for row in catalogue[vocabulary] for n in (code, *labels)]
    else:
        named = [
            (row["code"], row[name])
            for row in catalogue["vocabularies"]
            if row["vocabulary"] == vocabulary
            for name in ("code", "label_ro", "label_en")
        ]
    words: dict[str, str] = {}
    for code, word in named:
        words.setdefault(fold(word), code)
    quoted = (f"{_quoted(word)}: {_quoted(code)}" for word, code in words.items())
    return f"map {{{', '.join(quoted)}}}" if words else _NO_WORDS


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


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
