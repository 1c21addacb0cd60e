import zipfile
from typing import Any

import pytest

from flows.steps.reading import gate
from flows.steps.reading.refused import Refused
from tests.workbooks import MAIN, Raw, honest, ods, package, parts, sheet, xlsx

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def refusal(content: bytes, extension: str = ".xlsx") -> Refused:
    with pytest.raises(Refused) as caught:
        gate.examine(content, extension)
    return caught.value


def with_sheet(xml: str) -> bytes:
    return package(parts({"Activități": xml}))


def data(rows: str, after: str = "") -> str:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"


def test_an_honest_workbook_passes_whatever_its_name() -> None:
    for extension in (".xlsx", ".xls", ".csv", ""):
        assert gate.examine(honest(), extension).kind == "xlsx"


def test_macros_make_an_xlsm() -> None:
    made = parts({"Activități": sheet([["a"]])})
    assert gate.examine(package({**made, "xl/vbaProject.bin": b"x"}), ".xlsm").kind == "xlsm"


@pytest.mark.parametrize(
    ("content", "extension", "rule", "found"),
    [
        (b"", ".xlsx", "empty_file", None),
        (PICTURE, ".xlsx", "not_a_workbook", "png"),
        (b"\xff\xd8\xff\xe0rest", ".xlsx", "not_a_workbook", "jpeg"),
        (b"Cod activitate,Titlu", ".xlsx", "not_a_workbook", "text"),
        (b"Cod\0activitate", ".csv", "not_a_workbook", "unknown"),
        (b"%PDF-1.7", ".xlsx", "save_as_xlsx", "pdf"),
        (b"  <html><table>", ".xls", "save_as_xlsx", "html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ".xls", "save_as_xlsx", "xls"),
        (package({"xl/workbook.bin": b"x"}), ".xlsb", "save_as_xlsx", "xlsb"),
        (package({"fotografie.jpg": b"x"}), ".zip", "save_as_xlsx", "zip"),
        (b"x" * (10 * 2**20 + 1), ".csv", "file_too_large", None),
    ],
)
def test_what_is_no_workbook_is_told_by_its_bytes(
    content: bytes, extension: str, rule: str, found: str | None
) -> None:
    refused = refusal(content, extension)
    assert refused.rule == rule
    assert refused.arguments.get("found") == found


def test_a_password_is_told_from_an_old_format() -> None:
    wrapped = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refusal(wrapped).rule == "password_protected"


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_damaged(kept: float) -> None:
    content = honest()
    refused = refusal(content[: int(len(content) * kept)])
    assert (refused.rule, refused.arguments["reason"]) == ("damaged_workbook", "zip")


def test_a_zip_bomb_is_stopped_while_it_inflates() -> None:
    bomb = {**parts({"Activități": sheet([["a"]])}), "xl/media/image1.png": b"\0" * (64 * 2**20)}
    refused = refusal(package(bomb))
    assert (refused.rule, refused.arguments["reason"]) == ("unsafe_workbook", "zip_ratio")


def test_sizes_in_the_directory_are_not_believed() -> None:
    content = bytearray(package({**parts({"A": sheet([["a"]])}), "z.bin": b"\0" * 1000}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(content)).arguments["reason"] == "zip"


def test_overlapping_parts_are_refused() -> None:
    content = bytearray(package(parts({"A": sheet([["a"]])})))
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    assert refusal(bytes(content)).arguments["reason"] == "zip_overlap"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.xml", "zip_path"),
        ("/etc/evil.xml", "zip_path"),
        ("xl\\evil.xml", "zip_path"),
        ("XL/workbook.xml", "zip_duplicate"),
    ],
)
def test_names_that_no_office_program_writes_are_refused(name: str, reason: str) -> None:
    refused = refusal(package(parts({"A": sheet([["a"]])}), (name, b"<a/>")))
    assert (refused.rule, refused.arguments["reason"]) == ("unsafe_workbook", reason)


def test_a_worksheet_that_stands_twice_is_refused() -> None:
    made = parts({"A": sheet([["a"]])})
    name = "xl/worksheets/sheet1.xml"
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = package(made, (name, made[name]))
    assert refusal(content).arguments["reason"] == "zip_duplicate"


def test_an_encrypted_part_is_refused() -> None:
    content = bytearray(honest())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refusal(bytes(content)).arguments["reason"] == "zip_encrypted"


def test_a_method_that_is_not_deflate_is_refused() -> None:
    content = bytearray(honest())
    at = content.index(b"PK\x01\x02")
    content[at + 10] = zipfile.ZIP_LZMA
    assert refusal(bytes(content)).arguments["reason"] == "zip_method"


def test_more_parts_than_a_workbook_has_are_refused() -> None:
    made = {**parts({"A": sheet([["a"]])}), **{f"x/{n}.bin": b"" for n in range(500)}}
    assert refusal(package(made)).arguments["reason"] == "zip_parts"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "docProps/app.xml"])
