"""How the report looks: page, colours, faces and sizes of type.

One hue for data, semantic colours for status only, the accent for the programme's mark only.
Nothing is told by colour alone.
"""

from dataclasses import dataclass, replace

from reportlab.lib.colors import Color, HexColor

from reports.fonts import SANS, SANS_ITALIC, SANS_SEMIBOLD, SERIF_LIGHT, SERIF_SEMIBOLD

PAGE_WIDTH, PAGE_HEIGHT = 595.2756, 841.8898
MARGIN = 54.0
CONTENT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TOP, BOTTOM = PAGE_HEIGHT - 70, 56.0
GUTTER = 24.0
MAIN_COLUMN = 300.0

WHITE = HexColor("#FFFFFF")
INK, TEXT, MUTED = HexColor("#12163A"), HexColor("#272B45"), HexColor("#666B85")
FAINT, HAIR = HexColor("#A9AEC2"), HexColor("#D8DBE6")
PAPER, MIST = HexColor("#F5F4F0"), HexColor("#ECEEF4")
SUN, SKY, MOON, DUSK = (HexColor(c) for c in ("#FFC845", "#7FA4F4", "#C9D0F2", "#9AA3D0"))

DARK, MID, SOFT, LIGHT = (HexColor(c) for c in ("#232E83", "#4672CE", "#8FABE8", "#B7CCF3"))
BANDS = tuple(HexColor(c) for c in ("#D3D8E6", "#E3E6EF", "#F1F3F8"))
HEAT = tuple(HexColor(c) for c in ("#CFDCF6", "#A9C1EF", "#4672CE", "#2C44A8", "#161F5E"))

GOOD, WARN, BAD, NEUTRAL = (HexColor(c) for c in ("#0E7C70", "#D98A00", "#C03A2B", "#8A8FA6"))
# The amber of the sign is too light to be read as a word.
WARN_WORD = HexColor("#8F5B00")
NEUTRAL_WORD = MUTED


@dataclass(frozen=True)
class Style:
    """A face, a size, the distance between lines and a colour. kerned is for display sizes."""

    font: str = SANS
    size: float = 9.2
    leading: float = 13.0
    color: Color = TEXT
    align: str = "left"
    tracking: float = 0.0
    kerned: bool = False

    def but(self, **changes: object) -> "Style":
        """The same style with some properties changed."""
        return replace(self, **changes)

    @property
    def strong(self) -> "Style":
        """The same style in semibold and in the darkest ink."""
        return self.but(font=SANS_SEMIBOLD, color=INK)


BODY = Style()
LEAD = Style(size=10.6, leading=15.4)
KICKER = Style(SANS_SEMIBOLD, 7.6, 10, DARK)
TITLE = Style(SERIF_SEMIBOLD, 20, 24.5, INK, kerned=True)
SUBTITLE = TITLE.but(size=15, leading=19)
HEADING = Style(SANS_SEMIBOLD, 10, 13, INK)
MESSAGE = Style(size=9.6, leading=13.6)
SMALL = Style(size=7.8, leading=10.6, color=MUTED)
TINY = Style(size=5.6, leading=7, color=NEUTRAL)
NOTE = Style(size=8.3, leading=11.1)
CELL = Style(size=8.4, leading=10.6)
HEAD_CELL = Style(SANS_SEMIBOLD, 7.3, 9, MUTED)
NUMERAL = Style(SERIF_LIGHT, 34, 40, INK, kerned=True)
FIGURE_NUMERAL = Style(SERIF_SEMIBOLD, 15, 18, INK, kerned=True)
ASIDE = Style(SANS_ITALIC, 7.4, 9, MUTED)
