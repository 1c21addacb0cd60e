"""Activities by month and format: the columns, the shares, and the numbers behind both."""

from collections.abc import Iterator, Sequence

from reports import claims, theme, words
from reports.blocks import Block, Heading, Paragraph, Space
from reports.charts.stacked import legend, share_bars, stacked_columns
from reports.findings import NOT_STATED, classified
from reports.fonts import SANS_SEMIBOLD
from reports.layout import Section
from reports.locale import MISSING, Locale, capitalised
from reports.model import ActivityCalendar, Coproductions
from reports.pages.common import code_block
from reports.pages.formats import shown
from reports.report import Report
from reports.tables import Column, Group, Row, Table

_MONTHS_AS_COLUMNS = 12
_MONTHS_AS_BARS = 6
_NUMBER = theme.CELL.but(align="right")


def section(report: Report) -> Section:
    """A chart, bars of shares and a table; for a period without activities one sentence."""
    calendar, locale = report.facts.calendar, report.locale
    title, lead = claims.activities(calendar, locale)
    name = locale.say(words.ACTIVITIES)
    coproductions = report.facts.coproductions
    has_any = sum(calendar.monthly_totals)
    blocks = list(_blocks(calendar, coproductions, locale)) if has_any else []
    return Section("activities", name, title, lead, blocks)


def _blocks(
    calendar: ActivityCalendar, coproductions: Coproductions, locale: Locale
) -> Iterator[Block]:
    series = shown(calendar, locale)
    months = [_month(calendar, place, locale) for place in range(len(calendar.months))]
    said = "; ".join(
        f"{locale.month(month)}: {locale.plain(calendar.monthly_totals[place])} ("
        + ", ".join(f"{s.label} {locale.plain(s.counts[place])}" for s in series)
        + ")"
        for place, month in enumerate(calendar.months)
    )
    yield Heading(locale.say(words.BY_MONTH), after=6)
    yield legend(series)
    yield stacked_columns(months, series, locale, locale.say(words.CALENDAR_ALT, months=said))
    yield Space(10)
    names, spans = _spans(calendar, locale)
    is_long = len(calendar.months) > _MONTHS_AS_BARS
    heading = words.SHARES_BY_QUARTER if is_long else words.SHARES_BY_MONTH
    said = "; ".join(
        f"{name}: "
        + ", ".join(f"{s.label} {locale.plain(sum(s.counts[m] for m in span))}" for s in series)
        for name, span in zip(names, spans, strict=True)
    )
    yield Heading(locale.say(heading), after=4)
    yield share_bars(names, spans, series, locale, locale.say(words.SHARES_ALT, spans=said))
    yield Space(3)
    yield Paragraph(locale.say(words.SHARES_NOTE), theme.SMALL)
    yield Space(12)
    yield Heading(locale.say(words.NUMBERS), after=3)
    yield _table(calendar, locale)
    yield code_block(locale.say(words.FIGURE_CODE, code=calendar.total.code))
    yield Space(4)
    yield Paragraph(locale.say(words.ACTIVITIES_NOTE), theme.SMALL)
    yield Space(12)
    yield Heading(locale.say(words.COPRODUCTIONS), after=3)
    yield Paragraph(_net_and_gross(coproductions, locale), theme.NOTE)


def _net_and_gross(coproductions: Coproductions, locale: Locale) -> str:
    net, gross = locale.plain(coproductions.net), locale.plain(coproductions.gross)
    said = locale.say(words.COPRODUCTIONS_RULE, net=net, gross=gross)
    waiting = coproductions.pairs_waiting
    if waiting is None:
        return said.rstrip()
    if not waiting:
        return said + locale.say(words.NO_PAIRS_WAITING)
    return said + locale.say(
        words.PAIRS_WAITING,
        pairs=locale.counted(waiting, words.PAIR),
        wait=locale.choose(waiting, words.PAIR_WAITS),
        count=locale.choose(waiting, words.PAIR_COUNTS),
    )


