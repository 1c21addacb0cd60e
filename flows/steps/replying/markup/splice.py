"""Changes to an XML part by its bytes: all that is not changed stays as its author wrote it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

_START_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_END_TAG = re.compile(rb"</[^>]*>")
_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
_MARK = b"\xef\xbb\xbf"
# What XML 1.0 cannot hold, and signs that turn the direction of writing around.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u2028-\u202e\u2066-\u2069]")
# Excel reads _x0041_ in a text as the letter A.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_CELL = 32_767


class UnmarkableError(Exception):
    """This workbook is written in a way that cannot be changed in place safely."""


class Edit(NamedTuple):
    """These bytes in place of those from start to end; an insertion where both are the same."""

    start: int
    end: int
    content: bytes


@dataclass
class Element:
    """Where an element stands: its start tag, what is between, its end tag.

    depth is 1 for the root. closes_at is where its end tag begins: for <a/> where it ends.
    """

    name: str
    prefix: bytes
    depth: int
    attributes: dict[str, str]
    starts_at: int
    opened_at: int
    closes_at: int
    ends_at: int
    is_empty_tag: bool


def plain(xml: bytes) -> bytes:
    """The part in UTF-8 without a mark. Raises UnmarkableError for another encoding."""
    xml = xml.removeprefix(_MARK)
    declared = _DECLARED.match(xml)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise UnmarkableError("encoding")
    return xml


def walk(
    xml: bytes,
    start: Callable[[str, dict[str, str], int], None],
    end: Callable[[str, int], None] | None = None,
) -> None:
    """Call start and end for each element, with its local name and where its tag stands."""
    parser = expat.ParserCreate()

    def opened(tag: str, attributes: dict[str, str]) -> None:
        start(tag, attributes, parser.CurrentByteIndex)

    def closed(tag: str) -> None:
        if end is not None:
            end(tag, parser.CurrentByteIndex)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise UnmarkableError("xml") from error


def elements(xml: bytes, deepest: int = 99) -> list[Element]:
    """All elements down to a depth, in the order in which they begin."""
    found: list[Element] = []
    open_ones: list[Element | None] = []

    def start(tag: str, attributes: dict[str, str], at: int) -> None:
        if len(open_ones) >= deepest:
            open_ones.append(None)
            return
        match = start_tag(xml, at)
        prefix, _, name = tag.rpartition(":")
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        is_empty = match[1] == b"/"
        one = Element(
            name,
            f"{prefix}:".encode() if prefix else b"",
            len(open_ones) + 1,
            local,
            at,
            match.end(),
            match.end(),
            match.end(),
            is_empty,
        )
        found.append(one)
        open_ones.append(one)

    def end(_tag: str, at: int) -> None:
        one = open_ones.pop()
        if one is not None and not one.is_empty_tag:
            one.closes_at = at
            one.ends_at = end_of_tag(xml, at)

    walk(xml, start, end)
    return found


def start_tag(xml: bytes, at: int) -> re.Match[bytes]:
    """The start tag at this place; its first group is / when the element ends with it."""
    match = _START_TAG.match(xml, at)
    if match is None:
        raise UnmarkableError("tag")
    return match


def end_of_tag(xml: bytes, at: int) -> int:
    """Where the end tag at this place ends."""
    match = _END_TAG.match(xml, at)
    if match is None:
        raise UnmarkableError("tag")
    return match.end()


def changed(xml: bytes, edits: Sequence[Edit]) -> bytes:
    """The part with all edits made; insertions at one place come in their order."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise UnmarkableError("overlap")
        parts += [xml[at : edit.start], edit.content]
        at = edit.end
    parts.append(xml[at:])
    return b"".join(parts)


def appended(xml: bytes, parent: Element, children: bytes) -> Edit:
    """The edit that adds children at the end of an element, also of <a/>."""
    if not parent.is_empty_tag:
        return Edit(parent.closes_at, parent.closes_at, children)
    tag = xml[parent.starts_at : parent.opened_at]
    name = parent.prefix + parent.name.encode()
    opened = tag.rstrip(b">").rstrip(b"/").rstrip() + b">"
    return Edit(parent.starts_at, parent.ends_at, opened + children + b"</" + name + b">")


def with_attributes(tag: bytes, values: Mapping[str, str | None]) -> bytes:
    """A start tag with attributes set, or taken away where the value is None."""
    for name, value in values.items():
        there = re.compile(rb"\s" + name.encode() + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')")
        tag = there.sub(b"", tag)
        if value is not None:
            end = b"/>" if tag.endswith(b"/>") else b">"
            written = f" {name}={quoteattr(value)}".encode()
            tag = tag[: -len(end)].rstrip() + written + end
    return tag


def text(words: str) -> str:
    """Words as the content of an element of a workbook; nothing in them is a tag or an escape."""
    words = _TURNING.sub(" ", _FORBIDDEN.sub(" ", words.replace("\r", "")))
    return escape(_ESCAPED.sub("_x005F_", words[:_LONGEST_CELL]))


def attribute(words: str) -> str:
    """Words as the value of an attribute, its quotation marks included."""
    return quoteattr(_TURNING.sub(" ", _FORBIDDEN.sub(" ", words)))
