"""From grids to rows of text: exactly what the partner wrote, nothing repaired.

People's addresses become keyed hashes here, in the reading process, and are gone when it answers.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.steps.reading import header, merges, row_kinds
from flows.steps.reading.cells import cell_to_text, clean
from flows.steps.reading.form import NEVER_KEPT, PERSON_KEY
from flows.steps.reading.header import SINGLE_SHEET, Found, Layout

Finding = dict[str, Any]

_LONGEST_VALUE = 200
_PURPOSES = {"artisti": "artist", "voluntari": "volunteer"}
_NUMERIC = ("integer", "decimal")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_HAS_ADDRESS = re.compile(r"\S*@\S*")
_LOST_LETTER = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])")


@dataclass
class Row:
    """A row that was read: its texts by field, blank ones left out, and why it does not count."""

    number: int
    texts: dict[str, str]
    set_aside: str | None = None


@dataclass
class Table:
    """What one sheet said: its rows, set-aside ones included, and what was found in them."""

    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lost_letters: list[Finding] = field(default_factory=list)
    set_aside: int = 0


def finding(
    rule: str,
    severity: str,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    cell: str | None = None,
    value: str | None = None,
    arguments: Mapping[str, Any] | None = None,
) -> Finding:
    """One finding as a plain record. An address in value is masked, whatever the cell was."""
    if value is not None:
        value = _HAS_ADDRESS.sub("…@…", value)[:_LONGEST_VALUE]
    return {
        "sheet": sheet,
        "row": row,
        "column": column,
        "cell": cell,
        "value": value,
        "rule": rule,
        "severity": severity,
        "arguments": dict(arguments or {}),
    }


def read_table(found: Found, layout: Layout, key: bytes) -> Table:
    """Rows of one sheet whose layout is known. Blank rows are no rows.

    key turns addresses into person_key. A cell that shows an error, or a formula without a result,
    stays null and makes a finding.
    """
    reading = _Reading(found, layout, key)
    if layout.rows is not None:
        reading.read(layout.header_row, layout.rows)
    else:
        for index in range(layout.header_row):
            reading.read_above(index)
        for index in range(layout.first_row, len(found.grid.rows)):
            if reading.is_over:
                break
            reading.read(index)
    return reading.table


def person_key(key: bytes, purpose: str, address: str) -> str | None:
    """The keyed hash that stands for a person, or None for what is no e-mail address."""
    norm = unicodedata.normalize("NFKC", address).casefold().strip()
    if not _ADDRESS.fullmatch(norm):
        return None
    message = f"v1|{purpose}|{norm}".encode()
    return hmac.new(key, message, hashlib.sha256).digest()[:16].hex()


class _Cleaned(dict[str, str]):
    """What each text is when it is clean. Most words of a sheet stand in it many times."""

    def __missing__(self, text: str) -> str:
        cleaned = self[text] = clean(text)
        return cleaned


class _Reading:
    """One sheet being read, row by row."""

    def __init__(self, found: Found, layout: Layout, key: bytes) -> None:
        self.table = Table()
        self.is_over = False
        self._sheet = found.sheet
        self._grid = found.grid
        self._columns = layout.columns
        self._places = tuple(layout.columns.items())
        self._is_withheld = not NEVER_KEPT.isdisjoint(layout.columns)
        self._cleaned = _Cleaned()
        self._key = key
        self._reach = max(layout.columns.values()) + 1
        self._width = len(_trimmed(found.grid.rows[layout.header_row]))
        self._is_single = found.sheet.sheet == SINGLE_SHEET
        self._has_marks = bool(found.grid.marks.errors or found.grid.marks.uncalculated)
        types = {field.field: field.type for field in found.sheet.fields}
        self._prose = [name for name in layout.columns if types[name] in ("text", "long_text")]
        self._needed = [field.field for field in found.sheet.always]
        self._merged = merges.covered(found.grid, layout)
        self._names = [
            field.field
            for field in found.sheet.always
            if field.type not in _NUMERIC or field.field in found.sheet.key_fields
        ]

    def read(self, index: int, rows: Mapping[str, int] | None = None) -> None:
        """Take in the row at this index; rows says where each answer stands if not in this row."""
        texts = self._downwards(rows) if rows else self._across(self._grid.rows[index])
        troubles = self._troubles(index, rows) if self._has_marks else {}
        if not troubles and not texts:
            return
        if rows is None and self._is_heading(index, texts):
            return
        table, row = self.table, Row(self._grid.numbers[index], texts)
        if self._is_withheld:
            row.texts = {name: text for name, text in texts.items() if name not in NEVER_KEPT}
        table.rows.append(row)
        if not self._is_single and (set_aside := self._set_aside(index, texts)):
            row.set_aside = set_aside
            table.set_aside += 1
            return
        if self._merged and len(texts) > 1:
            self._check_merges(index, texts)
        for name, (rule, text) in troubles.items():
            row.texts.pop(name, None)
            table.findings.append(self._finding(rule, "reject", name, index, rows, text))
        if person := self._person(index, texts, troubles):
            row.texts[PERSON_KEY] = person
        self._check_contact(index, rows, texts, troubles)
        if not self._grid.has_addresses and not rows:
            self._check_csv_row(index, texts)

    def read_above(self, index: int) -> None:
        """Take in a row above the header, if it looks like a report that ended up there.

        Titles, notes and headings over groups of columns have few cells in the right places.
        """
        texts = self._across(self._grid.rows[index])
        needed = [name for name in self._needed if name in texts]
        if len(needed) < 2 or 2 * len(needed) < len(self._needed):
            return
        if self._is_heading(index, texts):
            return
        self.read(index)
        if self.table.rows and self.table.rows[-1].set_aside is None:
            found = self._finding("above_header", "reject", needed[0], index, None, None)
            self.table.findings.append(found)

    def _is_heading(self, index: int, texts: Mapping[str, str]) -> bool:
        """Whether a row is the header once more, or numbers the columns.

        Under another header than the first one every figure would land in a wrong column: that is
        said, and nothing below it is read.
        """
        first = next(iter(texts.values()), "")
        if first.isdecimal():
            return row_kinds.is_numbering([*texts.values()])
        if self._sheet.field_of(first) is None:
            return False
        line = self._grid.rows[index]
        columns = header.moved(self._sheet, line, self._columns)
        if columns:
            number, address = self._grid.numbers[index], self._grid.address(index, columns[0])
            name = self._sheet.field_of(line[columns[0]])
            text = cell_to_text(line[columns[0]])
            found = finding("second_header", "stop", self._grid.title, number, name, address, text)
            self.table.findings.append(found)
            self.is_over = True
        return columns is not None

    def _across(self, line: list[Any]) -> dict[str, str]:
        """The texts of a row, by field; blank cells have none."""
        if line.count("") == len(line):
            return {}
        if len(line) < self._reach:
            line = line + [""] * (self._reach - len(line))
        cleaned = self._cleaned
        # Asked of every cell of every file, so in one expression.
        return {
            name: text
            for name, column in self._places
            if (cell := line[column]) != ""
            and (text := cleaned[cell] if isinstance(cell, str) else cell_to_text(cell))
        }

    def _downwards(self, rows: Mapping[str, int]) -> dict[str, str]:
        """The texts beside the labels in these rows, by field; blank cells have none."""
        cells = ((name, self._cell(rows[name], column)) for name, column in self._places)
        return {name: text for name, cell in cells if (text := cell_to_text(cell))}

    def _cell(self, index: int, column: int) -> Any:  # noqa: ANN401 - a cell
        row = self._grid.rows[index]
        return row[column] if column < len(row) else None

    def _troubles(self, index: int, rows: Mapping[str, int] | None) -> dict[str, tuple[str, str]]:
        """Cells of this row that the parser took for blank, with their rule and what they show."""
        marks = self._grid.marks
        troubles = {}
        for name, column in self._columns.items():
            place = (self._grid.numbers[rows[name] if rows else index], column + 1)
            if place in marks.errors:
                troubles[name] = ("error_cell", marks.errors[place])
            elif place in marks.uncalculated:
                troubles[name] = ("uncalculated_formula", marks.uncalculated[place])
        return troubles

    def _set_aside(self, index: int, texts: Mapping[str, str]) -> str | None:
        line = self._grid.rows[index]
        first = next((cell for cell in line if not _is_blank(cell)), None)
        keys = self._sheet.key_fields
        word = first if isinstance(first, str) else None
        return row_kinds.set_aside(word, keys, (*keys, *self._names), texts)

    def _check_merges(self, index: int, texts: Mapping[str, str]) -> None:
        """A merged cell looks like an answer of each of its rows, and is one of the first only."""
        for name, column in self._places:
            whole = self._merged.get(self._grid.place(index, column))
            if whole is not None and name not in texts:
                found = self._finding("merged_cell", "reject", name, index, None, None)
                self.table.findings.append({**found, "arguments": {"cells": whole}})

    def _person(
        self, index: int, texts: Mapping[str, str], troubles: Collection[str]
    ) -> str | None:
        purpose = _PURPOSES.get(self._sheet.sheet)
        if purpose is None or "person_email" not in self._columns or "person_email" in troubles:
            return None
        key = person_key(self._key, purpose, texts.get("person_email", ""))
        if key is None:
            found = self._finding("no_email", "reject", "person_email", index, None, None)
            self.table.findings.append(found)
        return key

    def _check_contact(
        self,
        index: int,
        rows: Mapping[str, int] | None,
        texts: Mapping[str, str],
        troubles: Collection[str],
    ) -> None:
        """Whom to ask is not stored, so that it is missing can only be said here."""
        for name in ("contact_name", "contact_email"):
            if name not in self._columns or name in troubles:
                continue
            text = texts.get(name, "")
            if not text or (name == "contact_email" and not _ADDRESS.fullmatch(text)):
                found = self._finding("no_contact", "warn", name, index, rows, None)
                self.table.findings.append(found)

    def _check_csv_row(self, index: int, texts: Mapping[str, str]) -> None:
        row = self._grid.rows[index]
        if len(row) < self._width or len(_trimmed(row)) > self._width:
            # One comma too many moves every figure one column to the right.
            found = finding(
                "ragged_row",
                "reject",
                self._grid.title,
                self._grid.numbers[index],
                arguments={"expected": self._width, "found": len(row)},
            )
            self.table.findings.append(found)
        for name in self._prose:
            text = texts.get(name)
            if text and "://" not in text and name not in NEVER_KEPT and _LOST_LETTER.search(text):
                found = self._finding("letters_lost", "warn", name, index, None, text)
                self.table.lost_letters.append(found)

    def _finding(
        self,
        rule: str,
        severity: str,
        name: str,
        index: int,
        rows: Mapping[str, int] | None,
        text: str | None,
    ) -> Finding:
        index = rows[name] if rows else index
        return finding(
            rule,
            severity,
            self._grid.title,
            self._grid.numbers[index],
            name,
            self._grid.address(index, self._columns[name]),
            None if name in NEVER_KEPT else text,
        )


def _trimmed(row: list[Any]) -> list[Any]:
    """A row without the blank cells at its end."""
    end = len(row)
    while end and (
        row[end - 1] is None or (isinstance(row[end - 1], str) and not row[end - 1].strip())
    ):
        end -= 1
    return row[:end]


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
