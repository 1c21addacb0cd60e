"""The table of contents: names that lead to pages."""

from reports import theme, words
from reports.blocks import Block
from reports.fonts import SANS_SEMIBOLD
from reports.locale import Locale
from reports.pen import Pen, fitted
from reports.theme import Style

_ROW = 19.5
_NAME = Style(size=9.2, color=theme.TEXT)
_PAGE = Style(SANS_SEMIBOLD, 9.2, color=theme.DARK, align="right")


class Contents(Block):
    """One line a section: its name, its page, and a link to it."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.entries: list[tuple[str, str]] = []
        self.pages: dict[str, int] = {}

    def height(self, width: float) -> float:  # noqa: ARG002
        """One row an entry."""
        return _ROW * len(self.entries)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Tagged as contents, so that a reader can jump."""
        with pen.element("TOC"):
            for place, (anchor, name) in enumerate(self.entries):
                y = top - (place + 1) * _ROW
                page = self.locale.plain(self.pages[anchor])
                with pen.decoration():
                    pen.line((x, y), (x + width, y), theme.HAIR)
                with pen.element("TOCI"), pen.content("Link") as link:
                    pen.write(x, y + 6, fitted(name, _NAME, width - 24) + " ", _NAME)
                    pen.write(x + width, y + 6, page, _PAGE)
                    if link is not None:
                        said = self.locale.say(words.CONTENTS_LINK, name=name, page=page)
                        pen.canvas.link(link, (x, y, x + width, y + _ROW), said, to=anchor)
