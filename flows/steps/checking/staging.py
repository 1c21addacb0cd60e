"""The rows to be checked, and every question that is asked about them, as tables of their own.

A table `staging.<sheet>` has every column of `typed.<sheet>` and those of sql/staging/<sheet>.sql:
what its rules compare it with. `staging.asked` has one row a question, whatever the sheet, so that
a few expectations can judge them all: the library takes as long for one row as for a million.
"""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from flows.steps.catalogue import Catalogue
from flows.steps.checking.findings import CheckedFile, Severity
from flows.steps.checking.row_rules import FILES, GONE
from flows.steps.checking.rules import SUM_OF, TOTALS, Check, row_key, stray, summed

# The answers to the four questions; each question fills one and leaves the others null.
_ANSWERS = {"found": "boolean", "room": "double", "key": "varchar", "holds": "boolean"}


@dataclass(frozen=True)
class Asked:
    """A check as it is asked here: how bad it is where it is not met."""

    check: Check
    severity: Severity

    @property
    def kind(self) -> str:
        """What one expectation judges together."""
        return f"{self.check.question}_{self.severity}"


class Connection(Protocol):
    """What is needed of an open DuckDB connection."""

    def execute(self, query: str, parameters: object = ..., /) -> Any:  # noqa: ANN401
        """Run a query; the answer has description and fetchall."""

    def cursor(self) -> "Connection":
        """Another connection to the same database."""

    def close(self) -> None:
        """Let go of it."""


@contextmanager
def staged(
    connection: Connection,
    catalogue: Catalogue,
    files: Sequence[CheckedFile],
    asked: Sequence[Asked],
    sql: Path,
) -> Generator[None]:
    """The rows of these files, and in staging.asked the checks by their number, row by row."""
    connection.execute("create schema staging")
    try:
        connection.execute(
            """
            create table staging.submissions as
            select
                unnest($ids) as submission_id,
                unnest($partners) as partner_id,
                unnest($one_sheet) as is_one_sheet,
                unnest($sheets) as sheets,
                list_contains(sheets, 'activitati') as has_activities
            """,
            {
                "ids": [file.submission_id for file in files],
                "partners": [file.partner_id for file in files],
                "one_sheet": [file.summary["kind"] == "csv" for file in files],
                "sheets": [list(file.summary["sheets"]) for file in files],
            },
        )
        select = (sql / "staging" / "periods.sql").read_text("utf-8")
        connection.execute(f"create table staging.periods as {select}")
        for table in (FILES, GONE):
            select = (sql / "staging" / f"{table}.sql").read_text("utf-8")
            connection.execute(_numbered(table, f"({select}) as staged"))
        for row in catalogue["sheets"]:
            _stage(connection, catalogue, row["sheet"], sql)
            _stage_totals(connection, row["sheet"], summed(catalogue, row["sheet"]))
        _ask(connection, asked)
        yield
    finally:
        connection.execute("drop schema staging cascade")


def rows(connection: Connection, table: str, row_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """These rows of a staged table, by row_id, with all their columns."""
    query = f"select * from staging.{table} where row_id in (select unnest($1))"
    answer = connection.execute(query, [sorted(row_ids)])
    names = [column[0] for column in answer.description]
    found = (dict(zip(names, row, strict=True)) for row in answer.fetchall())
    return {row["row_id"]: row for row in found}


def _stage(connection: Connection, catalogue: Catalogue, sheet: str, sql: Path) -> None:
    beside = (sql / "staging" / f"{sheet}.sql").read_text("utf-8")
    rows = f"""(
        select {sheet}.*, beside.* exclude (submission_id, row_number)
        from typed.{sheet}
        inner join ({beside}) as beside
            on {sheet}.submission_id = beside.submission_id
            and {sheet}.row_number = beside.row_number
        where {sheet}.set_aside is null
    ) as staged"""
    key, is_stray = row_key(catalogue, sheet), stray(catalogue, sheet)
    connection.execute(_numbered(sheet, rows, f"{key} as row_key, {is_stray} as is_stray"))


def _stage_totals(connection: Connection, sheet: str, fields: Sequence[str]) -> None:
    """Rows of totals beside the sum of all rows above, and of those since the total before.

    Null where a number above was not understood: then nothing can be said against the total.
    """
    if not fields:
        return
    above = "over (partition by submission_id order by row_number)"
    numbers = ", ".join(f"if(set_aside is null, {name}, null) as own_{name}" for name in fields)
    unclear = ", ".join(
        f"count(*) filter (set_aside is null and {name} is null and {name}_raw is not null)"
        f" {above} as unclear_{name}"
        for name in fields
    )
    sums = ", ".join(
        f"""
        if(unclear_{name} = 0, coalesce(sum(own_{name}) {above}, 0), null) as {SUM_OF}{name},
        if(unclear_{name} = 0, coalesce(sum(own_{name})
            over (partition by submission_id, part order by row_number), 0), null) as part_{name}
        """
        for name in fields
    )
    rows = f"""(
        select * exclude (part)
        from (
            select *, {sums}
            from (
                select
                    *, {numbers}, {unclear},
                    count(*) filter (set_aside = 'total') {above}
                    - (coalesce(set_aside, '') = 'total')::int as part
                from typed.{sheet}
                where submission_id in (
                    select submission_id
                    from typed.{sheet}
                    where set_aside = 'total'
                    intersect select submission_id from staging.submissions
                )
            )
        )
        where set_aside = 'total'
    ) as staged"""
    connection.execute(_numbered(TOTALS.format(sheet), rows))


def _numbered(table: str, rows: str, *more: str) -> str:
    columns = ", ".join(["row_number() over () as row_id", "staged.*", *more])
    return f"create table staging.{table} as select {columns} from {rows}"


def _ask(connection: Connection, asked: Sequence[Asked]) -> None:
    answers = ", ".join(f"{name} {kind}" for name, kind in _ANSWERS.items())
    connection.execute(
        f"create table staging.asked (number integer, row_id bigint, kind varchar, {answers})"
    )
    # Rows of a kind lie together, so that an expectation need not look at all the others.
    for kind in dict.fromkeys(one.kind for one in asked):
        questions = (_question(n, one) for n, one in enumerate(asked) if one.kind == kind)
        connection.execute(f"insert into staging.asked {' union all '.join(questions)}")


def _question(number: int, asked: Asked) -> str:
    """The SELECT that asks one check about each row that it is about."""
    check = asked.check
    answers = (check.answer if name == check.question else "null" for name in _ANSWERS)
    given = check.given if check.question == "found" else f"({check.answer}) is not null"
    return f"""
        select {number}, row_id, '{asked.kind}', {", ".join(answers)}
        from staging.{check.table}
        where {given}
    """
