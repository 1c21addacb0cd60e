"""A page of a mail, drawn without a browser, for those who look at it before it goes.

It reads the HTML itself, so that what is missing there is missing here, and knows as much of HTML
as our mails use: blocks, tables side by side, inline styles in pixels. Faces are the report's own;
each mail program has others, and breaks lines elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from reports.fonts import SANS, SANS_SEMIBOLD, SERIF_LIGHT, SERIF_SEMIBOLD, register
from reports.pen import width_of
from reports.text import clean
from reports.theme import TEXT, Style
from reports.typesetting import Line, Run, wrap

_INLINE = frozenset(("strong", "a"))
_VOID = frozenset(("meta", "br", "img", "link", "hr"))
_SIDES = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
# Half the height of a capital letter: what stands in the middle of its line.
_TO_BASE_LINE = 0.35
_LONGEST = 5000


def pdf(page: str, width: float) -> bytes:
    """One sheet, a point for each pixel of the width, as high as the page is there."""
    printable = register()
    parsed = _Page(printable)
    parsed.feed(page)
    parsed.close()
    body = parsed.body
    sheet = _Sheet()
    height = sheet.block(body, Style(size=16, leading=20), 0, 0, width)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1, initialFontName=SANS)
    canvas.setFillColor(_color(body.css.get("background", "#ffffff")))
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    for box in sheet.boxes:
        canvas.setFillColor(box.color)
        canvas.rect(box.x, height - box.y - box.height, box.width, box.height, stroke=0, fill=1)
    for x, y, words, style in sheet.words:
        canvas.setFillColor(style.color)
        canvas.setFont(style.font, style.size)
        canvas.drawString(x, height - y, words, charSpace=style.tracking)
    canvas.save()
    return out.getvalue()


@dataclass
class _Node:
    """An element: its inline style, and what is in it, in order."""

    tag: str
    css: dict[str, str]
    content: "list[_Node | str]" = field(default_factory=list)

    @property
    def is_beside(self) -> bool:
        """Whether it stands beside the one before it, where there is room."""
        return self.css.get("display") == "inline-table"

    def edges(self, of: str) -> tuple[float, float, float, float]:
        """Margin or padding: above, right, below, left."""
        values = [_pixels(value) for value in self.css.get(of, "0").split()]
        above, right, below, left = (values[place] for place in _SIDES[len(values)])
        above = _pixels(self.css[f"{of}-top"]) if f"{of}-top" in self.css else above
        return above, right, below, left


class _Page(HTMLParser):
    """The page as nodes, with words that our faces can draw."""

    def __init__(self, printable: frozenset[int]) -> None:
        super().__init__()
        self._printable = printable
        self._open = [_Node("html", {})]
        self.body = self._open[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        told = dict(attrs)
        rules = (rule.partition(":") for rule in (told.get("style") or "").split(";"))
        node = _Node(tag, {name.strip(): value.strip() for name, _, value in rules if name.strip()})
        self._open[-1].content.append(node)
        self._open.append(node)
        if tag == "body":
            self.body = node

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open[-1].tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        # Our faces have no ring; spaces at the ends part this piece from its neighbours.
        words = clean(data.replace("○", "o"), self._printable, _LONGEST)
        before, after = data[:1] in " \n", data[-1:] in " \n"
        self._open[-1].content.append(f"{' ' * before}{words}{' ' * after}" if words else " ")


@dataclass(frozen=True)
class _Box:
    """A filled rectangle, from the top left down."""

    x: float
    y: float
    width: float
    height: float
    color: Color


class _Sheet:
    """What is drawn where, from the top left down: boxes first, words over them."""

    def __init__(self) -> None:
        self.boxes: list[_Box] = []
        self.words: list[tuple[float, float, str, Style]] = []

    def block(self, node: _Node, style: Style, x: float, y: float, width: float) -> float:
        """Lay out one element with all that is in it, and say where it ends."""
        style = _styled(style, node.css)
        (above, right, below, left), padding = node.edges("margin"), node.edges("padding")
        x, y, width = x + left, y + above, width - left - right
        if "max-width" in node.css and width > (most := _pixels(node.css["max-width"])):
            x, width = x + (width - most) / 2, most
        if node.css.get("width", "").endswith("px"):
            width = _pixels(node.css["width"])
        place = len(self.boxes)
        ends = self._inside(
            node,
            style,
            x + padding[3],
            y + padding[0],
            width - padding[1] - padding[3],
        )
        height = max(ends + padding[2] - y, _pixels(node.css.get("height", "0")))
        if "background" in node.css and node.tag != "body":
            self.boxes.insert(place, _Box(x, y, width, height, _color(node.css["background"])))
        if "border-top" in node.css:
            thick, _, color = node.css["border-top"].split()
            self.boxes.append(_Box(x, y, width, _pixels(thick), _color(color)))
        return y + height + below

    def _inside(self, node: _Node, style: Style, x: float, y: float, width: float) -> float:
        runs: list[Run] = []
        beside, row_ends = x, y
        for part in node.content:
            if isinstance(part, str) or part.tag in _INLINE:
                runs += _runs(part, style)
            elif part.is_beside:
                wide = _pixels(part.css["width"])
                if beside > x and beside + wide > x + width:
                    beside, y = x, row_ends
                row_ends = max(row_ends, self.block(part, style, beside, y, wide))
                beside += wide
            else:
                y = self.block(part, style, x, row_ends if beside > x else y, width)
                beside, row_ends = x, y
        if any(words.strip(" ") for words, _ in runs):
            row_ends = self._lines(wrap(runs, width), style, x, y)
        return max(y, row_ends)

    def _lines(self, lines: list[Line], style: Style, x: float, y: float) -> float:
        for line in lines:
            at = x
            for words, run in line:
                base = y + style.leading / 2 + _TO_BASE_LINE * run.size
                self.words.append((at, base, words, run))
                at += width_of(words, run)
            y += style.leading
        return y


def _runs(part: _Node | str, style: Style) -> Iterator[Run]:
    """Words in one line with others, each in its style."""
    if isinstance(part, str):
        yield part, style
        return
    own = _styled(style, part.css | ({"font-weight": "bold"} if part.tag == "strong" else {}))
    for inner in part.content:
        yield from _runs(inner, own)


def _styled(style: Style, css: dict[str, str]) -> Style:
    """The style of what is inside an element: what it does not say it has from around it."""
    is_serif = style.font in (SERIF_LIGHT, SERIF_SEMIBOLD)
    is_bold = style.font in (SANS_SEMIBOLD, SERIF_SEMIBOLD)
    if "font-family" in css:
        is_serif = css["font-family"].startswith("Georgia")
    if "font-weight" in css:
        is_bold = css["font-weight"] == "bold"
    faces = (SERIF_LIGHT, SERIF_SEMIBOLD) if is_serif else (SANS, SANS_SEMIBOLD)
    return style.but(
        font=faces[is_bold],
        size=_pixels(css["font-size"]) if "font-size" in css else style.size,
        leading=_pixels(css["line-height"]) if "line-height" in css else style.leading,
        color=_color(css["color"]) if "color" in css else style.color,
        tracking=_pixels(css["letter-spacing"]) if "letter-spacing" in css else style.tracking,
    )


def _pixels(value: str) -> float:
    """A length; what grows with its surroundings, such as auto, is none."""
    number = value.removesuffix("px")
    return float(number) if number.replace(".", "", 1).isdecimal() else 0.0


def _color(value: str) -> Color:
    return HexColor(value) if value.startswith("#") else TEXT
