"""How the workbook looks: one accent, much white, and text that can never become a formula."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from flows.steps.template import texts
from flows.steps.template.occasion import Occasion

ACCENT, TINT = "FF232E83", "FFE3E8F8"
INK, MUTED, HAIR, MIST = "FF272B45", "FF666B85", "FFD8DBE6", "FFF1F3F8"
_WHITE = "FFFFFFFF"
# The width of a column is told in digits of the default face; a line of text is this high.
_LINE = 15.0
# A sentence takes less room than as many digits.
_LETTERS_A_DIGIT = 1.15
_A4 = 9
_LETTERS_ACROSS = 220
_FORMULA_SIGNS = ("=", "+", "-", "@")


def _face(size: float = 11.0, colour: str = INK, **more: bool) -> Font:
    return Font(name="Calibri", family=2, size=size, color=colour, **more)


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
_INSET = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_HEADER = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_BELOW = Border(bottom=Side("thin", color=HAIR))
_BOXED = Border(*(Side("thin", color=HAIR) for _ in range(4)))
TITLE = Look(_face(16, ACCENT, bold=True), Alignment(vertical="center"))
HEADING = Look(_face(12, ACCENT, bold=True), Alignment(vertical="bottom"))
LEGEND = Look(_face(9, MUTED), Alignment(vertical="top"))
TEXT = Look(_face(), _INSET)
STRONG = Look(_face(bold=True), _TOP)
NUMBER = Look(
    _face(colour=ACCENT, bold=True), Alignment(horizontal="right", vertical="top", indent=1)
)
HELP = Look(_face(10, MUTED), _INSET, border=_BELOW)
LINK = Look(Font(name="Calibri", family=2, size=11, color=ACCENT, underline="single"), _TOP)
HEAD_ALWAYS = Look(_face(10, _WHITE, bold=True), _HEADER, _filled(ACCENT), _BOXED)
HEAD_SOMETIMES = Look(_face(10, ACCENT, bold=True), _HEADER, _filled(TINT), _BOXED)
HEAD_QUIET = Look(_face(10), _HEADER, _filled(MIST), _BOXED)
EXAMPLE = Look(_face(colour=MUTED, italic=True), _INSET, _filled(MIST))
KNOWN = Look(_face(colour=ACCENT), _INSET)
ASKED = Look(_face(bold=True), _TOP, border=_BELOW)
ANSWER = Look(_face(), _INSET, border=_BOXED)
ANSWER_KNOWN = ANSWER.but(font=_face(colour=ACCENT))
ROW = Look(_face(), _INSET, border=_BELOW)
ROW_STRONG = ROW.but(font=_face(colour=ACCENT, bold=True))
WORD = Look(_face(), Alignment(vertical="top"))
GLOSS = Look(_face(10, MUTED), _TOP)


def put(cell: Cell, value: object, look: Look) -> None:
    """Write a value. A text stays a text, also one that begins like a formula."""
    cell.value = value
    dress(cell, look)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_SIGNS)


def dress(cell: Cell, look: Look) -> None:
    """Give a cell its look."""
    for name in ("font", "alignment", "fill", "border", "number_format"):
        part = getattr(look, name)
        if part is not None:
            setattr(cell, name, part)


def title(cell: Cell, text: str) -> None:
    """Write the title of a sheet."""
    put(cell, text, TITLE)
    cell.parent.row_dimensions[cell.row].height = 30


def fit(sheet: Worksheet, row: int, cells: Sequence[tuple[str, float]], least: float = 0.0) -> None:
    """Make a row as high as its longest wrapped text needs, in columns of these widths."""
    lines = max((lines_of(text, width) for text, width in cells), default=1)
    sheet.row_dimensions[row].height = max(lines * _LINE + 5, least)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width; rather one too many."""
    letters = width * _LETTERS_A_DIGIT
    return sum(max(1, ceil(len(part) / letters)) for part in text.split("\n"))


def locked(sheet: Worksheet) -> None:
    """Protect a sheet against slips, not against people: there is no password."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def printed(
    sheet: Worksheet, occasion: Occasion, rows: int | None = None, *, is_page: bool = False
) -> None:
    """Print a sheet on landscape pages that can be read.

    A page is all on one; a table has as many pages side by side as its columns need, with its
    first rows and its first column again on each.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    shown = (d for d in sheet.column_dimensions.values() if not d.hidden)
    across = 1 if is_page else ceil(sum(dimension.width for dimension in shown) / _LETTERS_ACROSS)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, int(is_page)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    if rows:
        sheet.print_title_rows = f"1:{rows}"
    if across > 1:
        sheet.print_title_cols = "A:A"
    foot = f"{occasion.partner['partner_id']} · {occasion.period.period_id}"
    sheet.oddFooter.left.text = foot
    sheet.oddFooter.right.text = f"{occasion.say(texts.PAGE)} &P / &N"
