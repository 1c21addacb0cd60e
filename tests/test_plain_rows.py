"""Rows told by their form: what is found in them is what a walk through every tag would find."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.reading import plain_rows, xlsx_scan
from flows.steps.reading.places import column_letters
from flows.steps.reading.refused import Refused
from tests.workbooks import MAIN

SHARED = 3
HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet {MAIN}><sheetData>'
TAIL = '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
PLAIN = (
    '<row r="1" spans="1:5" x14ac:dyDescent="0.25"><c r="A1" s="3" t="s"><v>2</v></c>'
    '<c r="B1" t="inlineStr"><is><t xml:space="preserve"> Față &amp; verso </t></is></c>'
    '<c r="D1"><v>1.5</v></c><c r="E1" s="1"/></row>'
    '<row r="3" ht="12"/>\n'
    '<row r="4"><c r="A4" t="str"><f>CONCAT(A1,"x")</f><v>ax</v></c>'
    '<c r="B4"><f t="shared" si="0"/><v>0</v></c><c r="C4" t="b"><v>1</v></c></row>'
)

# What office programs write, what only some do, and what none does.
CELLS = [
    '<c r="{at}"><v>17</v></c>',
    '<c r="{at}" s="4" t="s"><v>1</v></c>',
    '<c r="{at}" s="2"/>',
    '<c r="{at}" s="2" />',
    '<c r="{at}" t="inlineStr"><is><t>Ploaie &lt; soare, ș</t></is></c>',
    '<c r="{at}"><f>A1+1</f><v>2</v></c>',
    '<c r="{at}" t="str"><f t="shared" si="0"/><v>da</v></c>',
    '<c r="{at}"><f>A1+1</f></c>',
    '<c r="{at}"><f>A1+1</f><v></v></c>',
    '<c r="{at}"><f>A1+1</f><v>\u00a0</v></c>',
    '<c r="{at}" t="str"><f>A1</f><v></v></c>',
    '<c r="{at}" t="e"><v>#REF!</v></c>',
    "<c r='{at}' t='e'><f>1/0</f><v>#DIV/0!</v></c>",
    '<c t="e" r="{at}"><v>#N/A</v></c>',
    '<c r="{at}" t="&#101;"><v>#N/A</v></c>',
    '<c r="{at}"><v/></c>',
    '<c r="{at}" t="s"><v>9</v></c>',
    '<c r="{at}" t="s"><v>-1</v></c>',
    '<c r="{at}" t="s"><v> 1 </v></c>',
    '<c><v>1</v></c>',
    '<c r="B77"><v>1</v></c>',
    '<c r="AAA{row}"><v>1</v></c>',
    '<c r="{at}" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    '<c r="{at}" t="inlineStr"><is><t><![CDATA[</row><row r="9"><c t="e"/>]]></t></is></c>',
    '<!-- <c r="{at}" t="e"><v>#REF!</v></c> -->',
    '<!-- </row><row r="40000"><c r="A40000"><v>1</v></c></row> -->',
    '<?x <c r="{at}" t="e"/> ?>',
    '<c r="{at}" t="str"><v>&unknown;</v></c>',
    '<c r="{at}" t="str"><v>&#0;</v></c>',
    '<c r="{at}" t="str"><v>\ufffe</v></c>',
    '<c r="{at}" t="str"><v>a]]>b</v></c>',
    '<c r="{at}" t="str"><v>\x07</v></c>',
    '<c r="{at}" t="str"><v>\udce8</v></c>',
    '<c r="{at}"><v>1</c>',
    '<row r="{row}"/>',
    '<x:c xmlns:x="urn:x" r="{at}" t="e"><x:v>#REF!</x:v></x:c>',
]  # fmt: skip
ROWS = ['<row r="{row}">{cells}</row>'] * 6 + [
    '<row r="{row}" ht="15" customHeight="1">\n{cells}\n</row>\n',
    '<row spans="1:3" r="{row}">{cells}</row>',
    "<row r='{row}'>{cells}</row>",
    "<row>{cells}</row>",
    '<row r="{row}" r="9">{cells}</row>',
    '<row r="{row}"/>',
    '<!-- <row r="{row}">{cells}</row> -->',
    "{cells}",
]
HEADS = [HEAD] * 4 + [
    "\ufeff" + HEAD,
    HEAD.replace("UTF-8", "ISO-8859-1"),
    HEAD.replace("<sheetData>", '<!-- <sheetData><row r="40000"/> --><sheetData>'),
    HEAD.replace("<sheetData>", '<sheetData x="<sheetData>">'),
    HEAD.replace("<sheetData>", "<sheetData>\n"),
    HEAD.replace("<sheetData>", "<sheetData ><!-- <sheetData>"),
]


@st.composite
def worksheets(draw: st.DrawFn) -> bytes:
    """A worksheet of plain rows among which stand others; in one of four some bytes are lost."""
    xml = draw(st.sampled_from(HEADS))
    number = 0
    for _ in range(draw(st.integers(0, 6))):
        number += draw(st.sampled_from([1, 1, 1, 2, 60_000, -1]))
        column, cells = 0, ""
        for _ in range(draw(st.integers(0, 5))):
            column += draw(st.sampled_from([1, 1, 1, 3, 300, -1]))
            at = f"{column_letters(max(column, 1))}{number}"
            known = CELLS[:7] if draw(st.integers(0, 3)) else CELLS
            cells += draw(st.sampled_from(known)).format(at=at, row=number)
        xml += draw(st.sampled_from(ROWS)).format(row=number, cells=cells)
    written = encoded(xml + TAIL)
    if draw(st.integers(0, 3)) == 0:
        start = draw(st.integers(0, len(written)))
        written = written[:start] + written[start + draw(st.integers(1, 9)) :]
    return written


def encoded(xml: str) -> bytes:
    return xml.encode(errors="surrogateescape")


def cut(content: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def told(chunks: Iterable[bytes]) -> object:
    """Everything that a scan says of a worksheet."""
    try:
        return xlsx_scan.worksheet(chunks, "Foaie", SHARED)
    except Refused as refused:
        return refused.rule, refused.sheet, refused.arguments


def walked(content: bytes) -> object:
    """What a scan says that asks about every tag."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain_rows, "left_over", lambda chunks, _walk: chunks)
        return told([content])


