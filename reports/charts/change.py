"""Two periods compared: the earlier one stands at 100 % in every row, the later where it came to.

Rows of very different size share the scale; the numbers themselves stand beside the dots.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import theme
from reports.blocks import Block, Picture
from reports.fonts import SANS_SEMIBOLD
from reports.pen import Pen, width_of
from reports.theme import Style
from reports.typesetting import wrap, write_line

_SCALE_TOP = 2.0
_NAME = Style(size=8.6, color=theme.TEXT)
_LONG_NAME = _NAME.but(size=7.8, leading=9.2)
_BEFORE = Style(size=7.8, color=theme.MUTED)
_AFTER = Style(SANS_SEMIBOLD, 7.8, color=theme.INK)
_DIFFERENCE = Style(SANS_SEMIBOLD, 8.6, color=theme.INK, align="right")
_ROW, _HEAD, _LEFT = 25.0, 22.0, 104.0


@dataclass(frozen=True)
class Change:
    """One row: its numbers, and how they are said."""

    name: str
    before: float
    after: float
    before_words: str
    after_words: str
    difference: str


def change_rows(
    changes: Sequence[Change], before: str, after: str, difference: str, alt: str
) -> Block:
    """One row a figure: a light dot for the earlier period, a dark one for the later."""

    def draw(pen: Pen, width: float, height: float) -> None:
        # The number beside the last dot and the difference never meet.
        numbers = max(width_of(c.after_words, _AFTER) for c in changes)
        right = numbers + max(width_of(c.difference, _DIFFERENCE) for c in changes) + 22
        plot = width - _LEFT - right

        def x(ratio: float) -> float:
            return _LEFT + min(max(ratio, 0.0), _SCALE_TOP) / _SCALE_TOP * plot

        y = height - 8
        pen.dot(_LEFT + 4, y + 2.8, 3.6, theme.LIGHT)
        pen.write(_LEFT + 11, y, before + " ", _BEFORE)
        second = _LEFT + 24 + width_of(before, _BEFORE)
        pen.dot(second + 4, y + 2.8, 3.6, theme.DARK)
        pen.write(second + 11, y, after + " ", _AFTER)
        pen.write(width, y, difference + " ", _BEFORE.but(align="right", size=7.4))
        for place, change in enumerate(changes):
            y = height - _HEAD - (place + 0.5) * _ROW
            pen.line((0, y - _ROW / 2), (width, y - _ROW / 2), theme.HAIR, 0.4)
            ratio = change.after / change.before
            start, end = x(1), x(ratio)
            pen.line((start, y), (end, y), theme.SOFT, 2)
            pen.dot(start, y, 3.6, theme.LIGHT)
            if ratio > _SCALE_TOP:
                pen.polygon([(end - 5, y + 4), (end + 1.5, y), (end - 5, y - 4)], theme.DARK)
            else:
                pen.dot(end, y, 3.6, theme.DARK)
            is_growth = ratio >= 1
            left = change.before_words if is_growth else change.after_words
            later = change.after_words if is_growth else change.before_words
            left_style, right_style = (_BEFORE, _AFTER) if is_growth else (_AFTER, _BEFORE)
            room = min(start, end) - 14 - width_of(left, left_style)
            _write_name(pen, change.name, y - 3, room)
            pen.write(min(start, end) - 7, y - 2.8, left, left_style.but(align="right"))
            pen.write(max(start, end) + 7, y - 2.8, " " + later + " ", right_style)
            pen.write(width, y - 3, change.difference + " ", _DIFFERENCE)

    return Picture(_HEAD + _ROW * len(changes), draw, alt)


def _write_name(pen: Pen, name: str, y: float, room: float) -> None:
    """On one line, or smaller on two."""
    style = _NAME if width_of(name, _NAME) <= room else _LONG_NAME
    lines = wrap([(name + " ", style)], room)[:2]
    for place, line in enumerate(lines):
        higher = ((len(lines) - 1) / 2 - place) * style.leading
        write_line(pen, 0, y + higher, line, width=room, is_last=True)
