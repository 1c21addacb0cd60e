"""A new workbook that holds values only: for a CSV, an .ods, or nothing but the list."""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flows.steps.reading.places import column_letters
from flows.steps.replying.markup import splice

if TYPE_CHECKING:
    # The parser that grids are made with stays out of the process that keeps the books.
    from flows.steps.reading.grids import Grid

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a date, as Office has it
_DAY, _MOMENT = 1, 2
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/>'
    '<name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
    'xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" '
    'applyNumberFormat="1"/><xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" '
    'applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
    'builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(grids: "Sequence[Grid]") -> bytes:
    """A workbook with these worksheets, each row where it stood; text stays text.

    Without any worksheet it is only good for the list to be put in.
    """
    numbers = range(1, len(grids) + 1)
    sheets = "".join(
        f'<sheet name={splice.attribute(grid.title)} sheetId="{n}" r:id="rId{n}"/>'
        for n, grid in zip(numbers, grids, strict=True)
    )
    links = "".join(_link(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    links += _link("rIdStyles", "styles", "styles.xml")
    types = "".join(_type(f"xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers)
    types += _type("xl/workbook.xml", "sheet.main") + _type("xl/styles.xml", "styles")
    package = f'xmlns="{_PACKAGE}/'
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types {package}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
        f'Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships {package}relationships">'
        f"{_link('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews>'
        f'<workbookView activeTab="0"/></bookViews><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships {package}relationships">'
        f"{links}</Relationships>",
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": _sheet(grids[n - 1]) for n in numbers},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def title_of(stem: str) -> str:
    """The name of a file as the title of a worksheet."""
    title = _NOT_IN_TITLES.sub(" ", stem).strip().strip("'")[:_LONGEST_TITLE].rstrip()
    return title or "CSV"


def _sheet(grid: "Grid") -> str:
    rows = "".join(_row(number, row) for number, row in zip(grid.numbers, grid.rows, strict=True))
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{_columns(grid.rows)}</cols><sheetData>{rows}</sheetData></worksheet>"
        if any(grid.rows)
        else f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'
    )


def _columns(rows: Sequence[Sequence[object]]) -> str:
    widths: list[int] = []
    for row in rows:
        widths += [8] * (len(row) - len(widths))
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) > widths[column]:
                widths[column] = len(value)
    return "".join(
        f'<col min="{n}" max="{n}" width="{min(width, 40) + 2}" customWidth="1"/>'
        for n, width in enumerate(widths, start=1)
    )


def _row(number: int, row: Iterable[object]) -> str:
    cells = (
        _cell(f"{column_letters(column)}{number}", value)
        for column, value in enumerate(row, start=1)
        if value not in ("", None)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(address: str, value: object) -> str:
    if isinstance(value, bool):
        return f'<c r="{address}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float) and math.isfinite(value):
        return f'<c r="{address}"><v>{value!r}</v></c>'
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001
        days = (moment.replace(tzinfo=None) - _FIRST_DAY) / timedelta(days=1)
        style = _DAY if days == int(days) else _MOMENT
        return f'<c r="{address}" s="{style}"><v>{days!r}</v></c>'
    said = f'<t xml:space="preserve">{splice.text(str(value))}</t>'
    return f'<c r="{address}" t="inlineStr"><is>{said}</is></c>'


def _link(link_id: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{link_id}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _type(part: str, kind: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{_SPREADSHEET}.{kind}+xml"/>'
