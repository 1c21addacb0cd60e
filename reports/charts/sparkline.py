"""The course of a figure over the months, without an axis."""

from collections.abc import Sequence
from itertools import pairwise

from reports import theme
from reports.blocks import Block, Picture
from reports.pen import Pen

_HIGH = 16.0


def sparkline(values: Sequence[float | None], alt: str, wide: float) -> Block:
    """A line from zero, broken where nothing is known, with a dot at its last known point."""
    known = [value for value in values if value is not None]
    low, top = min(0.0, *known), max(0.0, *known)
    span = (top - low) or 1.0

    def draw(pen: Pen, width: float, height: float) -> None:
        step = (width - 6) / max(len(values) - 1, 1)
        points = [
            (2 + place * step, 2 + (value - low) / span * (height - 4))
            if value is not None
            else None
            for place, value in enumerate(values)
        ]
        for start, end in pairwise(points):
            if start and end:
                pen.polyline([start, end], theme.DARK)
        last = [point for point in points if point][-1]
        pen.dot(*last, 1.5, theme.DARK)

    return Picture(_HIGH, draw, alt, wide)
