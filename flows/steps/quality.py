"""Great Expectations over the rows that were sent: what is wrong with them, as findings.

One batch a sheet for all files of a night together: file by file would take a hundred times as
long. The one door to Great Expectations, which is imported only when there is something to check,
because that alone takes seconds.
"""

import warnings
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from flows.steps import staging
from flows.steps.catalogue import Catalogue
from flows.steps.errors import ReperError
from flows.steps.findings import CheckedFile, Finding
from flows.steps.rules import FILES, Check, checks
from flows.steps.staging import Connection
from flows.steps.wording import Place, Wording, place_of, rows_in_words

# Said again by a blank cell that the reader has said something about already.
_BLANK = frozenset({"required", "required_when", "expected"})
_RESULT_FORMAT = {
    "result_format": "COMPLETE",
    # Without this the list of rows ends after twenty, and nothing says so.
    "partial_unexpected_count": 10**9,
    # The query leaves out the condition of an expectation; the list respects it.
    "return_unexpected_index_query": False,
    "unexpected_index_column_names": ["row_id"],
}
_GX_SEVERITY = {"stop": "critical", "reject": "warning", "warn": "info"}


@dataclass(frozen=True)
class Violation:
    """A row of staging.<sheet> that does not meet a check."""

    check: Check
    row_id: int


class RuleError(ReperError):
    """A rule could not be applied. That says nothing of the rows, so nothing may be concluded."""


def check(
    connection: Connection, catalogue: Catalogue, files: Sequence[CheckedFile], sql: Path
) -> list[Finding]:
    """What is wrong with the rows of these files, in the order of file, sheet and row.

    Needs the schemas `reference`, `raw` and `typed`, with all that the same partners sent before;
    uses the schema `staging` and leaves nothing behind. What the reader said of a cell is not
    said again (see wording.sentences). Raises RuleError when a rule cannot be applied.
    """
    by_id = {file.submission_id: file for file in files if file.summary.get("sheets")}
    if not by_id:
        return []
    wording = Wording(catalogue)
    sheets = [FILES, *(row["sheet"] for row in catalogue["sheets"])]
    found: list[Finding] = []
    with (
        staging.staged(connection, catalogue, list(by_id.values()), sheets, sql),
        _batches(connection) as batch_of,
    ):
        for sheet in sheets:
            wanted = _worth_asking(connection, sheet, checks(catalogue, sheet))
            if wanted:
                violations = _violations(batch_of(sheet), wanted, wording, sheet)
                found += _findings(connection, wording, by_id, sheet, violations)
    order = {submission_id: number for number, submission_id in enumerate(by_id)}
    positions = {None: 0} | {row["sheet"]: row["position"] for row in catalogue["sheets"]}
    return sorted(found, key=lambda f: (order[f.submission_id], positions[f.sheet_id], f.row or 0))


def _worth_asking(connection: Connection, sheet: str, wanted: Sequence[Check]) -> list[Check]:
    """The checks that a row can fail; the library takes its time with each of the others, too.

    Nothing can be wrong with a column that nobody filled in, except that it is blank.
    """
    filled = staging.filled(connection, sheet, [check.looks_at or "row_id" for check in wanted])
    return [check for check in wanted if (check.looks_at or "row_id") in filled]


@contextmanager
def _batches(connection: Connection) -> Generator[Any]:
    """A function that gives the batch of a sheet, over the connection that is open already."""
    great_expectations, wrap, silent = _library()
    cursors: list[Connection] = []

    def opened() -> object:
        cursor = connection.cursor()
        cursors.append(cursor)
        cursor.execute("use staging")
        return wrap(cursor)

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = silent
    source = context.data_sources.add_sql(
        "warehouse",
        connection_string="duckdb:///:memory:",
        # The library closes a transaction before it reads the answer, and DuckDB drops the answer
        # with it: every expectation would fail. So there are no transactions here.
        kwargs={
            "creator": opened,
            "isolation_level": "AUTOCOMMIT",
            "skip_autocommit_rollback": True,
            "pool_reset_on_return": None,
        },
    )
    try:
        yield (
            lambda sheet: (
                source.add_table_asset(sheet, table_name=sheet)
                .add_batch_definition_whole_table("all")
                .get_batch()
            )
        )
    finally:
        # A cursor left open would keep the file from being written out in full.
        for cursor in cursors:
            cursor.close()


