"""Colours cells of one worksheet, in place; cells that do not exist yet come into being."""

import re
from collections.abc import Mapping

from flows.steps.reading.places import Cell, column_letters, column_number
from flows.steps.replying.markup import splice
from flows.steps.replying.markup.splice import Edit
from flows.steps.replying.markup.styles import Styles

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_SELECTED = re.compile(rb"\s(?:\w+:)?tabSelected\s*=\s*[\"'](?:1|true)[\"']")
# What may stand behind the link to the notes, in a worksheet's fixed order of elements.
_AFTER_NOTES = frozenset(
    [
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    ]
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell_of(address: str) -> Cell:
    """F17 as row 17, column 6."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise splice.UnmarkableError("address")
    return int(match[2]), column_number(match[1])


def address_of(cell: Cell) -> str:
    """Row 17, column 6 as F17."""
    return f"{column_letters(cell[1])}{cell[0]}"


def coloured(content: bytes, wanted: Mapping[Cell, str], styles: Styles) -> bytes:
    """The worksheet with each wanted cell on the ground of its severity.

    A colour that only we have put there leaves every other cell.
    """
    return splice.changed(content, _Walk(content, wanted, styles).edits())


def unselected(content: bytes) -> bytes:
    """The worksheet as one that is not in front: two in front would be edited together."""
    head, rows, rest = content.partition(b"sheetData")
    return _SELECTED.sub(b"", head) + rows + rest


def notes_link(content: bytes) -> str | None:
    """The id of the link to the drawing that holds the notes' boxes, if there is one."""
    root, *others = splice.elements(content, deepest=2)
    ids = [one.attributes.get("id") for one in others if one.name == "legacyDrawing"]
    return ids[0] if ids and root else None


def with_notes_link(content: bytes, link_id: str) -> bytes:
    """The worksheet with a link to the drawing that holds the notes' boxes."""
    root, *others = splice.elements(content, deepest=2)
    names = [one.name for one in others]
    behind = others[names.index("sheetData") + 1 :] if "sheetData" in names else []
    after = [one.starts_at for one in behind if one.name in _AFTER_NOTES]
    at = after[0] if after else root.closes_at
    tag = f'legacyDrawing xmlns:r="{_OFFICE}" r:id="{link_id}"/>'.encode()
    return splice.changed(content, [Edit(at, at, b"<" + root.prefix + tag)])


class _Walk:
    """One walk through a worksheet, which notes the edits."""

    def __init__(self, content: bytes, wanted: Mapping[Cell, str], styles: Styles) -> None:
        self._content = content
        self._styles = styles
        self._wanted: dict[int, dict[int, str]] = {}
        for (row, column), severity in sorted(wanted.items()):
            self._wanted.setdefault(row, {})[column] = severity
        self._waiting = sorted(self._wanted)
        self._edits: list[Edit] = []
        self._prefix: str | None = None
        self._row = self._column = 0
        self._row_style: int | None = None
        self._row_at = 0
        self._cells: list[int] = []
        self._column_styles: list[tuple[int, int, int]] = []
        self._is_in_rows = False

    def edits(self) -> list[Edit]:
        """All that has to change."""
        splice.walk(self._content, self._start, self._end)
        if self._waiting:
            raise splice.UnmarkableError("rows")
        return self._edits

    def _start(self, tag: str, given: dict[str, str], at: int) -> None:
        if self._prefix is None:
            self._prefix = tag[: tag.index(":") + 1] if ":" in tag else ""
        # Only tags that share the root's prefix are cells.
        name = tag.removeprefix(self._prefix)
        if name == "c" and self._is_in_rows:
            self._start_cell(given, at)
        elif name == "row" and self._is_in_rows:
            self._start_row(given, at)
        elif name == "sheetData":
            self._is_in_rows = True
            if splice.start_tag(self._content, at)[1]:
                self._fill_empty(at, "sheetData", b"".join(map(self._new_row, self._waiting)))
                self._waiting = []
        elif name == "col" and not self._is_in_rows and "style" in given:
            borders = int(given["min"]), int(given["max"]), int(given["style"])
            self._column_styles.append(borders)

    def _end(self, tag: str, at: int) -> None:
        name = tag.removeprefix(self._prefix or "")
        if name == "row" and self._is_in_rows:
            self._insert_cells(at, 16_385)
        elif name == "sheetData" and self._is_in_rows:
            self._insert_rows(at, 1_048_577)
            self._is_in_rows = False

    def _start_row(self, given: dict[str, str], at: int) -> None:
        self._row = int(given.get("r") or self._row + 1)
        self._insert_rows(at, self._row)
        self._column, self._row_at = 0, at
        is_styled = given.get("customFormat") in ("1", "true")
        self._row_style = int(given.get("s") or 0) if is_styled else None
        self._cells = []
        if self._waiting and self._waiting[0] == self._row:
            self._waiting.pop(0)
            self._cells = sorted(self._wanted[self._row])
            match = splice.start_tag(self._content, at)
            if match[1]:
                self._fill_empty(at, "row", self._new_cells(self._cells))
                self._cells = []
            elif "spans" in given:
                # What it says of the row's width may no longer hold; nobody needs it.
                tag = splice.with_attributes(match[0], {"spans": None})
                self._edits.append(Edit(at, match.end(), tag))

    def _start_cell(self, given: dict[str, str], at: int) -> None:
        address = given.get("r")
        self._column = cell_of(address)[1] if address else self._column + 1
        if self._cells:
            self._insert_cells(at, self._column)
        style = int(given.get("s") or 0)
        if self._cells and self._cells[0] == self._column:
            self._cells.pop(0)
            # A colour of ours from an earlier round is no ground of the partner's.
            number = self._styles.marked(style, self._wanted[self._row][self._column])
        elif self._styles.carries_mark(style):
            number = self._styles.unmarked(style)
        else:
            return
        match = splice.start_tag(self._content, at)
        tag = splice.with_attributes(match[0], {"s": str(number)})
        self._edits.append(Edit(at, match.end(), tag))

    def _insert_cells(self, at: int, before: int) -> None:
        """Wanted cells of this row that stand before a column and do not exist."""
        new = [column for column in self._cells if column < before]
        if new:
            self._edits.append(Edit(at, at, self._new_cells(new)))
            self._cells = self._cells[len(new) :]

    def _insert_rows(self, at: int, before: int) -> None:
        new = [row for row in self._waiting if row < before]
        if new:
            self._edits.append(Edit(at, at, b"".join(map(self._new_row, new))))
            self._waiting = self._waiting[len(new) :]

    def _new_cells(self, columns: list[int]) -> bytes:
        row, style = self._row, self._row_style
        return b"".join(self._new_cell(row, column, style) for column in columns)

    def _new_row(self, row: int) -> bytes:
        cells = b"".join(self._new_cell(row, column) for column in sorted(self._wanted[row]))
        prefix = (self._prefix or "").encode()
        return b'<%brow r="%d">%b</%brow>' % (prefix, row, cells, prefix)

    def _new_cell(self, row: int, column: int, row_style: int | None = None) -> bytes:
        """A blank cell with the format that its row or column gives to blank cells."""
        base = row_style
        if base is None:
            spans = self._column_styles
            base = next((style for low, high, style in spans if low <= column <= high), 0)
        number = self._styles.marked(base, self._wanted[row][column])
        address = address_of((row, column))
        return b'<%bc r="%b" s="%d"/>' % ((self._prefix or "").encode(), address.encode(), number)

    def _fill_empty(self, at: int, name: str, children: bytes) -> None:
        """Give children to an element that was written as an empty tag."""
        if not children:
            return
        match = splice.start_tag(self._content, at)
        opened = match[0][:-2].rstrip() + b">"
        closed = b"</%b%b>" % ((self._prefix or "").encode(), name.encode())
        self._edits.append(Edit(at, match.end(), opened + children + closed))
