"""The rows to be checked, as tables of their own, with what the rules compare them with.

A table `staging.<sheet>` has every column of `typed.<sheet>`, those of sql/staging/<sheet>.sql, and
one for each rule that is more than a look at a cell (see rules.derived).
"""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from flows.steps.catalogue import Catalogue
from flows.steps.findings import CheckedFile
from flows.steps.rules import FILES, derived


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
    sheets: Sequence[str],
    sql: Path,
) -> Generator[None]:
    """The rows to be checked, as tables in `staging`, with what the rules compare them with."""
    connection.execute("create schema staging")
    try:
        connection.execute(
            """
            create table staging.submissions as
            select
                unnest($ids) as submission_id,
                unnest($partners) as partner_id,
                unnest($one_sheet) as is_one_sheet
            """,
            {
                "ids": [file.submission_id for file in files],
                "partners": [file.partner_id for file in files],
                "one_sheet": [file.summary["kind"] == "csv" for file in files],
            },
        )
        select = (sql / "staging" / "periods.sql").read_text("utf-8")
        connection.execute(f"create table staging.periods as {select}")
        for sheet in sheets:
            _stage(connection, catalogue, sheet, sql)
        yield
    finally:
        connection.execute("drop schema staging cascade")


def _stage(connection: Connection, catalogue: Catalogue, sheet: str, sql: Path) -> None:
    beside = (sql / "staging" / f"{sheet}.sql").read_text("utf-8")
    rows = f"({beside}) as staged"
    if sheet != FILES:
        rows = f"""(
            select {sheet}.*, beside.* exclude (submission_id, row_number)
            from typed.{sheet}
            inner join ({beside}) as beside
                on {sheet}.submission_id = beside.submission_id
                and {sheet}.row_number = beside.row_number
            where {sheet}.set_aside is null
        ) as staged"""
    columns = [f'{formula} as "{name}"' for name, formula in derived(catalogue, sheet).items()]
    connection.execute(
        f"""
        create table staging.{sheet} as
        select row_number() over () as row_id, staged.*, {", ".join(columns)}
        from {rows}
        """
    )


def filled(connection: Connection, sheet: str, columns: Iterable[str]) -> set[str]:
    """Those of the columns in which any row of a staged sheet has a value."""
    names = sorted(set(columns))
    counts = ", ".join(f'count("{name}")' for name in names)
    [answer] = connection.execute(f"select {counts} from staging.{sheet}").fetchall()
    return {name for name, count in zip(names, answer, strict=True) if count}


def rows(connection: Connection, sheet: str, row_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """These rows of a staged sheet, by row_id, with all their columns."""
    query = f"select * from staging.{sheet} where row_id in (select unnest($1))"
    answer = connection.execute(query, [sorted(row_ids)])
    names = [column[0] for column in answer.description]
    found = (dict(zip(names, row, strict=True)) for row in answer.fetchall())
    return {row["row_id"]: row for row in found}
