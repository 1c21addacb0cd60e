"""The sheets with one row a thing: activities, calls, budget, registers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.worksheet import Worksheet

from flows.steps.catalogue.rows import Row, read_rows
from flows.steps.template import answers, look, texts
from flows.steps.template.lists import Choices
from flows.steps.template.notes import Notes, comment
from flows.steps.template.occasion import Occasion
from flows.steps.template.prefilled import Known, Line
from reports.locale import NBSP

TITLE_ROW, LEGEND_ROW, HEADER_ROW, EXAMPLE_ROW, FIRST_ROW = range(1, 6)
# So far down the lists and checks reach; what is written below is read all the same.
_LAST_ROW = 1000
_FOLDED = 2
_INSET = 2.0
_ACTIVITIES = "activitati"
_EXAMPLE_COLUMNS = ["sheet", "field", "value_ro", "value_en"]
_WIDTHS = {
    "date": 12.5,
    "integer": 11.5,
    "decimal": 14.0,
    "code": 14.0,
    "multi": 26.0,
    "email": 30.0,
}
_WIDTH, _WIDEST_HEADER = 18.0, 30.0
_WIDTH_OF_WORDS = 30.0
_NUMERIC = ("integer", "decimal")
_HEADS = {"always": look.HEAD_ALWAYS, "no": look.HEAD_QUIET}
_HEADER_LINE = 13.5
# Bold letters are wider, and words do not break.
_BOLD = 0.85


def add(
    book: Workbook,
    occasion: Occasion,
    choices: Choices,
    sheet: str,
    example: Line,
    known: Known,
) -> None:
    """Add one sheet: title, legend, headers with notes, the example, and what is known already."""
    asked = columns(occasion, sheet)
    worksheet = book.create_sheet(occasion.title[sheet])
    notes = Notes(occasion)
    look.title(worksheet.cell(TITLE_ROW, 1), f"{occasion.title[sheet]} · {occasion.period_name}")
    rows = known.rows.get(sheet, ())
    look.put(worksheet.cell(LEGEND_ROW, 1), _legend(occasion, asked, bool(rows)), look.LEGEND)
    _headers(worksheet, occasion, asked, notes)
    _line(worksheet, EXAMPLE_ROW, asked, example, choices, look.EXAMPLE)
    for index, row in enumerate(rows):
        _line(worksheet, FIRST_ROW + index, asked, row, choices, look.KNOWN)
        for name, note in _notes(known, sheet, index).items():
            place = worksheet.cell(FIRST_ROW + index, _place(asked, name))
            place.comment = comment(note, occasion.catalogue.programme.sender_name)
    _checks(worksheet, occasion, asked, notes, choices)
    _outline(worksheet, asked)
    worksheet.freeze_panes = worksheet.cell(HEADER_ROW + 1, 2).coordinate
    worksheet.sheet_view.zoomScale = 100
    look.printed(worksheet, occasion, rows=HEADER_ROW)


def columns(occasion: Occasion, sheet: str) -> list[Row]:
    """The questions of a sheet: the short form, then what is needed sometimes, then the rest."""
    fields = occasion.fields(sheet)
    return sorted(fields, key=lambda asked: _level(fields, asked))


def example(occasion: Occasion, folder: Path, sheet: str) -> Line:
    """The worked example of a sheet, in the partner's own words: its project, its city."""
    found: dict[str, Any] = {}
    fields = {asked["field"]: asked for asked in occasion.fields(sheet)}
    path = folder / "worked_example.csv"
    for _, row in read_rows(path, _EXAMPLE_COLUMNS):
        if row["sheet"] == sheet:
            text = (row["value_en"] if occasion.language == "en" else "") or row["value_ro"]
            asked = fields[row["field"]]
            found[row["field"]] = answers.worked(asked, text, occasion.period.starts_on)
    return _own(occasion, sheet) | found


def _own(occasion: Occasion, sheet: str) -> dict[str, Any]:
    """Answers of an example that every programme and partner has of its own."""
    tables = occasion.catalogue
    project = next(iter(occasion.projects), None)
    programme = project["programme_id"] if project else tables["programmes"][0]["programme_id"]
    own = {
        "project_id": project["project_id"] if project else None,
        "programme": programme,
        "district_code": tables["districts"][0]["district_code"],
        "objectives": [row["objective_id"] for row in tables["objectives"][:2]],
    }
    return {a["field"]: own[a["field"]] for a in occasion.fields(sheet) if a["field"] in own}


def _level(fields: Sequence[Row], asked: Row) -> int:
    """0 for what everybody fills in, 1 for what is needed sometimes, _FOLDED for the rest.

    Only a form that has a short form has a rest.
    """
    if asked["is_short"] or not any(row["is_short"] for row in fields):
        return 0
    return _FOLDED if asked["required"] == "no" else 1


