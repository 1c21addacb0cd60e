"""The pen that draws: a few strokes and letters on a tagged canvas, from the bottom left up.

Charts and pages draw with it and with nothing else, so a new chart needs no word of PDF.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache

import uharfbuzz
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

from reports import theme
from reports.tagging import Element, TaggedCanvas
from reports.theme import Style

Point = tuple[float, float]
# Ligatures would be extracted as letters that nobody types ("ﬁ"), so only distances change.
_KERNING_ONLY = {"kern": True, "liga": False, "clig": False, "dlig": False, "calt": False}


def width_of(words: str, style: Style) -> float:
    """How wide words are in a style, in points."""
    if style.kerned:
        return _kerned(words, style.font)[1] * style.size / 1000
    width = pdfmetrics.stringWidth(words, style.font, style.size)
    return width + style.tracking * max(len(words) - 1, 0)


def fitted(words: str, style: Style, width: float) -> str:
    """The words, or their beginning and "…", so that they never leave their place."""
    if width_of(words, style) <= width:
        return words
    while words and width_of(words + "…", style) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def shrunk(words: str, style: Style, width: float) -> Style:
    """The style, smaller where the words would be wider than their place."""
    wide = width_of(words, style)
    return style if wide <= width else style.but(size=style.size * width / wide)


class Pen:
    """Draws on one canvas. Every method leaves the canvas as it found it."""

    def __init__(self, canvas: TaggedCanvas) -> None:
        self.canvas = canvas

    def element(
        self, kind: str, shared: object = None, **attributes: object
    ) -> AbstractContextManager[Element]:
        """Everything drawn meanwhile belongs to this element of the structure."""
        return self.canvas.element(kind, shared, **attributes)

    def content(self, kind: str) -> AbstractContextManager[Element | None]:
        """What is drawn meanwhile is read as one element: P, H2, TD."""
        return self.canvas.content(kind)

    def figure(
        self, alt: str, width: float, height: float
    ) -> AbstractContextManager[Element | None]:
        """What is drawn meanwhile is a picture, said aloud as alt."""
        return self.canvas.content("Figure", alt, (0, 0, width, height))

    def decoration(self, kind: str = "Layout") -> AbstractContextManager[None]:
        """What is drawn meanwhile is not read aloud."""
        return self.canvas.artifact(kind)

    @contextmanager
    def moved(self, x: float, y: float) -> Generator[None]:
        """Draw meanwhile as if the bottom left were here."""
        self.canvas.saveState()
        self.canvas.translate(x, y)
        try:
            yield
        finally:
            self.canvas.restoreState()

    def write(self, x: float, y: float, words: str, style: Style) -> None:
        """Words on a base line; x is their left, right or middle, as the style aligns."""
        if style.align != "left":
            wide = width_of(words.rstrip(" "), style)
            x -= wide if style.align == "right" else wide / 2
        canvas = self.canvas
        canvas.setFillColor(style.color)
        canvas.setFont(style.font, style.size)
        line = canvas.beginText(x, y)
        if style.tracking:
            line.setCharSpace(style.tracking)
        line.textOut(_kerned(words, style.font)[0] if style.kerned else words)
        if style.tracking:
            line.setCharSpace(0)
        canvas.drawText(line)

    def box(
        self, x: float, y: float, width: float, height: float, color: Color, radius: float = 0
    ) -> None:
        """A filled rectangle."""
        self.canvas.setFillColor(color)
        if radius:
            self.canvas.roundRect(x, y, width, height, radius, fill=1, stroke=0)
        else:
            self.canvas.rect(x, y, width, height, fill=1, stroke=0)

    def frame(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        color: Color,
        stroke: float = 0.9,
        *,
        dashed: bool = False,
    ) -> None:
        """The outline of a rectangle."""
        with self._stroke(color, stroke, (2, 1.6) if dashed else None):
            self.canvas.rect(x, y, width, height, fill=0, stroke=1)

    def line(
        self,
        start: Point,
        end: Point,
        color: Color,
        stroke: float = 0.5,
        dash: Sequence[float] | None = None,
        *,
        round_ends: bool = False,
    ) -> None:
        """A straight line."""
        with self._stroke(color, stroke, dash, round_ends=round_ends):
            self.canvas.line(*start, *end)

    def polyline(self, points: Sequence[Point], color: Color, stroke: float = 0.9) -> None:
        """A line through points."""
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        with self._stroke(color, stroke, round_ends=True):
            self.canvas.drawPath(path, fill=0, stroke=1)

    def polygon(self, points: Sequence[Point], color: Color, stroke: float = 0) -> None:
        """A filled shape; a stroke of its own colour rounds its corners."""
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        self.canvas.setFillColor(color)
        with self._stroke(color, stroke or 1, round_ends=True):
            self.canvas.drawPath(path, fill=1, stroke=1 if stroke else 0)

    def dot(self, x: float, y: float, radius: float, color: Color) -> None:
        """A filled circle."""
        self.canvas.setFillColor(color)
        self.canvas.circle(x, y, radius, fill=1, stroke=0)

    def ring(
        self,
        x: float,
        y: float,
        radius: float,
        color: Color,
        stroke: float = 0.9,
        *,
        dashed: bool = False,
    ) -> None:
        """The outline of a circle."""
        with self._stroke(color, stroke, (1.6, 1.4) if dashed else None):
            self.canvas.circle(x, y, radius, fill=0, stroke=1)

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """A rectangle of slanted lines: what is not known, or does not count."""
        canvas, step = self.canvas, 2.6
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(x, y, width, height)
        canvas.setFillColor(theme.WHITE)
        canvas.drawPath(clip, fill=1, stroke=0)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setStrokeColor(theme.NEUTRAL)
        canvas.setLineWidth(0.55)
        shift = -height
        while shift < width:
            canvas.line(x + shift, y, x + shift + height, y + height)
            shift += step
        canvas.restoreState()
        inner = max(width - 0.6, 0.2), max(height - 0.6, 0.2)
        self.frame(x + 0.3, y + 0.3, *inner, theme.NEUTRAL, 0.6)

    @contextmanager
    def _stroke(
        self,
        color: Color,
        width: float,
        dash: Sequence[float] | None = None,
        *,
        round_ends: bool = False,
    ) -> Generator[None]:
        canvas = self.canvas
        canvas.setStrokeColor(color)
        canvas.setLineWidth(width)
        if dash:
            canvas.setDash(list(dash))
        if round_ends:
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
        yield
        if dash:
            canvas.setDash()
        if round_ends:
            canvas.setLineCap(0)
            canvas.setLineJoin(0)


Drawing = Callable[[Pen, float, float], None]


@lru_cache(maxsize=4096)
def _kerned(words: str, font_name: str) -> tuple[str, float]:
    """The words with the distances that their face wants, and their width in 1/1000 of the size."""
    font = pdfmetrics.getFont(font_name)
    buffer = uharfbuzz.Buffer()  # ty: ignore[missing-attribute]
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font.hbFont(10), buffer, _KERNING_ONLY)  # ty: ignore[missing-attribute]
    widths = [font.face.getCharWidth(ord(c)) for c in words]
    advances = [font.pdfScale(p.x_advance) for p in buffer.glyph_positions]
    if len(advances) != len(words):
        return words, sum(widths)
    shapes = [
        ShapeData(i, a, 0, 0, 0, w) for i, (a, w) in enumerate(zip(advances, widths, strict=True))
    ]
    return ShapedStr(words, shapes), sum(advances)
