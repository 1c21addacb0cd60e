"""A workbook as what it is on disk: a zip of parts that refer to each other by links."""

import io
import posixpath
import zipfile
from dataclasses import dataclass

from flows.steps.replying.markup import splice

_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
# A zip notes when it was made; the same workbook gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Link:
    """One link of a part: its id, the last word of its type, and the part that it names."""

    link_id: str
    kind: str
    target: str


class Package:
    """The parts of a workbook that the gate has let through. What is not touched stays as it is."""

    def __init__(self, content: bytes) -> None:
        self._old = zipfile.ZipFile(io.BytesIO(content))
        self._new: dict[str, bytes] = {}
        self._removed: set[str] = set()

    def __contains__(self, part: str) -> bool:
        is_old = part in self._old.NameToInfo and part not in self._removed
        return is_old or part in self._new

    def __getitem__(self, part: str) -> bytes:
        if part not in self:
            raise splice.UnmarkableError(part)
        return self._new[part] if part in self._new else self._old.read(part)

    def __setitem__(self, part: str, content: bytes) -> None:
        self._new[part] = content

    def parts(self) -> list[str]:
        """Names of all parts, the old ones in their order."""
        old = [name for name in self._old.namelist() if name not in self._removed]
        return old + [name for name in self._new if name not in old]

    def xml(self, part: str) -> bytes:
        """A part that will be changed, in UTF-8."""
        return splice.plain(self[part])

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """A new part."""
        self._new[part] = content
        self._declare(f'<Override PartName="/{part}" ContentType="{content_type}"/>')

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Say once what files with this ending hold."""
        declared = {
            one.attributes.get("Extension", "").lower() for one in splice.elements(self.xml(_TYPES))
        }
        if ending not in declared:
            self._declare(f'<Default Extension="{ending}" ContentType="{content_type}"/>')

    def declare(self, part: str, content_type: str) -> None:
        """Say anew what a part holds."""
        self._undeclare({part})
        self._declare(f'<Override PartName="/{part}" ContentType="{content_type}"/>')

    def remove(self, parts: set[str]) -> None:
        """Take parts out, with every link to them."""
        self._undeclare(parts)
        for name in self.parts():
            if name.endswith(".rels") and name not in parts:
                self._unlink(name, parts)
        self._removed |= parts
        for part in parts:
            self._new.pop(part, None)

    def links(self, part: str) -> list[Link]:
        """The links of a part to other parts; those that lead outside are not among them."""
        links = _links_of(part)
        if links not in self:
            return []
        return [
            Link(given["Id"], given["Type"].rpartition("/")[2], _absolute(part, given["Target"]))
            for given in (one.attributes for one in splice.elements(self.xml(links)))
            if given.get("TargetMode") != "External" and {"Id", "Type", "Target"} <= given.keys()
        ]

    def link(self, part: str, kind: str, target: str) -> str:
        """Link a part to another; return the link's id."""
        links = _links_of(part)
        if links not in self:
            self[links] = f'<Relationships xmlns="{_LINKS}"/>'.encode()
        content = self.xml(links)
        root, *others = splice.elements(content)
        taken = {one.attributes.get("Id") for one in others}
        link_id = next(f"rIdReper{n}" for n in range(1, 9999) if f"rIdReper{n}" not in taken)
        leads = splice.attribute(f"/{target}")
        row = f'Relationship Id="{link_id}" Type="{_OFFICE}{kind}" Target={leads}'
        written = b"<" + root.prefix + row.encode() + b"/>"
        self[links] = splice.changed(content, [splice.appended(content, root, written)])
        return link_id

    def free_name(self, pattern: str) -> str:
        """A part's name that is not taken yet; {} in it becomes a number."""
        taken = {name.casefold() for name in self.parts()}
        names = (pattern.format(number) for number in range(1, 9999))
        return next(name for name in names if name.casefold() not in taken)

    def to_bytes(self) -> bytes:
        """The finished file, the same to the byte each time."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in self.parts():
                info = zipfile.ZipInfo(name, _NO_TIME)
                archive.writestr(info, self[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _declare(self, row: str) -> None:
        content = self.xml(_TYPES)
        root = splice.elements(content)[0]
        written = row.replace("<", "<" + root.prefix.decode()).encode()
        # Endings stand before names of parts.
        if row.startswith("<Default"):
            edit = splice.Edit(root.opened_at, root.opened_at, written)
        else:
            edit = splice.appended(content, root, written)
        self[_TYPES] = splice.changed(content, [edit])

    def _undeclare(self, parts: set[str]) -> None:
        content = self.xml(_TYPES)
        gone = [
            splice.Edit(one.starts_at, one.ends_at, b"")
            for one in splice.elements(content)
            if one.attributes.get("PartName", "").lstrip("/") in parts
        ]
        self[_TYPES] = splice.changed(content, gone)

    def _unlink(self, links: str, parts: set[str]) -> None:
        content = self.xml(links)
        folder, name = posixpath.split(links)
        part = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
        gone = [
            splice.Edit(one.starts_at, one.ends_at, b"")
            for one in splice.elements(content)
            if one.attributes.get("TargetMode") != "External"
            and _absolute(part, one.attributes.get("Target", "")) in parts
        ]
        if gone:
            self[links] = splice.changed(content, gone)


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _absolute(part: str, target: str) -> str:
    whole = posixpath.join("/", posixpath.dirname(part), target)
    return posixpath.normpath(whole).lstrip("/")
