"""Status against a target: a shape, a colour and a word, so that none of them is needed alone."""

from reportlab.lib.colors import Color

from reports import theme
from reports.blocks import Block, Paragraph, Picture
from reports.fonts import SANS_SEMIBOLD
from reports.model import Status
from reports.pen import Drawing, Pen, width_of
from reports.theme import Style

ORDER: tuple[Status, ...] = ("reached", "at_risk", "behind", "no_data", "not_comparable")
COLORS: dict[Status | None, Color] = {
    "reached": theme.GOOD,
    "at_risk": theme.WARN,
    "behind": theme.BAD,
    "no_data": theme.NEUTRAL,
    "not_comparable": theme.NEUTRAL,
    None: theme.DARK,
}
_WORD_COLORS = COLORS | {
    "at_risk": theme.WARN_WORD,
    "no_data": theme.NEUTRAL_WORD,
    "not_comparable": theme.NEUTRAL_WORD,
}
_PITCH = 15.5
_INDENT, _LONG_WORD_SIZE = 14.0, 7.4


def word_style(status: Status | None, size: float = 8.2) -> Style:
    """How the word beside a mark is written."""
    return Style(SANS_SEMIBOLD, size, size * 1.3, _WORD_COLORS[status])


def draw_mark(pen: Pen, status: Status | None, x: float, y: float, radius: float = 4.6) -> None:
    """A disc with a tick, a triangle, a diamond with a cross, a dashed ring, a ring, a dot."""
    r, color, white = radius, COLORS[status], theme.WHITE
    if status == "reached":
        pen.dot(x, y, r, color)
        tick = [
            (x - r * 0.45, y - r * 0.02),
            (x - r * 0.1, y - r * 0.38),
            (x + r * 0.5, y + r * 0.36),
        ]
        pen.polyline(tick, white, r * 0.3)
    elif status == "at_risk":
        top, low = (x, y + r * 1.02), y - r * 0.86
        pen.polygon([top, (x + r * 1.1, low), (x - r * 1.1, low)], color, 1.1)
        pen.line((x, y + r * 0.36), (x, y - r * 0.2), white, r * 0.28, round_ends=True)
        pen.dot(x, y - r * 0.56, r * 0.16, white)
    elif status == "behind":
        k, q = r * 1.16, r * 0.3
        pen.polygon([(x, y + k), (x + k, y), (x, y - k), (x - k, y)], color)
        pen.line((x - q, y - q), (x + q, y + q), white, r * 0.3, round_ends=True)
        pen.line((x - q, y + q), (x + q, y - q), white, r * 0.3, round_ends=True)
    elif status == "no_data":
        pen.ring(x, y, r * 0.9, color, dashed=True)
    elif status == "not_comparable":
        pen.ring(x, y, r * 0.9, color)
        pen.line((x - r * 0.45, y), (x + r * 0.45, y), color)
    else:
        pen.dot(x, y, r * 0.55, color)


def mark(status: Status | None) -> Drawing:
    """The mark alone, to stand beside a paragraph."""
    return lambda pen, _, high: draw_mark(pen, status, 5.4, high / 2 - 0.6, 5)


def cell(status: Status | None, word: str) -> Block:
    """The mark and its word, to stand in a table."""
    return _StatusCell(status, word)


def strip(counts: dict[Status, int], words: dict[Status, str], alt: str) -> Block:
    """One mark for each indicator, in groups, and below each group how many there are."""

    def draw(pen: Pen, width: float, height: float) -> None:
        x = 0.0
        shown = [status for status in ORDER if counts.get(status)]

        def length(pitch: float) -> float:
            said = [width_of(words[status], word_style(status)) + 8 for status in shown]
            marks = [pitch * counts[status] + 3 for status in shown]
            return sum(map(max, marks, said))

        # Closer together until marks and words fit; three points is as close as they can be told.
        pitch = _PITCH
        while length(pitch) > width and pitch > 3:
            pitch -= 0.5
        for status in shown:
            style = word_style(status)
            for place in range(counts[status]):
                draw_mark(pen, status, x + 6 + place * pitch, height - 8, min(5.4, pitch * 0.36))
            pen.write(x + 0.6, height - 27, words[status] + " ", style)
            x += max(pitch * counts[status] + 3, width_of(words[status], style) + 8)

    return Picture(30, draw, alt)


class _StatusCell(Block):
    """A mark that is decoration, and a word that is read."""

    def __init__(self, status: Status | None, word: str) -> None:
        size = _LONG_WORD_SIZE if status == "not_comparable" else 8.2
        self.status, self.words = status, Paragraph(word, word_style(status, size))

    def height(self, width: float) -> float:
        """The height of the words."""
        return self.words.height(width - _INDENT)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """The mark, then the word."""
        with pen.decoration():
            draw_mark(pen, self.status, x + 5, top - self.height(width) / 2)
        self.words.draw(pen, x + _INDENT, top, width - _INDENT)
