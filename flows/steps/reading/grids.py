"""Worksheets and CSVs as grids: rows of cells under their true row numbers, nothing judged yet."""

import codecs
import contextlib
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import python_calamine

from flows.steps.reading.gate import Opened
from flows.steps.reading.marks import Marks
from flows.steps.reading.places import Cell, column_letters
from flows.steps.reading.refused import Refused

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_LINE = 256 * 1024
_MOST_CSV_ROWS = 50_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

csv.field_size_limit(_LONGEST_LINE)


@dataclass(frozen=True)
class Grid:
    """One worksheet, or one CSV. Cells are what the parser made of them; '' is a blank one.

    numbers are the rows as Excel shows them, or the physical lines of a CSV, whose cells have no
    addresses (has_addresses).
    """

    title: str
    numbers: list[int]
    rows: list[list[Any]]
    is_visible: bool = True
    has_addresses: bool = True
    marks: Marks = field(default_factory=Marks)

    def address(self, index: int, column: int) -> str | None:
        """`F17` for the sixth cell of the row at this index; None in a CSV."""
        return f"{column_letters(column + 1)}{self.numbers[index]}" if self.has_addresses else None

    def place(self, index: int, column: int) -> Cell:
        """Where marks names this cell."""
        return self.numbers[index], column + 1


def worksheets(opened: Opened) -> list[Grid]:
    """The worksheets of an xlsx, xlsm or ods, hidden ones included and named so.

    Raises Refused when the parser cannot make sense of the workbook.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(opened.content))
        if set(book.sheet_names) != set(opened.marks):
            # Two programs that read two different workbooks in one file: trust neither.
            raise Refused("damaged_workbook", reason="workbook")
        return [
            _worksheet(book, sheet, opened.marks[sheet.name])
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise Refused("password_protected") from error
    except python_calamine.CalamineError as error:
        raise Refused("damaged_workbook", reason="reader") from error


def _worksheet(
    book: python_calamine.CalamineWorkbook, sheet: python_calamine.SheetMetadata, marks: Marks
) -> Grid:
    is_visible = sheet.visible == python_calamine.SheetVisibleEnum.Visible
    # With empty areas skipped, row 3 would be called row 1 in a sheet that begins with two blanks.
    rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False) if is_visible else []
    width = max((column for _, column in (*marks.errors, *marks.uncalculated)), default=0)
    height = max((row for row, _ in (*marks.errors, *marks.uncalculated)), default=0)
    # What looks empty to the parser may lie beyond the last cell that it saw.
    rows = [row + [""] * (width - len(row)) for row in rows] if width else rows
    rows += [[""] * width for _ in range(height - len(rows))]
    return Grid(sheet.name, list(range(1, len(rows) + 1)), rows, is_visible, marks=marks)


def decoded(content: bytes) -> str:
    """The text of a CSV: by its byte-order mark, else UTF-8, else what Excel writes in Romania.

    Raises Refused when it is none of these.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(content, "cp1250")


def _decode(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("unreadable_text") from error
    if "\0" in text:
        raise Refused("unreadable_text")
    return text


def csv_heads(text: str, title: str, rows: int) -> Iterator[tuple[str, Grid]]:
    """The first rows of a CSV, once for each delimiter that it may have."""
    for delimiter in _DELIMITERS:
        grid = Grid(title, [], [], has_addresses=False)
        # A quote that does not close is told when the whole is read, under the right delimiter.
        with contextlib.suppress(csv.Error):
            for number, row in islice(_records(text, delimiter), rows):
                grid.numbers.append(number)
                grid.rows.append(row)
        yield delimiter, grid


def whole_csv(text: str, title: str, delimiter: str) -> Grid:
    """All rows of a CSV. Raises Refused, with the line, where quotes do not close."""
    grid = Grid(title, [], [], has_addresses=False)
    number = 0
    try:
        for number, row in _records(text, delimiter):
            if len(grid.rows) == _MOST_CSV_ROWS:
                raise Refused("too_large_sheet", title, reason="rows", limit=_MOST_CSV_ROWS)
            grid.numbers.append(number)
            grid.rows.append(row)
    except csv.Error as error:
        reason = "line_too_long" if "field limit" in str(error) else "quotes"
        raise Refused("damaged_csv", title, reason=reason, line=number + 1) from error
    return grid


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the physical line that each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    for row in reader:
        yield number, row
        number = reader.line_num + 1
