"""One workbook on the form, as a partner would fill it in: Romanian labels, real dates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font, PatternFill

from flows.steps import timeless
from flows.steps.catalogue import Catalogue
from flows.steps.catalogue.rows import Row

EXAMPLE = "EXEMPLU-1"
FIRST_ROW = 3  # below the header and the example
_BOLD = Font(bold=True)
_GREY = PatternFill("solid", fgColor="D9D9D9")
_ABOUT = (
    "Formular de raportare, completat pentru o demonstrație.",
    "Toate datele din acest fișier sunt inventate: parteneri, oameni, activități și sume.",
    "Rândul gri din fiecare foaie este un exemplu și nu se numără.",
    "",
    "Reporting form, filled in for a demonstration. All data in this file are made up.",
)


@dataclass(frozen=True)
class Typed:
    """What a partner typed by hand where the form expects something else; written as it is."""

    text: str


@dataclass(frozen=True)
class Line:
    """One row of a sheet: field to value. mistake says what is wrong with it, if anything is."""

    values: Mapping[str, Any]
    mistake: str | None = None


@dataclass(frozen=True)
class Paper:
    """What a partner reports about a quarter, before it is put on the form.

    answers are those of the sheet raport; sheets hold the others' lines. is_short leaves out the
    columns that a small organisation leaves out; has_totals adds the line TOTAL that some add.
    refusal says why the file as a whole cannot be taken, is_own_table that it is not even the form.
    """

    answers: Mapping[str, Any]
    sheets: Mapping[str, Sequence[Line]]
    is_short: bool = False
    has_totals: bool = False
    refusal: str | None = None
    is_own_table: bool = False


@dataclass(frozen=True)
class Mistake:
    """What a partner got wrong, where: row as Excel shows it, None for the whole file."""

    sheet: str
    row: int | None
    what: str


@dataclass(frozen=True)
class Blank:
    """The empty form: sheets with their titles, fields with their labels, words of the lists."""

    titles: Mapping[str, str]
    fields: Mapping[str, Sequence[Row]]
    words: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, tables: Catalogue) -> "Blank":
        """The form as the catalogue describes it, in Romanian."""
        words = {(r["vocabulary"], r["code"]): r["label_ro"] for r in tables["vocabularies"]}
        words |= {("programmes", r["programme_id"]): r["name_ro"] for r in tables["programmes"]}
        words |= {("districts", r["district_code"]): r["name"] for r in tables["districts"]}
        fields: dict[str, list[Row]] = {}
        for row in tables["form_fields"]:
            fields.setdefault(row["sheet"], []).append(row)
        return cls({row["sheet"]: row["label_ro"] for row in tables["sheets"]}, fields, words)


def write(path: Path, paper: Paper, blank: Blank, made_on: date) -> list[Mistake]:
    """Write one workbook, made on a day, and say where its mistakes are."""
    book = Workbook(write_only=True)
    about = book.create_sheet("Despre")
    for text in _ABOUT:
        about.append([text])
    mistakes = [Mistake("", None, paper.refusal)] if paper.refusal else []
    if paper.is_own_table:
        _own_table(book.create_sheet("Foaie1"), paper)
    else:
        mistakes += [m for sheet in blank.titles for m in _sheet(book, paper, blank, sheet)]
    path.write_bytes(timeless.saved(book, made_on))
    return mistakes


def _sheet(book: Workbook, paper: Paper, blank: Blank, sheet: str) -> Iterator[Mistake]:
    """Fill in one sheet: question and answer on the first, a table on the others."""
    worksheet = book.create_sheet(blank.titles[sheet])
    if sheet == "raport":
        for asked in blank.fields[sheet]:
            answer = _cell(asked, paper.answers.get(asked["field"]), blank)
            worksheet.append([asked["label_ro"], answer])
        return
    asked = _columns(paper, blank, sheet)
    lines = paper.sheets.get(sheet, ())
    worksheet.append([_styled(worksheet, row["label_ro"], font=_BOLD) for row in asked])
    worksheet.append([_styled(worksheet, value, fill=_GREY) for value in _example(asked)])
    for number, line in enumerate(lines, start=FIRST_ROW):
        worksheet.append([_cell(row, line.values.get(row["field"]), blank) for row in asked])
        if line.mistake:
            yield Mistake(worksheet.title, number, line.mistake)
    if paper.has_totals and lines:
        worksheet.append(list(_totals(asked, lines)))


def _own_table(worksheet: Any, paper: Paper) -> None:  # noqa: ANN401 - openpyxl names no type
    worksheet.append(["Ce am făcut", "Când a fost", "Câți oameni au venit"])
    for line in paper.sheets["activitati"]:
        values = line.values
        visits = values.get("attendance_in_person")
        worksheet.append([values["title_ro"], values["start_date"], visits])


def _columns(paper: Paper, blank: Blank, sheet: str) -> list[Row]:
    fields = blank.fields[sheet]
    if paper.is_short and sheet == "activitati":
        return [row for row in fields if row["is_short"]]
    return list(fields)


def _cell(asked: Row, value: object, blank: Blank) -> object:
    """A value as it is typed: words from the lists, several with ; between them."""
    if isinstance(value, Typed):
        return value.text
    if isinstance(value, bool):
        return "da" if value else "nu"
    if isinstance(value, list | tuple):
        return "; ".join(_word(asked, str(code), blank) for code in value) or None
    if asked["type"] == "choice" and value is not None:
        return _word(asked, str(value), blank)
    return value


def _word(asked: Row, code: str, blank: Blank) -> str:
    return blank.words.get((asked["vocabulary"], code), code)


def _styled(worksheet: Any, value: object, **style: Any) -> Cell:  # noqa: ANN401 - as above
    cell = WriteOnlyCell(worksheet, value=value)
    for name, look in style.items():
        setattr(cell, name, look)
    return cell


def _example(asked: Sequence[Row]) -> Iterator[object]:
    yield EXAMPLE
    for row in asked[1:]:
        yield EXAMPLE if row["field"] == "activity_id" else row["example"]


def _totals(asked: Sequence[Row], lines: Sequence[Line]) -> Iterator[object]:
    yield "TOTAL"
    for row in asked[1:]:
        found = [line.values.get(row["field"]) for line in lines]
        numbers = [n for n in found if isinstance(n, int | float) and not isinstance(n, bool)]
        yield round(sum(numbers), 2) if numbers else None
