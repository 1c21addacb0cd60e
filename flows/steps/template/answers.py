"""How an answer is written in a cell, and what the spreadsheet itself lets in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from flows.steps.catalogue.rows import Row
from flows.steps.template import texts
from flows.steps.template.lists import Choices
from flows.steps.template.notes import Notes
from flows.steps.template.occasion import Occasion

_NUMERIC = ("integer", "decimal")
# Spreadsheets count days from here; a date before it is a slip of the pen.
_EARLIEST = 36526  # 1 January 2000
_LARGEST = 10**12
# Longer texts are cut by the spreadsheets, or the file is called damaged.
_LONGEST_PROMPT, _LONGEST_ERROR = 255, 225
# A text format keeps 007 and 3/4 as they are typed, but old programs show no more of it than this.
_LONGEST_TEXT_CELL = 255
_FORMATS = {"date": "DD.MM.YYYY", "integer": "#,##0", "decimal": "#,##0.00"}
_AS_TYPED = ("code", "text", "choice", "multi", "yes_no", "url", "email")


def shown(asked: Row, value: object, choices: Choices) -> object:
    """A value of the warehouse as the partner would write it: words of the lists, real dates."""
    if isinstance(value, bool):
        return choices.word("yes_no", "yes" if value else "no")
    if isinstance(value, list | tuple):
        return "; ".join(choices.word(asked["vocabulary"], str(code)) for code in value) or None
    if isinstance(value, str):
        return choices.word(asked["vocabulary"], value)
    return value


def number_format(asked: Row) -> str:
    """The format of a column's cells."""
    if asked["type"] in _AS_TYPED and (asked["maximum"] or 0) <= _LONGEST_TEXT_CELL:
        return "@"
    return _FORMATS.get(asked["type"], "General")


def check(
    occasion: Occasion, asked: Row, notes: Notes, choices: Choices, sources: Mapping[str, str]
) -> DataValidation | None:
    """What the spreadsheet lets into the cells of a question; None where anything may stand.

    sources are the places of lists that grow in the workbook itself, by vocabulary.
    """
    source = sources.get(asked["vocabulary"] or "") or choices.source(asked["vocabulary"])
    made = {"type": "list", "formula1": source} if source else _typed(asked)
    if made is None:
        return None
    found = DataValidation(**made, allow_blank=True, errorStyle="stop")
    # A list takes one word only, so where several may stand it helps and does not insist.
    found.showErrorMessage = asked["type"] != "multi" and asked["vocabulary"] not in sources
    found.errorTitle = occasion.say(texts.PLEASE_CHECK)
    found.error = notes.short(asked, _LONGEST_ERROR)
    if asked["type"] == "multi":
        found.showInputMessage, found.prompt = True, occasion.say(texts.SEVERAL)
    elif source is None:
        found.showInputMessage, found.prompt = True, notes.short(asked, _LONGEST_PROMPT)
    return found


def _typed(asked: Row) -> dict[str, Any] | None:
    kind, low, high = asked["type"], asked["minimum"], asked["maximum"]
    if kind == "date":
        return {"type": "date", "operator": "greaterThanOrEqual", "formula1": str(_EARLIEST)}
    if kind in _NUMERIC:
        least = 0 if low is None else int(low)
        most = _LARGEST if high is None else int(high)
        whole = "whole" if kind == "integer" else "decimal"
        return {
            "type": whole,
            "operator": "between",
            "formula1": str(least),
            "formula2": str(most),
        }
    if kind in ("text", "long_text") and high is not None:
        limit = str(int(high))
        return {"type": "textLength", "operator": "lessThanOrEqual", "formula1": limit}
    return None


def worked(asked: Row, text: str, first_day: date) -> object:
    """A value of the worked example: codes apart by ;, days counted from the period's first."""
    if asked["type"] == "date":
        return date.fromordinal(first_day.toordinal() + int(text))
    if asked["type"] in _NUMERIC:
        return float(text) if "." in text else int(text)
    return text.split(";") if asked["type"] == "multi" and asked["vocabulary"] else text
