"""Aims and objectives: where activities touch the strategy, and where what was promised is open."""

from collections.abc import Iterator
from itertools import groupby

from reports import claims, theme, words
from reports.blocks import Block, Columns, Heading, Paragraph, Picture, Space, Stack
from reports.charts.heat import (
    HeatCell,
    HeatTotal,
    class_names,
    classes,
    draw_intensity,
    draw_legend,
)
from reports.findings import is_unknown
from reports.fonts import SANS_SEMIBOLD
from reports.layout import Section
from reports.locale import Locale
from reports.model import Aim, Aims, ObjectiveRow
from reports.pages.readings import open_commitments, readings
from reports.pen import Pen
from reports.report import Report
from reports.tables import Cell, Column, Group, Row, Table
from reports.theme import Style

_WORDING = Style(size=7.5, leading=8.7, color=theme.TEXT)
_AIM = Style(SANS_SEMIBOLD, 6.5, 7.8, theme.MUTED, "center")
_COUNT = theme.CELL.but(align="right", font=SANS_SEMIBOLD, color=theme.INK)
_CELL_WIDTH, _COUNT_WIDTH = 44.5, 46.0
_LEAST_ROW, _AIRY_ROW = 17.8, 30.0


def section(report: Report) -> Section:
    """A heat map of objectives by aims; without a matrix, of directions by aims."""
    aims, locale = report.facts.aims, report.locale
    is_known = not is_unknown(report.facts.calendar.total)
    title, lead = claims.aims(aims, locale, is_known=is_known)
    blocks: list[Block] = []
    if aims.rows and aims.aims:
        blocks += _blocks(aims, locale) if is_known else _promises(aims, locale)
    return Section("aims", locale.say(words.AIMS), title, lead if blocks else "", blocks)


def aim_wordings(aims: Aims, locale: Locale) -> Iterator[Block]:
    """The official wording of each aim, in full and on one page."""
    yield Heading(locale.say(words.AIM_WORDINGS), after=4)
    yield Stack([Columns([_wording(aim, locale) for aim in aims.aims])])


def _blocks(aims: Aims, locale: Locale) -> Iterator[Block]:
    most = max((cell.activities for row in aims.rows for cell in row.cells), default=0)
    ends = classes(most)
    yield _table(aims, ends, locale)
    yield Space(8)

    def legend(pen: Pen, width: float, height: float) -> None:  # noqa: ARG001
        zero = locale.say(words.LEGEND_ZERO) if aims.has_matrix else ""
        intensity = locale.say(words.LEGEND_INTENSITY) if aims.has_matrix else ""
        names = class_names(ends, locale)
        draw_legend(pen, locale.say(words.LEGEND_ACTIVITIES), zero, intensity, names)

    yield Picture(12, legend, "")
    yield Space(4)
    yield Paragraph(_note(aims, locale), theme.SMALL)
    if aims.activities and aims.shares:
        yield Space(14)
        yield from readings(aims, locale)
    if aims.commitments:
        yield Space(14)
        yield from open_commitments(aims, locale)


def _promises(aims: Aims, locale: Locale) -> Iterator[Block]:
    """The same rows where nothing is known of activities: what was promised, and no zero."""
    yield _table(aims, classes(0), locale, is_known=False)
    if aims.has_matrix:
        yield Space(8)
        yield Picture(
            12, lambda pen, *_: draw_intensity(pen, locale.say(words.LEGEND_INTENSITY)), ""
        )


def _table(aims: Aims, ends: tuple[int, ...], locale: Locale, *, is_known: bool = True) -> Table:
    counted = not aims.has_matrix
    others = _CELL_WIDTH * len(aims.aims) + (_COUNT_WIDTH if counted else 0)
    head = words.COLUMN_OBJECTIVE if aims.has_matrix else words.COLUMN_DIRECTION
    style = _WORDING if aims.has_matrix else theme.CELL
    columns = [
        Column(locale.say(head), theme.CONTENT_WIDTH - others, style, is_row_head=True),
        *([Column(locale.say(words.COLUMN_ACTIVITIES), _COUNT_WIDTH, _COUNT)] if counted else []),
        *(Column(aim.short.in_(locale.language), _CELL_WIDTH, _AIM, gap=0) for aim in aims.aims),
    ]
    rows: list[Row | Group] = []
    for kind, members in groupby(aims.rows, key=lambda row: row.kind):
        group = words.OBJECTIVE_GROUPS.get(kind)
        rows.append(Group(locale.say(group) if group else kind, before=4))
        rows += [
            _row(row, columns[0], ends, locale, counted=counted, is_known=is_known)
            for row in members
        ]
    if is_known:
        rows.append(_totals(aims, locale, counted=counted))
    return Table(columns, rows, ruled=1)


def _row(
    row: ObjectiveRow,
    column: Column,
    ends: tuple[int, ...],
    locale: Locale,
    *,
    counted: bool,
    is_known: bool,
) -> Row:
    wording = Paragraph(row.wording.in_(locale.language), column.style)
    least = _AIRY_ROW if counted else _LEAST_ROW
    high = max(least, wording.height(column.width - column.gap) + 3)
    cells: list[Cell] = [wording]
    if counted:
        cells.append(locale.plain(row.activities if is_known else None))
    for cell in row.cells:
        activities = cell.activities if is_known else None
        cells.append(HeatCell(cell.bullets, activities, locale.plain(activities), ends, high))
    return Row(tuple(cells), pad=0)


def _totals(aims: Aims, locale: Locale, *, counted: bool) -> Row:
    """Numbers without a field: they count other things than the fields above them."""
    cells: list[Cell] = [locale.say(words.AIM_TOTALS)]
    if counted:
        cells.append(locale.plain(aims.activities))
    cells += [HeatTotal(locale.plain(total)) for total in aims.totals]
    return Row(tuple(cells), is_total=True, pad=3)


def _wording(aim: Aim, locale: Locale) -> Block:
    name, said = aim.article, aim.wording.in_(locale.language)
    runs = [(name + ": ", theme.NOTE.strong), (said, theme.NOTE)]
    return Paragraph(runs, theme.NOTE, after=5)


def _note(aims: Aims, locale: Locale) -> str:
    said = locale.say(words.AIMS_NOTE, total=locale.plain(aims.activities))
    if aims.has_matrix:
        said += locale.say(words.AIMS_NOTE_MATRIX)
    elif any(aims.totals):
        said += locale.say(words.AIMS_NOTE_DIRECT)
    if aims.unlinked:
        pattern = words.AIMS_UNLINKED_ONE if aims.unlinked == 1 else words.AIMS_UNLINKED
        said += locale.say(pattern, activities=locale.counted(aims.unlinked, words.ACTIVITY))
    return said
