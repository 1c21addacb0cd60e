"""The five faces of the report: unmodified files, embedded as subsets in every PDF.

Source Sans Pro and Source Serif Pro, by Adobe, under the SIL Open Font License (LICENSE*.txt).
SHA256SUMS says which files they are.
"""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SANS, SANS_ITALIC, SANS_SEMIBOLD = "Reper-Sans", "Reper-SansItalic", "Reper-SansSemibold"
SERIF_LIGHT, SERIF_SEMIBOLD = "Reper-SerifLight", "Reper-SerifSemibold"
FILES = {
    SANS: "SourceSansPro-Regular.ttf",
    SANS_ITALIC: "SourceSansPro-It.ttf",
    SANS_SEMIBOLD: "SourceSansPro-Semibold.ttf",
    SERIF_LIGHT: "SourceSerifPro-Light.ttf",
    SERIF_SEMIBOLD: "SourceSerifPro-Semibold.ttf",
}


@cache
def register() -> frozenset[int]:
    """Make the faces known to reportlab; the code points that every one of them can draw."""
    folder = Path(__file__).parent
    printable: set[int] | None = None
    for name, file in FILES.items():
        font = TTFont(name, str(folder / file), shapable=True)
        pdfmetrics.registerFont(font)
        glyphs = set(font.face.charToGlyph or ())
        printable = glyphs if printable is None else printable & glyphs
    return frozenset(printable or ())