def _violations(
    batch: Any,  # noqa: ANN401 - a batch of the library
    wanted: Sequence[Check],
    wording: Wording,
    sheet: str,
) -> list[Violation]:
    """Which rows do not meet which check. Raises RuleError; never a part of the answer."""
    great_expectations = _library()[0]
    suite = great_expectations.ExpectationSuite(
        sheet,
        [
            _expectation(
                number, check, wording.severity(check.rule, Place(sheet, column=check.field))
            )
            for number, check in enumerate(wanted)
        ],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answers = batch.validate(suite, result_format=_RESULT_FORMAT).results
    if len(answers) != len(wanted):
        msg = f"Sheet {sheet}: {len(wanted)} rules were asked about, {len(answers)} answered."
        raise RuleError(msg)
    violations = []
    for answer in answers:
        check = wanted[answer.expectation_config.meta["number"]]
        # When a rule crashes the library says only that it was not met, and leaves this out.
        if answer.exception_info.get("raised_exception") is not False:
            msg = f"Sheet {sheet}, rule {check.rule}, {check.field}: {answer.exception_info}"
            raise RuleError(msg)
        rows = answer.result["unexpected_index_list"]
        # Where no row is asked about the library counts None.
        count = answer.result["unexpected_count"] or 0
        if len(rows) != count or answer.success is not (count == 0):
            msg = (
                f"Sheet {sheet}, rule {check.rule}, {check.field}: "
                f"{count} rows do not meet it, but {len(rows)} are named."
            )
            raise RuleError(msg)
        violations += [Violation(check, row["row_id"]) for row in rows]
    return violations


def _expectation(number: int, check: Check, severity: str) -> object:
    expectations, column = _language()
    arguments = dict(check.arguments)
    if check.given is not None:
        arguments["row_condition"] = column(check.given).is_not_null()
    return getattr(expectations, check.expectation)(
        **arguments, severity=_GX_SEVERITY[severity], meta={"number": number}
    )


def _findings(
    connection: Connection,
    wording: Wording,
    files: Mapping[str, CheckedFile],
    sheet: str,
    violations: Sequence[Violation],
) -> Iterator[Finding]:
    """Violations in words, but for those that would only repeat what the reader said."""
    rows = staging.rows(connection, sheet, {one.row_id for one in violations})
    twins: dict[str | None, list[int]] = defaultdict(list)
    for row in rows.values():
        if row.get("row_key") is not None:
            twins[row["row_key"]].append(row["row_number"])
    said = {submission_id: _said(file) for submission_id, file in files.items()}
    for violation in violations:
        check, row = violation.check, rows[violation.row_id]
        file = files[row["submission_id"]]
        if check.field is None:
            if "stop" not in said[file.submission_id]:
                yield wording.finding(file, Place(), check.rule, None, {**row, **check.words})
            continue
        place = place_of(file, sheet, row["row_number"], check.field)
        is_asked = check.field in file.summary["sheets"][sheet]["columns"]
        is_said = (place.sheet, place.row, check.field) in said[file.submission_id]
        if check.rule in _BLANK and (is_said or not is_asked):
            continue
        value = row[f"{check.field}_raw"]
        words = {**row, **check.words, "length": len(value or "")}
        others = sorted(set(twins[row.get("row_key")]) - {row["row_number"]})
        if others:
            words["others"] = rows_in_words(others)
        yield wording.finding(file, place, check.rule, value, words, check.compared)


def _said(file: CheckedFile) -> set[object]:
    """The cells that the reader has said something about; and `stop` if it refused the file."""
    found = file.summary["findings"]
    cells = {(read["sheet"], read["row"], read["column"]) for read in found}
    return cells | {read["severity"] for read in found if read["severity"] == "stop"}


def _library() -> tuple[ModuleType, Any, Any]:
    """Great Expectations, the wrapper of a DuckDB connection, and no progress bars."""
    with warnings.catch_warnings():
        # What libraries say of each other while they load is nothing that anybody here can mend.
        warnings.simplefilter("ignore")
        import duckdb_sqlalchemy
        import great_expectations
        from great_expectations.data_context.types.base import ProgressBarsConfig

    silent = ProgressBarsConfig(globally=False)
    return great_expectations, duckdb_sqlalchemy.ConnectionWrapper, silent


def _language() -> tuple[ModuleType, Any]:
    """The expectations, and the way to name a column in a condition."""
    from great_expectations import expectations
    from great_expectations.expectations.row_conditions import Column

    return expectations, Column
