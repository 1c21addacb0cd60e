"""Open calls: from applications to selected ones, the rate of each call, and what became of all."""

from collections.abc import Iterator

from reports import claims, theme, words
from reports.blocks import Block, Heading, Paragraph, Space
from reports.charts.axis import nice_max
from reports.charts.funnel import Stage, funnel
from reports.charts.rate import rate_dot
from reports.fonts import SANS_SEMIBOLD
from reports.layout import Section
from reports.locale import HIDDEN, UNDEFINED, Locale, rounded
from reports.model import OpenCall, OpenCalls
from reports.pages.applications import applications
from reports.pages.common import code_block
from reports.report import Report
from reports.tables import Cell, Column, Group, Row, Table

_NUMBER = theme.CELL.but(align="right")
_RATE = _NUMBER.but(font=SANS_SEMIBOLD, color=theme.INK)
_SMALL_BASE, _MOST_LINES = 50, 6
_DOT_WIDTH = 116.0


def section(report: Report) -> Section:
    """Stages and tables; without applications the tables alone, without calls a sentence."""
    calls, locale = report.facts.calls, report.locale
    title, lead = claims.open_calls(calls, locale)
    name = locale.say(words.CALLS)
    return Section("calls", name, title, lead, list(_blocks(calls, locale)) if calls.calls else [])


def _blocks(calls: OpenCalls, locale: Locale) -> Iterator[Block]:
    stages = _stages(calls, locale)
    if stages:
        said = ", ".join(f"{stage.number} {stage.name}" for stage in stages)
        yield Heading(locale.say(words.FUNNEL))
        yield funnel(stages, locale.say(words.FUNNEL_ALT, stages=said))
        yield Space(18)
    yield Heading(locale.say(words.RATE_BY_CALL), after=3)
    yield _table(calls, locale)
    yield code_block(locale.say(words.FIGURE_CODE, code=calls.rate.code))
    yield Space(4)
    yield Paragraph(_note(calls, locale), theme.SMALL)
    yield Space(14)
    yield from applications(calls, locale)


def _stages(calls: OpenCalls, locale: Locale) -> list[Stage]:
    """Applications alone: people, who may hand in several, are in the table of rates."""
    received = calls.applications.value if calls.applications else None
    if not received:
        return []
    chosen = calls.applications_selected.value if calls.applications_selected else None
    counts = [
        (locale.say(name), count)
        for name, count in (
            (words.STAGE_RECEIVED, received),
            (words.STAGE_ELIGIBLE, calls.eligible),
            (words.STAGE_SELECTED, chosen),
        )
        if count is not None
    ]
    stages = []
    for place, (name, count) in enumerate(counts):
        step = ""
        if place and len(counts) > 2:
            step = locale.say(words.STAGE_STEP, share=locale.ratio(count, counts[place - 1][1]))
        share = locale.ratio(count, received)
        stages.append(Stage(name, count, locale.plain(count), share, step))
    return stages


def _table(calls: OpenCalls, locale: Locale) -> Table:
    top = _top(calls)
    columns = [
        Column(locale.say(words.COLUMN_CALL), 202, is_row_head=True),
        Column(locale.say(words.COLUMN_APPLICANTS), 54, _NUMBER),
        Column(locale.say(words.COLUMN_SELECTED), 52, _NUMBER),
        Column(locale.say(words.COLUMN_RATE), 51, _RATE),
        Column("", 12),
        Column(
            locale.say(words.COLUMN_RATE_SCALE, top=locale.percent(top, 0)),
            theme.CONTENT_WIDTH - 371,
            theme.CELL,
        ),
    ]
    rows: list[Row | Group] = [Row(_cells(call, calls, top, locale), pad=5) for call in calls.calls]
    overall = calls.rate
    name, said = locale.say(words.ALL_CALLS), locale.figure(overall, is_share=True)
    rows.append(
        Row(
            (
                name,
                locale.figure(calls.applicants, is_share=False),
                locale.figure(calls.selected, is_share=False),
                said,
                "",
                _dot(overall.value, calls, top, locale.say(words.RATE_ALT, name=name, rate=said)),
            ),
            is_total=True,
            pad=5,
        )
    )
    return Table(columns, rows)


def _cells(call: OpenCall, calls: OpenCalls, top: float, locale: Locale) -> tuple[Cell, ...]:
    rate = _rate(call)
    hidden = HIDDEN if call.is_suppressed else None
    said = locale.ratio(call.applicants_selected, call.applicants)
    if rate is None and hidden:
        said = hidden
    programme = call.programme.in_(locale.language)
    notes = [programme, locale.say(words.IN_SITU) if call.is_in_situ else ""]
    note = " · ".join(part for part in notes if part)
    title = [(call.title + " ", theme.CELL.but(color=theme.INK)), (note, theme.SMALL)]
    return (
        Paragraph(title, theme.CELL, most_lines=_MOST_LINES),
        (call.applicants is None and hidden) or locale.plain(call.applicants),
        (call.applicants_selected is None and hidden) or locale.plain(call.applicants_selected),
        said,
        "",
        _dot(rate, calls, top, locale.say(words.RATE_ALT, name=call.title, rate=said)),
    )


def _dot(rate: float | None, calls: OpenCalls, top: float, alt: str) -> Block:
    return rate_dot(rate, calls.rate.value, _band(calls), top, alt, _DOT_WIDTH)


def _band(calls: OpenCalls) -> tuple[float, float] | None:
    target = calls.target
    if target is None or target.low is None or target.high is None:
        return None
    return target.low, target.high


def _rate(call: OpenCall) -> float | None:
    if not call.applicants or call.applicants_selected is None:
        return None
    return call.applicants_selected / call.applicants


def _top(calls: OpenCalls) -> float:
    """A round end of the scale that every rate and the corridor stand within."""
    rates = [_rate(call) or 0.0 for call in calls.calls]
    return min(
        nice_max(max(*rates, calls.rate.value or 0.0, (_band(calls) or (0, 0))[1], 0.1) * 1.1), 1.0
    )


def _note(calls: OpenCalls, locale: Locale) -> str:
    said = ""
    if _band(calls):
        corridor = locale.target(calls.target, is_share=True)
        said = locale.say(words.CALLS_NOTE_BAND, corridor=corridor)
    said += locale.say(words.CALLS_NOTE)
    small = min((call.applicants for call in calls.calls if call.applicants), default=0)
    if 0 < small < _SMALL_BASE and len(calls.calls) > 1:
        applicants = locale.counted(small, words.APPLICANT)
        points = locale.number(float(rounded(100 / small, 6)), 1)
        said += locale.say(words.CALLS_SMALL, applicants=applicants, points=points)
    if calls.rate.is_suppressed or any(call.is_suppressed for call in calls.calls):
        return f"{said} {locale.say(words.HIDDEN_NOTE)}"
    return said if calls.rate.denominator else UNDEFINED
