"""A workbook that goes back has marks where they belong, and is otherwise as it was."""

import csv
import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from flows.steps.reading import gate, grids
from flows.steps.reading.refused import Refused
from flows.steps.replying.markup import book as books
from flows.steps.replying.markup import workbook
from flows.steps.replying.markup.cells import address_of
from flows.steps.replying.markup.marker import Marker
from flows.steps.replying.markup.styles import COLOURS
from flows.steps.replying.markup.tasks import Task, TaskList
from tests.workbooks import ACTIVITY, FORM, HEADER, RAPORT, honest, ods, package, parts, sheet

OWN = "Activități"
COLUMNS = ("Locul", "Coloana", "Ce înseamnă", "Ce am găsit", "Problema", "De făcut", "In English")


def task(
    cell: str | None,
    severity: str = "reject",
    title: str | None = OWN,
    row: int | None = 2,
    field: str | None = None,
    value: str = "31/02/2020",
) -> Task:
    texts = (f"{title}, {cell}", "Titlu", "De verificat", value, "Nu este bine.", "Scrieți.", "…")
    note = f"Reper – de corectat\n{value} nu este bine."
    return Task(severity, title, "activitati", row, field, cell, texts, note)


def task_list(*tasks: Task, title: str = "De corectat") -> TaskList:
    return TaskList(title, ("raport.xlsx", "Apăsați pe un loc."), COLUMNS, tasks)


