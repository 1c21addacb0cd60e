"""The table of each sheet of the form, as SQL: what was typed in each cell, and what it means."""

from collections.abc import Mapping
from typing import Any

from flows.steps.catalogue import Catalogue
from flows.steps.catalogue.words import codes
from flows.steps.reading.form import NEVER_KEPT, PERSON_KEY

_TYPED = {
    "integer": "as_integer({0})",
    "decimal": "as_decimal({0})",
    "date": "as_date({0})",
    "yes_no": "as_boolean({0})",
    "email": "as_email({0})",
    "url": "as_url({0})",
}
_NO_WORDS = "map {'': ''}"
# The text of a cell in a row of a sheet; null when it was left blank.
CELL = "cells['{}']"


def table(catalogue: Catalogue, sheet: str) -> str:
    """SQL that makes the table typed.<sheet>: for each field what was typed, and what it means."""
    asked = [
        field
        for field in catalogue["form_fields"]
        if field["sheet"] == sheet and field["field"] not in NEVER_KEPT
    ]
    columns, cells = [], []
    for field in asked:
        name = field["field"]
        cells.append(f'{CELL.format(name)} as "{name}"')
        meaning = _meaning(catalogue, field, f'"{name}"')
        columns.append(f'"{name}" as "{name}_raw", {meaning} as "{name}"')
    if sheet in ("artisti", "voluntari"):
        cells.append(f"{CELL.format(PERSON_KEY)} as {PERSON_KEY}")
        columns.append(PERSON_KEY)
    return f"""
        create or replace table typed.{sheet} as
        select submission_id, sha256, row_number, set_aside, {", ".join(columns)}
        from (
            select submission_id, sha256, row_number, set_aside, {", ".join(cells)}
            from raw.rows
            where sheet = '{sheet}'
        )
    """


def _meaning(catalogue: Catalogue, field: Mapping[str, Any], column: str) -> str:
    """SQL for what the text of a cell means; null where it cannot be understood."""
    words = _words(catalogue, field["vocabulary"])
    if field["type"] == "multi":
        # Without a list of words any name is understood, as in the schools of an activity.
        free = f"[trim(part) for part in split({column}, ';') if trim(part) <> '']"
        return free if words is None else f"as_choices({column}, {words})"
    if words is not None and field["type"] in ("choice", "code"):
        return f"as_choice({column}, {words})"
    return _TYPED.get(field["type"], "{0}").format(column)


def _words(catalogue: Catalogue, vocabulary: str | None) -> str | None:
    """The words of a list as a DuckDB map to their codes; None where any word will do."""
    words = codes(catalogue, vocabulary)
    if words is None:
        return None
    quoted = (f"{_quoted(word)}: {_quoted(code)}" for word, code in words.items())
    return f"map {{{', '.join(quoted)}}}" if words else _NO_WORDS


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
