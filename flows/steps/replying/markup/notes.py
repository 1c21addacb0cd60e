"""Notes on cells of one worksheet: the partner's own stay, ours come and go with the findings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from flows.steps.reading.places import Cell
from flows.steps.replying.markup import cells, splice
from flows.steps.replying.markup.package import Package
from flows.steps.replying.markup.splice import Edit

# Every note of ours begins so, which tells it apart when the workbook comes again.
AUTHOR = "Reper"
_OURS = re.compile(rf"(?:\A|\n+){AUTHOR} – ")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NEW_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{_MAIN}">'
    "<authors/><commentList/></comments>"
).encode()
_NEW_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
    b'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
    b'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
    b'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_BOX = re.compile(
    rb"<((?:\w+:)?shape)\b(?:(?!</\1\s*>).)*?ObjectType\s*=\s*[\"']Note[\"'].*?</\1\s*>", re.DOTALL
)
_BOX_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*<")
_BOX_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d+)\s*<")
_BOX_NUMBER = re.compile(rb"_x0000_s(\d+)")
_NAMES = {
    "v": b"urn:schemas-microsoft-com:vml",
    "o": b"urn:schemas-microsoft-com:office:office",
    "x": b"urn:schemas-microsoft-com:office:excel",
}
_BOX_WIDTH = 250
_LETTERS_A_LINE = 46
_LINE_HEIGHT = 12


@dataclass(frozen=True)
class _Note:
    """A note that stands there, without what an earlier round of ours said in it."""

    element: splice.Element
    own_text: str
    was_ours: bool


def put(package: Package, sheet: str, wanted: Mapping[Cell, str]) -> None:
    """Put notes on exactly the wanted cells of a worksheet, and take away those of before."""
    linked = {link.kind: link.target for link in package.links(sheet)}
    comments = linked.get("comments")
    if comments is None and not wanted:
        return
    if comments is None:
        comments = package.free_name("xl/commentsReper{}.xml")
        package.add(comments, _NEW_COMMENTS, _COMMENTS)
        package.link(sheet, "comments", comments)
    content = package.xml(comments)
    found = splice.elements(content)
    notes = _notes(content, found)
    package[comments] = _written(content, found, notes, wanted)
    gone = {c for c, note in notes.items() if note.was_ours and not note.own_text} - set(wanted)
    _box(package, sheet, gone, {c: t for c, t in wanted.items() if c not in notes})


def _notes(content: bytes, found: list[splice.Element]) -> dict[Cell, _Note]:
    said: list[tuple[splice.Element, list[str]]] = []
    for one in found:
        if one.name == "comment":
            said.append((one, []))
        elif one.name == "t" and said:
            said[-1][1].append(unescape(content[one.opened_at : one.closes_at].decode()))
    notes = {}
    for one, texts in said:
        own, *ours = _OURS.split("".join(texts), maxsplit=1)
        notes[cells.cell_of(one.attributes.get("ref", ""))] = _Note(one, own.strip(), bool(ours))
    return notes


def _written(
    content: bytes,
    found: list[splice.Element],
    notes: Mapping[Cell, _Note],
    wanted: Mapping[Cell, str],
) -> bytes:
    by_name = {one.name: one for one in found}
    if "authors" not in by_name or "commentList" not in by_name:
        raise splice.UnmarkableError("comments")
    prefix = by_name["comments"].prefix.decode()
    author = sum(one.name == "author" for one in found)
    edits = [
        splice.appended(
            content, by_name["authors"], f"<{prefix}author>{AUTHOR}</{prefix}author>".encode()
        )
    ]
    for cell, note in notes.items():
        if cell not in wanted and not note.was_ours:
            continue
        written = b""
        if cell in wanted or note.own_text:
            signed = int(note.element.attributes.get("authorId", author))
            written = _comment(prefix, cell, signed, note.own_text, wanted.get(cell, ""))
        edits.append(Edit(note.element.starts_at, note.element.ends_at, written))
    new = [
        _comment(prefix, cell, author, "", words)
        for cell, words in sorted(wanted.items())
        if cell not in notes
    ]
    edits.append(splice.appended(content, by_name["commentList"], b"".join(new)))
    return splice.changed(content, edits)


def _comment(prefix: str, cell: Cell, author: int, own: str, ours: str) -> bytes:
    head, _, body = ours.partition("\n")
    runs = [
        (own + ("\n\n" if own and ours else ""), ""),
        (head + ("\n" if body else ""), f"<{prefix}b/>"),
        (body, ""),
    ]
    said = "".join(
        f'<{prefix}r><{prefix}rPr>{bold}<{prefix}sz val="9"/><{prefix}color indexed="81"/>'
        f'<{prefix}rFont val="Tahoma"/></{prefix}rPr>'
        f'<{prefix}t xml:space="preserve">{splice.text(words)}</{prefix}t></{prefix}r>'
        for words, bold in runs
        if words
    )
    where = f'ref="{cells.address_of(cell)}" authorId="{author}"'
    return (
        f"<{prefix}comment {where}><{prefix}text>{said}</{prefix}text></{prefix}comment>"
    ).encode()


def _box(package: Package, sheet: str, gone: set[Cell], new: Mapping[Cell, str]) -> None:
    """The drawn boxes behind the notes; a note without one is damage to Excel."""
    content = package.xml(sheet)
    link_id = cells.notes_link(content)
    drawing = next((k.target for k in package.links(sheet) if k.link_id == link_id), None)
    if drawing is None:
        if not new:
            return
        drawing = package.free_name("xl/drawings/notesReper{}.vml")
        package.declare_ending("vml", _DRAWING)
        package[drawing] = _NEW_DRAWING
        link_id = package.link(sheet, "vmlDrawing", drawing)
        package[sheet] = cells.with_notes_link(content, link_id)
    drawn = splice.plain(package[drawing])
    if not drawn.rstrip().endswith(b"</xml>"):
        raise splice.UnmarkableError("drawing")
    prefixes = {name: _prefix_of(drawn, urn) for name, urn in _NAMES.items()}
    drawn = _BOX.sub(lambda box: b"" if _cell_of_box(box[0]) in gone else box[0], drawn)
    first = max([1024, *map(int, _BOX_NUMBER.findall(drawn))]) + 1
    boxes = [
        _drawn(n, cell, new[cell], prefixes) for n, cell in enumerate(sorted(new), start=first)
    ]
    end = drawn.rindex(b"</xml>")
    package[drawing] = drawn[:end] + b"".join(boxes) + drawn[end:]


def _cell_of_box(box: bytes) -> Cell | None:
    row, column = _BOX_ROW.search(box), _BOX_COLUMN.search(box)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None


def _prefix_of(drawn: bytes, urn: bytes) -> str:
    """By what prefix this drawing calls a vocabulary. Each program has its own habit."""
    match = re.search(rb"\sxmlns:(\w+)\s*=\s*[\"']" + re.escape(urn) + rb"[\"']", drawn)
    if match is None:
        raise splice.UnmarkableError("drawing")
    return match[1].decode()


def _drawn(number: int, cell: Cell, words: str, prefixes: Mapping[str, str]) -> bytes:
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in words.split("\n"))
    height = lines * _LINE_HEIGHT + 12
    row, column = cell
    v, o, x = prefixes["v"], prefixes["o"], prefixes["x"]
    return (
        f'<{v}:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:60pt;margin-top:2pt;width:{_BOX_WIDTH}pt;height:{height}pt;"
        f'z-index:{number - 1024};visibility:hidden" fillcolor="#ffffe1" {o}:insetmode="auto">'
        f'<{v}:fill color2="#ffffe1"/><{v}:shadow on="t" color="black" obscured="t"/>'
        f'<{v}:path {o}:connecttype="none"/><{v}:textbox style="mso-direction-alt:auto">'
        f'<div style="text-align:left"></div></{v}:textbox><{x}:ClientData ObjectType="Note">'
        f"<{x}:MoveWithCells/><{x}:SizeWithCells/><{x}:AutoFill>False</{x}:AutoFill>"
        f"<{x}:Row>{row - 1}</{x}:Row><{x}:Column>{column - 1}</{x}:Column></{x}:ClientData>"
        f"</{v}:shape>"
    ).encode()