def marked(content: bytes, *tasks: Task, name: str = "raport.xlsx") -> openpyxl.Workbook:
    return opened(workbook.mark_up(content, name, task_list(*tasks), FORM))


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def notes(book: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    return {
        (page.title, cell.coordinate): cell.comment.text
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.comment
    }


def ground(book: openpyxl.Workbook, title: str, cell: str) -> str | None:
    fill = book[title][cell].fill
    return fill.fgColor.rgb if fill.patternType == "solid" else None


def their_own() -> bytes:
    """A workbook as partners make them: formats, formulas, a chart, a list, a note, a name."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = OWN
    page.sheet_view.tabSelected = True
    page.append(HEADER)
    page.append(ACTIVITY)
    page["D3"] = "=SUM(D2:D2)"
    page["D2"].font = Font(bold=True)
    page["D2"].number_format = "#,##0.00"
    page["B2"].fill = PatternFill("solid", fgColor="FF00B050")
    page["A2"].comment = Comment("codul din contract", "Ana")
    page.print_title_rows = "1:1"
    choice = DataValidation(type="list", formula1='"da,nu"')
    choice.add("E2")
    page.add_data_validation(choice)
    chart = BarChart()
    chart.add_data(Reference(page, min_col=4, min_row=2, max_row=3))
    page.add_chart(chart, "H2")
    book.create_sheet("Calcule")["B7"] = "=2*21"
    return saved(book)


def with_result(content: bytes) -> bytes:
    """The same workbook with its formula's result, as Excel saves it."""
    old = zipfile.ZipFile(io.BytesIO(content))
    made = {name: old.read(name) for name in old.namelist()}
    page = made["xl/worksheets/sheet1.xml"]
    assert b"</f><v/>" in page or b"</f><v></v>" in page or b"</f><v />" in page
    for blank in (b"</f><v/>", b"</f><v></v>", b"</f><v />"):
        page = page.replace(blank, b"</f><v>120</v>")
    return package(made | {"xl/worksheets/sheet1.xml": page})


def raw(sheets: Mapping[str, str]) -> dict[str, bytes]:
    """The parts of a workbook with these worksheets, and formats that every program accepts."""
    formats = zipfile.ZipFile(io.BytesIO(their_own())).read("xl/styles.xml")
    return parts(sheets) | {"xl/styles.xml": formats}


def test_notes_and_colours_are_on_exactly_the_cells_named() -> None:
    tasks = (task("C2"), task("D2", "warn"), task("Z9", "stop", row=9), task("AB40", row=40))
    book = marked(their_own(), *tasks, task(None), task(None, "stop", None, None))
    ours = {place for place, said in notes(book).items() if "Reper" in said}
    assert ours == {(OWN, "C2"), (OWN, "D2"), (OWN, "Z9"), (OWN, "AB40")}
    assert ground(book, OWN, "C2") == COLOURS["reject"]
    assert ground(book, OWN, "D2") == COLOURS["warn"]
    assert ground(book, OWN, "Z9") == COLOURS["stop"]
    coloured = {
        cell.coordinate
        for row in book[OWN].iter_rows()
        for cell in row
        if ground(book, OWN, cell.coordinate) in COLOURS.values()
    }
    assert coloured == {"C2", "D2", "Z9", "AB40"}


@given(
    there=st.dictionaries(st.integers(1, 8), st.sets(st.integers(1, 6)), max_size=5),
    wanted=st.sets(st.tuples(st.integers(1, 9), st.integers(1, 7)), min_size=1, max_size=12),
)
@settings(max_examples=60, deadline=None)
def test_marks_come_wherever_cells_stand_or_do_not(
    there: dict[int, set[int]], wanted: set[tuple[int, int]]
) -> None:
    rows = "".join(
        f'<row r="{row}" spans="1:1">'
        + "".join(f'<c r="{address_of((row, c))}"><v>{row * c}</v></c>' for c in sorted(columns))
        + "</row>"
        for row, columns in sorted(there.items())
    )
    page = sheet([]).replace("<sheetData></sheetData>", f"<sheetData>{rows}</sheetData>")
    places = [address_of(cell) for cell in wanted]
    book = marked(package(raw({OWN: page})), *map(task, places))
    assert set(notes(book)) == {(OWN, place) for place in places}
    assert {ground(book, OWN, place) for place in places} == {COLOURS["reject"]}
    found = {(c.row, c.column): c.value for row in book[OWN].iter_rows() for c in row if c.value}
    assert found == {(row, c): row * c for row, columns in there.items() for c in columns}


def test_two_findings_in_a_cell_are_one_note_in_the_graver_colour() -> None:
    book = marked(their_own(), task("C2", "warn", value="unu"), task("C2", "reject", value="doi"))
    said = notes(book)[OWN, "C2"]
    assert "unu" in said
    assert "doi" in said
    assert ground(book, OWN, "C2") == COLOURS["reject"]


def test_formats_formulas_and_other_sheets_stay() -> None:
    book = marked(their_own(), task("D2"), task("D3"))
    page = book[OWN]
    assert (page["D2"].font.b, page["D2"].number_format, page["D2"].value) == (
        True,
        "#,##0.00",
        120,
    )
    assert page["D3"].value == "=SUM(D2:D2)"
    assert book["Calcule"]["B7"].value == "=2*21"
    assert ground(book, OWN, "B2") == "FF00B050"
    assert page.print_title_rows == "$1:$1"
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["E2"]


def test_parts_that_no_mark_touches_stay_to_the_byte() -> None:
    content = their_own()
    made = workbook.mark_up(content, "raport.xlsx", task_list(task("C2")), FORM)
    old, new = zipfile.ZipFile(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(made))
    for part in ("xl/charts/chart1.xml", "xl/theme/theme1.xml", "xl/worksheets/sheet2.xml"):
        assert new.read(part) == old.read(part)


def test_the_saved_result_of_a_formula_stays() -> None:
    made = workbook.mark_up(with_result(their_own()), "a.xlsx", task_list(task("D3")), FORM)
    book = openpyxl.load_workbook(io.BytesIO(made), data_only=True)
    assert book[OWN]["D3"].value == 120


def test_a_note_of_the_partner_stays_beside_ours() -> None:
    book = marked(their_own(), task("A2"))
    said = book[OWN]["A2"].comment
    assert said.text.startswith("codul din contract\n\nReper – de corectat")
    assert said.author == "Ana"


def test_marks_of_an_earlier_round_go_when_the_finding_has_gone() -> None:
    first = workbook.mark_up(their_own(), "a.xlsx", task_list(task("A2"), task("C2")), FORM)
    book = marked(first, task("D2"))
    assert set(notes(book)) == {(OWN, "A2"), (OWN, "D2")}
    assert book[OWN]["A2"].comment.text == "codul din contract"
    assert ground(book, OWN, "C2") is None
    assert book.sheetnames == ["De corectat", OWN, "Calcule"]


def test_the_list_stands_first_and_leads_to_the_cells() -> None:
    book = marked(their_own(), task("C2"), task(None, row=7), task(None, "stop", None, None))
    first = book.worksheets[0]
    assert book.sheetnames == ["De corectat", OWN, "Calcule"]
    assert book.active is first
    assert not book[OWN].sheet_view.tabSelected
    links = [first[f"B{row}"].hyperlink for row in (6, 7, 8)]
    assert [link and link.location for link in links] == [f"'{OWN}'!C2", f"'{OWN}'!A7", None]
    rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=6)]
    assert rows[0][1:] == list(task("C2").texts)


def test_names_that_hold_in_one_sheet_follow_their_sheet() -> None:
    book = marked(their_own(), task("C2"))
    assert book[OWN].print_title_rows
    assert not book["De corectat"].print_title_rows


