"""Stacked columns by month, and bars of shares: the same series, the same colours."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from reports import theme
from reports.blocks import Block, Picture
from reports.charts.axis import nice_max, ticks
from reports.fonts import SANS_SEMIBOLD
from reports.locale import Locale
from reports.pen import Pen, shrunk, width_of
from reports.theme import Style

_AXIS = Style(size=7.4, color=theme.MUTED, align="right")
_MONTH = Style(size=8, color=theme.MUTED, align="center")
_TOTAL = Style(SANS_SEMIBOLD, 9, color=theme.INK, align="center")
_INSIDE = Style(size=7.4, align="center")
_LABEL = Style(size=8.6)
_STRONG = Style(SANS_SEMIBOLD, 8.6, color=theme.INK)
_HIGH, _FOOT, _HEAD = 228.0, 22.0, 18.0


@dataclass(frozen=True)
class Series:
    """One class of a stack. Without a colour it is hatched: not known, left out of shares."""

    label: str
    counts: Sequence[int]
    total: str
    color: Color | None

    @property
    def ink(self) -> Color:
        """What can be read on its colour."""
        return theme.INK if self.color in (theme.LIGHT, None) else theme.WHITE


def legend(series: Sequence[Series]) -> Block:
    """The classes in the order of the stack, with their totals."""

    def draw(pen: Pen, _: float, height: float) -> None:
        x = 0.0
        for s in series:
            _fill(pen, s, x, height - 10, 9, 9)
            pen.write(x + 13, height - 8.6, s.label + " ", _LABEL)
            x += 13 + width_of(s.label, _LABEL) + 5
            pen.write(x, height - 8.6, s.total + " ", _STRONG)
            x += width_of(s.total, _STRONG) + 18

    return Picture(14, draw, "")


def stacked_columns(
    months: Sequence[str], series: Sequence[Series], locale: Locale, alt: str
) -> Block:
    """One column a month from zero; every class labelled where there is room, the total above."""
    totals = [sum(s.counts[m] for s in series) for m in range(len(months))]
    top = nice_max(max(totals, default=0) * 1.04)
    widest = max((width_of(locale.plain(t), _AXIS) for t in ticks(top)), default=0)

    def draw(pen: Pen, width: float, height: float) -> None:
        left = widest + 9
        room = height - _FOOT - _HEAD
        pitch = (width - left) / max(len(months), 1)
        wide = min(pitch * 0.62, 60)

        def y(value: float) -> float:
            return _FOOT + value / top * room

        for tick in ticks(top):
            pen.line((left, y(tick)), (width, y(tick)), theme.HAIR, 0.4)
            pen.write(left - 5, y(tick) - 2.6, locale.plain(tick), _AXIS)
        pen.line((left, y(0)), (width, y(0)), theme.MUTED, 0.7)
        for month, name in enumerate(months):
            middle, below = left + pitch * (month + 0.5), 0
            for s in series:
                count = s.counts[month]
                if count:
                    part = y(below + count) - y(below)
                    _fill(pen, s, middle - wide / 2, y(below), wide, max(part - 0.6, 0.3))
                    if s.color and part > 10.5:
                        number = locale.plain(count)
                        style = shrunk(number, _INSIDE.but(color=s.ink), wide - 2)
                        pen.write(middle, y(below) + part / 2 - 2.8, number + " ", style)
                    below += count
            number = locale.plain(totals[month])
            style = shrunk(number, _TOTAL, pitch - 3)
            pen.write(middle, y(below) + 4, number + " ", style)
            pen.write(middle, 8, name + " ", _MONTH)

    return Picture(_HIGH, draw, alt)


def share_bars(
    names: Sequence[str], spans: Sequence[range], series: Sequence[Series], locale: Locale, alt: str
) -> Block:
    """One bar of 100 % for each span of months, over what is classified; the rest stands apart."""
    rows = [[sum(s.counts[m] for m in span) for s in series] for span in spans]
    pitch, bar = 23.0, 15.0
    totals = [sum(row) for row in rows]
    unknowns = [sum(c for c, s in zip(row, series, strict=True) if s.color is None) for row in rows]
    label_width = max((width_of(name, _STRONG) for name in names), default=0) + 14
    rest_width = max((width_of(locale.plain(u), _LABEL) for u in unknowns), default=0) + 36
    of_width = max((width_of(locale.of(t, t), _LABEL) for t in totals), default=0) + 8

    def draw(pen: Pen, width: float, height: float) -> None:
        room = width - label_width - rest_width - of_width
        for place, (name, counts) in enumerate(zip(names, rows, strict=True)):
            y = height - (place + 1) * pitch + (pitch - bar) / 2
            pen.write(0, y + 4.2, name + " ", _STRONG)
            known = sum(c for c, s in zip(counts, series, strict=True) if s.color)
            unknown = sum(counts) - known
            x = label_width
            for s, count in zip(series, counts, strict=True):
                part = count / known * room if known and s.color else 0
                if part:
                    _fill(pen, s, x, y, max(part - 0.7, 0.3), bar)
                    words, style = locale.ratio(count, known), _INSIDE.but(size=7.8, color=s.ink)
                    if width_of(words, style) + 4 <= part:
                        pen.write(x + part / 2, y + 4.4, words + " ", style)
                    x += part
            if not known:
                pen.frame(label_width, y, room, bar, theme.HAIR, 0.5)
            x = label_width + room + 12
            if unknown:
                pen.hatch(x, y + 3, 9, 9)
                pen.write(x + 13, y + 4.4, locale.plain(unknown) + " ", _LABEL.but(size=7.8))
            words = locale.of(known, known + unknown)
            pen.write(width, y + 4.2, words, _LABEL.but(align="right", color=theme.MUTED))

    return Picture(pitch * len(names), draw, alt)


def _fill(pen: Pen, series: Series, x: float, y: float, width: float, height: float) -> None:
    if series.color is None:
        pen.hatch(x, y, width, height)
    else:
        pen.box(x, y, width, height, series.color)
