"""What a partner sends, for tests: a good workbook but for some cells, put into the inbox."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime

import openpyxl
from openpyxl.styles import Font

from flows.steps import archive
from flows.steps.night import Night
from tests.given import catalogue
from tests.quality_cases import GOOD

RECEIVED = datetime(2021, 1, 11, 8, 30, tzinfo=UTC)
PERSON = "ion.popescu@artist.example"
Changes = Mapping[tuple[str, str], str | None]

# What is wrong in the workbooks, by sheet and field, and what stands there when it is right.
WRONG = {
    ("activitati", "start_date"): "31/02/2020",
    ("activitati", "attendance_in_person"): "peste 60",
    ("activitati", "primary_discipline"): "=arte",
    ("artisti", "origin"): PERSON,
    ("artisti", "person_email"): "ion.popescu la artist",
}
RIGHT = {
    ("artisti", "person_email"): PERSON,
    **{place: str(GOOD[place[0]][place[1]]) for place in list(WRONG)[:4]},
}


def workbook(changes: Changes) -> bytes:
    """A good workbook but for these changes, with formats and a sheet of the partner's own."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    people = {"contact_name": "Ana Ionescu", "contact_email": "ana@teatru.example"}
    for row in catalogue()["sheets"]:
        name = row["sheet"]
        fields = [f for f in catalogue()["form_fields"] if f["sheet"] == name]
        good = dict(GOOD[name]) | (people if name == "raport" else {})
        good |= {"person_email": f"{name}@om.example"} if name in ("artisti", "voluntari") else {}
        page = book.create_sheet(row["label_ro"])
        page.append([f["label_ro"] for f in fields])
        values = {f["field"]: changes.get((name, f["field"]), good.get(f["field"])) for f in fields}
        for column, value in enumerate(values.values(), start=1):
            cell = page.cell(2, column, value)
            cell.font = Font(italic=True)
            if value is not None:
                cell.data_type = "s"
    own = book.create_sheet("Calcule")
    own["A1"], own["A2"] = 21, "=A1*2"
    return saved(book)


def csv_of(changes: Changes) -> bytes:
    fields = [f for f in catalogue()["form_fields"] if f["sheet"] == "activitati"]
    good = {f["field"]: GOOD["activitati"].get(f["field"]) for f in fields}
    values = [changes.get(("activitati", name), value) for name, value in good.items()]
    lines = [[f["label_ro"] for f in fields], values]
    return "\n".join(
        ",".join('"{}"'.format((v or "").replace('"', '""')) for v in line) for line in lines
    ).encode()


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def drop(opened: Night, partner: str, name: str, file: bytes) -> None:
    inbox = opened.settings.inbox / partner
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_bytes(file)
    partners = opened.catalogue.partner_ids()
    settings = opened.settings
    archive.receive(settings.inbox, settings.archive, opened.ledger, partners, RECEIVED)
