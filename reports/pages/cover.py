"""The cover: what was done, as a picture of it, and four figures."""

from reports import theme, words
from reports.charts.portrait import DotSeries, portrait
from reports.charts.status import draw_mark, word_style
from reports.findings import KeyFigure, key_figures
from reports.fonts import SANS_ITALIC, SANS_SEMIBOLD, SERIF_LIGHT, SERIF_SEMIBOLD
from reports.locale import Locale, capitalised
from reports.model import ActivityCalendar
from reports.pages.formats import DOT_COLORS
from reports.pen import Pen, fitted, shrunk
from reports.report import Report
from reports.theme import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Style
from reports.typesetting import wrap

_NIGHT = 306.0
_KICKER = Style(SANS_SEMIBOLD, 8.4, color=theme.MOON, tracking=0.9)
_NAME = Style(SERIF_LIGHT, 41, color=theme.WHITE, kerned=True)
_PERIOD = Style(SERIF_SEMIBOLD, 41, color=theme.WHITE, kerned=True)
_SPAN = Style(size=10.4, color=theme.MOON)
_LABEL = Style(SANS_SEMIBOLD, 9, 11, theme.INK)
_CONTEXT = Style(size=8.4, color=theme.MUTED)
_FOOT = Style(size=8, color=theme.MUTED)
_DEMONSTRATION = Style(SANS_ITALIC, 7.8, color=theme.BAD)


def draw(pen: Pen, report: Report) -> None:
    """The whole first page, to its edges."""
    facts, locale = report.facts, report.locale
    _draw_title(pen, report)
    with pen.moved(MARGIN, _NIGHT + 12):
        _draw_portrait(pen, facts.calendar, locale)
    figures = key_figures(facts, locale.language)
    for place, figure in enumerate(figures):
        width = theme.CONTENT_WIDTH / max(len(figures), 4)
        with pen.moved(MARGIN + place * width, _NIGHT):
            _draw_figure(pen, figure, width, is_first=place == 0)
    _draw_foot(pen, report)


def _draw_title(pen: Pen, report: Report) -> None:
    edition, locale = report.facts.edition, report.locale
    width = theme.CONTENT_WIDTH
    with pen.decoration():
        pen.box(0, _NIGHT, PAGE_WIDTH, PAGE_HEIGHT - _NIGHT, theme.INK)
        pen.box(MARGIN, PAGE_HEIGHT - 66, 26, 3.2, theme.SUN)
    with pen.content("P"):
        programme = edition.programme_name.in_(locale.language)
        kicker = locale.say(words.COVER_KICKER, programme=programme).upper()
        pen.write(MARGIN, PAGE_HEIGHT - 88, fitted(kicker, _KICKER, width), _KICKER)
    with pen.content("H1"):
        name, period = locale.say(words.REPORT_TITLE), capitalised(locale.period(edition.period))
        pen.write(MARGIN - 2, PAGE_HEIGHT - 138, name + " ", shrunk(name, _NAME, width))
        pen.write(MARGIN - 2, PAGE_HEIGHT - 184, period, shrunk(period, _PERIOD, width))
    with pen.content("P"):
        span = locale.span(edition.period.starts_on, edition.period.ends_on)
        said = locale.say(words.COVER_PERIOD, span=span, day=locale.day(edition.data_until))
        pen.write(MARGIN, PAGE_HEIGHT - 210, said, shrunk(said, _SPAN, width))


def _draw_portrait(pen: Pen, calendar: ActivityCalendar, locale: Locale) -> None:
    width, height = theme.CONTENT_WIDTH, PAGE_HEIGHT - 250 - _NIGHT
    if not sum(calendar.monthly_totals):
        with pen.content("P"):
            pen.write(0, 2, locale.say(words.NO_ACTIVITIES_YET), _SPAN)
        return
    series = [
        DotSeries(
            f"{one.label.in_(locale.language)} {locale.plain(sum(one.counts))}",
            one.counts,
            DOT_COLORS.get(one.format_id),
        )
        for one in calendar.series
        if sum(one.counts)
    ]
    months = "; ".join(
        f"{locale.month(month)} {locale.plain(total)}"
        for month, total in zip(calendar.months, calendar.monthly_totals, strict=True)
    )
    total = locale.plain(sum(calendar.monthly_totals))
    alt = locale.say(words.PORTRAIT_ALT, months=months, total=total)
    names = [locale.month_short(month) for month in calendar.months]
    with pen.figure(alt, width, height):
        one, many = locale.say(words.ONE_DOT), locale.say(words.MANY_DOTS)
        portrait(pen, width, height, names, series, one, many)


def _draw_figure(pen: Pen, figure: KeyFigure, width: float, *, is_first: bool) -> None:
    room = width - 14
    if not is_first:
        with pen.decoration():
            pen.line((-10, -128), (-10, -42), theme.HAIR)
    with pen.content("P"):
        pen.write(-1, -76, figure.value + " ", shrunk(figure.value, theme.NUMERAL, room))
        y = -94.0
        for line in wrap([(figure.label, _LABEL)], room)[:2]:
            pen.write(0, y, "".join(part for part, _ in line) + " ", _LABEL)
            y -= _LABEL.leading
        y -= 2
        if figure.context:
            pen.write(0, y, figure.context + " ", shrunk(figure.context, _CONTEXT, room))
            y -= 17
        if figure.status:
            pen.write(14, y, figure.status_word, word_style(figure.status))
    if figure.status:
        with pen.decoration():
            draw_mark(pen, figure.status, 5, y + 2.8, 4.2)


def _draw_foot(pen: Pen, report: Report) -> None:
    edition, reporting, locale = report.facts.edition, report.facts.reporting, report.locale
    due = sum(partner.due for partner in reporting.partners)
    reported = sum(partner.reported for partner in reporting.partners)
    received = locale.say(words.COVERAGE_LINE, of=locale.of(reported, due))
    reader = edition.reader or words.AUDIENCES[edition.audience]
    lines = [
        (words.READER, locale.say(reader)),
        (words.COVERAGE, received if due else locale.say(words.COVERAGE_NONE)),
        (
            words.EDITION,
            locale.say(
                words.EDITION_LINE,
                period=edition.period.period_id,
                version=locale.version(edition.version, words.VERSION),
                head=edition.head,
            ),
        ),
    ]
    with pen.decoration():
        pen.line((MARGIN, 105), (PAGE_WIDTH - MARGIN, 105), theme.HAIR)
    for place, (name, said) in enumerate(lines):
        y = 89 - place * 13
        with pen.content("P"):
            pen.write(
                MARGIN, y, locale.say(name) + " ", _FOOT.but(font=SANS_SEMIBOLD, color=theme.INK)
            )
            pen.write(MARGIN + 46, y, fitted(said, _FOOT, theme.CONTENT_WIDTH - 46), _FOOT)
    if edition.is_demonstration:
        with pen.content("P"):
            pen.write(MARGIN, 44, locale.say(words.DEMONSTRATION_COVER), _DEMONSTRATION)
