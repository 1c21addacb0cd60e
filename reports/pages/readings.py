"""Below the map of aims: two readings of what was done, and the promises that are still open."""

from collections.abc import Iterator
from itertools import groupby

from reports import theme, words
from reports.blocks import Block, Heading, Paragraph, Space
from reports.fonts import SANS_SEMIBOLD
from reports.locale import Locale
from reports.model import Aims
from reports.tables import Column, Group, Row, Table
from reports.typesetting import Run

_NUMBER = theme.CELL.but(align="right")
_STRONG = _NUMBER.but(font=SANS_SEMIBOLD, color=theme.INK)
_BULLET = "•"
_COLUMN = 66.0
# Less than this is what adding fractions leaves behind.
_NOTHING = 0.005


def readings(aims: Aims, locale: Locale) -> Iterator[Block]:
    """Touches and share, aim by aim, each named and explained."""
    yield Heading(locale.say(words.READINGS), after=3)
    yield _readings(aims, locale)
    yield Space(4)
    yield Paragraph(_explained(aims, locale), theme.SMALL)


def open_commitments(aims: Aims, locale: Locale) -> Iterator[Block]:
    """Cells with bullets that no activity touches, objective by objective; nothing without any."""
    if not aims.commitments:
        return
    wordings = {row.objective_id: row.wording.in_(locale.language) for row in aims.rows}
    names = {aim.aim_id: aim.short.in_(locale.language) for aim in aims.aims}
    half = theme.CONTENT_WIDTH / 2
    columns = [
        Column(locale.say(words.COLUMN_OBJECTIVE), half, is_row_head=True, gap=14),
        Column(locale.say(words.COLUMN_OPEN_AIMS), half),
    ]
    rows: list[Row | Group] = []
    for objective_id, cells in groupby(aims.commitments, key=lambda one: one.objective_id):
        runs: list[Run] = []
        for cell in cells:
            name = names[cell.aim_id].replace(" ", "\u00a0")
            runs.append((f"{', ' if runs else ''}{name}\u00a0", theme.CELL))
            runs.append((_BULLET * cell.bullets, theme.CELL.but(color=theme.BAD)))
        rows.append(Row((wordings[objective_id], Paragraph(runs, theme.CELL))))
    count = locale.plain(len(aims.commitments))
    yield Heading(locale.say(words.OPEN_COMMITMENTS, count=count), after=3)
    yield Table(columns, rows)


def _readings(aims: Aims, locale: Locale) -> Table:
    columns = [
        Column(locale.say(words.COLUMN_AIM), theme.CONTENT_WIDTH - 3 * _COLUMN, is_row_head=True),
        Column(locale.say(words.COLUMN_TOUCHES), _COLUMN, _NUMBER),
        Column(locale.say(words.COLUMN_PART), _COLUMN, _STRONG),
        Column(locale.say(words.COLUMN_PART_SHARE), _COLUMN, _NUMBER),
    ]
    whole = aims.activities
    rows: list[Row | Group] = [
        Row(
            (
                f"{aim.article}: {aim.short.in_(locale.language)}",
                locale.plain(touching),
                locale.number(share, 1),
                locale.ratio(share, whole),
            )
        )
        for aim, touching, share in zip(aims.aims, aims.totals, aims.shares, strict=True)
    ]
    no_aim = whole - aims.unlinked - sum(aims.shares)
    for name, count in ((words.NO_AIM, no_aim), (words.NO_OBJECTIVE, aims.unlinked)):
        if count > _NOTHING:
            said = locale.number(count, 1)
            rows.append(Row((locale.say(name), "", said, locale.ratio(count, whole))))
    total = locale.number(whole, 1)
    rows.append(
        Row(
            (locale.say(words.ALL_ACTIVITIES), "", total, locale.ratio(whole, whole)),
            is_total=True,
        )
    )
    return Table(columns, rows)


def _explained(aims: Aims, locale: Locale) -> str:
    share = words.READING_SHARE_BULLETS if aims.has_matrix else words.READING_SHARE_EVEN
    said = locale.say(words.READING_TOUCHES)
    said += locale.say(share, total=locale.plain(aims.activities))
    said += locale.say(words.READING_NO_MONEY)
    if not aims.has_matrix:
        said += locale.say(words.NO_MATRIX)
    names = {aim.aim_id: aim.short.in_(locale.language) for aim in aims.aims}
    for one, same in aims.equal_aims:
        said += locale.say(words.EQUAL_AIMS, first=names[one], second=names[same])
    return said
