"""Great Expectations over the rows that were sent: what is wrong with them, as findings.

One batch and one suite for all files of a night and all their sheets: file by file would take a
hundred times as long. The one door to Great Expectations, which is imported only when there is
something to check, because that alone takes seconds.
"""

import gc
import importlib
import sys
import warnings
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from flows.steps.catalogue import Catalogue
from flows.steps.checking import staging
from flows.steps.checking.findings import CheckedFile, Finding, Severity
from flows.steps.checking.rules import Check, Question, checks, form_version
from flows.steps.checking.staging import Asked, Connection
from flows.steps.checking.wording import Place, Wording, place_of, rows_in_words
from flows.steps.errors import ReperError

# Said of a blank cell: only where the file has it, and the reader has said nothing about it.
_BLANK = frozenset({"required", "required_when", "expected", "no_platform", "no_tickets"})
# Said of a whole row, so what stands in the cell that is pointed at is no part of it.
_OF_A_ROW = "stray_row"
# What each question expects of its column in staging.asked.
_EXPECTED: Mapping[Question, tuple[str, Mapping[str, Any]]] = {
    "found": ("ExpectColumnValuesToNotBeNull", {}),
    "room": ("ExpectColumnValuesToBeBetween", {"min_value": 0}),
    "key": ("ExpectColumnValuesToBeUnique", {}),
    "holds": ("ExpectColumnValuesToBeInSet", {"value_set": [True]}),
}
_RESULT_FORMAT = {
    "result_format": "COMPLETE",
    # Without this the list of rows ends after twenty, and nothing says so.
    "partial_unexpected_count": 10**9,
    # The query leaves out the condition of an expectation; the list respects it.
    "return_unexpected_index_query": False,
    "unexpected_index_column_names": ["number", "row_id"],
}
_GX_SEVERITY: Mapping[Severity, str] = {"stop": "critical", "reject": "warning", "warn": "info"}


@dataclass(frozen=True)
class Violation:
    """A row of staging.<table> that does not meet a check."""

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
    wording, version = Wording(catalogue), form_version(catalogue)
    asked = [
        Asked(check, wording.severity(check.rule, Place(check.sheet, column=check.field)))
        for check in checks(catalogue)
    ]
    with (
        staging.staged(connection, catalogue, list(by_id.values()), asked, sql),
        _batch(connection) as batch,
    ):
        by_table: dict[str, list[Violation]] = defaultdict(list)
        for violation in _violations(batch, asked):
            by_table[violation.check.table].append(violation)
        found = [
            finding
            for table, violations in by_table.items()
            for finding in _findings(connection, wording, by_id, version, table, violations)
        ]
    order = {submission_id: number for number, submission_id in enumerate(by_id)}
    positions = {None: 0} | {row["sheet"]: row["position"] for row in catalogue["sheets"]}
    return sorted(found, key=lambda f: (order[f.submission_id], positions[f.sheet_id], f.row or 0))


@contextmanager
def _batch(connection: Connection) -> Generator[Any]:
    """All that is asked, as a batch of the library, over the connection that is open already."""
    library = _library()
    cursors: list[Connection] = []

    def opened() -> object:
        cursor = connection.cursor()
        cursors.append(cursor)
        cursor.execute("use staging")
        return library.wrap(cursor)

    context = library.context(mode="ephemeral")
    context.variables.progress_bars = library.silent
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
        asset = source.add_table_asset("asked", table_name="asked")
        yield asset.add_batch_definition_whole_table("all").get_batch()
    finally:
        # A cursor left open would keep the file from being written out in full.
        for cursor in cursors:
            cursor.close()


def _violations(
    batch: Any,  # noqa: ANN401 - a batch of the library
    asked: Sequence[Asked],
) -> list[Violation]:
    """Which rows do not meet which check. Raises RuleError; never a part of the answer."""
    kinds = {one.kind: one for one in asked}
    suite = _library().suite("asked", [_expectation(one) for one in kinds.values()])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answers = batch.validate(suite, result_format=_RESULT_FORMAT).results
    if len(answers) != len(kinds):
        msg = f"{len(kinds)} kinds of rules were asked about, {len(answers)} answered."
        raise RuleError(msg)
    found: list[tuple[int, int]] = []
    for answer in answers:
        kind = answer.expectation_config.meta["kind"]
        # When a rule crashes the library says only that it was not met, and leaves this out.
        if answer.exception_info.get("raised_exception") is not False:
            msg = f"Rules of the kind {kind}: {answer.exception_info}"
            raise RuleError(msg)
        rows = answer.result["unexpected_index_list"]
        # Where no row is asked about the library counts None.
        count = answer.result["unexpected_count"] or 0
        if len(rows) != count or answer.success is not (count == 0):
            msg = f"Rules of the kind {kind}: {count} rows do not meet them, {len(rows)} are named."
            raise RuleError(msg)
        found += [(row["number"], row["row_id"]) for row in rows]
    return [Violation(asked[number].check, row_id) for number, row_id in sorted(found)]


