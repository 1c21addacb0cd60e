"""The report as a workbook: one row a figure, for people who want to go on reckoning."""

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from flows.steps import timeless
from reports.locale import HIDDEN
from reports.model import Facts, Language, Text

_TITLES = {
    "indicator_id": Text("Indicator", "Indicator"),
    "name": Text("Denumire", "Name"),
    "measure": Text("Măsură", "Measure"),
    "period_id": Text("Perioadă", "Period"),
    "dimension": Text("Defalcare", "Breakdown"),
    "category": Text("Categorie", "Category"),
    "source": Text("Sursă", "Source"),
    "value": Text("Valoare", "Value"),
    "numerator": Text("Numărător", "Numerator"),
    "denominator": Text("Numitor", "Denominator"),
    "precision": Text("Precizie", "Precision"),
    "hidden": Text("Ascuns pentru a proteja oamenii", "Hidden to protect people"),
    "low": Text("Cel puțin", "At least"),
    "high": Text("Cel mult", "At most"),
    "unit": Text("Unitate", "Unit"),
    "target": Text("Țintă", "Target"),
    "status": Text("Stare", "Status"),
    "reported": Text("Raportate", "Reported"),
    "due": Text("Datorate", "Due"),
    "stated_by": Text("Publicat de", "Published by"),
    "code": Text("Cod", "Code"),
}
_WIDTHS = {"name": 42, "category": 24, "stated_by": 30, "code": 17}


def workbook(figures: list[dict[str, Any]], facts: Facts, language: Language) -> bytes:
    """One sheet, a header, one row a figure. Text stays text: no cell is a formula."""
    names = {
        (line.figure.indicator_id, line.figure.measure): line.name.in_(language)
        for line in facts.indicators
        if line.figure.dimension is None
    }
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise AssertionError("a new workbook has a sheet")
    sheet.title = "Cifre" if language == "ro" else "Figures"
    sheet.append([title.in_(language) for title in _TITLES.values()])
    for figure in figures:
        named = {
            **figure,
            "name": names.get((figure["indicator_id"], figure["measure"])),
            "hidden": HIDDEN if figure["is_suppressed"] else None,
        }
        sheet.append([named[column] for column in _TITLES])
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="bottom", wrap_text=True)
    for index, column in enumerate(_TITLES, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(column, 12)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    book.properties.creator = "Reper"
    return timeless.saved(book, facts.edition.data_until)
