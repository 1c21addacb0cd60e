"""One file from its bytes to Parquet and a summary. Runs in the reading process."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from flows.steps.reading import gate, grids, header, parquet
from flows.steps.reading.cells import cell_to_text
from flows.steps.reading.form import Form, FormSheet, fold
from flows.steps.reading.grids import Grid
from flows.steps.reading.header import Assignment, Found, Layout
from flows.steps.reading.places import column_letters
from flows.steps.reading.refused import Refused
from flows.steps.reading.rows import Finding, Row, Table, finding, read_table


def read_bytes(
    content: bytes, file_name: str, form: Form, key: bytes
) -> tuple[bytes | None, dict[str, Any]]:
    """Parquet of all rows, None when there is nothing to read, and the summary of the reading.

    file_name serves only for its extension and to tell apart CSVs that fit two sheets.
    """
    summary: dict[str, Any] = {"kind": None, "form_version": None, "sheets": {}, "findings": []}
    findings: list[Finding] = summary["findings"]
    name = PurePath(file_name)
    try:
        opened = gate.examine(content, name.suffix.lower())
        summary["kind"] = opened.kind
        if opened.kind == "csv":
            found = _csv(form, grids.decoded(opened.content), name.stem)
            assignment = Assignment((found,) if found else ())
        else:
            assignment = header.assign(form, grids.worksheets(opened))
    except Refused as refusal:
        findings.append(_refusal(refusal))
        return None, summary
    findings.extend(_about_sheets(form, assignment, needs_all=opened.kind != "csv"))
    rows: dict[str, list[Row]] = {}
    for found in assignment.found:
        layout = found.layout
        if layout is None:
            continue
        table = read_table(found, layout, key)
        findings.extend(_about_columns(found, layout, table))
        findings.extend(table.findings)
        findings.extend(_lost_letters(table))
        rows[found.sheet.sheet] = table.rows
        summary["sheets"][found.sheet.sheet] = _sheet_summary(found, layout, table)
        if found.sheet.sheet == header.SINGLE_SHEET and table.rows:
            summary["form_version"] = table.rows[0].texts.get("schema_version")
    return (parquet.of_rows(rows) if summary["sheets"] else None), summary


def rehearse(form: Form) -> None:
    """Read a small file of our own. Whatever this machine lacks for reading shows here."""
    fields = max((sheet.fields for sheet in form.sheets), key=len)
    text = f"{','.join(field.field for field in fields)}\n{','.join('ă' for _ in fields)}\n"
    written, summary = read_bytes(text.encode("utf-16"), "rehearsal.csv", form, b"")
    if written is None:
        msg = f"The rehearsal of reading failed: {summary['findings']}"
        raise RuntimeError(msg)


def _csv(form: Form, text: str, title: str) -> Found | None:
    """The sheet that a CSV holds and the delimiter under which its headers are recognised best."""
    best: tuple[int, str, FormSheet] | None = None
    for delimiter, head in grids.csv_heads(text, title, header.SEARCHED_ROWS):
        named = [sheet for sheet in form.sheets if fold(title) in sheet.titles]
        guess = header.recognise(form, head)
        for sheet in named or ([guess.sheet] if guess else []):
            layout = header.layout_of(sheet, head)
            if layout and (best is None or len(layout.columns) > best[0]):
                best = len(layout.columns), delimiter, sheet
    if best is None:
        return None
    _, delimiter, sheet = best
    grid = grids.whole_csv(text, title, delimiter)
    return Found(sheet, grid, header.layout_of(sheet, grid))


def _refusal(refusal: Refused) -> Finding:
    arguments = dict(refusal.arguments)
    row = arguments.pop("line", None)
    return finding(refusal.rule, "stop", refusal.sheet, row, arguments=arguments)


def _about_sheets(form: Form, assignment: Assignment, needs_all: bool) -> Iterator[Finding]:
    found = {one.sheet.sheet for one in assignment.found}
    rivals = {sheet.sheet for sheet, _ in assignment.rivals}
    if not found and not rivals:
        yield finding("no_such_sheet", "stop", arguments=_expected(form.sheets))
    elif needs_all:
        for sheet in form.sheets:
            if sheet.sheet in header.NEEDED_SHEETS and sheet.sheet not in found | rivals:
                yield finding("missing_sheet", "stop", arguments=_expected([sheet]))
    for sheet, grids_ in assignment.rivals:
        titles = ", ".join(grid.title for grid in grids_)
        yield finding("duplicate_sheet", "stop", arguments={"sheets": titles, **_expected([sheet])})
    for sheet, grid in assignment.hidden:
        yield finding("hidden_sheet", "warn", grid.title, arguments=_expected([sheet]))
    for sheet, grid in assignment.spare:
        yield finding("ignored_sheet", "warn", grid.title, arguments=_expected([sheet]))
    for one in assignment.found:
        is_needed = one.sheet.sheet in header.NEEDED_SHEETS
        if one.layout is None and (is_needed or any(map(any, one.grid.rows))):
            yield finding(
                "no_header", "stop", one.grid.title, arguments=_expected(one.sheet.always)
            )


def _expected(things: Any) -> dict[str, str]:  # noqa: ANN401 - sheets or fields, both have labels
    return {
        "expected": ", ".join(thing.label_ro for thing in things),
        "expected_en": ", ".join(thing.label_en for thing in things),
    }


def _about_columns(found: Found, layout: Layout, table: Table) -> Iterator[Finding]:
    grid, title = found.grid, found.grid.title
    header_row = grid.numbers[layout.header_row]
    is_needed = found.sheet.sheet in header.NEEDED_SHEETS
    for field in found.sheet.always:
        # A register that nobody filled in may lack anything.
        if field.field not in layout.columns and (table.rows or is_needed):
            yield finding(
                "missing_column",
                "stop",
                title,
                header_row,
                field.field,
                arguments=_expected([field]),
            )
    for name, row, column in layout.repeated:
        first = layout.rows[name] if layout.rows else row
        places = (first, layout.columns[name]), (row, column)
        cells = ", ".join(grid.address(*place) or str(place[1] + 1) for place in places)
        yield finding(
            "duplicate_column",
            "stop",
            title,
            grid.numbers[row],
            name,
            grid.address(row, column),
            cell_to_text(grid.rows[row][column]),
            arguments={"cells": cells},
        )
    for row, column in layout.unknown:
        cell = grid.address(row, column)
        header_text = cell_to_text(grid.rows[row][column])
        yield finding("unknown_column", "warn", title, grid.numbers[row], None, cell, header_text)
    if layout.rows is None:
        yield from _unnamed_columns(grid, layout)


def _unnamed_columns(grid: Grid, layout: Layout) -> Iterator[Finding]:
    """Columns with values beneath a blank header: somebody expects them to count."""
    named = {*layout.columns.values(), *(column for _, column in (*layout.unknown,))}
    named.update(column for _, _, column in layout.repeated)
    filled: set[int] = set()
    # In a CSV, cells beyond the header belong to a ragged row, which is told by itself.
    width = len(grid.rows[layout.header_row])
    for row in grid.rows[layout.first_row :]:
        filled.update(column for column, cell in enumerate(row[:width]) if cell not in ("", None))
    for column in sorted(filled - named):
        cell = grid.address(layout.header_row, column)
        number = grid.numbers[layout.header_row]
        letter = column_letters(column + 1)
        yield finding(
            "unnamed_column", "warn", grid.title, number, None, cell, arguments={"letter": letter}
        )


def _lost_letters(table: Table) -> Iterator[Finding]:
    if table.lost_letters:
        first = table.lost_letters[0]
        yield {**first, "arguments": {"count": len(table.lost_letters)}}


def _sheet_summary(found: Found, layout: Layout, table: Table) -> dict[str, Any]:
    has_addresses = found.grid.has_addresses
    summary: dict[str, Any] = {
        "name": found.grid.title,
        "seen": len(table.rows),
        "set_aside": table.set_aside,
        "columns": {
            field: column_letters(column + 1) if has_addresses else None
            for field, column in sorted(layout.columns.items())
        },
    }
    if layout.rows is not None:
        rows = sorted(layout.rows.items())
        summary["rows"] = {field: found.grid.numbers[row] for field, row in rows}
    return summary