def _legend(occasion: Occasion, asked: Sequence[Row], has_known: bool) -> str:
    rest = sum(_level(asked, row) == _FOLDED for row in asked)
    parts = [occasion.say(texts.LEGEND)]
    if has_known:
        parts.append(occasion.say(texts.LEGEND_KNOWN))
    if rest:
        parts.append(occasion.say(texts.LEGEND_MORE, count=str(rest)))
    return "".join(parts)


def _headers(worksheet: Worksheet, occasion: Occasion, asked: Sequence[Row], notes: Notes) -> None:
    author = occasion.catalogue.programme.sender_name
    heights = []
    for column, row in enumerate(asked, start=1):
        cell = worksheet.cell(HEADER_ROW, column)
        text = header(occasion, row)
        look.put(cell, text, _HEADS.get(row["required"], look.HEAD_SOMETIMES))
        cell.comment = comment(notes.header(row), author)
        width = _width(row, text)
        heights.append(look.lines_of(text, width * _BOLD))
        dimension = worksheet.column_dimensions[get_column_letter(column)]
        dimension.width = width
        dimension.number_format = answers.number_format(row)
        dimension.alignment = _alignment(row)
    worksheet.row_dimensions[HEADER_ROW].height = max(heights) * _HEADER_LINE + 6


def header(occasion: Occasion, asked: Row) -> str:
    """The label of a question, with a star when it must be answered, in brackets when sometimes."""
    marks = {"always": f"{NBSP}*", "no": ""}
    return occasion.label(asked) + marks.get(asked["required"], f"{NBSP}(*)")


def _width(asked: Row, text: str) -> float:
    """Wide enough for the longest word of the header, which must not break within."""
    kind = asked["type"]
    width = _WIDTHS.get(kind, _WIDTH)
    if kind in ("text", "long_text"):
        width = _WIDTH_OF_WORDS
    longest = max(map(len, text.split()))
    return max(width, min(longest * 1.1 + 2, _WIDEST_HEADER))


def _alignment(asked: Row) -> Alignment:
    if asked["type"] in _NUMERIC:
        return Alignment(horizontal="right", vertical="top", indent=1)
    if asked["type"] == "date":
        return Alignment(horizontal="left", vertical="top", indent=1)
    return Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)


def _line(
    worksheet: Worksheet,
    number: int,
    asked: Sequence[Row],
    values: Line,
    choices: Choices,
    style: look.Look,
) -> None:
    wrapped = []
    for column, row in enumerate(asked, start=1):
        value = answers.shown(row, values.get(row["field"]), choices)
        if value is None and style.fill is None:
            continue
        dressed = style.but(number_format=answers.number_format(row), alignment=_alignment(row))
        look.put(worksheet.cell(number, column), value, dressed)
        width = worksheet.column_dimensions[get_column_letter(column)].width
        if isinstance(value, str) and _level(asked, row) < _FOLDED:
            wrapped.append((value, width - _INSET))
    look.fit(worksheet, number, wrapped)


def _notes(known: Known, sheet: str, index: int) -> Mapping[str, str]:
    notes = known.notes.get(sheet, ())
    return notes[index] if index < len(notes) else {}


def _place(asked: Sequence[Row], name: str) -> int:
    return 1 + [row["field"] for row in asked].index(name)


def _checks(
    worksheet: Worksheet,
    occasion: Occasion,
    asked: Sequence[Row],
    notes: Notes,
    choices: Choices,
) -> None:
    # The registers name activities of this very workbook: its first column is their list.
    activities = occasion.title[_ACTIVITIES]
    sources = {"activities": f"'{activities}'!$A${FIRST_ROW}:$A${_LAST_ROW}"}
    for column, row in enumerate(asked, start=1):
        check = answers.check(occasion, row, notes, choices, sources)
        if check is not None:
            letter = get_column_letter(column)
            check.add(f"{letter}{FIRST_ROW}:{letter}{_LAST_ROW}")
            worksheet.add_data_validation(check)


def _outline(worksheet: Worksheet, asked: Sequence[Row]) -> None:
    """Group what is beyond the short form; what is never needed is folded away."""
    levels = [_level(asked, row) for row in asked]
    if not any(levels):
        return
    worksheet.sheet_properties.outlinePr = Outline(summaryRight=False)
    for column, level in enumerate(levels, start=1):
        dimension = worksheet.column_dimensions[get_column_letter(column)]
        dimension.outlineLevel = level
        dimension.hidden = level == _FOLDED
    if _FOLDED in levels:
        # The sign to unfold stands above the last column before the fold.
        before = worksheet.column_dimensions[get_column_letter(levels.index(_FOLDED))]
        before.collapsed = True
    worksheet.column_dimensions.max_outline = max(levels)
