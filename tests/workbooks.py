"""Workbooks for tests, made part by part, so that they may also be wrong in any way."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from xml.sax.saxutils import escape

from flows.steps.reading.form import Form, FormField, FormSheet
from flows.steps.reading.places import column_letters

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Style 1 is a date, so that a number may be shown as a day.
STYLES = (
    f'<styleSheet {MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


class Raw(str):
    """The inside of a cell element and its attributes, as `t="e"|<v>#REF!</v>`."""

    __slots__ = ()


Cell = str | float | bool | date | Raw | None
Rows = Iterable[Iterable[Cell]]


def field(name: str, ro: str, en: str, kind: str = "text", required: str = "always") -> FormField:
    return FormField(name, ro, en, kind, required)


FORM = Form(
    (
        FormSheet(
            "raport",
            "Raport",
            "Report",
            (),
            (
                field("schema_version", "Versiunea formularului", "Form version"),
                field("partner_id", "Cod partener", "Partner code", "code"),
                field("period", "Perioada de raportare", "Reporting period", "code"),
                field("contact_name", "Persoana de contact", "Contact person"),
                field("contact_email", "E-mail", "E-mail", "email"),
                field("narrative", "Rezultate deosebite", "Highlights", "long_text", "no"),
            ),
        ),
        FormSheet(
            "activitati",
            "Activități",
            "Activities",
            ("activity_id",),
            (
                field("activity_id", "Cod activitate", "Activity code", "code"),
                field("title_ro", "Titlu", "Title"),
                field("start_date", "Data începerii", "Start date", "date"),
                field("attendance", "Public prezent (total)", "Attendance", "integer", "no"),
                field("amount", "Suma (lei)", "Amount (RON)", "decimal", "no"),
                field("notes", "Observații", "Notes", "long_text", "no"),
            ),
        ),
        FormSheet(
            "artisti",
            "Artiști",
            "Artists",
            ("person_email", "activity_id"),
            (
                field("person_email", "E-mail (nu se păstrează)", "E-mail (not kept)", "email"),
                field("activity_id", "Cod activitate", "Activity code", "code"),
                field("origin", "Proveniență", "Origin", "choice", "no"),
            ),
        ),
        FormSheet(
            "voluntari",
            "Voluntari",
            "Volunteers",
            ("person_email", "activity_id"),
            (
                field("person_email", "E-mail (nu se păstrează)", "E-mail (not kept)", "email"),
                field("activity_id", "Cod activitate", "Activity code", "code", "no"),
                field("hours", "Ore", "Hours", "decimal", "no"),
            ),
        ),
    )
)

RAPORT: list[list[Cell]] = [
    ["Versiunea formularului", "2020.1"],
    ["Cod partener", "TM-P042"],
    ["Perioada de raportare", "2020-Q4"],
    ["Persoana de contact", "Ana Popescu"],
    ["E-mail", "ana.popescu@teatru.example"],
]
HEADER: list[Cell] = ["Cod activitate", "Titlu", "Data începerii", "Public prezent (total)"]
ACTIVITY: list[Cell] = ["A1", "Lumini pe Bega", date(2020, 10, 3), 120.0]


def honest(**changed: Rows) -> bytes:
    """A workbook with one activity. A sheet given here replaces, or joins, what it would hold."""
    return xlsx({"Raport": RAPORT, "Activități": [HEADER, ACTIVITY], **changed})


def xlsx(sheets: Mapping[str, Rows], hidden: Iterable[str] = ()) -> bytes:
    """An xlsx out of rows of cells. Blank cells are left out, as Excel does."""
    return package(parts({title: sheet(rows) for title, rows in sheets.items()}, hidden))


def sheet(rows: Rows) -> str:
    """A worksheet's XML."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{column_letters(column)}{number}", cell)
            for column, cell in enumerate(row, start=1)
            if cell is not None
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def _cell(address: str, cell: Cell) -> str:
    if isinstance(cell, Raw):
        attributes, _, inside = cell.partition("|")
        return f'<c r="{address}" {attributes}>{inside}</c>'
    if isinstance(cell, bool):
        return f'<c r="{address}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{address}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, str):
        text = f'<t xml:space="preserve">{escape(cell)}</t>'
        return f'<c r="{address}" t="inlineStr"><is>{text}</is></c>'
    return f'<c r="{address}"><v>{cell!r}</v></c>'


def parts(sheets: Mapping[str, str], hidden: Iterable[str] = ()) -> dict[str, bytes]:
    """The parts of an xlsx, by name, out of the XML of its worksheets."""
    listed = links = ""
    made = {}
    for number, (title, xml) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if title in hidden else ""
        listed += f'<sheet name="{escape(title)}" sheetId="{number}"{state} r:id="r{number}"/>'
        links += (
            f'<Relationship Id="r{number}" Type="{OFFICE}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
        made[f"xl/worksheets/sheet{number}.xml"] = xml
    links += f'<Relationship Id="styles" Type="{OFFICE}/styles" Target="styles.xml"/>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    made = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
        ),
        "xl/styles.xml": STYLES,
        **made,
    }
    return {name: text.encode() for name, text in made.items()}


def package(made: Mapping[str, bytes], *more: tuple[str, bytes]) -> bytes:
    """A zip of parts, and of more parts, which may have names that are taken already."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*made.items(), *more):
            archive.writestr(name, content)
    return target.getvalue()


def ods(rows_xml: str, title: str = "Activități") -> bytes:
    """An ods with one sheet, out of the XML of its rows."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{title}">{rows_xml}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>'
    )
    return package(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        }
    )
