"""Which rules a sheet is held to: one Check a rule and field.

What a single cell must be follows from form_fields.csv and conditions.csv; what cells must be to
each other stands in row_rules. The sentences of all of them are in rules.csv.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from flows.steps.catalogue import Catalogue
from flows.steps.catalogue.rows import Row
from flows.steps.checking.row_rules import FILES, GONE, REGISTERS, ROW_RULES
from reports.model import Text

# What can be asked of a row, and with it the column of staging.asked that holds the answer:
# found must be there, room must not be below zero, key must be the only one, holds must be true.
Question = Literal["found", "room", "key", "holds"]
# Staged like a sheet: its rows of totals.
TOTALS = "totals_{}"
# The reading child keeps these back; what is wrong with them only the reader can say.
KEPT_BACK = frozenset({"contact_name", "contact_email", "person_email"})
_NUMBERS = ("integer", "decimal")
# Lists that only partners know; any code may be one of them.
_OPEN_LISTS = (None, "partners", "activities", "calls")
# The column with the sum of the rows beside that of the field.
SUM_OF = "sum_"
_FAR_YEARS = 10
# 17.03.2020 as a spreadsheet keeps it, and as a cell with the format of a date reads.
_SERIAL = "regexp_full_match({}_raw, '[34]\\d{{4}}(,\\d+)?')"
_DAY = "regexp_full_match({}_raw, '\\d{{4}}-\\d\\d-\\d\\d( [0-9:]+)?')"
# 01/10/2020 is the tenth of January where dates begin with the month, as 10/17/2020 does.
_EITHER_FIRST = "regexp_full_match({}_raw, '(0?[1-9]|1[0-2])[./-](0?[1-9]|1[0-2])[./-]\\d{{4}}')"
_MONTH_FIRST = "regexp_full_match({}_raw, '(0?[1-9]|1[0-2])[./-](1[3-9]|2\\d|3[01])[./-]\\d{{4}}')"
# An hour, a number, a formula, an apostrophe: what is left of 2:1, 1.10, ="007" and '007.
_MANGLED = (
    "regexp_full_match({}_raw, '\\d{{1,3}}:\\d\\d(:\\d\\d)?|\\d+,\\d+|\\d{{4,}}\\.0+"
    "|\\d(,\\d+)?E\\+\\d+|[=''].*')"
)
_NOT_UNDERSTOOD = {
    "date": "not_a_date",
    "integer": "not_a_whole_number",
    "decimal": "not_an_amount",
    "yes_no": "not_yes_or_no",
    "email": "not_an_email",
    "url": "not_a_web_address",
}


@dataclass(frozen=True)
class Check:
    """One rule for one field: a question about each row of a sheet where `given` is true.

    answer and given are SQL over staging.<table>; without an answer there is nothing to say,
    except where it should be found. field is the one to point at, None for a file. compared is
    the field or total that the sentence names beside it; words are what else it says. left_out is
    the rule of an answer whose column is not in the file at all.
    """

    table: str
    sheet: str
    rule: str
    field: str | None
    question: Question
    answer: str
    given: str = "true"
    words: Mapping[str, Any] = field(default_factory=dict)
    compared: str | None = None
    left_out: str | None = None


def checks(catalogue: Catalogue) -> list[Check]:
    """All that a file is held to, sheet by sheet, in the order of the columns."""
    sheets = [FILES, GONE, *(row["sheet"] for row in catalogue["sheets"])]
    return [check for sheet in sheets for check in _sheet(catalogue, sheet)]


def form_version(catalogue: Catalogue) -> str:
    """The version of the form, which the catalogue gives as that question's example."""
    fields = catalogue["form_fields"]
    return next(row["example"] for row in fields if row["field"] == "schema_version")


def row_key(catalogue: Catalogue, sheet: str) -> str:
    """What tells the rows of a sheet apart, as SQL over it; null where nothing does."""
    names = _key(catalogue, sheet)
    if not names:
        return "null"
    # The first part of a key must be there; a budget line without a chapter is a line too.
    first, *rest = names
    parts = [f"'{sheet}'", "submission_id", first, *(f"coalesce({name}, '')" for name in rest)]
    return " || ' ' || ".join(parts)


