"""The one gate for words that others wrote: what passes can be printed and can do no harm.

The whole of the facts passes here before a page sees them, so that no page can forget it.
Pages set words letter by letter and nothing reads them as markup: `<b>` is printed as `<b>`.
"""

import unicodedata
from collections.abc import Container
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

Record = TypeVar("Record")

LONGEST = 1000
_CEDILLA_TO_COMMA = str.maketrans("şţŞŢ", "șțȘȚ")
_BREAKS = frozenset("\t\n\v\f\r\u2028\u2029")
# Control, format (zero width, bidirectional overrides), surrogate, private, unassigned.
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def clean(words: str, printable: Container[int], longest: int = LONGEST) -> str:
    """Words as they can be printed: composed, with commas below, on one line, in our glyphs.

    A character that no face has becomes "?", never a silent blank. What is longer than the
    limit ends in "…".
    """
    words = unicodedata.normalize("NFC", words).translate(_CEDILLA_TO_COMMA)
    words = "".join(_printed(c, printable) for c in words)
    words = " ".join(word for word in words.split(" ") if word)
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def cleaned(record: Record, printable: Container[int]) -> Record:
    """The same record with every string in it cleaned, however deep it lies."""
    return _cleaned(record, printable)


def _printed(character: str, printable: Container[int]) -> str:
    if character in _BREAKS:
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    return character if ord(character) in printable else "?"


def _cleaned(part: Any, printable: Container[int]) -> Any:  # noqa: ANN401 - any part of a record
    if isinstance(part, str):
        return clean(part, printable)
    if isinstance(part, tuple):
        kind = type(part)
        parts = [_cleaned(p, printable) for p in part]
        return kind(*parts) if hasattr(part, "_fields") else kind(parts)
    if is_dataclass(part) and not isinstance(part, type):
        return type(part)(
            **{f.name: _cleaned(getattr(part, f.name), printable) for f in fields(part)}
        )
    return part
