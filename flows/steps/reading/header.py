"""Where the form's questions stand in a grid: which sheet is which, which column is which.

Partners rename sheets, move columns, write notes above the table and translate headers, so
everything is found by its words: the form's labels in either language, or the field's id.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.steps.reading.form import Form, FormSheet, fold
from flows.steps.reading.grids import Grid

# The header stands within these rows; a table that begins lower is no sheet of ours.
SEARCHED_ROWS = 20
# The one sheet with a single answer to each question, so it may also be written downwards.
SINGLE_SHEET = "raport"
# Without these two nobody can tell what was reported for which period.
NEEDED_SHEETS = ("raport", "activitati")
_SEARCHED_COLUMNS = 10
_MOST_QUESTIONS = 200


@dataclass(frozen=True)
class Layout:
    """Where the answers of one sheet stand in its grid. Indexes count from 0.

    Across (the usual table): columns by field, answers from row first_row on. Downwards (labels
    down a column, answers beside them): rows by field as well, all in the same column.
    repeated are headers (field, row, column) of a field that has its place already; unknown are
    headers (row, column) that the form does not have.
    """

    header_row: int
    first_row: int
    columns: Mapping[str, int]
    rows: Mapping[str, int] | None = None
    repeated: tuple[tuple[str, int, int], ...] = ()
    unknown: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Found:
    """A grid that is one of the form's sheets. layout is None when its headers are missing."""

    sheet: FormSheet
    grid: Grid
    layout: Layout | None


@dataclass(frozen=True)
class Assignment:
    """Which grid is which sheet of the form.

    rivals are two or more grids for one sheet; hidden ones are named like a sheet that no visible
    grid is; spare ones have the headers of a sheet that was found elsewhere.
    """

    found: tuple[Found, ...]
    rivals: tuple[tuple[FormSheet, tuple[Grid, ...]], ...] = ()
    hidden: tuple[tuple[FormSheet, Grid], ...] = ()
    spare: tuple[tuple[FormSheet, Grid], ...] = ()


def assign(form: Form, grids: Iterable[Grid]) -> Assignment:
    """Find each sheet of the form by its title, else by its headers."""
    visible, hidden = [], []
    for grid in grids:
        (visible if grid.is_visible else hidden).append(grid)
    found: list[Found] = []
    rivals: list[tuple[FormSheet, tuple[Grid, ...]]] = []
    taken: set[str] = set()
    for sheet in form.sheets:
        named = [grid for grid in visible if fold(grid.title) in sheet.titles]
        taken.update(grid.title for grid in named)
        if len(named) == 1:
            found.append(Found(sheet, named[0], layout_of(sheet, named[0])))
        elif named:
            rivals.append((sheet, tuple(named)))
    known = {one.sheet.sheet for one in found} | {sheet.sheet for sheet, _ in rivals}
    likely: dict[str, list[Found]] = {}
    for grid in visible:
        if grid.title not in taken and (guess := recognise(form, grid)):
            likely.setdefault(guess.sheet.sheet, []).append(guess)
    spare = []
    for sheet, guesses in likely.items():
        if sheet in known:
            spare.extend((guess.sheet, guess.grid) for guess in guesses)
        elif len(guesses) == 1:
            found.extend(guesses)
        else:
            rivals.append((guesses[0].sheet, tuple(guess.grid for guess in guesses)))
    known.update(likely)
    spare.extend(
        (sheet, grid)
        for grid in visible
        for sheet in form.sheets
        if sheet.sheet in known and grid.title not in taken and _is_more_of(sheet, grid)
    )
    unseen = [
        (sheet, grid)
        for sheet in form.sheets
        for grid in hidden
        if sheet.sheet not in known and fold(grid.title) in sheet.titles
    ]
    order = [sheet.sheet for sheet in form.sheets]
    found.sort(key=lambda one: order.index(one.sheet.sheet))
    return Assignment(tuple(found), tuple(rivals), tuple(unseen), tuple(spare))


def _is_more_of(sheet: FormSheet, grid: Grid) -> bool:
    """Whether a grid without headers is named like a further page of a sheet: Activities 2."""
    is_named = fold(grid.title).startswith(tuple(f"{title} " for title in sheet.titles))
    return is_named and layout_of(sheet, grid) is None and any(map(any, grid.rows))


def recognise(form: Form, grid: Grid) -> Found | None:
    """The sheet of the form whose headers a grid has, or None when none fits, or two fit alike."""
    fits = []
    for sheet in form.sheets:
        layout = layout_of(sheet, grid)
        if layout and _is_enough(sheet, layout.columns.keys()):
            fits.append((len(layout.columns), Found(sheet, grid, layout)))
    fits.sort(key=lambda fit: fit[0], reverse=True)
    if not fits or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return None
    return fits[0][1]