def stray(catalogue: Catalogue, sheet: str) -> str:
    """Whether a row has at most one of the answers that it needs, as SQL over its sheet.

    That is a note, a signature, a lonely number: one sentence about it, and not fifteen.
    """
    given = (f"({name}_raw is not null)::int" for name in _needed(catalogue, sheet))
    return f"coalesce({' + '.join(given) or 'null'} <= 1, false)"


def summed(catalogue: Catalogue, sheet: str) -> list[str]:
    """The fields of a sheet that a row of totals may add up; none where a row stands alone."""
    return [
        row["field"]
        for row in catalogue["form_fields"]
        if row["sheet"] == sheet and row["type"] in _NUMBERS and _key(catalogue, sheet)
    ]


def _sheet(catalogue: Catalogue, sheet: str) -> Iterator[Check]:
    for form_field in catalogue["form_fields"]:
        if form_field["sheet"] == sheet and form_field["field"] not in KEPT_BACK:
            yield from _required(catalogue, form_field)
            yield from _understood(form_field)
            yield from _mistyped(catalogue, form_field)
            yield from _limits(form_field)
    for name in _needed(catalogue, sheet)[:1]:
        yield Check(sheet, sheet, "stray_row", name, "holds", "not is_stray")
    key = _key(catalogue, sheet)
    if key:
        rule = "repeated_code" if len(key) == 1 else "repeated_line"
        if sheet in REGISTERS:
            rule = "repeated_person"
        name = "activity_id" if sheet in REGISTERS else key[0]
        yield Check(sheet, sheet, rule, name, "key", "row_key")
    for rule in ROW_RULES:
        if rule.sheet == sheet:
            name, compared = rule.field, rule.compared
            yield Check(sheet, sheet, rule.rule, name, "holds", rule.holds, compared=compared)
    for name in summed(catalogue, sheet):
        # A row of totals below a part of the rows adds up that part.
        holds = f"{name} = {SUM_OF}{name} or {name} = part_{name}"
        table, compared = TOTALS.format(sheet), f"{SUM_OF}{name}"
        yield Check(table, sheet, "total_differs", name, "holds", holds, compared=compared)


def _required(catalogue: Catalogue, form_field: Row) -> Iterator[Check]:
    sheet, name, required = form_field["sheet"], form_field["field"], form_field["required"]
    found = f"if({name}_raw is null, null, true)"
    # Who sends the short form alone leaves out the columns of all that is asked beyond it.
    is_short = form_field["is_short"] or not _has_short_form(catalogue, sheet)
    if required in ("always", "expected"):
        rule = "required" if required == "always" else "expected"
        left_out = "expected_left_out" if required == "expected" and is_short else None
        yield Check(sheet, sheet, rule, name, "found", found, "not is_stray", left_out=left_out)
    elif required != "no":
        when = next(row for row in catalogue["conditions"] if row["condition_id"] == required)
        words = {"condition": Text(when["words_ro"], when["words_en"])}
        given = f"({when['expression']}) and not is_stray"
        left_out = "column_left_out" if is_short else None
        yield Check(
            sheet, sheet, "required_when", name, "found", found, given, words, left_out=left_out
        )


def _has_short_form(catalogue: Catalogue, sheet: str) -> bool:
    return any(row["is_short"] for row in catalogue["form_fields"] if row["sheet"] == sheet)


def _understood(form_field: Row) -> Iterator[Check]:
    sheet, name, kind = form_field["sheet"], form_field["field"], form_field["type"]
    # Whether a partner's code is the right one depends on who sent the file: a rule of its own.
    is_listed = form_field["vocabulary"] not in _OPEN_LISTS
    rule = _NOT_UNDERSTOOD.get(kind, "not_in_list" if is_listed else None)
    if rule is not None:
        understood = f"if({name} is null, null, true)"
        given = f"{name}_raw is not null"
        if kind == "date":
            given += f" and not {_SERIAL.format(name)}"
        yield Check(sheet, sheet, rule, name, "found", understood, given)


