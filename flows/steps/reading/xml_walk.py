"""Walks through one XML part of a workbook with expat while the part is being inflated.

Raises Refused for what no office program writes.
"""

from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers import expat

from flows.steps.reading.refused import Refused

Chunks = Iterable[bytes]


def parse(
    chunks: Chunks,
    start: Callable[[str, list[str]], None] | None,
    text: Callable[[str], None] | None = None,
    title: str | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    """Walk through one part, handing on tags and attributes as they are written."""
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype

    if start is not None:
        parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    # The other two come of an encoding that Python does not know, or cannot hand to expat.
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused("damaged_workbook", title, reason="xml") from error


def nothing(chunks: Chunks) -> None:
    """Read a part to its end. Broken XML is let pass where nobody reads it, a DOCTYPE never."""
    try:
        parse(chunks, None)
    except Refused as refusal:
        if refusal.arguments["reason"] != "xml":
            raise
        for _ in chunks:
            pass


def bare(name: str) -> str:
    """A name without the prefix that a program chose for its namespace."""
    return name.rpartition(":")[2]


def pairs(attributes: list[str]) -> Iterable[tuple[str, str]]:
    """Each attribute with its value, as expat gives them one behind the other."""
    return zip(attributes[::2], attributes[1::2], strict=True)


def local(attributes: list[str]) -> dict[str, str]:
    """Values of attributes by their names without prefixes."""
    return {bare(name): value for name, value in pairs(attributes)}


def _refuse_doctype(*_: object) -> NoReturn:
    raise Refused("unsafe_workbook", reason="xml_dtd", part=None)