def test_a_sheet_of_the_partner_with_the_lists_name_is_kept() -> None:
    book = openpyxl.load_workbook(io.BytesIO(their_own()))
    book.create_sheet("De corectat")["A1"] = "lista mea"
    again = marked(saved(book), task("C2"))
    assert again.sheetnames[0] == "De corectat (2)"
    assert again["De corectat"]["A1"].value == "lista mea"


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+1", "@x", "-1", "\t=1"])
def test_no_text_of_ours_acts(text: str) -> None:
    wanted = task_list(task("C2", value=text), title="De corectat")
    made = workbook.mark_up(their_own(), "a.xlsx", wanted, FORM)
    first = opened(made).worksheets[0]
    kinds = {cell.data_type for row in first.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    part = next(name for name in zipfile.ZipFile(io.BytesIO(made)).namelist() if "reper1" in name)
    assert b"<f" not in zipfile.ZipFile(io.BytesIO(made)).read(part)


def test_signs_that_xml_or_excel_would_take_for_others_are_shown_as_they_are() -> None:
    said = "a<b>&\"'\x00\x0b _x0041_ \u202e ș\U0001f3ad"
    book = marked(their_own(), task("C2", value=said))
    shown = [cell.value for row in book.worksheets[0].iter_rows(min_row=6) for cell in row]
    assert any("a<b>&\"'" in str(value) and "ș\U0001f3ad" in str(value) for value in shown)
    assert not any("\u202e" in str(value) for value in shown)


def test_the_same_workbook_gives_the_same_bytes() -> None:
    wanted = task_list(task("C2"), task("Z9", row=9))
    first = workbook.mark_up(their_own(), "a.xlsx", wanted, FORM)
    content = their_own()
    assert workbook.mark_up(content, "a.xlsx", wanted, FORM) == workbook.mark_up(
        content, "a.xlsx", wanted, FORM
    )
    assert gate.examine(first, ".xlsx").kind == "xlsx"


def test_macros_do_not_go_back() -> None:
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    made = dict(parts({OWN: sheet([HEADER, ACTIVITY])}))
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind.encode()
    )
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/'
        b'vbaProject" Target="vbaProject.bin"/></Relationships>',
    )
    content = package(made, ("xl/vbaProject.bin", b"Sub AutoOpen"))
    assert gate.examine(content, ".xlsm").kind == "xlsm"
    back = workbook.mark_up(content, "a.xlsm", task_list(task("C2")), FORM)
    assert gate.examine(back, ".xlsx").kind == "xlsx"
    whole = zipfile.ZipFile(io.BytesIO(back))
    assert not any("vba" in name for name in whole.namelist())
    assert not any(b"vba" in whole.read(n) or b"macro" in whole.read(n) for n in whole.namelist())


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("rows written as empty tags", b"</row></sheetData>", b'</row><row r="3"/></sheetData>'),
        ("cells without addresses", b' r="A2"', b""),
        ("single quotes", b'<row r="2">', b"<row r='2' spans='1:4'>"),
    ],
)
def test_other_ways_to_write_a_worksheet_are_understood(what: str, old: bytes, new: bytes) -> None:
    made = parts({OWN: sheet([HEADER, ACTIVITY])})
    page = made["xl/worksheets/sheet1.xml"]
    assert old in page
    content = package(made | {"xl/worksheets/sheet1.xml": page.replace(old, new)})
    grounds = values(
        workbook.mark_up(content, "a.xlsx", task_list(task("A2"), task("B3", row=3)), FORM)
    )
    assert grounds[OWN][1] == ACTIVITY


def values(content: bytes) -> Mapping[str, list[list[object]]]:
    """Sheets as the reader sees them."""
    return {
        grid.title: [list(row) for row in grid.rows]
        for grid in grids.worksheets(gate.examine(content, ".xlsx"))
    }


def test_a_worksheet_without_rows_and_one_with_a_prefix_can_be_marked() -> None:
    empty = sheet([]).replace("<sheetData></sheetData>", "<sheetData/>")
    prefixed = (
        sheet([["x"]])
        .replace("xmlns=", "xmlns:x=")
        .replace("</", "</x:")
        .replace("<", "<x:")
        .replace("<x:/x:", "</x:")
    )
    content = package(raw({OWN: empty, "Cu prefix": prefixed}))
    book = marked(content, task("C2"), task("B1", title="Cu prefix", row=1))
    assert set(notes(book)) == {(OWN, "C2"), ("Cu prefix", "B1")}
    assert book["Cu prefix"]["A1"].value == "x"


