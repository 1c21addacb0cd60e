"""What the parser hides in a worksheet: error cells, formulas never calculated, absurd extents.

Streams the XML of one part through expat while it is being inflated; keeps addresses, no tables.
Rows of a worksheet that are plain by their form need no walk (plain_rows).
Every function takes the part's chunks and raises Refused for what no office program writes.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from flows.steps.reading import plain_rows

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_MOST_ROWS = 50_000
_MOST_COLUMNS = 256
# python-calamine allocates the whole rectangle from A1 to the last cell that holds something.
_MOST_CELLS = 16 * 2**20
_MOST_MERGES = 2_000
_MOST_MARKS = 20_000
_LONGEST_TEXT = 200
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

Chunks = Iterable[bytes]
Cell = tuple[int, int]


class Refused(Exception):  # noqa: N818 - it is a verdict about a file, no error of ours
    """This file is not read. Carries the rule and what its sentence needs."""

    def __init__(self, rule: str, sheet: str | None = None, **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(rule)
        self.rule = rule
        self.sheet = sheet
        self.arguments = arguments


@dataclass
class Marks:
    """Cells (row, column from 1) that look empty to the parser, with what stands in them."""

    errors: dict[Cell, str] = field(default_factory=dict)
    uncalculated: dict[Cell, str] = field(default_factory=dict)


def workbook(chunks: Chunks) -> list[tuple[str, str]]:
    """Titles of the worksheets, each with the id of the link to its part."""
    sheets: list[tuple[str, str]] = []

    def start(tag: str, attributes: list[str]) -> None:
        if _bare(tag) == "sheet":
            given = _local(attributes)
            sheets.append((given.get("name", ""), given.get("id", "")))

    _parse(chunks, start)
    return sheets


def links(chunks: Chunks) -> dict[str, str]:
    """Parts that a part refers to, by the id of the link."""
    targets: dict[str, str] = {}

    def start(tag: str, attributes: list[str]) -> None:
        if _bare(tag) == "Relationship":
            given = _local(attributes)
            targets[given.get("Id", "")] = given.get("Target", "")

    _parse(chunks, start)
    return targets


def shared_strings(chunks: Chunks) -> int:
    """How many texts the cells may refer to."""
    count = 0

    def start(tag: str, _attributes: list[str]) -> None:
        nonlocal count
        count += _bare(tag) == "si"

    _parse(chunks, start)
    return count


def is_encrypted(chunks: Chunks) -> bool:
    """Whether the manifest of an .ods says that its parts are encrypted."""
    found = False

    def start(tag: str, _attributes: list[str]) -> None:
        nonlocal found
        found = found or _bare(tag) == "encryption-data"

    _parse(chunks, start)
    return found


def nothing(chunks: Chunks) -> None:
    """Read a part to its end. Broken XML is let pass where nobody reads it, a DOCTYPE never."""
    try:
        _parse(chunks, None)
    except Refused as refusal:
        if refusal.arguments["reason"] != "xml":
            raise
        for _ in chunks:
            pass


def worksheet(chunks: Chunks, title: str, shared: int) -> Marks:
    """Marks of one worksheet of an .xlsx whose workbook holds so many shared strings."""
    scan = _Worksheet(title, shared)
    _parse(plain_rows.left_over(chunks, scan), scan.start, scan.text, title)
    scan.finish_cell()
    return scan.marks


def ods_content(chunks: Chunks) -> dict[str, Marks]:
    """Marks of each worksheet of an .ods, by title, in their order."""
    scan = _OdsContent()
    _parse(chunks, scan.start, scan.text, end=scan.end)
    return scan.sheets


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_LETTERS = [column_letters(number) for number in range(_LAST_COLUMN + 2)]
_NUMBERS = {_LETTERS[number].encode(): number for number in range(1, _MOST_COLUMNS + 1)}


class _Extent:
    """The rectangle from A1 to the last cell that holds something, kept within bounds."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows = 0
        self.last_row = 0
        self.last_column = 0

    def has_room(self, row: int, column: int) -> bool:
        """Whether this cell, in a row of its own, may be added."""
        column = max(column, self.last_column)
        is_small = self.rows < _MOST_ROWS and column <= _MOST_COLUMNS
        return is_small and row * column <= _MOST_CELLS

    def add(self, row: int, column: int, repeated: int = 1) -> None:
        if row > self.last_row:
            self.rows += repeated
            self.last_row = row + repeated - 1
            if self.rows > _MOST_ROWS:
                raise Refused("too_large_sheet", self.title, reason="rows", limit=_MOST_ROWS)
        if column > self.last_column:
            self.last_column = column
            if column > _MOST_COLUMNS:
                self._refuse_columns()
        if self.last_row * self.last_column > _MOST_CELLS:
            raise Refused("too_large_sheet", self.title, reason="extent", limit=_MOST_CELLS)

    def _refuse_columns(self) -> NoReturn:
        raise Refused("too_large_sheet", self.title, reason="columns", limit=_MOST_COLUMNS)