def layout_of(sheet: FormSheet, grid: Grid) -> Layout | None:
    """Where the sheet's questions stand, or None when fewer than two were found."""
    across = _across(sheet, grid)
    downwards = _downwards(sheet, grid) if sheet.sheet == SINGLE_SHEET else None
    if downwards and (across is None or len(downwards.columns) > len(across.columns)):
        return downwards
    return across


def moved(sheet: FormSheet, row: list[Any], columns: Mapping[str, int]) -> list[int] | None:
    """Where a second header says something else than the first one; None when it is no header.

    A table may be continued beneath its header written once more, but only in the same columns.
    """
    matches = _matches(sheet, row)
    if 2 * len(set(matches.values())) <= len(columns):
        return None
    return [column for column, field in matches.items() if columns.get(field) != column]


def _is_enough(sheet: FormSheet, fields: Collection[str]) -> bool:
    """Whether headers alone prove the sheet: its key, and half of what it always asks."""
    always = [field.field for field in sheet.always]
    return all(key in fields for key in sheet.key_fields) and 2 * sum(
        field in fields for field in always
    ) >= len(always)


def _across(sheet: FormSheet, grid: Grid) -> Layout | None:
    header_row, best, match = 0, 0, {}
    for index, row in enumerate(grid.rows[:SEARCHED_ROWS]):
        matches = _matches(sheet, row)
        if len(set(matches.values())) > best:
            header_row, best, match = index, len(set(matches.values())), matches
        if best and best == len(sheet.fields):
            break
    if best < 2:
        return None
    columns: dict[str, int] = {}
    repeated, unknown = [], []
    for column, cell in enumerate(grid.rows[header_row]):
        field = match.get(column)
        if field is None:
            if _text(cell):
                unknown.append((header_row, column))
        elif field in columns:
            repeated.append((field, header_row, column))
        else:
            columns[field] = column
    first_row = header_row + 1
    # The same header once more beneath, in the other language or as ids, is no answer.
    while first_row < len(grid.rows) and moved(sheet, grid.rows[first_row], columns) == []:
        first_row += 1
    return Layout(header_row, first_row, columns, repeated=tuple(repeated), unknown=tuple(unknown))


def _downwards(sheet: FormSheet, grid: Grid) -> Layout | None:
    rows = grid.rows[:_MOST_QUESTIONS]
    width = min(max(map(len, rows), default=0), _SEARCHED_COLUMNS)
    best: dict[int, str] = {}
    label_column = 0
    for column in range(width):
        labels = {i: f for i, row in enumerate(rows) if (f := _field(sheet, row, column))}
        if len(set(labels.values())) > len(set(best.values())):
            best, label_column = labels, column
    if len(set(best.values())) < 2:
        return None
    answers = _answer_column(sheet, rows, best, label_column)
    places: dict[str, int] = {}
    repeated = []
    for row, field in best.items():
        if field in places:
            repeated.append((field, row, label_column))
        places.setdefault(field, row)
    unknown = tuple(
        (index, label_column)
        for index in range(min(best), max(best))
        if index not in best and _at(rows[index], label_column) and _at(rows[index], answers)
    )
    first = min(best)
    columns = dict.fromkeys(places, answers)
    return Layout(first, first, columns, places, tuple(repeated), unknown)


def _answer_column(
    sheet: FormSheet, rows: list[list[Any]], labels: Mapping[int, str], label_column: int
) -> int:
    """The nearest column to the right that holds answers and not the labels again.

    One column for all: taken row by row, the help text would be the answer to a blank question.
    """
    width = max(map(len, rows))
    for column in range(label_column + 1, width):
        again = sum(_field(sheet, rows[row], column) == field for row, field in labels.items())
        if 2 * again < len(labels) and any(_at(rows[row], column) for row in labels):
            return column
    return label_column + 1


def _matches(sheet: FormSheet, row: list[Any]) -> dict[int, str]:
    return {column: field for column in range(len(row)) if (field := _field(sheet, row, column))}


def _field(sheet: FormSheet, row: list[Any], column: int) -> str | None:
    # Labels are texts; a number or a date is an answer.
    cell = row[column] if column < len(row) else None
    return sheet.field_of(cell) if cell and isinstance(cell, str) else None


def _at(row: list[Any], column: int) -> str:
    return _text(row[column]) if column < len(row) else ""


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell)
