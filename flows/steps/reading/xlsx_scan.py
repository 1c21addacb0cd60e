"""What the parser hides in an .xlsx: error cells, formulas never calculated, absurd extents.

Rows of a worksheet that are plain by their form need no walk (plain_rows). Keeps places, no
tables. Every function takes the chunks of a part and raises Refused for what no office program
writes.
"""

import re
from collections.abc import Callable
from typing import NoReturn

from flows.steps.reading import plain_rows
from flows.steps.reading.marks import MOST_COLUMNS, Extent, Marks, add_mark, add_merge
from flows.steps.reading.places import LAST_COLUMN, LAST_ROW, Cell, column_letters, column_number
from flows.steps.reading.refused import Refused
from flows.steps.reading.xml_walk import Chunks, bare, local, parse

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(rf"{_ADDRESS.pattern}:{_ADDRESS.pattern}")


def workbook(chunks: Chunks) -> list[tuple[str, str]]:
    """Titles of the worksheets, each with the id of the link to its part."""
    sheets: list[tuple[str, str]] = []

    def start(tag: str, attributes: list[str]) -> None:
        if bare(tag) == "sheet":
            given = local(attributes)
            sheets.append((given.get("name", ""), given.get("id", "")))

    parse(chunks, start)
    return sheets


def links(chunks: Chunks) -> dict[str, str]:
    """Parts that a part refers to, by the id of the link."""
    targets: dict[str, str] = {}

    def start(tag: str, attributes: list[str]) -> None:
        if bare(tag) == "Relationship":
            given = local(attributes)
            targets[given.get("Id", "")] = given.get("Target", "")

    parse(chunks, start)
    return targets


def shared_strings(chunks: Chunks) -> int:
    """How many texts the cells may refer to."""
    count = 0

    def start(tag: str, _attributes: list[str]) -> None:
        nonlocal count
        count += bare(tag) == "si"

    parse(chunks, start)
    return count


def worksheet(chunks: Chunks, title: str, shared: int) -> Marks:
    """Marks of one worksheet of an .xlsx whose workbook holds so many shared strings."""
    scan = _Worksheet(title, shared)
    parse(plain_rows.left_over(chunks, scan), scan.start, scan.text, title)
    scan.finish_cell()
    return scan.marks


_LETTERS = [column_letters(number) for number in range(LAST_COLUMN + 2)]
_NUMBERS = {_LETTERS[number].encode(): number for number in range(1, MOST_COLUMNS + 1)}


