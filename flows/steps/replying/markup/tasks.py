"""The list of what is to be put right, as the first sheet of the workbook that goes back."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from flows.steps.reading.places import column_letters
from flows.steps.replying.markup import splice
from flows.steps.replying.markup.styles import COLOURS, Styles

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_INK, _MUTED, _RULE = "FF12163A", "FF5F647F", "FFDCDEE6"
_NUMBERS, _NARROWEST, _WIDEST = 5, 10, (34, 26, 20, 28, 44)
_LINE, _PADDING = 15, 5
_TITLE_HEIGHT = 30
_HIGHEST = 409
_TEXT_FORMAT = 49


@dataclass(frozen=True)
class Task:
    """One thing to put right, in the partner's words.

    sheet, row, cell are those of the partner's file; sheet_id and field those of the form, by
    which the cell of a CSV is found. texts are the columns of the list after the number, note is
    what stands beside the cell.
    """

    severity: str
    sheet: str | None
    sheet_id: str | None
    row: int | None
    field: str | None
    cell: str | None
    texts: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class TaskList:
    """The sheet as a whole: its title, what stands above the table, the table.

    The first text of a task names its place and is the link to it, the second its question, the
    third says what follows from it and is coloured like the cell.
    """

    title: str
    heading: tuple[str, ...]
    columns: tuple[str, ...]
    tasks: tuple[Task, ...]


def to_message(tasks: TaskList) -> dict[str, Any]:
    """The list for the pipe to the marking process."""
    return asdict(tasks)


def from_message(message: Mapping[str, Any]) -> TaskList:
    """The list out of the pipe."""
    return TaskList(
        message["title"],
        tuple(message["heading"]),
        tuple(message["columns"]),
        tuple(replace(Task(**task), texts=tuple(task["texts"])) for task in message["tasks"]),
    )


def worksheet(tasks: TaskList, styles: Styles) -> bytes:
    """The worksheet's XML. Every cell is text, and none is a formula."""
    look, widths = _Look(styles), _widths(tasks)
    lines = [_row(1, _TITLE_HEIGHT, [(tasks.title, look.title)])]
    lines += [
        _row(number, _LINE, [(line, look.plain)])
        for number, line in enumerate(tasks.heading, start=2)
    ]
    head = len(tasks.heading) + 3
    titles = [(column, look.head) for column in ("", *tasks.columns)]
    lines.append(_row(head, _LINE + _PADDING, titles))
    links = []
    for number, task in enumerate(tasks.tasks, start=1):
        target = _target(task)
        place, question, meaning, *others = task.texts
        cells = [
            (str(number), look.number),
            (place, look.link if target else look.text),
            (question, look.text),
            (meaning, look.severity[task.severity]),
            *((words, look.text) for words in others),
        ]
        lines.append(_row(head + number, _height(task.texts, widths), cells))
        if target:
            location = splice.attribute(target)
            links.append(f'<hyperlink ref="B{head + number}" location={location}/>')
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">'
        f'<sheetPr><tabColor rgb="{COLOURS["stop"]}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{_columns(widths)}</cols><sheetData>{''.join(lines)}</sheetData>{linked}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


class _Look:
    """The formats of the list, as numbers in the workbook's own styles."""

    def __init__(self, styles: Styles) -> None:
        def font(size: int, colour: str, extra: str = "") -> int:
            return styles.add(
                "fonts",
                f'<font>{extra}<sz val="{size}"/><color rgb="{colour}"/><name val="Calibri"/>'
                '<family val="2"/></font>',
            )

        def cell(font_id: int, fill: int = 0, border: int = 0, wrap: str = "1") -> int:
            return styles.add(
                "cellXfs",
                f'<xf numFmtId="{_TEXT_FORMAT}" fontId="{font_id}" fillId="{fill}" '
                f'borderId="{border}" xfId="0" quotePrefix="1" applyNumberFormat="1" '
                'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
                f'<alignment horizontal="left" vertical="top" wrapText="{wrap}"/></xf>',
            )

        line = styles.add(
            "borders",
            "<border><left/><right/><top/>"
            f'<bottom style="thin"><color rgb="{_RULE}"/></bottom><diagonal/></border>',
        )
        body = font(11, "FF272B45")
        self.title = cell(font(18, _INK, "<b/>"), wrap="0")
        self.plain = cell(body, wrap="0")
        self.head = cell(font(11, "FFFFFFFF", "<b/>"), styles.fill(_INK), line)
        self.text = cell(body, border=line)
        self.number = cell(font(11, _MUTED), border=line)
        self.link = cell(font(11, "FF1F4FA3", "<u/>"), border=line)
        self.severity = {
            severity: cell(body, styles.fill(colour), line) for severity, colour in COLOURS.items()
        }


def _row(number: int, height: int, cells: list[tuple[str, int]]) -> str:
    written = "".join(
        f'<c r="{column_letters(column)}{number}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{splice.text(words)}</t></is></c>'
        for column, (words, style) in enumerate(cells, start=1)
    )
    return f'<row r="{number}" ht="{height}" customHeight="1">{written}</row>'


def _target(task: Task) -> str | None:
    """Where the link leads: the cell, else the beginning of its row."""
    if task.sheet is None or task.row is None:
        return None
    title = task.sheet.replace("'", "''")
    return f"'{title}'!{task.cell or f'A{task.row}'}"


def _widths(tasks: TaskList) -> list[int]:
    """The columns of texts as wide as what is in them, within bounds."""
    table = [tasks.columns, *(task.texts for task in tasks.tasks)]
    widths = []
    for number, column in enumerate(zip(*table, strict=True)):
        longest = max(len(line) for words in column for line in words.split("\n"))
        bound = _WIDEST[min(number, len(_WIDEST) - 1)]
        widths.append(min(max(longest + 2, _NARROWEST), bound))
    return widths


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """High enough for the longest text: not every program works it out by itself."""
    lines = max(
        sum(len(textwrap.wrap(part, width + 2)) or 1 for part in words.split("\n"))
        for words, width in zip(texts, widths, strict=True)
    )
    return min(lines * _LINE + _PADDING, _HIGHEST)


def _columns(widths: Sequence[int]) -> str:
    return "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate((_NUMBERS, *widths), start=1)
    )
