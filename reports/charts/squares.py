"""Who reported when: one square a period. The six states differ in form, not only in colour."""

from collections.abc import Sequence

from reports import theme
from reports.blocks import Block, Picture
from reports.model import State
from reports.pen import Pen, width_of
from reports.theme import Style

ORDER: tuple[State, ...] = ("REPORTED", "LATE", "NIL", "EXCUSED", "MISSING", "NOT_DUE")
_LEGEND = Style(size=8)


def size_for(periods: int, wide: float) -> tuple[float, float]:
    """The side of a square and the distance from one to the next."""
    pitch = min(11.0, wide / max(periods, 1))
    return min(pitch * 0.83, 7.0), pitch


def draw_square(pen: Pen, state: State, x: float, y: float, side: float) -> None:
    """Full, half full, framed with a bar, hatched, empty, or a small dot."""
    if state == "REPORTED":
        pen.box(x, y, side, side, theme.DARK)
    elif state == "LATE":
        pen.box(x, y, side, side, theme.LIGHT)
        pen.box(x, y, side, side / 2, theme.DARK)
    elif state == "NIL":
        pen.frame(x + 0.4, y + 0.4, side - 0.8, side - 0.8, theme.DARK, 0.8)
        pen.line((x + side * 0.28, y + side / 2), (x + side * 0.72, y + side / 2), theme.DARK, 0.9)
    elif state == "EXCUSED":
        pen.hatch(x, y, side, side)
    elif state == "MISSING":
        pen.frame(x + 0.6, y + 0.6, side - 1.2, side - 1.2, theme.BAD, 1.2)
    else:
        pen.dot(x + side / 2, y + side / 2, side * 0.14, theme.FAINT)


def strip(states: Sequence[State], alt: str, wide: float) -> Block:
    """The states of one partner, oldest first."""
    side, pitch = size_for(len(states), wide)

    def draw(pen: Pen, _: float, height: float) -> None:
        for place, state in enumerate(states):
            draw_square(pen, state, place * pitch, (height - side) / 2, side)

    return Picture(8, draw, alt, wide)


def legend(names: dict[State, str], alt: str) -> Block:
    """The states that occur, in words."""

    def draw(pen: Pen, _: float, height: float) -> None:  # noqa: ARG001
        x = 0.0
        for state in ORDER:
            if state in names:
                draw_square(pen, state, x, 2, 7)
                pen.write(x + 11, 2.6, names[state] + " ", _LEGEND)
                x += 11 + width_of(names[state], _LEGEND) + 16

    return Picture(11, draw, alt)