def test_a_workbook_that_cannot_be_changed_in_place_comes_back_with_its_values() -> None:
    made = dict(parts({OWN: sheet([HEADER, ACTIVITY])}))
    del made["xl/styles.xml"]
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        b"/styles", b"/nothing"
    )
    book = marked(package(made), task("B2"))
    assert set(notes(book)) == {(OWN, "B2")}
    assert book[OWN]["B2"].value == "Lumini pe Bega"


def test_a_csv_comes_back_as_a_workbook_with_each_line_in_its_place() -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Cod activitate", "Titlu", "Data începerii"])
    writer.writerow(["007", "Rândul\nare două linii", "2020-10-03"])
    writer.writerow(["=1+1", "Titlu", "31/02/2020"])
    wanted = task(None, title="activitati_2020-Q4", row=4, field="start_date")
    content = text.getvalue().encode("cp1250")
    book = marked(content, wanted, name="activitati_2020-Q4.csv")
    page = book["activitati_2020-Q4"]
    assert page["A2"].value == "007"
    assert (page["A4"].value, page["A4"].data_type) == ("=1+1", "s")
    assert page["C4"].value == "31/02/2020"
    assert set(notes(book)) == {("activitati_2020-Q4", "C4")}
    assert ground(book, "activitati_2020-Q4", "C4") == COLOURS["reject"]


def test_an_ods_comes_back_as_a_workbook_of_values() -> None:
    rows = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>A1</text:p>'
        '</table:table-cell><table:table-cell office:value-type="float" office:value="12.5"/>'
        '<table:table-cell office:value-type="date" office:date-value="2020-10-03"/>'
        "</table:table-row>"
    )
    book = marked(ods(rows), task("B1", row=1), name="a.ods")
    page = book[OWN]
    assert (page["A1"].value, page["B1"].value) == ("A1", 12.5)
    assert page["C1"].value.date() == date(2020, 10, 3)
    assert set(notes(book)) == {(OWN, "B1")}


def test_the_list_alone_needs_no_workbook() -> None:
    book = opened(books.list_only(task_list(task("C2", title=None), title="To correct")))
    assert book.sheetnames == ["To correct"]
    assert book.worksheets[0]["E6"].value == "31/02/2020"


def test_what_the_gate_refuses_is_not_opened() -> None:
    with pytest.raises(Refused):
        workbook.mark_up(b"\x89PNG\r\n\x1a\n", "a.xlsx", task_list(task("C2")), FORM)


def test_a_process_marks_up_one_workbook_after_another() -> None:
    with Marker(FORM) as marker:
        for content in (package(raw({OWN: sheet([HEADER])})), their_own()):
            made = marker.mark_up(content, "a.xlsx", task_list(task("C2")))
            assert made is not None
            assert (OWN, "C2") in notes(opened(made))


def test_a_workbook_on_which_the_process_fails_costs_that_workbook_only() -> None:
    far = sheet([HEADER]).replace(
        "</sheetData>",
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )
    hostile = package(parts({"Raport": sheet(RAPORT), OWN: far}))
    with Marker(FORM) as marker:
        assert marker.mark_up(hostile, "a.xlsx", task_list(task("C2"))) is None
        assert marker.mark_up(honest(), "a.xlsx", task_list(task("C2"))) is not None
    with Marker(FORM, wall_seconds=0.0) as marker:
        assert marker.mark_up(honest(), "a.xlsx", task_list(task("C2"))) is None


def test_the_process_that_keeps_the_books_loads_no_parser() -> None:
    code = "from flows.steps.replying.markup import book, marker; import sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert {"pyarrow", "python_calamine", "openpyxl"}.isdisjoint(loaded.stdout.split())


@pytest.mark.full
def test_an_office_suite_opens_and_saves_what_goes_back(tmp_path: Path) -> None:
    path = tmp_path / "in" / "raport.xlsx"
    path.parent.mkdir()
    wanted = task_list(task("C2"), task("A2", "warn"), task("Z9", row=9))
    path.write_bytes(workbook.mark_up(their_own(), "raport.xlsx", wanted, FORM))
    office = shutil.which("soffice")
    assert office, "Install LibreOffice (Debian: apt-get install libreoffice-calc)."
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
    )
    content = (tmp_path / "raport.xlsx").read_bytes()
    book = opened(content)
    assert set(notes(book)) == {(OWN, "C2"), (OWN, "A2"), (OWN, "Z9")}
    assert ground(book, OWN, "C2") == COLOURS["reject"]
    # And what it saved is known as ours when it comes again.
    again = marked(content, task("D2"))
    assert set(notes(again)) == {(OWN, "A2"), (OWN, "D2")}
    assert again.sheetnames == ["De corectat", OWN, "Calcule"]
