"""Cells of a heat map: how many activities, how much was promised, and where the two differ."""

from collections.abc import Sequence
from math import floor, log10

from reportlab.lib.colors import Color

from reports import theme
from reports.blocks import Block
from reports.fonts import SANS_SEMIBOLD
from reports.locale import Locale
from reports.pen import Pen, shrunk, width_of
from reports.theme import Style

_NUMBER = Style(SANS_SEMIBOLD, 8.4, align="right")
_LEGEND = Style(size=7.4)
_DARK_FROM = 2
_SMALL_ENDS, _SMALL_COUNTS = (2, 5, 8, 12), 20
_SMALLEST_ENDS = (1, 2, 3, 4)
_GAP = 3.0


def classes(most: int) -> tuple[int, ...]:
    """Upper ends of the five classes of colour for counts up to most, the last one open."""
    if most <= len(theme.HEAT):
        return _SMALLEST_ENDS
    if most <= _SMALL_COUNTS:
        return _SMALL_ENDS
    return tuple(_round_end(end * most / 16) for end in _SMALL_ENDS)


def class_names(ends: Sequence[int], locale: Locale) -> list[str]:
    """How the classes are said: 1–2, 3–5, … 13+."""
    starts = (1, *(end + 1 for end in ends))
    names = [
        locale.plain(start) if start == end else f"{locale.plain(start)}–{locale.plain(end)}"
        for start, end in zip(starts, ends, strict=False)
    ]
    return [*names, f"{locale.plain(starts[-1])}+"]


class HeatCell(Block):
    """One cell. It fills the row that it stands in. activities is None where nothing is known."""

    def __init__(
        self, bullets: int, activities: int | None, number: str, ends: Sequence[int], high: float
    ) -> None:
        self.bullets, self.activities, self.number = bullets, activities, number
        self.ends, self.high = ends, high

    def height(self, width: float) -> float:  # noqa: ARG002
        """As high as its row."""
        return self.high

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """A coloured field; dashed when it was promised and nothing was done; else nothing."""
        if not self.bullets and not self.activities:
            return
        wide, high = width - _GAP, self.high - _GAP
        y = top - self.high + _GAP / 2
        shade = sum((self.activities or 0) > end for end in self.ends)
        color = theme.WHITE if shade >= _DARK_FROM else theme.INK
        with pen.decoration():
            if self.activities is None:
                pen.frame(x + 0.5, y + 0.5, wide - 1, high - 1, theme.HAIR, 0.8)
            elif self.activities:
                pen.box(x, y, wide, high, theme.HEAT[shade])
            else:
                color = theme.BAD
                pen.frame(x + 0.5, y + 0.5, wide - 1, high - 1, theme.BAD, 0.8, dashed=True)
            draw_bullets(pen, x + 6, y + high / 2, self.bullets, color)
        with pen.content("P"):
            style = shrunk(self.number, _NUMBER.but(color=color), wide - 12)
            pen.write(x + wide - 6, y + high / 2 - 2.9, self.number, style)


class HeatTotal(Block):
    """A number below a column of cells, in line with theirs."""

    def __init__(self, number: str) -> None:
        self.number = number

    def height(self, width: float) -> float:  # noqa: ARG002
        """One line."""
        return 10.0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Where the numbers of the cells end."""
        room = width - _GAP - 6
        with pen.content("P"):
            style = shrunk(self.number, _NUMBER.but(color=theme.INK), room)
            pen.write(x + room, top - 8, self.number, style)


def draw_bullets(pen: Pen, x: float, y: float, bullets: int, color: Color) -> None:
    """One to three small dots: the intensity that was promised."""
    for place in range(bullets):
        pen.dot(x + place * 4.6, y, 1.35, color)


def draw_legend(pen: Pen, title: str, zero: str, intensity: str, names: Sequence[str]) -> None:
    """The classes in their order; zero and intensity are left out when they are empty."""
    strong = _LEGEND.but(font=SANS_SEMIBOLD, color=theme.MUTED)
    pen.write(0, 3, title + " ", strong)
    x = width_of(title, strong) + 10
    if zero:
        pen.frame(x, 0, 20, 11, theme.BAD, 0.8, dashed=True)
        pen.write(x + 24, 3, zero + " ", _LEGEND.but(color=theme.BAD))
        x += 36 + width_of(zero, _LEGEND)
    for color, name in zip(theme.HEAT, names, strict=True):
        pen.box(x, 0, 20, 11, color)
        pen.write(x + 24, 3, name + " ", _LEGEND)
        x += 34 + width_of(name, _LEGEND)
    if intensity:
        draw_intensity(pen, intensity, x + 4)


def draw_intensity(pen: Pen, intensity: str, x: float = 1.5) -> None:
    """What the small dots mean."""
    draw_bullets(pen, x, 5.5, 3, theme.INK)
    pen.write(x + 16, 3, intensity + " ", _LEGEND)


def _round_end(end: float) -> int:
    """A number that is easily read: 10, 30, 50, 70, or 100, 350, 500."""
    step = max(10 ** (floor(log10(end)) - 1) * 5, 1)
    return round(max(end / step, 1)) * int(step)
