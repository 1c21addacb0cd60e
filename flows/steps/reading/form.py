"""The form: what partners are asked, sheet by sheet, and how its words are recognised."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from typing import Any

from flows.steps.reading.cells import INVISIBLE

# What identifies a person stays in the reading process: the first becomes person_key, the other
# two are only looked at.
NEVER_KEPT = frozenset({"person_email", "contact_name", "contact_email"})
PERSON_KEY = "person_key"
_WORDS = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True)
class FormField:
    """One question: its id, its label in both languages, its type, and when it must be answered."""

    field: str
    label_ro: str
    label_en: str
    type: str
    required: str


@dataclass(frozen=True)
class FormSheet:
    """One sheet: its id, how it is named in the workbook, its key and its questions."""

    sheet: str
    label_ro: str
    label_en: str
    key_fields: tuple[str, ...]
    fields: tuple[FormField, ...]

    @property
    def always(self) -> tuple[FormField, ...]:
        """Questions whose column no form may lack."""
        return tuple(field for field in self.fields if field.required == "always")

    @cached_property
    def titles(self) -> frozenset[str]:
        """Folded names that the worksheet may have."""
        return frozenset(map(fold, (self.sheet, self.label_ro, self.label_en)))

    @cached_property
    def headers(self) -> dict[str, str]:
        """Folded header to field id; a wording that fits two fields fits none."""
        exact: dict[str, str] = {}
        loose: dict[str, set[str]] = {}
        for field in self.fields:
            both = (field.label_ro, field.label_en)
            short = [_IN_BRACKETS.sub("", label) for label in both]
            for label in (field.field, *both, " ".join(both), " ".join(reversed(both))):
                exact[fold(label)] = field.field
            for label in (*short, " ".join(short), " ".join(reversed(short))):
                loose.setdefault(fold(label), set()).add(field.field)
        single = {label: next(iter(ids)) for label, ids in loose.items() if len(ids) == 1}
        return {**single, **exact}

    def field_of(self, header: str) -> str | None:
        """The question that a header names, in either language or by its id, or None."""
        return self.headers.get(fold(header)) or self.headers.get(
            fold(_IN_BRACKETS.sub("", header))
        )


@dataclass(frozen=True)
class Form:
    """The whole workbook that partners fill in."""

    sheets: tuple[FormSheet, ...]


def from_tables(sheets: Iterable[Mapping[str, Any]], fields: Iterable[Mapping[str, Any]]) -> Form:
    """The form out of the rows of sheets.csv and form_fields.csv, in their order."""
    asked: dict[str, list[FormField]] = {}
    for row in fields:
        field = FormField(*(row[name] for name in FormField.__dataclass_fields__))
        asked.setdefault(row["sheet"], []).append(field)
    return Form(
        tuple(
            FormSheet(
                row["sheet"],
                row["label_ro"],
                row["label_en"],
                tuple((row["key_fields"] or "").replace(";", " ").split()),
                tuple(asked.get(row["sheet"], ())),
            )
            for row in sheets
        )
    )


def to_tables(form: Form) -> dict[str, list[dict[str, Any]]]:
    """The rows that from_tables makes this form of, for the pipe to the reading process."""
    return {
        "sheets": [
            {
                "sheet": sheet.sheet,
                "label_ro": sheet.label_ro,
                "label_en": sheet.label_en,
                "key_fields": ";".join(sheet.key_fields),
            }
            for sheet in form.sheets
        ],
        "fields": [
            {"sheet": sheet.sheet, **asdict(field)}
            for sheet in form.sheets
            for field in sheet.fields
        ],
    }


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Text without case, diacritics and punctuation: `Cod activitate *` is `cod activitate`."""
    letters = text.casefold()
    if not text.isascii():
        text = text.translate(INVISIBLE)
        letters = unicodedata.normalize("NFKD", text).casefold()
        letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_WORDS.findall(letters))
