"""Bullet graphs on one shared scale, so that the targets of all rows stand in one line.

After Stephen Few's specification (2013): grey bands for the statuses, a dark bar, one line.
"""

from reports import theme
from reports.blocks import Block, Picture
from reports.model import Target
from reports.pen import Pen, fitted

SCALE_TOP = 1.5
_BAR, _BAND = 4.0, 10.0


def bullet(
    value: float, target: Target, bands: tuple[float, float], alt: str, wide: float
) -> Block:
    """A value against its target, 0 to 150 % of it; a corridor stands around its own middle.

    bands are the shares of the target from which it is at risk and reached. What is off the
    scale is cut and marked with an arrow.
    """
    goal = full(target)
    if goal is None or goal <= 0:
        msg = "a bullet graph needs a target above zero"
        raise ValueError(msg)
    reached = value / goal

    def draw(pen: Pen, width: float, height: float) -> None:
        def x(share: float) -> float:
            return min(max(share, 0.0), SCALE_TOP) / SCALE_TOP * width

        y = (height - _BAND) / 2
        low, high = corridor(target)
        if high is not None:
            pen.box(0, y, width, _BAND, theme.BANDS[2])
            left = x((low or 0.0) / goal)
            pen.box(left, y, x(high / goal) - left, _BAND, theme.BANDS[0])
        else:
            edges = (0.0, *bands, SCALE_TOP)
            for start, end, color in zip(edges, edges[1:], theme.BANDS, strict=False):
                pen.box(x(start), y, x(end) - x(start), _BAND, color)
        pen.box(0, y + (_BAND - _BAR) / 2, x(reached), _BAR, theme.DARK)
        if reached > SCALE_TOP:
            middle = y + _BAND / 2
            arrow = [(width - 7, middle + 2), (width - 3, middle), (width - 7, middle - 2)]
            pen.polygon(arrow, theme.WHITE)
        if high is None or target.kind == "maximum":
            pen.line((x(1), y - 1), (x(1), y + _BAND + 1), theme.INK, 1.8)

    return Picture(15, draw, alt, wide)


def unmeasured(words: str, wide: float) -> Block:
    """The same place where there is nothing to draw, with the reason."""

    def draw(pen: Pen, width: float, height: float) -> None:
        y = (height - _BAND) / 2
        pen.box(0, y, width, _BAND, theme.MIST)
        style = theme.ASIDE.but(size=7)
        pen.write(4, y + 2.6, fitted(words, style, width - 8), style)

    return Picture(15, draw, words, wide)


def full(target: Target) -> float | None:
    """What counts as all of the target: the middle of a corridor, else its value."""
    low, high = corridor(target)
    if low is not None and high is not None and target.kind == "corridor":
        return (low + high) / 2
    return next((v for v in (target.value, target.high, target.low) if v is not None), None)


def corridor(target: Target) -> tuple[float | None, float | None]:
    """The ends of a target that is a stretch; nothing for one number."""
    return (target.low, target.high) if target.kind == "corridor" else (None, None)