def _month(calendar: ActivityCalendar, place: int, locale: Locale) -> str:
    """A month's short name; its initial where many months share the width."""
    name = locale.month_short(calendar.months[place])
    return name if len(calendar.months) <= _MONTHS_AS_COLUMNS * 2 else name[:1]


def _spans(calendar: ActivityCalendar, locale: Locale) -> tuple[list[str], list[range]]:
    """Quarters of a long period, months of a short one."""
    months = calendar.months
    if len(months) <= _MONTHS_AS_BARS:
        return [locale.month_short(m) for m in months], [
            range(i, i + 1) for i in range(len(months))
        ]
    quarters: dict[tuple[int, int], list[int]] = {}
    for place, month in enumerate(months):
        quarters.setdefault((month.year, (month.month - 1) // 3 + 1), []).append(place)
    is_one_year = months[0].year == months[-1].year
    names = [
        locale.say(words.QUARTER_SHORT, number=str(quarter)) + ("" if is_one_year else f" {year}")
        for year, quarter in quarters
    ]
    return names, [range(places[0], places[-1] + 1) for places in quarters.values()]


def _table(calendar: ActivityCalendar, locale: Locale) -> Table:
    known = sum(sum(one.counts) for one in classified(calendar.series))
    share_head = locale.say(words.COLUMN_SHARE, classified=locale.plain(known))
    used = [one for one in calendar.series if sum(one.counts)]
    strong = _NUMBER.but(font=SANS_SEMIBOLD, color=theme.INK)
    if len(calendar.months) > _MONTHS_AS_COLUMNS:
        return _long_table(calendar, locale)
    room = theme.CONTENT_WIDTH - 92 - 40 - 46
    each = min(room / len(calendar.months), 60)
    first = 92 + room - each * len(calendar.months)
    columns = [
        Column(locale.say(words.COLUMN_FORMAT), first, is_row_head=True),
        *(Column(locale.month_short(month), each, _NUMBER) for month in calendar.months),
        Column(locale.say(words.COLUMN_TOTAL), 40, strong),
        Column(share_head, 46, _NUMBER),
    ]
    rows: list[Row | Group] = [
        Row(
            (
                capitalised(one.label.in_(locale.language)),
                *(locale.plain(count) for count in one.counts),
                locale.plain(sum(one.counts)),
                MISSING if one.format_id == NOT_STATED else locale.ratio(sum(one.counts), known),
            )
        )
        for one in used
    ]
    totals = [locale.plain(total) for total in calendar.monthly_totals]
    whole = locale.plain(sum(calendar.monthly_totals))
    rows.append(
        Row((locale.say(words.TOTAL), *totals, whole, locale.ratio(known, known)), is_total=True)
    )
    return Table(columns, rows)


def _long_table(calendar: ActivityCalendar, locale: Locale) -> Table:
    """More than a year: months become rows."""
    used = [one for one in calendar.series if sum(one.counts)]
    each = (theme.CONTENT_WIDTH - 140) / (len(used) + 1)
    columns = [
        Column(locale.say(words.COLUMN_MONTH), 140, is_row_head=True),
        *(Column(capitalised(one.label.in_(locale.language)), each, _NUMBER) for one in used),
        Column(locale.say(words.COLUMN_TOTAL), each, _NUMBER.but(font=SANS_SEMIBOLD)),
    ]
    totals = calendar.monthly_totals
    rows: list[Row | Group] = [
        Row(
            _numbers(
                f"{locale.month(month)} {month.year}",
                [one.counts[i] for one in used],
                totals[i],
                locale,
            ),
            pad=1.8,
        )
        for i, month in enumerate(calendar.months)
    ]
    sums = [sum(one.counts) for one in used]
    rows.append(Row(_numbers(locale.say(words.TOTAL), sums, sum(totals), locale), is_total=True))
    return Table(columns, rows)


def _numbers(name: str, counts: Sequence[int], total: int, locale: Locale) -> tuple[str, ...]:
    return (capitalised(name), *(locale.plain(count) for count in counts), locale.plain(total))