def test_a_doctype_is_refused_wherever_it_hides(part: str) -> None:
    laughs = (
        '<!DOCTYPE lolz [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>'
        f"<worksheet {MAIN}><sheetData/></worksheet>"
    )
    made = {**parts({"A": sheet([["a"]])}), part: laughs.encode()}
    refused = refusal(package(made))
    assert (refused.rule, refused.arguments["reason"]) == ("unsafe_workbook", "xml_dtd")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1"><c r="ZZZZZZZZZZ2"><v>1</v></c></row>', "reference"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "reference"),
        ('<row r="4294967297"><c r="A4294967297"><v>1</v></c></row>', "reference"),
        ('<row r="2"><c r="A3"><v>1</v></c></row>', "reference"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "reference"),
        ('<row r="2"/><row r="2"/>', "reference"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "shared_string"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "shared_string"),
        ('<row r="1"><c r="A1"><v>1</c></row>', "xml"),
    ],
)
def test_references_that_read_as_something_else_are_refused(rows: str, reason: str) -> None:
    refused = refusal(with_sheet(data(rows)))
    assert (refused.rule, refused.arguments["reason"]) == ("damaged_workbook", reason)
    assert refused.sheet == "Activități"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            (
                '<row r="1"><c r="A1"><v>1</v></c></row>'
                '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            ),
            "columns",
        ),
        ('<row r="1048576"><c r="Z1048576"><v>1</v></c></row>', "extent"),
        ("".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 50_002)), "rows"),
    ],
)
def test_absurd_extents_are_refused(rows: str, reason: str) -> None:
    refused = refusal(with_sheet(data(rows)))
    assert (refused.rule, refused.arguments["reason"]) == ("too_large_sheet", reason)


def test_formatted_blank_cells_are_no_extent() -> None:
    rows = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert gate.examine(with_sheet(data(rows)), ".xlsx").kind == "xlsx"


@pytest.mark.parametrize("encoding", ["TF-8", "utf-7", "shift_jis"])
def test_an_encoding_that_nobody_can_read_is_damage(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{sheet([["a"]])}'
    refused = refusal(with_sheet(xml))
    assert (refused.rule, refused.arguments["reason"]) == ("damaged_workbook", "xml")


def test_thousands_of_merged_cells_are_refused() -> None:
    merges = '<mergeCell ref="A1:A2"/>' * 2001
    refused = refusal(with_sheet(data("", f"<mergeCells>{merges}</mergeCells>")))
    assert refused.arguments["reason"] == "merges"


def test_error_cells_and_formulas_without_a_result_have_addresses() -> None:
    rows: list[list[Any]] = [
        [None, Raw('t="e"|<v>#REF!</v>')],
        [
            Raw("|<f>SUM(B1:B9)</f>"),
            Raw("|<f>A1</f><v></v>"),
            Raw('t="e"|<f>1/0</f><v>#DIV/0!</v>'),
        ],
    ]
    marks = gate.examine(xlsx({"Foaie": rows}), ".xlsx").marks["Foaie"]
    assert marks.errors == {(1, 2): "#REF!", (2, 3): "#DIV/0!"}
    assert marks.uncalculated == {(2, 1): "=SUM(B1:B9)", (2, 2): "=A1"}


def test_a_formula_with_a_result_is_a_value_even_when_the_result_is_an_empty_text() -> None:
    rows: list[list[Any]] = [
        [Raw("|<f>1+1</f><v>2</v>"), Raw('t="str"|<f>IF(1,"")</f><v></v>')],
    ]
    marks = gate.examine(xlsx({"Foaie": rows}), ".xlsx").marks["Foaie"]
    assert not marks.errors
    assert not marks.uncalculated


def test_a_list_of_choices_is_no_formula_of_the_last_cell() -> None:
    lists = (
        '<extLst><ext xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        "<xm:f>liste!A1:A9</xm:f></ext></extLst>"
    )
    content = with_sheet(data('<row r="1"><c r="A1" s="1"/></row>', lists))
    assert not gate.examine(content, ".xlsx").marks["Activități"].uncalculated


def test_a_prefix_on_every_tag_hides_nothing() -> None:
    xml = sheet([[Raw('t="e"|<v>#REF!</v>')]]).replace("<", "<x:").replace("<x:/", "</x:")
    xml = xml.replace("xmlns=", "xmlns:x=")
    assert gate.examine(with_sheet(xml), ".xlsx").marks["Activități"].errors == {(1, 1): "#REF!"}


def test_error_cells_of_an_ods_have_addresses_also_behind_repeats() -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=A1"/></table:table-row>'
    )
    opened = gate.examine(ods(rows), ".ods")
    assert opened.kind == "ods"
    assert opened.marks["Activități"].errors == {(5, 3): "#DIV/0!"}
    assert opened.marks["Activități"].uncalculated == {(5, 4): "of:=A1"}


def test_a_repeated_cell_of_an_ods_cannot_fill_the_memory() -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
        "</table:table-row>"
    )
    assert refusal(ods(rows), ".ods").rule == "too_large_sheet"


def test_an_encrypted_ods_is_told_as_such() -> None:
    made = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": b"<m><file-entry><encryption-data/></file-entry></m>",
        "content.xml": b"\x12\x34",
    }
    assert refusal(package(made), ".ods").rule == "password_protected"
