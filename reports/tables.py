"""Tables: horizontal hairlines only, heads repeated overleaf, one element however many pages."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFName

from reports import theme
from reports.blocks import Block, Paragraph
from reports.pen import Pen, shrunk
from reports.theme import Style

Cell = str | Block

# Enough for any honest name; a row that is higher than a page could not be printed.
_MOST_LINES = 6
_WORTH_BEGINNING = 130.0

_COLUMN_HEAD = {"O": PDFName("Table"), "Scope": PDFName("Column")}
_ROW_HEAD = {"O": PDFName("Table"), "Scope": PDFName("Row")}


class Number(Block):
    """A number on one line: it shrinks rather than break."""

    def __init__(self, words: str, style: Style) -> None:
        self.words, self.style = words, style

    def height(self, width: float) -> float:  # noqa: ARG002
        """One line."""
        return self.style.leading

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """At the right of its column."""
        base = top - (self.style.leading + self.style.size * 0.56) / 2
        with pen.content("P"):
            pen.write(x + width, base, self.words, shrunk(self.words, self.style, width))


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in points, and the style of its words.

    gap is what its words leave free before the next column; the last column leaves nothing.
    """

    head: str
    width: float
    style: Style = theme.CELL
    is_row_head: bool = False
    gap: float = 6.0

    @property
    def head_style(self) -> Style:
        """The head is aligned as the column is."""
        return theme.HEAD_CELL.but(align=self.style.align)


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns. is_total draws it strong, below a line."""

    cells: tuple[Cell, ...]
    is_total: bool = False
    pad: float = 3.2


@dataclass(frozen=True)
class Group:
    """A line of the table that names the rows after it."""

    words: str
    before: float = 12.0


@dataclass
class _Laid:
    """A row with its cells as blocks and its height."""

    row: Row | Group
    cells: list[Block] = field(default_factory=list)
    height: float = 0.0


class Table(Block):
    """Rows below a head, as wide as its columns together."""

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Row | Group], ruled: int | None = None
    ) -> None:
        self.columns, self.rows = columns, rows
        # A heat map's fields stand on white: hairlines run below its first columns only.
        self._ruled = sum(column.width for column in columns[:ruled])
        # Parts of one table that stand on several pages are one table to a reader.
        self._key = object()
        self._laid = [self._lay(row) for row in rows]
        self._head = [_cell(column.head, column.head_style) for column in columns]
        self._goes_on = False

    def height(self, width: float) -> float:  # noqa: ARG002 - its columns have their widths
        """The head and all rows."""
        return self._head_height() + sum(laid.height for laid in self._laid)

    def least(self, width: float) -> float:  # noqa: ARG002
        """The head, and a row; a group's line does not stand alone."""
        return self._head_height() + sum(laid.height for laid in self._laid[:2])

    def split(self, width: float, height: float) -> tuple[Block, Block] | None:  # noqa: ARG002
        """Between two rows, never just below a group's line."""
        used, taken = self._head_height(), 0
        for laid in self._laid:
            if used + laid.height > height:
                break
            used, taken = used + laid.height, taken + 1
        taken = self._without_loose_groups(taken)
        if not 0 < taken < len(self._laid):
            return None
        return self._part(0, taken), self._part(taken, len(self._laid))

    def halves(self, height: float) -> "tuple[Table, Table | None, Table | None]":
        """Two parts to stand side by side in that height, and what is left for another page."""
        heights = [laid.height for laid in self._laid]
        room = height - self._head_height()
        left = self._without_loose_groups(_rows_in(heights, min(room, _even(heights))))
        right = left + _rows_in(heights[left:], room)
        if right < len(heights):
            right = self._without_loose_groups(right)
        return (
            self._part(0, left),
            self._part(left, right) if right > left else None,
            self._part(right, len(heights)) if right < len(heights) else None,
        )

    def first(self, count: int) -> "Table":
        """Its first rows, as a part of it."""
        return self._part(0, count)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:  # noqa: ARG002 - its columns have their widths
        """Head, rows and hairlines."""
        with pen.element("Table", self._key):
            high = self._head_height()
            self._draw_head(pen, x, top, high)
            top -= high
            for laid in self._laid:
                if isinstance(laid.row, Group):
                    self._draw_group(pen, x, top, laid)
                else:
                    self._draw_row(pen, x, top, laid)
                top -= laid.height

    @property
    def width(self) -> float:
        """All columns."""
        return sum(column.width for column in self.columns)

    def _without_loose_groups(self, taken: int) -> int:
        """A group's line does not end a column or a page."""
        while taken and isinstance(self._laid[taken - 1].row, Group):
            taken -= 1
        return taken

    def _part(self, start: int, end: int) -> "Table":
        part = Table.__new__(Table)
        part.columns, part.rows, part._key = self.columns, self.rows[start:end], self._key
        part._ruled = self._ruled
        part._laid, part._head = self._laid[start:end], self._head
        part._goes_on = self._goes_on or start > 0
        return part

    def _lay(self, row: Row | Group) -> _Laid:
        if isinstance(row, Group):
            words = Paragraph(row.words, theme.HEAD_CELL, "TH")
            return _Laid(row, [words], words.height(self.width) + row.before + 3)
        cells = [
            _cell(cell, column.style.strong if row.is_total else column.style)
            for cell, column in zip(row.cells, self.columns, strict=True)
        ]
        high = max(c.height(self._inner(i)) for i, c in enumerate(cells))
        return _Laid(row, cells, high + 2 * row.pad)

    def _inner(self, place: int) -> float:
        is_last = place == len(self.columns) - 1
        return self.columns[place].width - (0 if is_last else self.columns[place].gap)

    def _head_height(self) -> float:
        return max(c.height(self._inner(i)) for i, c in enumerate(self._head)) + 6

    def _draw_head(self, pen: Pen, x: float, top: float, high: float) -> None:
        # Said once: overleaf the head is there for the eye alone.
        with pen.decoration("Pagination") if self._goes_on else pen.element("TR"):
            left = x
            for place, cell in enumerate(self._head):
                inner = self._inner(place)
                with nullcontext() if self._goes_on else pen.element("TH", **_COLUMN_HEAD):
                    cell.draw(pen, left, top - high + 4 + cell.height(inner), inner)
                left += self.columns[place].width
        with pen.decoration():
            pen.line((x, top - high), (x + self.width, top - high), theme.INK, 0.8)

    def _draw_group(self, pen: Pen, x: float, top: float, laid: _Laid) -> None:
        span = {"ColSpan": len(self.columns)}
        with pen.element("TR"), pen.element("TH", **_COLUMN_HEAD, **span):
            words = laid.cells[0]
            words.draw(pen, x, top - laid.height + 3 + words.height(self.width), self.width)
        with pen.decoration():
            y = top - laid.height
            pen.line((x, y), (x + self.width, y), theme.FAINT, 0.5)

    def _draw_row(self, pen: Pen, x: float, top: float, laid: _Laid) -> None:
        left, bottom = x, top - laid.height
        with pen.element("TR"):
            for place, (cell, column) in enumerate(zip(laid.cells, self.columns, strict=True)):
                inner = self._inner(place)
                middle = (laid.height - cell.height(inner)) / 2
                is_head = column.is_row_head
                with pen.element("TH", **_ROW_HEAD) if is_head else pen.element("TD"):
                    cell.draw(pen, left, top - middle, inner)
                left += column.width
        with pen.decoration():
            pen.line((x, bottom), (x + self._ruled, bottom), theme.HAIR, 0.35)
            if isinstance(laid.row, Row) and laid.row.is_total:
                pen.line((x, top), (x + self.width, top), theme.INK, 0.6)