def _mistyped(catalogue: Catalogue, form_field: Row) -> Iterator[Check]:
    """What spreadsheets do to days, and to codes that look like days."""
    sheet, name, kind = form_field["sheet"], form_field["field"], form_field["type"]
    if kind == "date":
        yield Check(sheet, sheet, "date_as_number", name, "holds", f"not {_SERIAL.format(name)}")
        programme = catalogue.programme
        first = date(programme.starts_on.year - _FAR_YEARS, 1, 1)
        last = date(programme.ends_on.year + _FAR_YEARS, 12, 31)
        holds = f"{name} between date '{first}' and date '{last}'"
        words = {"first": first, "last": last}
        yield Check(sheet, sheet, "far_date", name, "holds", holds, words=words)
        yield Check(sheet, sheet, "day_or_month", name, "holds", _day_first(catalogue, sheet, name))
    elif kind in ("code", "text") and form_field["vocabulary"] in _OPEN_LISTS:
        yield Check(sheet, sheet, "code_as_date", name, "holds", f"not {_DAY.format(name)}")
    if form_field["vocabulary"] in _OPEN_LISTS and form_field["maximum"] is None:
        yield from _empty_words(form_field)


def _day_first(catalogue: Catalogue, sheet: str, name: str) -> str:
    """Whether a date is sure to begin with its day, as SQL over its sheet.

    One date of the sheet that can only begin with its month puts those in doubt that may do both.
    """
    dates = [row["field"] for row in catalogue["form_fields"] if row["type"] == "date"]
    own = {row["field"] for row in catalogue["form_fields"] if row["sheet"] == sheet}
    begins = " or ".join(_MONTH_FIRST.format(date) for date in dates if date in own)
    american = f"select submission_id from staging.{sheet} where {begins}"
    return f"not {_EITHER_FIRST.format(name)} or submission_id not in ({american})"


def _empty_words(form_field: Row) -> Iterator[Check]:
    """A name or a code that names nothing: a dash, n/a, „idem”; or what spreadsheets make of it."""
    sheet, name, kind = form_field["sheet"], form_field["field"], form_field["type"]
    if kind == "multi":
        holds = f"not list_bool_or(list_transform({name}, lambda part: is_no_name(part)))"
        yield Check(sheet, sheet, "says_nothing", name, "holds", holds)
    elif kind in ("code", "text"):
        yield Check(sheet, sheet, "says_nothing", name, "holds", f"not says_nothing({name}_raw)")
    if kind == "code":
        holds = f"not {_MANGLED.format(name)}"
        yield Check(sheet, sheet, "code_mangled", name, "holds", holds)


def _limits(form_field: Row) -> Iterator[Check]:
    sheet, name, kind = form_field["sheet"], form_field["field"], form_field["type"]
    minimum, maximum = form_field["minimum"], form_field["maximum"]
    rule, size = "too_long", f"length({name}_raw)"
    if kind in _NUMBERS:
        rule, size = "too_large", f"{name}::double"
        if minimum is not None:
            words = {"limit": int(minimum)}
            room = f"{size} - {minimum}"
            yield Check(sheet, sheet, "too_small", name, "room", room, words=words)
    elif kind == "multi":
        rule, size = "too_many_answers", f"len({name})"
    if maximum is not None:
        words = {"limit": int(maximum)}
        yield Check(sheet, sheet, rule, name, "room", f"{maximum} - {size}", words=words)


def _needed(catalogue: Catalogue, sheet: str) -> list[str]:
    """The fields that every row of a table needs; none where there are too few to tell by."""
    if not _key(catalogue, sheet) or sheet in REGISTERS:
        return []
    return [
        row["field"]
        for row in catalogue["form_fields"]
        if row["sheet"] == sheet and row["required"] == "always"
    ]


def _key(catalogue: Catalogue, sheet: str) -> list[str]:
    """The fields that tell the rows of a sheet apart; people by their keyed hash."""
    listed: Iterable[Row] = (row for row in catalogue["sheets"] if row["sheet"] == sheet)
    names = [name for row in listed for name in (row["key_fields"] or "").split(";") if name]
    return ["person_key" if name == "person_email" else name for name in names]
