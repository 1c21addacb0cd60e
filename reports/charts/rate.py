"""A rate as a dot on a line, with the agreed corridor as a band and all calls as a dotted line."""

from reports import theme
from reports.blocks import Block, Picture
from reports.pen import Pen


def rate_dot(
    rate: float | None,
    overall: float | None,
    band: tuple[float, float] | None,
    top: float,
    alt: str,
    wide: float,
) -> Block:
    """A rate between 0 and top; nothing but the line and the band where there is no rate."""

    def draw(pen: Pen, width: float, height: float) -> None:
        def x(share: float) -> float:
            return min(share / top, 1.0) * width

        y = height / 2
        pen.line((0, y), (width, y), theme.HAIR, 0.6)
        if band:
            pen.box(x(band[0]), y - 5, x(band[1]) - x(band[0]), 10, theme.MIST)
        if overall is not None:
            pen.line((x(overall), y - 7), (x(overall), y + 7), theme.INK, 0.8, (1.5, 1.5))
        if rate is not None:
            pen.dot(x(rate), y, 4, theme.DARK)

    return Picture(16, draw, alt, wide)
