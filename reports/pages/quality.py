"""How good the data are: where every row went, and which rule found what."""

from collections.abc import Iterator

from reports import claims, theme, words
from reports.blocks import Block, Heading, Paragraph, Space
from reports.charts.waterfall import Step, waterfall
from reports.fonts import SANS_SEMIBOLD
from reports.layout import Section
from reports.locale import Locale
from reports.model import Figure, Quality
from reports.pages.common import code_block
from reports.report import Report
from reports.tables import Column, Group, Row, Table

_NUMBER = theme.CELL.but(align="right")
_STRONG = _NUMBER.but(font=SANS_SEMIBOLD, color=theme.INK)
_GREY = theme.CELL.but(color=theme.MUTED)


def section(report: Report) -> Section:
    """A waterfall of rows, the same by sheet, the rules, and what was not stated."""
    quality, locale = report.facts.quality, report.locale
    title, lead = claims.quality(quality, locale)
    limit = report.facts.edition.not_stated_warn_share
    blocks = [*_blocks(quality, locale), *_not_stated(quality, limit, locale)]
    return Section("quality", locale.say(words.QUALITY), title, lead, blocks)


def _blocks(quality: Quality, locale: Locale) -> Iterator[Block]:
    if sum(row.seen for row in quality.rows):
        yield Heading(locale.say(words.RECONCILIATION), after=6)
        yield _waterfall(quality, locale)
        yield Space(10)
        yield _sheets(quality, locale)
        yield Space(14)
    if quality.rules:
        yield Heading(locale.say(words.RULES), after=3)
        yield _rules(quality, locale)
    elif quality.files:
        yield Paragraph(locale.say(words.NO_FINDINGS), theme.BODY)


def _not_stated(quality: Quality, limit: float, locale: Locale) -> Iterator[Block]:
    if quality.unclassified:
        yield Space(14)
        yield Heading(locale.say(words.UNCLASSIFIED), after=3)
        yield _unclassified(quality, limit, locale)


def _waterfall(quality: Quality, locale: Locale) -> Block:
    seen, set_aside, quarantined, stored = (
        sum(getattr(row, name) for row in quality.rows)
        for name in ("seen", "set_aside", "quarantined", "stored")
    )
    said = {
        "seen": locale.plain(seen),
        "set_aside": locale.plain(set_aside),
        "quarantined": locale.plain(quarantined),
        "stored": locale.plain(stored),
    }
    steps = [
        Step(locale.say(words.STEP_SEEN), seen, said["seen"], is_whole=True),
        Step(
            locale.say(words.STEP_SET_ASIDE), set_aside, locale.number(-set_aside), is_whole=False
        ),
        Step(
            locale.say(words.STEP_QUARANTINED),
            quarantined,
            locale.number(-quarantined),
            is_whole=False,
            is_loss=True,
        ),
        Step(locale.say(words.STEP_STORED), stored, said["stored"], is_whole=True),
    ]
    return waterfall(steps, locale.say(words.RECONCILIATION_ALT, **said))


def _sheets(quality: Quality, locale: Locale) -> Table:
    heads = (
        words.COLUMN_SEEN,
        words.COLUMN_SET_ASIDE,
        words.COLUMN_QUARANTINED,
        words.COLUMN_STORED,
    )
    each = 76.0
    columns = [
        Column(locale.say(words.COLUMN_SHEET), theme.CONTENT_WIDTH - each * 4, is_row_head=True),
        *(Column(locale.say(head), each, _NUMBER) for head in heads[:-1]),
        Column(locale.say(heads[-1]), each, _STRONG),
    ]
    rows: list[Row | Group] = [
        Row(
            (
                row.label.in_(locale.language),
                locale.plain(row.seen),
                locale.plain(row.set_aside),
                locale.plain(row.quarantined),
                locale.plain(row.stored),
            )
        )
        for row in quality.rows
    ]
    return Table(columns, rows)


def _rules(quality: Quality, locale: Locale) -> Table:
    columns = [
        Column(locale.say(words.COLUMN_RULE), 262, is_row_head=True),
        Column(locale.say(words.COLUMN_FINDINGS), 52, _STRONG),
        Column(locale.say(words.COLUMN_PARTNERS), 56, _NUMBER.but(align="right")),
        Column("", 14),
        Column(locale.say(words.COLUMN_SEVERITY), theme.CONTENT_WIDTH - 384),
    ]
    rows: list[Row | Group] = []
    for rule in quality.rules:
        severity = words.SEVERITY.get(rule.severity)
        rows.append(
            Row(
                (
                    rule.wording.in_(locale.language),
                    locale.plain(rule.findings),
                    locale.plain(rule.partners),
                    "",
                    locale.say(severity) if severity else rule.severity,
                )
            )
        )
    return Table(columns, rows)


def _unclassified(quality: Quality, limit: float, locale: Locale) -> Table:
    columns = [
        Column(locale.say(words.COLUMN_FIELD), 262, is_row_head=True),
        Column(locale.say(words.COLUMN_UNSTATED), 90, _NUMBER),
        Column(locale.say(words.COLUMN_UNSTATED_SHARE), 70, _STRONG),
        Column(locale.say(words.COLUMN_CODE), theme.CONTENT_WIDTH - 422, _NUMBER),
    ]
    rows: list[Row | Group] = [
        Row(
            (
                _field(name.in_(locale.language), figure, limit, locale),
                locale.of(figure.numerator, figure.denominator)
                if figure.denominator is not None
                else locale.figure(figure, is_share=False),
                locale.ratio(figure.numerator, figure.denominator),
                code_block(figure.code),
            )
        )
        for name, figure in quality.unclassified
    ]
    return Table(columns, rows)


def _field(name: str, figure: Figure, limit: float, locale: Locale) -> str:
    """A field's name, with a warning where so much of it is not stated."""
    if figure.value is None or figure.value <= limit:
        return name
    return locale.say(words.UNSTATED_ABOVE, field=name, limit=locale.percent(limit, 0))
