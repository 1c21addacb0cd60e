"""200 workbooks as partners send them: a report and four tables of 50 rows, some cells wrong."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path

from openpyxl import Workbook

from flows.steps import catalogue as catalogues
from flows.steps.catalogue import Catalogue
from flows.steps.settings import CHECKOUT
from tests.quality_cases import GOOD

ROWS = 50
QUARTERS = {f"2020-Q{number}": date(2020, 3 * number - 2, 1) for number in (1, 2, 3, 4)}
_PARTNER, _PROJECT = "{partner}", "{project}"
# One row in this many has a cell that cannot be right.
_WRONG = 25
_PEOPLE = ("artisti", "voluntari")


def catalogue() -> Catalogue:
    """The programme that the workbooks report to."""
    data = CHECKOUT / "data"
    return catalogues.load(data / "catalogue", data / "programmes" / "timisoara2023")


def write(tables: Catalogue, folder: Path, count: int) -> list[Path]:
    """Write so many different workbooks, each below its partner's folder, as in an inbox."""
    projects = {row["partner_id"]: row["project_id"] for row in tables["projects"]}
    empty = {period: _filled_in(tables, period) for period in QUARTERS}
    written = []
    for (period, content), (partner, project) in islice(
        product(empty.items(), sorted(projects.items())), count
    ):
        path = folder / partner / f"{period}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_sent_by(content, partner, project))
        written.append(path)
    return written


def _filled_in(tables: Catalogue, period: str) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in tables["sheets"]:
        name = sheet["sheet"]
        if name == "voluntari":
            continue
        fields = [row for row in tables["form_fields"] if row["sheet"] == name]
        page = book.create_sheet(sheet["label_ro"])
        page.append([field["label_ro"] for field in fields])
        for cells in _rows(tables, name, period):
            page.append([cells.get(field["field"]) for field in fields])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _rows(tables: Catalogue, sheet: str, period: str) -> Iterator[dict[str, object]]:
    """What is typed into one sheet: numbers as numbers, days as days."""
    good: dict[str, object] = {
        name: int(text) if text and text.isdecimal() else text for name, text in GOOD[sheet].items()
    }
    if sheet == "raport":
        sender = {"partner_id": _PARTNER, "period": period}
        contact = {"contact_name": "Ioana Exemplu", "contact_email": "ioana@example.org"}
        yield good | sender | contact
        return
    lines = list(product(_words(tables, "source_type"), _words(tables, "chapter")))
    for number in range(ROWS):
        row = good | ({"project_id": _PROJECT} if "project_id" in good else {})
        day = QUARTERS[period] + timedelta(number)
        is_wrong = number % _WRONG == 0
        if sheet == "activitati":
            row |= {"activity_id": f"ACT-{number}", "start_date": day, "end_date": day}
            row |= {"title_ro": f"Atelier {number}", "notes": "Ploaie în a doua zi."}
            row |= {"venue_name": f"Sala {_PARTNER}"}
            row |= {"attendance_in_person": "vreo 180"} if is_wrong else {}
        elif sheet == "apeluri":
            row |= {"call_id": f"AP-{number}", "opened_on": day, "closed_on": day}
            row |= {"women_selected": 9} if is_wrong else {}
        elif sheet == "buget":
            source, chapter = lines[number]
            row |= {"source_type": None if is_wrong else source, "chapter": chapter}
            quarters = list(QUARTERS).index(period) + 1
            row |= {"amount_spent_period": 1000, "amount_spent_cumulative": 1000 * quarters}
        elif sheet in _PEOPLE:
            row |= {"person_email": f"om{number}@example.org", "activity_id": f"ACT-{number}"}
        yield row


def _words(tables: Catalogue, vocabulary: str) -> list[str]:
    return [row["label_ro"] for row in tables["vocabularies"] if row["vocabulary"] == vocabulary]


def _sent_by(content: bytes, partner: str, project: str) -> bytes:
    """The same workbook with the partner's own codes in the cells left for them."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            part = part.replace(_PARTNER.encode(), partner.encode())
            part = part.replace(_PROJECT.encode(), project.encode())
            new.writestr(name, part)
    return target.getvalue()
