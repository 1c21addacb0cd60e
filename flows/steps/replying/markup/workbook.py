"""Marks up what a partner sent, whatever its format. Runs in the marking process."""

from dataclasses import replace
from pathlib import PurePath

from flows.steps.reading import gate, grids, header
from flows.steps.reading.form import Form
from flows.steps.reading.grids import Grid
from flows.steps.replying.markup import book, cells, plain
from flows.steps.replying.markup.package import Package
from flows.steps.replying.markup.splice import UnmarkableError
from flows.steps.replying.markup.tasks import Task, TaskList

_TASK = Task("warn", "Foaie", None, 1, None, "B2", ("", "", "", ""), "Reper – notă")


def mark_up(content: bytes, file_name: str, wanted: TaskList, form: Form) -> bytes:
    """The partner's workbook, marked up, as .xlsx without macros.

    An .ods, a CSV and what cannot be changed in place come back as a workbook of values. Raises
    Refused for a file that the gate does not let through.
    """
    name = PurePath(file_name)
    opened = gate.examine(content, name.suffix.lower())
    if opened.kind == "csv":
        grid, wanted = _csv(grids.decoded(content), name.stem, wanted, form)
        made = book.marked(Package(plain.workbook([grid])), wanted)
    elif opened.kind == "ods":
        made = _of_values(opened, wanted)
    else:
        try:
            made = book.marked(Package(content), wanted)
        except UnmarkableError:
            made = _of_values(opened, wanted)
    # What goes out must pass where it will come in again.
    gate.examine(made, ".xlsx")
    return made


def _of_values(opened: gate.Opened, wanted: TaskList) -> bytes:
    visible = [grid for grid in grids.worksheets(opened) if grid.is_visible]
    return book.marked(Package(plain.workbook(visible)), wanted)


def _csv(text: str, stem: str, wanted: TaskList, form: Form) -> tuple[Grid, TaskList]:
    """A CSV as a worksheet, each record on its own line, and where in it the tasks stand."""
    sheet_ids = {task.sheet_id for task in wanted.tasks}
    asked = [sheet for sheet in form.sheets if sheet.sheet in sheet_ids]
    best: tuple[int, str, header.Layout | None] = (-1, ",", None)
    for delimiter, head in grids.csv_heads(text, stem, header.SEARCHED_ROWS):
        layout = header.layout_of(asked[0], head) if asked else None
        width = max(map(len, head.rows), default=0)
        fit = 1000 * len(layout.columns) + width if layout else width
        if fit > best[0]:
            best = fit, delimiter, layout
    _, delimiter, layout = best
    grid = replace(grids.whole_csv(text, stem, delimiter), title=plain.title_of(stem))
    columns = layout.columns if layout else {}
    located = []
    for task in wanted.tasks:
        if task.row is not None:
            column = columns.get(task.field or "")
            cell = None if column is None else cells.address_of((task.row, column + 1))
            task = replace(task, sheet=grid.title, cell=cell)
        located.append(task)
    return grid, replace(wanted, tasks=tuple(located))


def rehearse(form: Form) -> None:
    """Mark up a workbook of our own making, so that nothing is left to load."""
    grid = Grid("Foaie", [1], [["text", 1.5, True]])
    wanted = TaskList("Listă", (), ("", "", "", ""), (_TASK, replace(_TASK, cell=None)))
    mark_up(plain.workbook([grid]), "a.xlsx", wanted, form)
    mark_up("text;ş".encode("cp1250"), "a.csv", wanted, form)