@pytest.mark.parametrize("head", HEADS)
def test_each_odd_row_among_plain_ones_is_walked(head: str) -> None:
    for row in dict.fromkeys(ROWS):
        for cell in CELLS:
            odd = row.format(row=5, cells=cell.format(at="C5", row=5))
            after = '<row r="7"><c r="B7" t="e"><v>#REF!</v></c></row>'
            content = encoded(head + PLAIN + odd + after + TAIL)
            assert told([content]) == walked(content), content


@given(worksheets(), st.sampled_from([1, 7, 64, 10_000]))
def test_a_row_told_by_its_form_says_what_a_walk_says(content: bytes, size: int) -> None:
    assert told(cut(content, size)) == walked(content)


@pytest.mark.parametrize("size", [1, 50, 10_000])
def test_of_plain_rows_nothing_is_left_over(size: int) -> None:
    scan = xlsx_scan._Worksheet("Foaie", SHARED)
    scan.start("worksheet", [])
    left = b"".join(plain_rows.left_over(cut((HEAD + PLAIN + TAIL).encode(), size), scan))
    assert left == (HEAD + "\n" * (b"\n</sheet" in left) + TAIL).encode()


def test_the_rows_after_a_row_that_must_be_walked_are_told_by_their_form_again() -> None:
    odd = '<row r="5"><c r="A5" t="e"><v>#REF!</v></c></row>'
    more = '<row r="6"><c r="A6"><v>1</v></c></row>'
    scan = xlsx_scan._Worksheet("Foaie", SHARED)
    scan.start("worksheet", [])
    content = (HEAD + PLAIN + odd + more + TAIL).encode()
    left = b"".join(plain_rows.left_over([content], scan))
    assert left == (HEAD + odd + TAIL).encode()
    assert xlsx_scan.worksheet([content], "Foaie", SHARED).errors == {(5, 1): "#REF!"}