class _Worksheet:
    """The state of a walk through one worksheet's XML. A cell ends where the next begins."""

    def __init__(self, title: str, shared: int) -> None:
        self.marks = Marks()
        self._title = title
        self._shared = shared
        self._extent = Extent(title)
        self._row = self._column = 0
        self._row_text = ""
        self._kind = ""
        self._formula: list[str] | None = None
        self._value: list[str] | None = None
        self._collects: list[str] | None = None
        self._handlers: dict[str, Callable[[list[str]], None]] = {}
        self._is_pending = False

    @property
    def knows_rows(self) -> bool:
        """Whether a tag `row` is a row here: in some workbooks every tag has a prefix."""
        return "row" in self._handlers

    def pass_by(self, number: int, columns: list[bytes], filled: int, shared: int) -> bool:
        """Take in a plain row (see plain_rows.Walk), if that is all that there is to say of it."""
        self.finish_cell()
        places = [_NUMBERS.get(letters, 0) for letters in columns]
        is_in_order = self._row < number <= LAST_ROW and [0, *places] == sorted({0, *places})
        if not is_in_order or shared >= self._shared:
            return False
        if filled:
            last = places[filled - 1]
            if not self._extent.has_room(number, last):
                return False
            self._extent.add(number, last)
        self._row, self._row_text = number, str(number)
        self._column = places[-1] if places else 0
        return True

    def start(self, tag: str, attributes: list[str]) -> None:
        """Take in the start of an element."""
        self._collects = None
        handler = self._handlers.get(tag)
        if handler is not None:
            handler(attributes)
        elif not self._handlers:
            self._start_root(tag)

    def text(self, text: str) -> None:
        if self._collects is not None:
            self._collects.append(text)

    def _start_root(self, tag: str) -> None:
        # Only tags that share the root's prefix are cells: lists of choices write `xm:f`.
        prefix = tag[: tag.index(":") + 1] if ":" in tag else ""
        self._handlers = {
            f"{prefix}row": self._start_row,
            f"{prefix}c": self._start_cell,
            f"{prefix}v": self._start_value,
            f"{prefix}f": self._start_formula,
            f"{prefix}is": self._start_text,
            f"{prefix}mergeCell": self._start_merge,
        }

    def finish_cell(self) -> None:
        """Judge the cell that has just ended, if there is anything to judge."""
        if not self._is_pending:
            return
        self._is_pending = False
        value, formula = self._value, self._formula
        text = "".join(value or ()).strip()
        if self._kind == "e":
            self._mark(self.marks.errors, text or "#?")
        elif self._kind == "s":
            # A negative index would read somebody else's text.
            if text and not (text.isdecimal() and int(text) < self._shared):
                raise Refused("damaged_workbook", self._title, reason="shared_string")
        # An empty text is a result, too; an empty number is none.
        elif formula is not None and (value is None or (not text and self._kind != "str")):
            self._mark(self.marks.uncalculated, "=" + "".join(formula).strip())

    def _occupy(self) -> None:
        """Stretch the extent to the current cell, which holds something."""
        if self._row != self._extent.last_row or self._column > self._extent.last_column:
            self._extent.add(self._row, self._column)

    def _start_row(self, attributes: list[str]) -> None:
        self.finish_cell()
        row = self._row + 1
        for name, value in zip(attributes[::2], attributes[1::2], strict=True):
            if name == "r":
                row = int(value) if value.isdecimal() and len(value) < 8 else 0
        if not self._row < row <= LAST_ROW:
            self._refuse_reference()
        self._row, self._row_text, self._column = row, str(row), 0

    def _start_cell(self, attributes: list[str]) -> None:
        if self._is_pending:
            self.finish_cell()
        kind, column = "", self._column + 1
        # Asked for every cell of every file, so without a helper; nearly always the neighbour.
        for position in range(0, len(attributes), 2):
            name = attributes[position]
            if name == "t":
                kind = attributes[position + 1]
            elif name == "r" and attributes[position + 1] != _LETTERS[column] + self._row_text:
                column = self._column_of(attributes[position + 1])
        if column > LAST_COLUMN or not self._row:
            self._refuse_reference()
        self._column = column
        self._kind = kind
        self._value = self._formula = None
        self._is_pending = kind in ("s", "e")

    def _start_value(self, _attributes: list[str]) -> None:
        if self._is_pending:
            self._value = self._collects = []
        self._occupy()

    def _start_formula(self, _attributes: list[str]) -> None:
        self._is_pending = True
        self._formula = self._collects = []

    def _start_text(self, _attributes: list[str]) -> None:
        self._occupy()

    def _start_merge(self, attributes: list[str]) -> None:
        match = _RANGE.fullmatch(local(attributes).get("ref", ""))
        if match:
            left, top, right, bottom = match.groups()
            first, last = (int(top), column_number(left)), (int(bottom), column_number(right))
            add_merge(self.marks, self._title, first, last)

    def _column_of(self, address: str) -> int:
        """The column's number; Excel writes cells in order and each under its own row."""
        match = _ADDRESS.fullmatch(address)
        column = column_number(match[1]) if match and int(match[2]) == self._row else 0
        if not self._column < column <= LAST_COLUMN:
            self._refuse_reference()
        return column

    def _refuse_reference(self) -> NoReturn:
        raise Refused("damaged_workbook", self._title, reason="reference")

    def _mark(self, marks: dict[Cell, str], text: str) -> None:
        self._occupy()
        add_mark(self.marks, marks, (self._row, self._column), text)
