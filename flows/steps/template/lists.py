"""The lists to choose from: which words a cell may hold, and the locked sheet they stand on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from flows.steps.catalogue.rows import Row
from flows.steps.template import look, texts
from flows.steps.template.occasion import Occasion

_HEADER_ROW = 2
_FIRST_ROW = 3
# Lists of codes have what each code means beside them.
_GLOSS_WIDTH = 60.0
_HOME = "RO"


@dataclass(frozen=True)
class Choice:
    """One allowed answer: its code, the word for it on the form, and what the word means."""

    code: str
    word: str
    gloss: str | None = None


@dataclass(frozen=True)
class Choices:
    """All lists of one workbook.

    offered are the answers to choose from, by list; words are those of every code that a list
    ever had, so that what an old report says can be written down; headings name the lists, and
    places say in which column of the locked sheet each one stands.
    """

    offered: Mapping[str, Sequence[Choice]]
    words: Mapping[str, Mapping[str, str]]
    headings: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    title: str = ""

    def source(self, vocabulary: str | None) -> str | None:
        """Where a drop-down list finds its words; None when there are none to choose from."""
        if vocabulary is None or vocabulary not in self.places:
            return None
        letter = get_column_letter(self.places[vocabulary])
        last = _FIRST_ROW + len(self.offered[vocabulary]) - 1
        return f"'{self.title}'!${letter}${_FIRST_ROW}:${letter}${last}"

    def word(self, vocabulary: str | None, code: str) -> str:
        """The word of the form for a code; the code itself where the form has no word for it."""
        return self.words.get(vocabulary or "", {}).get(code, code)


def prepare(occasion: Occasion) -> Choices:
    """The lists that the questions of the form refer to, in the order of the questions."""
    offered: dict[str, Sequence[Choice]] = {}
    words: dict[str, dict[str, str]] = {}
    headings: dict[str, str] = {}
    places: dict[str, int] = {}
    column = 1
    for asked in occasion.catalogue["form_fields"]:
        name = asked["vocabulary"]
        if name is None or name in words:
            continue
        known = _known(occasion, name)
        words[name] = {choice.code: choice.word for choice, _ in known}
        offered[name] = [choice for choice, is_offered in known if is_offered]
        headings[name] = occasion.label(asked)
        if offered[name]:
            places[name] = column
            column += 2 if any(choice.gloss for choice in offered[name]) else 1
    return Choices(offered, words, headings, places, occasion.say(texts.LISTS))


def add(book: Workbook, occasion: Occasion, choices: Choices) -> None:
    """Add the sheet with all lists, protected without a password."""
    sheet = book.create_sheet(choices.title)
    look.title(sheet["A1"], choices.title)
    glosses: dict[int, list[tuple[str, float]]] = {}
    for name, column in choices.places.items():
        offered = choices.offered[name]
        look.put(sheet.cell(_HEADER_ROW, column), choices.headings[name], look.HEAD_QUIET)
        width = max(len(choice.word) for choice in offered) + 3.0
        sheet.column_dimensions[get_column_letter(column)].width = max(width, 14.0)
        for row, choice in enumerate(offered, start=_FIRST_ROW):
            look.put(sheet.cell(row, column), choice.word, look.WORD)
            if choice.gloss:
                look.put(sheet.cell(row, column + 1), choice.gloss, look.GLOSS)
                glosses.setdefault(row, []).append((choice.gloss, _GLOSS_WIDTH))
        if any(choice.gloss for choice in offered):
            look.put(sheet.cell(_HEADER_ROW, column + 1), None, look.HEAD_QUIET)
            sheet.column_dimensions[get_column_letter(column + 1)].width = _beside(offered)
    for row, cells in glosses.items():
        look.fit(sheet, row, cells)
    sheet.row_dimensions[_HEADER_ROW].height = 42
    sheet.freeze_panes = sheet.cell(_FIRST_ROW, 1).coordinate
    look.locked(sheet)
    look.printed(sheet, occasion, rows=_HEADER_ROW)


def _beside(offered: Sequence[Choice]) -> float:
    """As wide as the longest meaning, within bounds."""
    return min(max(len(choice.gloss or "") for choice in offered) + 2.0, _GLOSS_WIDTH)


def _known(occasion: Occasion, name: str) -> list[tuple[Choice, bool]]:
    """Every word of a list, and whether this partner may choose it in this period."""
    tables = occasion.catalogue
    if name == "projects":
        return [
            (Choice(row["project_id"], row["project_id"], row["title"]), row in occasion.projects)
            for row in tables["projects"]
        ]
    if name == "programmes":
        return [
            (Choice(row["programme_id"], occasion.label(row, "name")), _is_running(occasion, row))
            for row in tables["programmes"]
        ]
    if name == "districts":
        found = [Choice(row["district_code"], row["name"]) for row in tables["districts"]]
    elif name == "objectives":
        own = [(row["objective_id"], "wording", row) for row in tables["objectives"]]
        aims = [(row["aim_id"], "short", row) for row in tables["ecoc_aims"]]
        found = [Choice(code, code, occasion.label(row, words)) for code, words, row in own + aims]
    elif name == "countries":
        rows = sorted(_listed(occasion, name), key=lambda row: row["code"] != _HOME)
        found = [Choice(row["code"], row["code"], occasion.label(row)) for row in rows]
    else:
        found = [Choice(row["code"], occasion.label(row)) for row in _listed(occasion, name)]
    return [(choice, True) for choice in found]


def _listed(occasion: Occasion, name: str) -> list[Row]:
    rows = [row for row in occasion.catalogue["vocabularies"] if row["vocabulary"] == name]
    return sorted(rows, key=lambda row: row["position"])


def _is_running(occasion: Occasion, programme: Row) -> bool:
    starts_on, ends_on = programme["starts_on"], programme["ends_on"]
    return (starts_on is None or starts_on < occasion.period.ends_before) and (
        ends_on is None or ends_on >= occasion.period.starts_on
    )