def _expectation(asked: Asked) -> object:
    """What all rows of a kind are expected to meet."""
    library = _library()
    question = asked.check.question
    name, arguments = _EXPECTED[question]
    return getattr(library.expectations, name)(
        column=question,
        row_condition=library.column("kind") == asked.kind,
        severity=_GX_SEVERITY[asked.severity],
        meta={"kind": asked.kind},
        **arguments,
    )


def _findings(
    connection: Connection,
    wording: Wording,
    files: Mapping[str, CheckedFile],
    version: str,
    table: str,
    violations: Sequence[Violation],
) -> Iterator[Finding]:
    """Violations in words, but for those that would only repeat what the reader said.

    A form of another version than this one need not have every column.
    """
    rows = staging.rows(connection, table, {one.row_id for one in violations})
    twins: dict[str | None, list[int]] = defaultdict(list)
    for row in rows.values():
        if row.get("row_key") is not None:
            twins[row["row_key"]].append(row["row_number"])
    said = {submission_id: _said(file) for submission_id, file in files.items()}
    told: set[tuple[str, str | None]] = set()
    for violation in violations:
        check, row = violation.check, rows[violation.row_id]
        file = files[row["submission_id"]]
        if check.field is None:
            if "stop" not in said[file.submission_id]:
                yield wording.finding(file, Place(), check.rule, None, {**row, **check.words})
            continue
        place = place_of(file, check.sheet, row["row_number"], check.field)
        is_asked = check.field in file.summary["sheets"][check.sheet]["columns"]
        is_said = (place.sheet, place.row, check.field) in said[file.submission_id]
        if check.rule in _BLANK and is_said:
            continue
        if check.rule in _BLANK and not is_asked:
            if file.summary.get("form_version") in (None, version):
                yield from _left_out(wording, file, place, check, told)
            continue
        value = row[f"{check.field}_raw"] if check.rule != _OF_A_ROW else None
        words = {**row, **check.words, "length": len(value or "")}
        others = sorted(set(twins[row.get("row_key")]) - {row["row_number"]})
        if others:
            words["others"] = rows_in_words(others)
        yield wording.finding(file, place, check.rule, value, words, check.compared)


def _left_out(
    wording: Wording,
    file: CheckedFile,
    place: Place,
    check: Check,
    told: set[tuple[str, str | None]],
) -> Iterator[Finding]:
    """What is said of an answer whose column somebody took out of the file.

    Where it was needed, of each row; where it was only expected, once. told are those said once.
    """
    rule = check.left_out
    if rule == "expected_left_out":
        place = Place(place.sheet_id, place.sheet, None, place.column)
        rule = None if (file.submission_id, check.field) in told else rule
        told.add((file.submission_id, check.field))
    if rule is not None:
        yield wording.finding(file, place, rule, None, check.words)


def _said(file: CheckedFile) -> set[object]:
    """The cells that the reader has said something about; and `stop` if it refused the file."""
    found = file.summary["findings"]
    cells = {(read["sheet"], read["row"], read["column"]) for read in found}
    return cells | {read["severity"] for read in found if read["severity"] == "stop"}


@dataclass(frozen=True)
class _Library:
    """What is used of Great Expectations, and the wrapper of a DuckDB connection for it."""

    context: Any
    suite: Any
    expectations: ModuleType
    column: Any
    silent: object
    wrap: Any


@cache
def _library() -> _Library:
    # A third of the loading time, for statistical tests and charts that nobody asks for here.
    for name in ("scipy.stats", "altair"):
        _load_when_used(name)
    with warnings.catch_warnings(), _nothing_thrown_away():
        # What libraries say of each other while they load is nothing that anybody here can mend.
        warnings.simplefilter("ignore")
        from duckdb_sqlalchemy import ConnectionWrapper
        from great_expectations import ExpectationSuite, expectations, get_context
        from great_expectations.data_context.types.base import ProgressBarsConfig
        from great_expectations.expectations.row_conditions import Column

    silent = ProgressBarsConfig(globally=False)
    return _Library(get_context, ExpectationSuite, expectations, Column, silent, ConnectionWrapper)


@contextmanager
def _nothing_thrown_away() -> Generator[None]:
    """Loading makes a million objects that stay: looking through them again and again is waste."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


class _Later(ModuleType):
    """A module in the place of one that loads when something in it is first asked for."""

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def _load_when_used(name: str) -> None:
    """Let a module load when somebody first uses it, whichever way it is imported before.

    The LazyLoader of importlib will not do: it loads as soon as a second `import` looks at it.
    """
    if name in sys.modules:
        return
    sys.modules[name] = module = _Later(name)
    package, _, last = name.rpartition(".")
    if package:
        # Without this `from package import module` would look for the module again, and so load it.
        setattr(importlib.import_module(package), last, module)
