"""The formats of a workbook, and those that the marks add to them."""

import re
from functools import cache

from flows.steps.replying.markup import splice

# Light enough for black letters; the note and the list say the same without colour.
COLOURS = {"stop": "FFF4A8A6", "reject": "FFF9CFCC", "warn": "FFFFE79A"}
_CONTAINERS = ("fonts", "fills", "borders", "cellXfs")
_COLOUR = re.compile(rb"rgb\s*=\s*[\"']([0-9A-Fa-f]{8})")


class Styles:
    """styles.xml of one workbook. Numbers of formats are those that cells carry."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        found = splice.elements(content, deepest=3)
        self._containers = {one.name: one for one in found if one.depth == 2}
        self._written: dict[str, list[bytes]] = {name: [] for name in _CONTAINERS}
        self._old: dict[str, list[splice.Element]] = {name: [] for name in _CONTAINERS}
        parent = ""
        for one in found:
            if one.depth == 2:
                parent = one.name
            elif one.depth == 3 and parent in self._old:
                self._old[parent].append(one)
        if any(name not in self._containers or not self._old[name] for name in _CONTAINERS):
            raise splice.UnmarkableError("styles")
        self._prefix = found[0].prefix.decode()
        self.marked = cache(self._marked)
        self.unmarked = cache(self._unmarked)
        self.fill = cache(self._fill)
        self._ours = self._formats_of_ours()

    def carries_mark(self, number: int) -> bool:
        """Whether this format has a colour that only we put there."""
        return number in self._ours

    def add(self, container: str, content: str) -> int:
        """A font, border or format of ours; returns its number."""
        spaced = content.replace("</", "</" + self._prefix)
        spaced = re.sub(r"<(?=[A-Za-z])", "<" + self._prefix, spaced)
        return self._append(container, spaced.encode())

    def to_bytes(self) -> bytes:
        """styles.xml with all that was added."""
        edits = []
        for name, added in self._written.items():
            if not added:
                continue
            container = self._containers[name]
            tag = self._content[container.starts_at : container.opened_at]
            count = str(len(self._old[name]) + len(added))
            counted = splice.with_attributes(tag, {"count": count})
            edits.append(splice.Edit(container.starts_at, container.opened_at, counted))
            edits.append(splice.appended(self._content, container, b"".join(added)))
        return splice.changed(self._content, edits)

    def _fill(self, colour: str) -> int:
        shade = f'<fgColor rgb="{colour}"/><bgColor indexed="64"/>'
        return self.add(
            "fills", f'<fill><patternFill patternType="solid">{shade}</patternFill></fill>'
        )

    def _marked(self, number: int, severity: str) -> int:
        return self._copied(number, self.fill(COLOURS[severity]))

    def _unmarked(self, number: int) -> int:
        return self._copied(number, 0)

    def _copied(self, number: int, fill: int) -> int:
        """The same format on another ground."""
        formats = self._old["cellXfs"]
        old = formats[number if number < len(formats) else 0]
        tag = self._content[old.starts_at : old.opened_at]
        rest = self._content[old.opened_at : old.ends_at]
        applies = {"fillId": str(fill), "applyFill": "1" if fill else None}
        return self._append("cellXfs", splice.with_attributes(tag, applies) + rest)

    def _append(self, container: str, content: bytes) -> int:
        self._written[container].append(content)
        return len(self._old[container]) + len(self._written[container]) - 1

    def _formats_of_ours(self) -> frozenset[int]:
        fills = set()
        for number, one in enumerate(self._old["fills"]):
            colours = _COLOUR.findall(self._content[one.starts_at : one.ends_at])
            if {colour.decode().upper() for colour in colours} & set(COLOURS.values()):
                fills.add(str(number))
        return frozenset(
            number
            for number, one in enumerate(self._old["cellXfs"])
            if one.attributes.get("fillId") in fills
        )
