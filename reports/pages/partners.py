"""Who reported: every partner, every period, the least complete first."""

from collections.abc import Iterator

from reports import claims, theme, words
from reports.blocks import Block, Paragraph, Space
from reports.charts.squares import ORDER, legend, strip
from reports.fonts import SANS_SEMIBOLD
from reports.layout import Section
from reports.locale import Locale, collation_key
from reports.model import PartnerLine, Reporting
from reports.pages.common import code_block
from reports.report import Report
from reports.tables import Cell, Column, Group, Row, SideBySide, Table

_NAME = theme.CELL.but(size=8, leading=9.6)
_COUNT = _NAME.but(align="right")
_OWING = _COUNT.but(font=SANS_SEMIBOLD, color=theme.BAD)
_COLUMN_WIDTH = (theme.CONTENT_WIDTH - 22) / 2
_LONG_STRIP = 6


def section(report: Report) -> Section:
    """Two columns of partners with a square for each reporting period."""
    reporting, locale = report.facts.reporting, report.locale
    title, lead = claims.partners(reporting, locale)
    blocks = list(_blocks(reporting, locale)) if reporting.partners else []
    return Section("partners", locale.say(words.PARTNERS), title, lead, blocks)


def _blocks(reporting: Reporting, locale: Locale) -> Iterator[Block]:
    present = {state for partner in reporting.partners for state in partner.states}
    names = {state: locale.say(words.STATE[state]) for state in ORDER if state in present}
    yield legend(names, locale.say(words.SQUARES_LEGEND_ALT, states=", ".join(names.values())))
    yield Space(8)
    yield SideBySide(_table(reporting, locale))
    yield Space(4)
    yield code_block(locale.say(words.FIGURE_CODE, code=reporting.rate.code))
    yield Space(3)
    days = locale.plain(reporting.deadline_days)
    yield Paragraph(locale.say(words.PARTNERS_NOTE, days=days), theme.SMALL)


def _table(reporting: Reporting, locale: Locale) -> Table:
    wide = 82.0 if len(reporting.periods) > _LONG_STRIP else 50.0
    has_findings = any(partner.open_findings for partner in reporting.partners)
    reports, findings = 38.0, 39.0 if has_findings else 0.0
    columns = [
        Column(
            locale.say(words.COLUMN_PARTNER),
            _COLUMN_WIDTH - wide - reports - findings,
            _NAME,
            is_row_head=True,
        ),
        Column(_span(reporting, locale), wide, _NAME),
        Column(locale.say(words.COLUMN_REPORTS), reports, _COUNT),
        *([Column(locale.say(words.COLUMN_OPEN), findings, _COUNT)] if has_findings else []),
    ]
    ordered = sorted(reporting.partners, key=_worst_first)
    rows: list[Row | Group] = []
    for partner in ordered:
        cells = _cells(partner, reporting, wide - 2, locale)
        rows.append(Row(cells if has_findings else cells[:-1], pad=2.1))
    return Table(columns, rows)


def _cells(
    partner: PartnerLine, reporting: Reporting, wide: float, locale: Locale
) -> tuple[Cell, ...]:
    said = ", ".join(
        f"{locale.period_short(period)} {locale.say(words.STATE[state])}"
        for period, state in zip(reporting.periods, partner.states, strict=False)
    )
    reports = f"{locale.plain(partner.reported)} / {locale.plain(partner.due)}"
    style = _OWING if partner.reported < partner.due else _COUNT
    return (
        Paragraph(partner.name, _NAME, most_lines=3),
        strip(partner.states, said, wide),
        Paragraph(reports, style),
        locale.plain(partner.open_findings) if partner.open_findings else "",
    )


def _worst_first(partner: PartnerLine) -> tuple[float, list[tuple[int, str]], str]:
    share = partner.reported / partner.due if partner.due else 2.0
    return share, collation_key(partner.name), partner.partner_id


def _span(reporting: Reporting, locale: Locale) -> str:
    periods = reporting.periods
    if not periods:
        return ""
    if periods[0].ends_on.year != periods[-1].ends_on.year:
        return f"{locale.period_short(periods[0])} – {locale.period_short(periods[-1])}"
    names = [locale.period_part(period) or locale.period_short(period) for period in periods]
    return names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}"