class SideBySide(Block):
    """One long table in two columns of the page, read down the left and then down the right."""

    def __init__(self, table: Table, gutter: float = 22, room: float = 1e6) -> None:
        self.table, self.gutter, self.room = table, gutter, room

    def height(self, width: float) -> float:
        """The higher of the two."""
        left, right, _ = self.table.halves(self.room)
        return max(part.height(width) for part in (left, right) if part)

    def least(self, width: float) -> float:
        """A few rows: a short table is moved to the next page rather than torn."""
        return min(self.height(width), max(self.table.least(width), _WORTH_BEGINNING))

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Left, then right."""
        left, right, _ = self.table.halves(self.room)
        left.draw(pen, x, top, width)
        if right:
            right.draw(pen, x + self.table.width + self.gutter, top, width)

    def split(self, width: float, height: float) -> tuple[Block, Block] | None:  # noqa: ARG002
        """A page of both columns, and the rest."""
        left, right, rest = self.table.halves(height)
        if not left.rows or rest is None:
            return None
        kept = self.table.first(len(left.rows) + (len(right.rows) if right else 0))
        return SideBySide(kept, self.gutter, height), SideBySide(rest, self.gutter)


def _cell(cell: Cell, style: Style) -> Block:
    if not isinstance(cell, str):
        return cell
    if style.align == "right" and " " not in cell:
        return Number(cell, style)
    return Paragraph(cell, style, most_lines=_MOST_LINES)


def _rows_in(heights: Sequence[float], room: float) -> int:
    used = 0.0
    for taken, high in enumerate(heights):
        used += high
        if used > room + 0.01:
            return taken
    return len(heights)


def _even(heights: Sequence[float]) -> float:
    """The height of the left column when the two are as even as can be, the left the higher."""
    used, whole = 0.0, sum(heights)
    for high in heights:
        used += high
        if used * 2 >= whole:
            break
    return used
