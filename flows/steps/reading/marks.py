"""What a parser does not see in a worksheet, and how large a worksheet may be."""

from dataclasses import dataclass, field
from typing import NoReturn

from flows.steps.reading.places import Cell
from flows.steps.reading.refused import Refused

_MOST_ROWS = 50_000
MOST_COLUMNS = 256
# python-calamine allocates the whole rectangle from A1 to the last cell that holds something.
_MOST_CELLS = 16 * 2**20
_MOST_MARKS = 20_000
_MOST_MERGES = 2_000
_LONGEST_TEXT = 200


@dataclass
class Marks:
    """Cells (row, column from 1) that look empty to the parser, with what stands in them.

    merges are rectangles (first and last cell) of which only the first cell holds anything.
    """

    errors: dict[Cell, str] = field(default_factory=dict)
    uncalculated: dict[Cell, str] = field(default_factory=dict)
    merges: list[tuple[Cell, Cell]] = field(default_factory=list)


class Extent:
    """The rectangle from A1 to the last cell that holds something, kept within bounds."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows = 0
        self.last_row = 0
        self.last_column = 0

    def has_room(self, row: int, column: int) -> bool:
        """Whether this cell, in a row of its own, may be added."""
        column = max(column, self.last_column)
        is_small = self.rows < _MOST_ROWS and column <= MOST_COLUMNS
        return is_small and row * column <= _MOST_CELLS

    def add(self, row: int, column: int, repeated: int = 1) -> None:
        """Stretch it to a cell of a row that stands so many times. Raises Refused out of bounds."""
        if row > self.last_row:
            self.rows += repeated
            self.last_row = row + repeated - 1
            if self.rows > _MOST_ROWS:
                raise Refused("too_large_sheet", self.title, reason="rows", limit=_MOST_ROWS)
        if column > self.last_column:
            self.last_column = column
            if column > MOST_COLUMNS:
                self._refuse_columns()
        if self.last_row * self.last_column > _MOST_CELLS:
            raise Refused("too_large_sheet", self.title, reason="extent", limit=_MOST_CELLS)

    def _refuse_columns(self) -> NoReturn:
        raise Refused("too_large_sheet", self.title, reason="columns", limit=MOST_COLUMNS)


def add_mark(both: Marks, marks: dict[Cell, str], cell: Cell, text: str) -> None:
    """Note in one of both what a cell shows. Raises Refused when there are too many."""
    marks[cell] = text[:_LONGEST_TEXT]
    if len(both.errors) + len(both.uncalculated) > _MOST_MARKS:
        raise Refused("too_many_errors", limit=_MOST_MARKS)


def add_merge(marks: Marks, title: str, first: Cell, last: Cell) -> None:
    """Note cells that were merged into one. Raises Refused when there are too many such places."""
    marks.merges.append((first, last))
    if len(marks.merges) > _MOST_MERGES:
        raise Refused("too_large_sheet", title, reason="merges", limit=_MOST_MERGES)
