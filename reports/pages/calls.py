"""Open calls: from applicants to selected, and the rate of each call."""

from collections.abc import Iterator

from reports import claims, theme, words
from reports.blocks import Block, Heading, Paragraph, Space
from reports.charts.axis import nice_max
from reports.charts.funnel import Stage, funnel
from reports.charts.rate import rate_dot
from reports.fonts import SANS_SEMIBOLD
from reports.layout import Section
from reports.locale import UNDEFINED, Locale, rounded
from reports.model import OpenCall, OpenCalls
from reports.pages.common import code_block
from reports.report import Report
from reports.tables import Cell, Column, Group, Row, Table

_NUMBER = theme.CELL.but(align="right")
_RATE = _NUMBER.but(font=SANS_SEMIBOLD, color=theme.INK)
_SMALL_BASE, _MOST_LINES = 50, 6
_DOT_WIDTH = 116.0


def section(report: Report) -> Section:
    """Stages and a table; without applicants the table alone, without calls a sentence."""
    calls, locale = report.facts.calls, report.locale
    title, lead = claims.open_calls(calls, locale)
    name = locale.say(words.CALLS)
    return Section("calls", name, title, lead, list(_blocks(calls, locale)) if calls.calls else [])


def _blocks(calls: OpenCalls, locale: Locale) -> Iterator[Block]:
    if calls.rate.denominator:
        stages = _stages(calls, locale)
        said = ", ".join(f"{stage.number} {stage.name}" for stage in stages)
        yield Heading(locale.say(words.FUNNEL))
        yield funnel(stages, locale.say(words.FUNNEL_ALT, stages=said))
        yield Space(18)
    yield Heading(locale.say(words.RATE_BY_CALL), after=3)
    yield _table(calls, locale)
    yield code_block(locale.say(words.FIGURE_CODE, code=calls.rate.code))
    yield Space(4)
    yield Paragraph(_note(calls, locale), theme.SMALL)


def _stages(calls: OpenCalls, locale: Locale) -> list[Stage]:
    counts: list[tuple[words.Text, float]] = [(words.STAGE_APPLICANTS, calls.rate.denominator or 0)]
    if calls.eligible is not None:
        counts.append((words.STAGE_ELIGIBLE, calls.eligible))
    counts.append((words.STAGE_SELECTED, calls.rate.numerator or 0))
    stages = []
    for place, (name, count) in enumerate(counts):
        before = counts[place - 1][1] if place else None
        step = ""
        if before is not None and len(counts) > 2:
            step = locale.say(words.STAGE_STEP, share=locale.ratio(count, before))
        share = locale.ratio(count, counts[0][1])
        stages.append(Stage(locale.say(name), count, locale.plain(count), share, step))
    return stages


def _table(calls: OpenCalls, locale: Locale) -> Table:
    has_eligible = any(call.eligible is not None for call in calls.calls)
    top = _top(calls)
    columns = [
        Column(locale.say(words.COLUMN_CALL), 150 if has_eligible else 202, is_row_head=True),
        Column(locale.say(words.COLUMN_APPLICANTS), 54, _NUMBER),
        *([Column(locale.say(words.COLUMN_ELIGIBLE), 52, _NUMBER)] if has_eligible else []),
        Column(locale.say(words.COLUMN_SELECTED), 52, _NUMBER),
        Column(locale.say(words.COLUMN_RATE), 51, _RATE),
        Column("", 12),
        Column(
            locale.say(words.COLUMN_RATE_SCALE, top=locale.percent(top, 0)),
            theme.CONTENT_WIDTH - 371,
            theme.CELL,
        ),
    ]
    rows: list[Row | Group] = [
        Row(_cells(call, calls, top, locale, has_eligible=has_eligible), pad=5)
        for call in calls.calls
    ]
    overall = calls.rate
    name, said = locale.say(words.ALL_CALLS), locale.figure(overall, is_share=True)
    rows.append(
        Row(
            (
                name,
                locale.figure(calls.applicants, is_share=False),
                *([locale.plain(calls.eligible)] if has_eligible else []),
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


def _cells(
    call: OpenCall, calls: OpenCalls, top: float, locale: Locale, *, has_eligible: bool
) -> tuple[Cell, ...]:
    rate = _rate(call)
    said = locale.ratio(call.applicants_selected, call.applicants)
    notes = [call.programme, locale.say(words.IN_SITU) if call.is_in_situ else ""]
    note = " · ".join(part for part in notes if part)
    title = [(call.title + " ", theme.CELL.but(color=theme.INK)), (note, theme.SMALL)]
    return (
        Paragraph(title, theme.CELL, most_lines=_MOST_LINES),
        locale.plain(call.applicants),
        *([locale.plain(call.eligible)] if has_eligible else []),
        locale.plain(call.applicants_selected),
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
    return said if calls.rate.denominator else UNDEFINED
