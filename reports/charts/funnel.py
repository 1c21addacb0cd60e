"""From applicants to selected: each stage as wide as it is large."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import theme
from reports.blocks import Block, Picture
from reports.fonts import SANS_SEMIBOLD
from reports.pen import Pen, shrunk, width_of
from reports.theme import Style

_LABEL = Style(SANS_SEMIBOLD, 9.4, color=theme.INK)
_SHARE = Style(size=8.8, color=theme.MUTED)
_STEP = Style(size=7.8, color=theme.MUTED)
_BAR, _GAP, _LEFT, _RIGHT = 34.0, 26.0, 84.0, 78.0


@dataclass(frozen=True)
class Stage:
    """One stage: its name, its number, and what is said beside it and above it."""

    name: str
    count: float
    number: str
    share: str
    step: str


def funnel(stages: Sequence[Stage], alt: str) -> Block:
    """One bar a stage, from the same edge."""
    most = max((stage.count for stage in stages), default=0) or 1

    def draw(pen: Pen, width: float, height: float) -> None:
        room = width - _LEFT - _RIGHT
        for place, stage in enumerate(stages):
            y = height - _BAR - place * (_BAR + _GAP)
            wide = max(stage.count / most * room, 0.8)
            is_end = place in (0, len(stages) - 1)
            color = (theme.MID, theme.DARK)[place > 0] if is_end else theme.SOFT
            pen.write(0, y + _BAR / 2 - 3, stage.name + " ", _LABEL)
            pen.box(_LEFT, y, wide, _BAR, color)
            number = theme.FIGURE_NUMERAL.but(color=theme.WHITE if is_end else theme.INK)
            inside = width_of(stage.number, number) + 18 <= wide
            after = _LEFT + wide + 8
            if inside:
                pen.write(_LEFT + 9, y + _BAR / 2 - 5, stage.number + " ", number)
            else:
                number = shrunk(stage.number, number.but(color=theme.INK), _RIGHT)
                pen.write(after, y + _BAR / 2 - 5, stage.number + " ", number)
                after += width_of(stage.number, number) + 8
            pen.write(after, y + _BAR / 2 - 3, stage.share + " ", _SHARE)
            if stage.step:
                middle = y + _BAR + _GAP / 2
                arrow = [
                    (_LEFT + 9, middle + 1.6),
                    (_LEFT + 14, middle + 1.6),
                    (_LEFT + 11.5, middle - 2),
                ]
                pen.polygon(arrow, theme.FAINT)
                pen.write(_LEFT + 19, middle - 3, stage.step + " ", _STEP)

    return Picture(len(stages) * (_BAR + _GAP) - _GAP, draw, alt)
