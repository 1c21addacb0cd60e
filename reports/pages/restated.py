"""What an earlier edition about the same period said otherwise: old and new, and what moved it."""

from collections.abc import Iterator
from datetime import date

from reports import claims, theme, words
from reports.blocks import Block, Paragraph, Space, Stack
from reports.fonts import SANS_SEMIBOLD
from reports.layout import Section
from reports.locale import Locale
from reports.model import Move, Restated, Restatement
from reports.report import Report
from reports.tables import Column, Group, Row, Table

_NAME = theme.CELL.but(font=SANS_SEMIBOLD, color=theme.INK)
_NUMBER = theme.CELL.but(align="right")
_STRONG = _NUMBER.but(font=SANS_SEMIBOLD, color=theme.INK)
_SHOWN, _MOVES_SHOWN, _REASON_LINES = 15, 3, 4

# One act in the book: its kind, partner, day and reason.
_Cause = tuple[str, str, date | None, str]


def section(report: Report) -> Section | None:
    """Changed totals, worst first; nothing when no earlier edition of the period went out."""
    restatement, locale = report.facts.restatement, report.locale
    if restatement is None:
        return None
    title, lead = claims.restated(restatement, locale)
    blocks = list(_blocks(restatement, locale))
    return Section("restated", locale.say(words.RESTATED), title, lead, blocks)


def _blocks(restatement: Restatement, locale: Locale) -> Iterator[Block]:
    note = ""
    if restatement.totals:
        yield _table(restatement, locale)
        yield Space(6)
        note = locale.say(words.RESTATED_NOTE)
    rest = len(restatement.totals) - _SHOWN
    if rest > 0:
        note += locale.say(words.RESTATED_REST, totals=locale.counted(rest, words.OTHER_TOTAL))
    if restatement.others:
        note += locale.say(
            words.RESTATED_OTHERS,
            figures=locale.counted(restatement.others, words.OTHER_FIGURE),
            moved=locale.choose(restatement.others, words.HAVE_CHANGED),
        )
    if note:
        yield Paragraph(note, theme.SMALL)


def _table(restatement: Restatement, locale: Locale) -> Table:
    before = locale.say(words.COLUMN_EDITION, version=locale.plain(restatement.since_version))
    columns = [
        Column(locale.say(words.COLUMN_INDICATOR), 124, is_row_head=True),
        Column(before, 66, _NUMBER),
        Column(locale.say(words.COLUMN_NOW), 70, _STRONG),
        Column(locale.say(words.COLUMN_DIFFERENCE), 54, _NUMBER),
        Column("", 10),
        Column(locale.say(words.COLUMN_WHY), theme.CONTENT_WIDTH - 324),
    ]
    explained: set[_Cause] = set()
    rows: list[Row | Group] = [
        Row(
            (
                Paragraph(one.name.in_(locale.language), _NAME),
                *_old_and_new(one, locale),
                _difference(one.delta, one, locale),
                "",
                Stack(list(_moves(one, explained, locale))),
            )
        )
        for one in restatement.totals[:_SHOWN]
    ]
    return Table(columns, rows)


def _old_and_new(one: Restated, locale: Locale) -> tuple[str, str]:
    """Both values; per cents that differ only in the second decimal are printed with it."""

    def said(decimals: int) -> tuple[str, str]:
        old, new = (
            locale.figure(figure, is_share=one.is_share, decimals=decimals)
            if figure
            else locale.plain(None)
            for figure in (one.old, one.new)
        )
        return old, new

    old, new = said(1)
    return said(2) if one.is_share and old == new else (old, new)


def _moves(one: Restated, explained: set[_Cause], locale: Locale) -> Iterator[Block]:
    """What moved it most, and how many more there are; the reason where a cause is first named."""
    moves = sorted(one.moves, key=lambda move: -abs(move.delta))
    for move in moves[:_MOVES_SHOWN]:
        cause = move.kind, move.partner, move.on, move.reason
        reason = "" if cause in explained else move.reason
        explained.add(cause)
        runs = [
            (_difference(move.delta, one, locale) + "\u00a0 ", theme.NOTE.strong),
            (_cause(move, reason, locale), theme.NOTE),
        ]
        yield Paragraph(runs, theme.NOTE, most_lines=_REASON_LINES)
    rest = len(moves) - _MOVES_SHOWN
    if rest > 0:
        more = locale.say(words.MORE_CAUSES, causes=locale.counted(rest, words.CAUSE))
        yield Paragraph(more, theme.NOTE)


def _cause(move: Move, reason: str, locale: Locale) -> str:
    if move.submissions > 1:
        day = locale.day(move.on) if move.on else ""
        count = locale.counted(move.submissions, words.SUBMISSION)
        return locale.say(words.CAUSE_SEVERAL, submissions=count, day=day)
    if move.on is None:
        return locale.say(words.CAUSE_TIME)
    said = locale.say(words.CAUSES[move.kind], partner=move.partner, day=locale.day(move.on))
    return locale.say(words.CAUSE_WITH_REASON, cause=said, reason=reason) if reason else said


def _difference(delta: float, one: Restated, locale: Locale) -> str:
    if not one.is_share:
        return locale.signed(delta, 0 if delta == int(delta) else 2)
    return locale.say(words.POINTS, points=locale.signed(delta * 100, 1))
