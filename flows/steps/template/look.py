"""How the workbook looks: one accent, much white, and text that can never become a formula."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from flows.steps.template import texts
from flows.steps.template.occasion import Occasion

ACCENT, TINT = "FF232E83", "FFE3E8F8"
INK, MUTED, HAIR, MIST = "FF272B45", "FF666B85", "FFD8DBE6", "FFF1F3F8"
_WHITE = "FFFFFFFF"
# The width of a column is told in digits of the default face; a line of text is this high.
_LINE = 15.0
_A4 = 9
_FORMULA_SIGNS = ("=", "+", "-", "@")


def _filled(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


@dataclass(frozen=True)
class Look:
    """How a cell is dressed. What is None is left to the column."""

    font: Font
    alignment: Alignment | None = None
    fill: PatternFill | None = None
    border: Border | None = None
    number_format: str | None = None

    def but(self, **changes: Any) -> "Look":  # noqa: ANN401 - any of its own fields
        """The same look with something changed."""
        return replace(self, **changes)


_TOP = Alignment(vertical="top", wrap_text=True)
_HEADER = Alignment(vertical="center", wrap_text=True)
_BELOW = Border(bottom=Side("thin", color=HAIR))
_BOXED = Border(*(Side("thin", color=HAIR) for _ in range(4)))
TITLE = Look(Font(size=16, bold=True, color=ACCENT), Alignment(vertical="center"))
HEADING = Look(Font(size=11, bold=True, color=ACCENT), Alignment(vertical="bottom"))
LEGEND = Look(Font(size=9, color=MUTED), Alignment(vertical="top"))
TEXT = Look(Font(color=INK), _TOP)
STRONG = Look(Font(color=INK, bold=True), _TOP)
HELP = Look(Font(size=10, color=MUTED), _TOP, border=_BELOW)
LINK = Look(Font(color=ACCENT, underline="single"), _TOP)
HEAD_ALWAYS = Look(Font(size=10, bold=True, color=_WHITE), _HEADER, _filled(ACCENT), _BOXED)
HEAD_SOMETIMES = Look(Font(size=10, bold=True, color=ACCENT), _HEADER, _filled(TINT), _BOXED)
HEAD_QUIET = Look(Font(size=10, color=INK), _HEADER, _filled(MIST), _BOXED)
EXAMPLE = Look(Font(italic=True, color=MUTED), _TOP, _filled(MIST))
KNOWN = Look(Font(color=ACCENT), _TOP)
ASKED = Look(Font(color=INK, bold=True), _TOP, border=_BELOW)
ANSWER = Look(Font(color=INK), _TOP, border=_BOXED)
ANSWER_KNOWN = ANSWER.but(font=Font(color=ACCENT))
ROW = Look(Font(color=INK), _TOP, border=_BELOW)
ROW_STRONG = ROW.but(font=Font(color=ACCENT, bold=True))
WORD = Look(Font(color=INK), Alignment(vertical="top"))
GLOSS = Look(Font(size=10, color=MUTED), _TOP)


def put(cell: Cell, value: object, look: Look) -> None:
    """Write a value. A text stays a text, also one that begins like a formula."""
    cell.value = value  # ty: ignore[invalid-assignment]
    dress(cell, look)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_SIGNS)


def dress(cell: Cell, look: Look) -> None:
    """Give a cell its look."""
    for name in ("font", "alignment", "fill", "border", "number_format"):
        part = getattr(look, name)
        if part is not None:
            setattr(cell, name, copy(part))


def title(cell: Cell, text: str) -> None:
    """Write the title of a sheet."""
    put(cell, text, TITLE)
    cell.parent.row_dimensions[cell.row].height = 30


def fit(sheet: Worksheet, row: int, cells: Sequence[tuple[str, float]], least: float = 0.0) -> None:
    """Make a row as high as its longest wrapped text needs, in columns of these widths."""
    lines = max((lines_of(text, width) for text, width in cells), default=1)
    sheet.row_dimensions[row].height = max(lines * _LINE + 4, least)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width; rather one too many."""
    return sum(max(1, ceil(len(part) * 1.08 / width)) for part in text.split("\n"))


def locked(sheet: Worksheet) -> None:
    """Protect a sheet against slips, not against people: there is no password."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def printed(sheet: Worksheet, occasion: Occasion, rows: int | None = None) -> None:
    """Print a sheet on landscape pages, all columns on one, the first rows again on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    if rows:
        sheet.print_title_rows = f"1:{rows}"
    foot = f"{occasion.partner['partner_id']} · {occasion.period.period_id}"
    sheet.oddFooter.left.text = foot
    sheet.oddFooter.right.text = f"{occasion.say(texts.PAGE)} &P / &N"
