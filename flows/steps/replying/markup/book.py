"""A workbook with everything in it: colours, notes, and the list in front."""

import re
from collections.abc import Collection
from html import unescape

from flows.steps.reading.places import Cell
from flows.steps.replying.markup import cells, notes, plain, splice, tasks
from flows.steps.replying.markup.package import Package
from flows.steps.replying.markup.splice import Edit, Element, UnmarkableError
from flows.steps.replying.markup.styles import Styles
from flows.steps.replying.markup.tasks import Task, TaskList

_BOOK = "xl/workbook.xml"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# By this name the list is found again when the workbook comes back a second time.
_LIST_NAME = "Reper_list"
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_MACROS = re.compile(r"xl/(vba\w*|activeX|macrosheets)|customUI|userCustomization", re.IGNORECASE)
_SEVERITIES = ("stop", "reject", "warn")


def list_only(wanted: TaskList) -> bytes:
    """A workbook that holds the list and nothing else. Opens nothing of anybody's."""
    return marked(Package(plain.workbook([])), wanted)


def marked(package: Package, wanted: TaskList) -> bytes:
    """The package with everything in it. Raises UnmarkableError before anything is given out."""
    book = package.xml(_BOOK)
    if _MAIN not in book[:4096]:
        # The strict variant of the format has other names for everything.
        raise UnmarkableError("strict")
    _without_macros(package)
    linked = {link.link_id: link for link in package.links(_BOOK)}
    styles_part = next((k.target for k in linked.values() if k.kind == "styles"), "")
    styles = Styles(package.xml(styles_part))
    sheets = {
        one.attributes.get("name", ""): linked[one.attributes["id"]]
        for one in splice.elements(book)
        if one.name == "sheet" and one.attributes.get("id") in linked
    }
    old_list = _old_list(book, sheets.keys())
    for title, link in sheets.items():
        content = package.xml(link.target)
        if link.kind == "worksheet" and title != old_list:
            said = _said(wanted.tasks, title)
            severities = {cell: _worst(found) for cell, found in said.items()}
            package[link.target] = cells.coloured(cells.unselected(content), severities, styles)
            words = {cell: "\n\n".join(t.note for t in found) for cell, found in said.items()}
            notes.put(package, link.target, words)
        else:
            package[link.target] = cells.unselected(content)
    title = old_list or _free_title(wanted.title, sheets.keys())
    part = sheets[title].target if old_list else package.free_name("xl/worksheets/reper{}.xml")
    written = tasks.worksheet(wanted, styles)
    if old_list:
        package[part] = written
    else:
        package.add(part, written, f"{_SPREADSHEET}.worksheet+xml")
    package[styles_part] = styles.to_bytes()
    link_id = None if old_list else package.link(_BOOK, "worksheet", part)
    package[_BOOK] = _with_list(package.xml(_BOOK), title, link_id)
    return package.to_bytes()


def _said(wanted: tuple[Task, ...], title: str) -> dict[Cell, list[Task]]:
    said: dict[Cell, list[Task]] = {}
    for task in wanted:
        if task.sheet == title and task.cell is not None:
            said.setdefault(cells.cell_of(task.cell), []).append(task)
    return said


def _worst(found: list[Task]) -> str:
    return min((task.severity for task in found), key=_SEVERITIES.index)


def _without_macros(package: Package) -> None:
    """What could run goes; a sheet of macros, or a control, cannot be cut out by itself."""
    running = {part for part in package.parts() if _MACROS.match(part)}
    if any(part.startswith(("xl/macrosheets", "xl/activeX")) for part in running):
        raise UnmarkableError("macros")
    if running:
        package.remove(running)
    package.declare(_BOOK, f"{_SPREADSHEET}.sheet.main+xml")


def _old_list(book: bytes, titles: Collection[str]) -> str | None:
    """The title of the list that an earlier round put in, while it is there."""
    known = {title.replace("'", "''"): title for title in titles}
    for one in splice.elements(book):
        if one.name == "definedName" and one.attributes.get("name") == _LIST_NAME:
            where = unescape(book[one.opened_at : one.closes_at].decode())
            return known.get(where.rpartition("!")[0].strip("'"))
    return None


def _free_title(wanted: str, taken: Collection[str]) -> str:
    used = {title.casefold() for title in taken}
    titles = (wanted, *(f"{wanted} ({number})" for number in range(2, 100)))
    return next(title for title in titles if title.casefold() not in used)


def _with_list(book: bytes, title: str, link_id: str | None) -> bytes:
    """The book with the list in front; link_id is None when it stands there already."""
    found = splice.elements(book)
    by_name = {one.name: one for one in reversed(found)}
    prefix = found[0].prefix.decode()
    sheets = [one for one in found if one.name == "sheet"]
    names = [one for one in found if one.name == "definedName"]
    quoted = splice.text("'" + title.replace("'", "''") + "'!$A$1")
    name = f'<{prefix}definedName name="{_LIST_NAME}" hidden="1">{quoted}</{prefix}definedName>'
    edits = [
        Edit(one.starts_at, one.ends_at, b"")
        for one in names
        if one.attributes.get("name") == _LIST_NAME
    ]
    position = [one.attributes.get("name") for one in sheets].index(title) if not link_id else 0
    if link_id:
        number = max([0, *(int(one.attributes.get("sheetId", 0)) for one in sheets)]) + 1
        # The prefix of the links may be bound to anything, so it is bound here.
        row = (
            f'<{prefix}sheet name={splice.attribute(title)} sheetId="{number}" '
            'xmlns:reper="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'reper:id="{link_id}"/>'
        ).encode()
        parent = by_name["sheets"]
        if sheets:
            edits.append(Edit(sheets[0].starts_at, sheets[0].starts_at, row))
        else:
            edits.append(splice.appended(book, parent, row))
        # Names that hold in one sheet only count the sheets from the left.
        edits += [
            _attributes(book, one, localSheetId=str(int(one.attributes["localSheetId"]) + 1))
            for one in names
            if "localSheetId" in one.attributes and one.attributes.get("name") != _LIST_NAME
        ]
    edits += [
        _attributes(book, one, activeTab=str(position), firstSheet=None)
        for one in found
        if one.name == "workbookView"
    ]
    if "definedNames" in by_name:
        edits.append(splice.appended(book, by_name["definedNames"], name.encode()))
    else:
        last = [by_name[n] for n in _BEFORE_NAMES if n in by_name][-1]
        wrapped = f"<{prefix}definedNames>{name}</{prefix}definedNames>".encode()
        edits.append(Edit(last.ends_at, last.ends_at, wrapped))
    return splice.changed(book, edits)


def _attributes(book: bytes, one: Element, **values: str | None) -> Edit:
    tag = book[one.starts_at : one.opened_at]
    return Edit(one.starts_at, one.opened_at, splice.with_attributes(tag, values))
