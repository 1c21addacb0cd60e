"""What a page is built of: paragraphs, pictures, panels. Each knows its height for a width."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from reportlab.lib.colors import Color

from reports import theme
from reports.pen import Drawing, Pen
from reports.theme import Style
from reports.typesetting import Line, Run, balanced, wrap, write_line

# The base line stands a little higher in its line than the middle would be.
_ASCENT = 0.78


class Block(ABC):
    """Something that takes the width it is given and a height of its own.

    keeps_with_next: never the last thing on a page. least is the height without which it is not
    worth beginning; split gives what fits into a height, and the rest.
    """

    keeps_with_next = False
    is_space = False

    @abstractmethod
    def height(self, width: float) -> float:
        """How high it is when it is so wide."""

    @abstractmethod
    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw it below top."""

    def least(self, width: float) -> float:
        """The least height in which it can begin."""
        return self.height(width)

    def split(self, width: float, height: float) -> "tuple[Block, Block] | None":  # noqa: ARG002
        """What fits, and the rest; None when it cannot be divided."""
        return None


class Space(Block):
    """Nothing, so high. It vanishes at the head of a page."""

    is_space = True

    def __init__(self, high: float) -> None:
        self.high = high

    def height(self, width: float) -> float:  # noqa: ARG002
        """The same for any width."""
        return self.high

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draws nothing."""


class Paragraph(Block):
    """Words in lines. Runs may differ in style; kind is what it is in the structure."""

    def __init__(
        self,
        words: str | Sequence[Run],
        style: Style = theme.BODY,
        kind: str = "P",
        after: float = 0,
        most_lines: int | None = None,
    ) -> None:
        self.runs: Sequence[Run] = [(words, style)] if isinstance(words, str) else words
        self.style, self.kind, self.after, self.most_lines = style, kind, after, most_lines
        self._lines: dict[float, list[Line]] = {}

    def lines(self, width: float) -> list[Line]:
        """The words in lines of that width."""
        if width not in self._lines:
            self._lines[width] = self._limited(wrap(self.runs, width))
        return self._lines[width]

    def height(self, width: float) -> float:
        """Its lines and the space after them."""
        return len(self.lines(width)) * self.style.leading + self.after

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """One element of the structure, line below line."""
        lines = self.lines(width)
        base = top - self.style.size * _ASCENT - (self.style.leading - self.style.size) / 2
        with pen.content(self.kind):
            for place, line in enumerate(lines):
                is_last = place == len(lines) - 1
                y = base - place * self.style.leading
                write_line(pen, x, y, line, width=width, is_last=is_last)

    def split(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Between two lines."""
        lines = self.lines(width)
        count = int(height // self.style.leading)
        if not 0 < count < len(lines):
            return None
        return self._part(lines[:count], width), self._part(lines[count:], width, self.after)

    def _part(self, lines: list[Line], width: float, after: float = 0) -> "Paragraph":
        part = Paragraph([], self.style, self.kind, after)
        part._lines[width] = lines
        return part

    def _limited(self, lines: list[Line]) -> list[Line]:
        if self.most_lines is None or len(lines) <= self.most_lines:
            return lines
        kept = lines[: self.most_lines]
        letters, style = kept[-1][-1]
        kept[-1] = [*kept[-1][:-1], (letters[:-2].rstrip() + "…", style)]
        return kept


class Opening(Paragraph):
    """Words that lead into what follows, and stay with it."""

    keeps_with_next = True


class Title(Paragraph):
    """A headline: even lines, a bookmark, and never alone at the foot of a page."""

    keeps_with_next = True

    def __init__(
        self, words: str, style: Style, kind: str, anchor: str, name: str, after: float
    ) -> None:
        super().__init__(words, style, kind, after)
        self.anchor, self.name = anchor, name

    def lines(self, width: float) -> list[Line]:
        """As even as can be."""
        if width not in self._lines:
            self._lines[width] = balanced(self.runs, width)
        return self._lines[width]

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """With its place in the outline."""
        pen.canvas.bookmarkHorizontal(self.anchor, 0, top + 24)
        pen.canvas.addOutlineEntry(self.name, self.anchor, 0)
        super().draw(pen, x, top, width)

    def split(self, width: float, height: float) -> None:  # noqa: ARG002
        """A headline stays whole."""
        return


class Heading(Paragraph):
    """A small heading above a chart or a table; it stays with it."""

    keeps_with_next = True

    def __init__(self, words: str, after: float = 5) -> None:
        super().__init__(words, theme.HEADING, "H3", after)


class Kicker(Paragraph):
    """The topic in capitals above a headline."""

    keeps_with_next = True

    def __init__(self, words: str) -> None:
        super().__init__(words.upper(), theme.KICKER, "P", 5)


class Picture(Block):
    """A drawing of fixed height. alt says it in words; without alt it is decoration."""

    def __init__(self, high: float, drawing: Drawing, alt: str, wide: float | None = None) -> None:
        self.high, self.drawing, self.alt, self.wide = high, drawing, alt, wide

    def height(self, width: float) -> float:  # noqa: ARG002
        """Fixed."""
        return self.high

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """The drawing, from its bottom left."""
        wide = self.wide or width
        with pen.moved(x, top - self.high):
            tag = pen.figure(self.alt, wide, self.high) if self.alt else pen.decoration()
            with tag:
                self.drawing(pen, wide, self.high)


class Stack(Block):
    """Blocks one below the other, as one."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks

    def height(self, width: float) -> float:
        """All of them."""
        return sum(block.height(width) for block in self.blocks)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """In their order."""
        for block in self.blocks:
            block.draw(pen, x, top, width)
            top -= block.height(width)


class Panel(Stack):
    """Blocks on a tinted ground."""

    pad = 12.0

    def __init__(self, blocks: Sequence[Block], ground: Color = theme.MIST) -> None:
        super().__init__(blocks)
        self.ground = ground

    def height(self, width: float) -> float:
        """With a margin all round."""
        return super().height(width - 2 * self.pad) + 2 * self.pad

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """The ground first."""
        high = self.height(width)
        with pen.decoration():
            pen.box(x, top - high, width, high, self.ground, 3)
        super().draw(pen, x + self.pad, top - self.pad, width - 2 * self.pad)


class Marked(Block):
    """A paragraph with a small drawing at its left."""

    indent = 20.0

    def __init__(self, drawing: Drawing, paragraph: Paragraph, after: float = 12) -> None:
        self.drawing, self.paragraph, self.after = drawing, paragraph, after

    def height(self, width: float) -> float:
        """The paragraph and the space after it."""
        return self.paragraph.height(width - self.indent) + self.after

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """The drawing beside the first line."""
        with pen.moved(x, top - self.paragraph.style.leading), pen.decoration():
            self.drawing(pen, self.indent, self.paragraph.style.leading)
        self.paragraph.draw(pen, x + self.indent, top, width - self.indent)


class Columns(Block):
    """Many small blocks in two columns, filled one after the other; it goes on overleaf."""

    def __init__(self, blocks: Sequence[Block], gutter: float = 22) -> None:
        self.blocks, self.gutter = list(blocks), gutter

    def height(self, width: float) -> float:
        """The higher of the two columns."""
        column = self._column(width)
        left, right = self._halves(column)
        return max(_total(left, column), _total(right, column), 0)

    def least(self, width: float) -> float:
        """One block."""
        return self.blocks[0].height(self._column(width)) if self.blocks else 0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """The left column, then the right."""
        column = self._column(width)
        for place, half in enumerate(self._halves(column)):
            y = top
            for block in half:
                block.draw(pen, x + place * (column + self.gutter), y, column)
                y -= block.height(column)

    def split(self, width: float, height: float) -> tuple[Block, Block] | None:
        """As many blocks as fill both columns of that height."""
        column = self._column(width)
        taken, used, columns = 0, 0.0, 1
        for block in self.blocks:
            high = block.height(column)
            if used + high > height:
                columns, used = columns + 1, 0.0
            if columns > 2 or high > height:
                break
            used, taken = used + high, taken + 1
        if not 0 < taken < len(self.blocks):
            return None
        rest = Columns(self.blocks[taken:], self.gutter)
        return Columns(self.blocks[:taken], self.gutter), rest

    def _column(self, width: float) -> float:
        return (width - self.gutter) / 2

    def _halves(self, column: float) -> tuple[list[Block], list[Block]]:
        """The division whose higher column is lowest."""
        best = min(
            range(len(self.blocks) + 1),
            key=lambda n: (
                max(_total(self.blocks[:n], column), _total(self.blocks[n:], column)),
                -n,
            ),
        )
        return self.blocks[:best], self.blocks[best:]


def _total(blocks: Sequence[Block], width: float) -> float:
    return sum(block.height(width) for block in blocks)
