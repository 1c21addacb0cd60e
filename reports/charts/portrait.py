"""The portrait of a period: one dot an activity, by month and format."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from reportlab.lib.colors import Color

from reports import theme
from reports.fonts import SANS_ITALIC
from reports.pen import Pen, width_of
from reports.theme import Style

_LABEL = Style(size=8, color=theme.DUSK, align="center")
_LEGEND = Style(size=8.8, color=theme.WHITE)
_KEY = Style(SANS_ITALIC, 8.6, color=theme.DUSK)
_PITCH, _LARGE_PITCH, _FEW_MONTHS = 13.4, 18.0, 6
_LEGEND_HEIGHT, _AXIS_HEIGHT = 24.0, 40.0


@dataclass(frozen=True)
class DotSeries:
    """Dots of one kind, month by month. Without a colour they are rings: not known."""

    label: str
    counts: Sequence[int]
    color: Color | None


def portrait(
    pen: Pen,
    width: float,
    height: float,
    months: Sequence[str],
    series: Sequence[DotSeries],
    key: str,
    more: str,
) -> None:
    """Columns of dots on the night of the cover, and their legend below.

    When there are too many activities for one dot each, a dot stands for several, and more
    (a pattern with {count}) says for how many.
    """
    room = height - _LEGEND_HEIGHT - _AXIS_HEIGHT
    column = width / max(len(months), 1)
    totals = [sum(s.counts[m] for s in series) for m in range(len(months))]
    worth = _worth(max(totals, default=0), column, room)
    tallest = max((_dots(series, m, worth) for m in range(len(months))), default=0)
    largest = _LARGE_PITCH if len(months) <= _FEW_MONTHS else _PITCH
    across, pitch = _grid(tallest, column, room, largest)
    for month, name in enumerate(months):
        left = month * column + (column - pitch * across) / 2 + pitch / 2
        place = 0
        for s in series:
            for _ in range(ceil(s.counts[month] / worth)):
                x = left + place % across * pitch
                y = _LEGEND_HEIGHT + _AXIS_HEIGHT + place // across * pitch
                _dot(pen, x, y, pitch * 0.38, s.color)
                place += 1
        pen.write((month + 0.5) * column, _LEGEND_HEIGHT + 18, name + " ", _LABEL)
    _legend(pen, series, key if worth == 1 else more.format(count=worth))


def _legend(pen: Pen, series: Sequence[DotSeries], key: str) -> None:
    pen.write(0, 2, key + " ", _KEY)
    x = width_of(key, _KEY) + 14
    for s in series:
        _dot(pen, x + 3, 4.8, 3.6, s.color)
        pen.write(x + 11, 2, s.label + " ", _LEGEND)
        x += width_of(s.label, _LEGEND) + 26


def _dot(pen: Pen, x: float, y: float, radius: float, color: Color | None) -> None:
    if color is None:
        pen.ring(x, y, radius - 0.4, theme.MOON, min(0.9, radius * 0.3))
    else:
        pen.dot(x, y, radius, color)


def _dots(series: Sequence[DotSeries], month: int, worth: int) -> int:
    return sum(ceil(s.counts[month] / worth) for s in series)


def _worth(most: int, column: float, room: float) -> int:
    """How many activities a dot stands for: 1, 10, 100, … so that dots stay visible."""
    worth = 1
    while _grid(ceil(most / worth) + 3, column, room)[1] < 4:
        worth *= 10
    return worth


def _grid(most: int, column: float, room: float, largest: float = _PITCH) -> tuple[int, float]:
    """Dots side by side, and their distance, so that the highest column just fits."""
    widest = max(2, int(column * 0.86 // 4))
    options = (
        (n, min(largest, column * 0.86 / n, room / max(ceil(most / n), 1)))
        for n in range(2, widest + 1)
    )
    return max(options, key=lambda option: (round(option[1], 3), -option[0]))
