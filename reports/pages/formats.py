"""The formats of activities and their colours, the same on every page."""

from reportlab.lib.colors import Color

from reports import theme
from reports.charts.stacked import Series
from reports.findings import NOT_STATED, in_sentence
from reports.locale import Locale
from reports.model import ActivityCalendar

COLORS: dict[str, Color] = {"in_person": theme.DARK, "online": theme.MID, "hybrid": theme.LIGHT}
DOT_COLORS: dict[str, Color] = {"in_person": theme.SUN, "online": theme.SKY, "hybrid": theme.WHITE}


def shown(calendar: ActivityCalendar, locale: Locale) -> list[Series]:
    """The formats that occurred; one without a colour is drawn hatched."""
    return [
        Series(
            label=in_sentence(one.label.in_(locale.language)),
            counts=one.counts,
            total=locale.plain(sum(one.counts)),
            color=None if one.format_id == NOT_STATED else COLORS.get(one.format_id, theme.SOFT),
        )
        for one in calendar.series
        if sum(one.counts)
    ]
