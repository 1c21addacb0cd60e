"""A cell as text: exactly what the partner wrote, in one way of writing it."""

import math
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

# What nobody sees and copying from web pages and chats brings along: blanks without width, soft
# hyphens, marks of direction. The joiner within some emoji is left where it is.
INVISIBLE = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)
_CONTROL = dict.fromkeys((*range(32), *range(127, 160)), " ") | INVISIBLE


def cell_to_text(cell: object) -> str | None:
    """A cell as text: 1200, 1,5, 2020-03-17, da, nu; None when it is blank.

    Numbers carry the 15 digits that Excel itself shows: 0,3 and not 0,30000000000000004.
    """
    if isinstance(cell, str):
        return (clean(cell) or None) if cell else None
    if isinstance(cell, bool):
        return "da" if cell else "nu"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        has_time = cell.time() != time()
        return cell.isoformat(" ", "seconds") if has_time else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}"
    return None if cell is None else str(cell)


def clean(text: str) -> str:
    """Text with single blanks, in NFC, with comma-below letters, without what nobody can see."""
    if not text.isprintable():
        text = text.translate(_CONTROL)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        # Old keyboards and fonts write the cedilla where Romanian has the comma below.
        text = text.replace("ş", "ș").replace("ţ", "ț").replace("Ş", "Ș").replace("Ţ", "Ț")
    return " ".join(text.split())


def _number(cell: float) -> str:
    if not math.isfinite(cell):
        return "NaN" if math.isnan(cell) else "inf" if cell > 0 else "-inf"
    if cell == int(cell):
        # Beyond 2^53 a float is no longer every integer, so its shortest true digits are taken.
        return (
            str(int(cell)) if abs(cell) < 2**53 else format(Decimal(repr(cell)).to_integral(), "f")
        )
    return format(Decimal(format(cell, ".15g")), "f").replace(".", ",")