class _Worksheet:
    """The state of a walk through one worksheet's XML. A cell ends where the next begins."""

    def __init__(self, title: str, shared: int) -> None:
        self.marks = Marks()
        self._title = title
        self._shared = shared
        self._extent = _Extent(title)
        self._merges = 0
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
        is_in_order = self._row < number <= _LAST_ROW and [0, *places] == sorted({0, *places})
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
        if not self._row < row <= _LAST_ROW:
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
        if column > _LAST_COLUMN or not self._row:
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

    def _start_merge(self, _attributes: list[str]) -> None:
        self._merges += 1
        if self._merges > _MOST_MERGES:
            raise Refused("too_large_sheet", self._title, reason="merges", limit=_MOST_MERGES)

    def _column_of(self, address: str) -> int:
        """The column's number; Excel writes cells in order and each under its own row."""
        match = _ADDRESS.fullmatch(address)
        column = column_number(match[1]) if match and int(match[2]) == self._row else 0
        if not self._column < column <= _LAST_COLUMN:
            self._refuse_reference()
        return column

    def _refuse_reference(self) -> NoReturn:
        raise Refused("damaged_workbook", self._title, reason="reference")

    def _mark(self, marks: dict[Cell, str], text: str) -> None:
        self._occupy()
        _add_mark(self.marks, marks, (self._row, self._column), text)


class _OdsContent:
    """The state of a walk through content.xml of an .ods."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self._marks = Marks()
        self._extent = _Extent("")
        self._row = self._row_repeated = 0
        self._column = self._column_repeated = 0
        self._is_error = self._is_in_cell = False
        self._formula: str | None = None
        self._text: list[str] = []

    def start(self, tag: str, attributes: list[str]) -> None:
        tag = _bare(tag)
        if tag == "table":
            title = _local(attributes).get("name", "")
            if title in self.sheets:
                raise Refused("damaged_workbook", title, reason="workbook")
            self._marks = self.sheets[title] = Marks()
            self._extent = _Extent(title)
            self._row = self._row_repeated = 0
        elif tag == "table-row":
            self._row += self._row_repeated or 1
            self._row_repeated = self._repeated(attributes, "number-rows-repeated", _LAST_ROW)
            self._column = self._column_repeated = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._column += self._column_repeated or 1
            self._start_cell(attributes)

    def end(self, tag: str) -> None:
        if _bare(tag) in ("table-cell", "covered-table-cell"):
            self._finish_cell()

    def text(self, text: str) -> None:
        if self._is_in_cell and self._is_error:
            self._text.append(text)

    def _start_cell(self, attributes: list[str]) -> None:
        given = _local(attributes)
        self._column_repeated = self._repeated(attributes, "number-columns-repeated", _LAST_COLUMN)
        kinds = [value for name, value in _pairs(attributes) if _bare(name) == "value-type"]
        self._is_error = "error" in kinds
        self._formula = given.get("formula") if not kinds else None
        self._text = []
        self._is_in_cell = True
        if kinds or self._formula is not None:
            last = self._column + self._column_repeated - 1
            self._extent.add(self._row, last, self._row_repeated)

    def _finish_cell(self) -> None:
        self._is_in_cell = False
        if not self._is_error and self._formula is None:
            return
        marks = self._marks.errors if self._is_error else self._marks.uncalculated
        text = ("".join(self._text).strip() or "#?") if self._is_error else self._formula or "="
        for row in range(self._row, self._row + self._row_repeated):
            for column in range(self._column, self._column + self._column_repeated):
                _add_mark(self._marks, marks, (row, column), text)

    def _repeated(self, attributes: list[str], name: str, most: int) -> int:
        text = _local(attributes).get(name, "1")
        if not text.isdecimal() or len(text) > 7 or not 1 <= int(text) <= most:
            raise Refused("damaged_workbook", self._extent.title, reason="reference")
        return int(text)


def _add_mark(both: Marks, marks: dict[Cell, str], cell: Cell, text: str) -> None:
    marks[cell] = text[:_LONGEST_TEXT]
    if len(both.errors) + len(both.uncalculated) > _MOST_MARKS:
        raise Refused("too_many_errors", limit=_MOST_MARKS)


def _bare(name: str) -> str:
    """A name without the prefix that a program chose for its namespace."""
    return name.rpartition(":")[2]


def _pairs(attributes: list[str]) -> Iterable[tuple[str, str]]:
    return zip(attributes[::2], attributes[1::2], strict=True)


def _local(attributes: list[str]) -> dict[str, str]:
    return {_bare(name): value for name, value in _pairs(attributes)}


def _parse(
    chunks: Chunks,
    start: Callable[[str, list[str]], None] | None,
    text: Callable[[str], None] | None = None,
    title: str | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    """Walk through one part, handing on tags and attributes as they are written."""
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype

    if start is not None:
        parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    # The other two come of an encoding that Python does not know, or cannot hand to expat.
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused("damaged_workbook", title, reason="xml") from error


def _refuse_doctype(*_: object) -> NoReturn:
    raise Refused("unsafe_workbook", reason="xml_dtd", part=None)
