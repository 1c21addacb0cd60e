"""Cells that were merged: to the eye an answer of each row, to a program one of the first only."""

from flows.steps.reading.grids import Grid
from flows.steps.reading.header import Layout
from flows.steps.reading.places import Cell, column_letters


def covered(grid: Grid, layout: Layout) -> dict[Cell, str]:
    """Cells (row, column from 1) of a table that a merged cell with something in it covers.

    Each with the range that was merged, as A2:A4. A report written downwards has none.
    """
    found: dict[Cell, str] = {}
    for (top, left), (bottom, right) in grid.marks.merges if layout.rows is None else ():
        is_within = layout.first_row < top <= len(grid.rows) and left <= len(grid.rows[top - 1])
        if not is_within or grid.rows[top - 1][left - 1] in ("", None):
            continue
        cells = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
        columns = [n + 1 for n in layout.columns.values() if left <= n + 1 <= right]
        for row in range(top, min(bottom, len(grid.rows)) + 1):
            found.update(((row, column), cells) for column in columns)
        found.pop((top, left), None)
    return found
