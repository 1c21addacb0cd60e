"""Where the rows went: what was seen, less what was set aside and held back, is what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import theme
from reports.blocks import Block, Picture
from reports.fonts import SANS_SEMIBOLD
from reports.pen import Pen
from reports.theme import Style

_LABEL = Style(size=8.8, color=theme.INK)
_BAR, _GAP, _LEFT, _RIGHT = 15.0, 6.0, 132.0, 70.0


@dataclass(frozen=True)
class Step:
    """One bar: a whole from zero, or a part taken off the end of what is left."""

    name: str
    count: int
    number: str
    is_whole: bool
    is_loss: bool = False


def waterfall(steps: Sequence[Step], alt: str) -> Block:
    """Bars from the top down; each part hangs at the end of what the one above it left."""
    most = max((step.count for step in steps), default=0) or 1

    def draw(pen: Pen, width: float, height: float) -> None:
        scale, left = (width - _LEFT - _RIGHT) / most, 0
        for place, step in enumerate(steps):
            y = height - place * (_BAR + _GAP) - _BAR
            left = step.count if step.is_whole else left - step.count
            start = _LEFT + (0 if step.is_whole else left * scale)
            wide = max(step.count * scale, 0.8)
            style = _LABEL.but(font=SANS_SEMIBOLD) if step.is_whole else _LABEL
            color = theme.NEUTRAL
            if step.is_loss:
                color = theme.BAD
            elif step.is_whole:
                color = theme.SOFT if place == 0 else theme.DARK
            pen.write(0, y + 4.2, step.name + " ", style)
            pen.box(start, y, wide, _BAR, color)
            number = style.but(font=SANS_SEMIBOLD, color=theme.INK if step.is_whole else color)
            pen.write(start + wide + 6, y + 4.2, step.number + " ", number)
            if place < len(steps) - 1:
                end = _LEFT + left * scale
                pen.line((end, y), (end, y - _GAP), theme.FAINT, 0.5)

    return Picture(len(steps) * (_BAR + _GAP) - _GAP, draw, alt)
