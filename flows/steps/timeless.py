"""The same workbook for the same knowledge, byte for byte.

A workbook is a zip file that notes when it was made, and so do its properties.
"""

import io
import zipfile
from datetime import date, datetime

from openpyxl import Workbook

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"


def saved(book: Workbook, made_on: date) -> bytes:
    """The book's file, without the moment of its making; its properties say the day instead."""
    made = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001 - as Office has it
    book.properties.created = made
    stamped, out = io.BytesIO(), io.BytesIO()
    book.save(stamped)
    with zipfile.ZipFile(stamped) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _PROPERTIES:
                part = _modified(part, made)
            new.writestr(zipfile.ZipInfo(name, _NO_TIME), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _modified(core: bytes, made: datetime) -> bytes:
    """Put the given date where openpyxl stamped the clock."""
    start = core.index(b"<dcterms:modified")
    opened = core.index(b">", start) + 1
    closed = core.index(b"</dcterms:modified>")
    return core[:opened] + made.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + core[closed:]
