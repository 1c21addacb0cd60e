"""The pages to read: what to do, and what each word means. Neither is ever read as data."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from flows.steps.catalogue.rows import read_rows
from flows.steps.template import look, texts
from flows.steps.template.occasion import Occasion
from reports.locale import capitalised
from reports.model import Text

_FACTS = (18.0, 96.0)
_WORD_COLUMNS = (24.0, 46.0, 50.0, 50.0)
_WORDS_HEADER = 3
_COLUMNS = ("word", "meaning", "count", "leave_out")
_FILE_COLUMNS = ["word_id", *(f"{name}_{end}" for name in _COLUMNS for end in ("ro", "en"))]
_HEADS = (texts.WORD, texts.MEANING, texts.COUNT, texts.LEAVE_OUT)


def read_first(book: Workbook, occasion: Occasion) -> None:
    """Add the first page: for whom and until when, how to fill in, whom to ask."""
    sheet = book.create_sheet(occasion.say(texts.READ_FIRST))
    for letter, width in zip("AB", _FACTS, strict=True):
        sheet.column_dimensions[letter].width = width
    look.title(sheet["A1"], f"{occasion.programme_name} · {occasion.period_name}")
    partner = occasion.partner
    whom = occasion.say(texts.FOR_WHOM, partner=partner["name"], code=partner["partner_id"])
    look.put(sheet["A2"], whom, look.HEADING)
    row = _facts(sheet, 4, occasion)
    row = _heading(sheet, row + 1, occasion.say(texts.HOW))
    for number, step in enumerate(_steps(occasion), start=1):
        row = _pair(sheet, row, f"{number}.", step, look.NUMBER)
    row = _heading(sheet, row + 1, occasion.say(texts.SHEETS))
    for name, purpose in _contents(occasion):
        row = _pair(sheet, row, name, occasion.say(purpose))
        link = sheet.cell(row - 1, 1)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{name}'!A1", display=name)
        look.dress(link, look.LINK)
    _finish(sheet, occasion)


def words(book: Workbook, occasion: Occasion, folder: Path) -> None:
    """Add the page of words: meaning, count this, do not count that."""
    sheet = book.create_sheet(occasion.say(texts.WORDS))
    look.title(sheet["A1"], occasion.say(texts.WORDS))
    look.put(sheet["A2"], occasion.say(texts.WORDS_PURPOSE), look.LEGEND)
    for column, (head, width) in enumerate(zip(_HEADS, _WORD_COLUMNS, strict=True), start=1):
        look.put(sheet.cell(_WORDS_HEADER, column), occasion.say(head), look.HEAD_ALWAYS)
        sheet.column_dimensions["ABCD"[column - 1]].width = width
    sheet.row_dimensions[_WORDS_HEADER].height = 22
    found = read_rows(folder / "words.csv", _FILE_COLUMNS)
    for row, (_, word) in enumerate(found, start=_WORDS_HEADER + 1):
        said = [word[f"{name}_{occasion.language}"] for name in _COLUMNS]
        for column, text in enumerate(said, start=1):
            style = look.ROW_STRONG if column == 1 else look.ROW
            look.put(sheet.cell(row, column), text, style)
        look.fit(sheet, row, list(zip(said, _WORD_COLUMNS, strict=True)))
    sheet.freeze_panes = sheet.cell(_WORDS_HEADER + 1, 2).coordinate
    _finish(sheet, occasion, rows=_WORDS_HEADER)


def _facts(sheet: Worksheet, row: int, occasion: Occasion) -> int:
    locale, period, programme = occasion.locale, occasion.period, occasion.catalogue.programme
    span = locale.span(period.starts_on, period.ends_on)
    about = {
        texts.PERIOD: f"{capitalised(occasion.period_name)} ({span})",
        texts.DEADLINE: locale.day(occasion.due_on),
        texts.QUESTIONS: programme.contact,
    }
    if occasion.projects:
        about[texts.PROJECTS] = "\n".join(
            f"{project['project_id']} · {project['title']}" for project in occasion.projects
        )
    for label, fact in about.items():
        row = _pair(sheet, row, occasion.say(label), fact)
    if programme.is_demonstration:
        row = _pair(sheet, row, "", occasion.say(texts.MADE_UP))
    return row


def _steps(occasion: Occasion) -> Sequence[str]:
    kinds = {
        row["code"]: occasion.label(row)
        for row in occasion.catalogue["vocabularies"]
        if row["vocabulary"] == "submission_kind"
    }
    named = {
        "report": occasion.title["raport"],
        "activities": occasion.title["activitati"],
        "nil": kinds["nil"],
        "correction": kinds["correction"],
    }
    return [occasion.say(step, **named) for step in texts.STEPS]


def _contents(occasion: Occasion) -> list[tuple[str, Text]]:
    """Every sheet with what it is for, in the order in which they stand."""
    return [
        (occasion.say(texts.WORDS), texts.WORDS_PURPOSE),
        *((occasion.title[sheet], purpose) for sheet, purpose in texts.PURPOSE.items()),
        (occasion.say(texts.LISTS), texts.LISTS_PURPOSE),
    ]


def _heading(sheet: Worksheet, row: int, text: str) -> int:
    look.put(sheet.cell(row, 1), text, look.HEADING)
    sheet.row_dimensions[row].height = 24
    return row + 1


def _pair(sheet: Worksheet, row: int, name: str, text: str, style: look.Look = look.STRONG) -> int:
    look.put(sheet.cell(row, 1), name, style)
    look.put(sheet.cell(row, 2), text, look.TEXT)
    look.fit(sheet, row, [(name, _FACTS[0]), (text, _FACTS[1])])
    return row + 1


def _finish(sheet: Worksheet, occasion: Occasion, rows: int | None = None) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = look.ACCENT
    look.locked(sheet)
    look.printed(sheet, occasion, rows, is_page=True)
