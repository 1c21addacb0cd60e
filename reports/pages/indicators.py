"""Indicators against their targets, on one scale; then those without a target."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from reports import claims, theme, words
from reports.blocks import Block, Heading, Paragraph, Space, Stack
from reports.charts import status
from reports.charts.bullet import bullet, full, unmeasured
from reports.charts.sparkline import sparkline
from reports.findings import degree, hides
from reports.fonts import SANS_SEMIBOLD
from reports.layout import Section
from reports.locale import HIDDEN, UNDEFINED, Locale
from reports.model import Facts, IndicatorLine, Text
from reports.report import Report
from reports.tables import Cell, Column, Group, Number, Row, SideBySide, Table
from reports.theme import Style

_NAME = Style(SANS_SEMIBOLD, 8.6, 10.8, theme.INK)
_NOTE = Style(size=7.4, leading=9.2, color=theme.MUTED)
_NUMBER = theme.CELL.but(align="right")
_VALUE = _NUMBER.but(font=SANS_SEMIBOLD, size=9.4, leading=11, color=theme.INK)
_MOST_LINES = 6
_HALF = (theme.CONTENT_WIDTH - 22) / 2
_TREND_WIDTH, _BULLET_WIDTH = 48.0, 90.0


def section(report: Report) -> Section:
    """Two tables and how to read them."""
    facts, locale = report.facts, report.locale
    title, lead = claims.indicators(facts, locale)
    with_target = [line for line in facts.indicators if line.target is not None]
    others = [line for line in facts.indicators if line.target is None]
    blocks: list[Block] = []
    if with_target:
        blocks += [_table(with_target, facts, locale), Space(9), *_notes(facts, locale)]
    if with_target and others:
        blocks += [Space(14), Heading(locale.say(words.OTHER_INDICATORS))]
    if others:
        blocks.append(SideBySide(_plain_table(others, facts, locale)))
    if others and not with_target:
        blocks += [Space(9), *_notes(facts, locale, has_targets=False)]
    name = locale.say(words.INDICATORS)
    return Section("indicators", name, title, lead if with_target else "", blocks)


def _table(lines: list[IndicatorLine], facts: Facts, locale: Locale) -> Table:
    earlier = _Earlier(lines, facts, locale, 31.3)
    columns = [
        Column(locale.say(words.COLUMN_STATUS), 64),
        Column(locale.say(words.COLUMN_INDICATOR), 110 + earlier.spared, is_row_head=True),
        Column(locale.say(words.COLUMN_TREND), _TREND_WIDTH + 6),
        Column(locale.say(words.COLUMN_BULLET), _BULLET_WIDTH + 4),
        Column(locale.say(words.COLUMN_VALUE), 54, _VALUE),
        Column(locale.say(words.COLUMN_TARGET), 38, _NUMBER),
        Column(locale.say(words.COLUMN_DEGREE), 42, _NUMBER),
        *earlier.columns,
    ]
    rows: list[Row | Group] = []
    for group, members in _grouped(lines, locale):
        rows.append(Group(group, before=10))
        rows += [
            Row((*_cells(line, facts, locale), *earlier.cells(line)), pad=4) for line in members
        ]
    return Table(columns, rows)


def _cells(line: IndicatorLine, facts: Facts, locale: Locale) -> tuple[Cell, ...]:
    word = locale.say(words.STATUS[line.status]) if line.status else ""
    return (
        status.cell(line.status, word) if line.status else "",
        Stack(list(_name(line, locale))),
        _trend(line, locale),
        _bullet(line, facts, locale),
        _value(line, locale),
        locale.target(line.target, is_share=line.is_share),
        _degree_cell(line, locale),
    )


class _Earlier:
    """The column of the earlier period; where nothing is known of it, its width is spared."""

    def __init__(
        self, lines: list[IndicatorLine], facts: Facts, locale: Locale, width: float
    ) -> None:
        period = facts.edition.previous
        self.locale = locale
        self.is_shown = period is not None and any(line.previous for line in lines)
        self.spared = 0.0 if self.is_shown else width
        head = locale.period_short(period) if period else ""
        style = _NUMBER.but(color=theme.MUTED)
        self.columns = [Column(head, width, style)] if self.is_shown else []

    def cells(self, line: IndicatorLine) -> tuple[str, ...]:
        """One cell, or none."""
        if not self.is_shown:
            return ()
        if line.previous is None:
            return (self.locale.plain(None),)
        return (self.locale.figure(line.previous, is_share=line.is_share),)


def _name(line: IndicatorLine, locale: Locale) -> Iterator[Block]:
    yield Paragraph(line.name.in_(locale.language), _NAME, most_lines=_MOST_LINES)
    notes = [
        line.note.in_(locale.language),
        _target_note(line, locale),
        _base(line, locale),
        *_revisions(line, locale),
    ]
    said = " ".join(_sentence(note) for note in notes if note)
    if said:
        yield Paragraph(said, _NOTE, most_lines=_MOST_LINES)
    if line.external:
        yield Paragraph(_published(line, locale), _NOTE, most_lines=_MOST_LINES)


def _sentence(note: str) -> str:
    """A note as a sentence of its own."""
    note = note[:1].upper() + note[1:]
    return note if note.endswith((".", "!", "?", "…")) else note + "."


def _target_note(line: IndicatorLine, locale: Locale) -> str:
    if line.target is None or line.target.kind not in words.TARGET_KINDS:
        return ""
    target = locale.target(line.target, is_share=line.is_share)
    return locale.say(words.TARGET_KINDS[line.target.kind], target=target)


def _revisions(line: IndicatorLine, locale: Locale) -> Iterator[str]:
    """Each later decision about the target: when, by whom, what it was before, and why."""
    if line.target is None:
        return
    for before, after in pairwise(line.target.history):
        was = replace(line.target, value=before.value, low=before.low, high=before.high)
        said = locale.say(
            words.REVISED,
            day=locale.day(after.decided_on),
            who=after.decided_by,
            target=locale.target(was, is_share=line.is_share),
        )
        yield f"{said}: {after.reason}" if after.reason else said


def _base(line: IndicatorLine, locale: Locale) -> str:
    figure = line.figure
    if not line.is_share or figure.numerator is None or figure.denominator is None:
        return ""
    of = locale.of(figure.numerator, figure.denominator)
    if figure.precision == "no_data" and figure.denominator:
        return locale.say(words.BASE_TOO_SMALL, of=of)
    return of


def _published(line: IndicatorLine, locale: Locale) -> str:
    external = line.external
    if external is None:
        return ""
    show = locale.percent if line.is_share else locale.plain
    value = show(external.value)
    if external.precision == "at_least":
        value = locale.say(words.AT_LEAST, value=value)
    elif external.precision == "between":
        value = locale.say(words.BETWEEN, low=show(external.low), high=show(external.high))
    return locale.say(words.PUBLISHED, value=value, source=external.source.in_(locale.language))


def _value(line: IndicatorLine, locale: Locale) -> Block:
    value = locale.figure(line.figure, is_share=line.is_share)
    style = (
        _VALUE if line.figure.precision in ("exact", "no_data") else _VALUE.but(size=8, leading=9.4)
    )
    shown = Paragraph(value, style) if " " in value else Number(value, style)
    # In one piece, or nobody could copy it.
    return Stack([shown, Number(line.figure.code, theme.TINY.but(align="right"))])


def _trend(line: IndicatorLine, locale: Locale) -> Block:
    show = locale.percent if line.is_share else locale.plain
    known = [value for value in line.trend if value is not None]
    if len(known) < 2:
        why = locale.say(words.HIDDEN_TREND if line.hides_trend else words.NO_TREND)
        return Paragraph(why, theme.ASIDE.but(size=6.8, color=theme.NEUTRAL))
    alt = locale.say(words.TREND_ALT, first=show(known[0]), last=show(known[-1]))
    return sparkline(line.trend, alt, _TREND_WIDTH)


def _bullet(line: IndicatorLine, facts: Facts, locale: Locale) -> Block:
    target, value = line.target, line.figure.value
    if line.figure.precision == "between":
        return unmeasured(locale.say(words.RANGE_BAR), _BULLET_WIDTH)
    if line.figure.is_suppressed:
        return unmeasured(locale.say(words.HIDDEN_BAR), _BULLET_WIDTH)
    if target is None or value is None:
        return unmeasured(locale.say(words.NO_VALUE_BAR), _BULLET_WIDTH)
    if not full(target):
        return unmeasured(locale.say(words.ZERO_TARGET_BAR), _BULLET_WIDTH)
    alt = locale.say(
        words.BULLET_ALT,
        name=line.name.in_(locale.language),
        value=locale.figure(line.figure, is_share=line.is_share),
        target=locale.target(target, is_share=line.is_share),
        degree=_degree(line, locale),
    )
    bands = (facts.edition.at_risk_share, facts.edition.reached_share)
    return bullet(value, target, bands, alt, _BULLET_WIDTH)


def _degree_cell(line: IndicatorLine, locale: Locale) -> Cell:
    said = _degree(line, locale)
    return Paragraph(said, _NUMBER) if line.figure.precision == "at_least" else said


def _degree(line: IndicatorLine, locale: Locale) -> str:
    target, value = line.target, line.figure.value
    if line.figure.is_suppressed:
        return HIDDEN
    if target is None or value is None:
        return UNDEFINED
    if target.kind == "corridor" and target.low is not None and target.high is not None:
        is_inside = target.low <= value <= target.high
        return locale.say(words.IN_CORRIDOR if is_inside else words.OUTSIDE)
    limit = full(target)
    if target.kind == "maximum" and limit is not None:
        return locale.say(words.WITHIN_MAXIMUM if value <= limit else words.ABOVE_MAXIMUM)
    done = degree(value, target)
    if done is None:
        return UNDEFINED
    said = locale.percent(done)
    return locale.say(words.AT_LEAST, value=said) if line.figure.precision == "at_least" else said


def _plain_table(lines: list[IndicatorLine], facts: Facts, locale: Locale) -> Table:
    earlier = _Earlier(lines, facts, locale, 42)
    columns = [
        Column(locale.say(words.COLUMN_INDICATOR), _HALF - 98 + earlier.spared, is_row_head=True),
        Column(locale.say(words.COLUMN_VALUE), 56, _VALUE),
        *earlier.columns,
    ]
    rows: list[Row | Group] = []
    for group, members in _grouped(lines, locale):
        rows.append(Group(group, before=9))
        for line in members:
            name = Stack(list(_name(line, locale)))
            rows.append(Row((name, _value(line, locale), *earlier.cells(line)), pad=2.6))
    return Table(columns, rows)


def _grouped(
    lines: list[IndicatorLine], locale: Locale
) -> Iterator[tuple[str, list[IndicatorLine]]]:
    """Each group once, in the order in which they begin."""
    groups: dict[Text, list[IndicatorLine]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    for group, members in groups.items():
        yield group.in_(locale.language), members


def _notes(facts: Facts, locale: Locale, *, has_targets: bool = True) -> Iterator[Block]:
    reached = locale.percent(facts.edition.reached_share, 0)
    at_risk = locale.percent(facts.edition.at_risk_share, 0)
    partners = facts.reporting.partners
    due = sum(partner.due for partner in partners)
    said = []
    if has_targets:
        said.append(locale.say(words.INDICATORS_NOTE, reached=reached, at_risk=at_risk))
    if due:
        reported = locale.plain(sum(partner.reported for partner in partners))
        reports = locale.counted(due, words.DUE_REPORT)
        said.append(locale.say(words.INDICATORS_COVERAGE, reported=reported, due=reports))
    if hides(facts):
        said.append(locale.say(words.HIDDEN_NOTE))
    said.append(locale.say(words.INDICATORS_CODES))
    yield Paragraph(" ".join(said), theme.SMALL)
