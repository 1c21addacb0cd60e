"""What a row is when it reports nothing: the form's example, a total, the numbers of columns."""

import re
from collections.abc import Iterable, Mapping, Sequence

from flows.steps.reading.form import fold

_EXAMPLE = ("exemplu", "example")
_TOTAL = re.compile(
    r"(in |grand |sub ?)?total(ul|uri|s)?\b.*|suma( totala)?( lei| ron)?|sum|t o t a l"
)
# Two or three numbers in a row may be answers.
_FEWEST_NUMBERED = 4


def set_aside(
    first: str | None, keys: Iterable[str], named: Iterable[str], texts: Mapping[str, str]
) -> str | None:
    """Why a row does not count: `example`, `total`; None if it does.

    first is the first text of the row, also one beside the table. keys are the fields that tell
    rows apart; named those of which a row of totals has none, unless it says `total` there too.
    """
    for name in keys:
        if fold(texts.get(name, "")).startswith(_EXAMPLE):
            return "example"
    if first is None or not _TOTAL.fullmatch(fold(first)):
        return None
    answers = (texts.get(name) for name in named)
    return "total" if all(_TOTAL.fullmatch(fold(text)) for text in answers if text) else None


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns, as forms on paper do: 1, 2, 3, 4."""
    if len(texts) < _FEWEST_NUMBERED or not all(text.isdecimal() for text in texts):
        return False
    first = int(texts[0])
    return first in (0, 1) and [*map(int, texts)] == [*range(first, first + len(texts))]
