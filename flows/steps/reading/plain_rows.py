"""Rows of a worksheet in which nothing can hide: told by their form, so nobody need walk them.

Nearly every row that an office program writes is plain: cells in order, each under its own row,
with a number, a text or a calculated formula. One regular expression recognises it many times
faster than expat can be asked about each of its tags. Whatever else there is goes to expat.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

_ROWS_BEGIN, _ROW_ENDS = b"<sheetData>", b"</row>"
# Nothing that begins later, and no row that is longer, is worth waiting for.
_LONGEST = 256 * 1024
# In XML without comments, instructions and CDATA every < begins a tag of its own. UTF-8 is what
# the expressions below understand.
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?"
    rb'(?:<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?(?: standalone="(?:yes|no)")?\?>)?'
    rb"[ \t\r\n]*+(?:<[^!?<][^<]*+)++"
)
_BLANK = rb"[ \t\r\n]*+"
# No character that expat refuses, nor any that begins like one (\xef).
_REFUSED = rb"\x00-\x08\x0b\x0c\x0e-\x1f\xef"
_ATTRIBUTE = rb'[A-Za-z][\w:]*+="[^<>&"%b]*+"' % _REFUSED
# Of entities only those that every XML has.
_TEXT = rb"[^<>&%b]*+(?:&(?:amp|lt|gt|quot|apos);[^<>&%b]*+)*+" % (_REFUSED, _REFUSED)
# A result is none when it is blank, so it must begin with what cannot be.
_CALCULATED = rb"<f(?: %b)*+(?:/>|>%b</f>)<v>(?=[!-;=-~])%b</v>" % (_ATTRIBUTE, _TEXT, _TEXT)
# The backreference is the number of the row, with which the address of each cell ends.
_CELL = (
    rb'<c r="[A-Z]{1,3}\1"(?: s="\d++")?+(?:'
    + rb"|".join(
        (
            rb' t="s"><v>\d{1,9}</v></c>',
            rb' t="inlineStr"><is><t(?: xml:space="preserve")?+>%b</t></is></c>' % _TEXT,
            rb'(?: t="(?:n|str|b|d)")?+(?: ?/>|>(?:<v>%b</v>|%b)?+</c>)' % (_TEXT, _CALCULATED),
        )
    )
    + rb")"
)
_ROW = re.compile(
    rb'%b<row r="([1-9]\d{0,6})"(?: (?!r=)%b)*+ ?' % (_BLANK, _ATTRIBUTE)
    + rb"(?:/>|>%b(?:%b%b)*+</row>)" % (_BLANK, _CELL, _BLANK)
)
_COLUMN = re.compile(rb'<c r="([A-Z]+)')
_REFERS = b't="s"><v>'
_SHARED = re.compile(rb't="s"><v>(\d+)')


class Walk(Protocol):
    """The walk through a part that takes in whatever is not plain."""

    @property
    def knows_rows(self) -> bool:
        """Whether a tag `row` is a row here: in some workbooks every tag has a prefix."""

    def pass_by(self, number: int, columns: list[bytes], filled: int, shared: int) -> bool:
        """Take in a plain row; False, and nothing was taken in, when it must be walked after all.

        columns are the letters of its cells, of which the first `filled` reach to the last cell
        that holds something; shared is the highest of its references to shared texts, else -1.
        """


def left_over(chunks: Iterable[bytes], walk: Walk) -> Iterator[bytes]:
    """What of a worksheet expat must see; its plain rows go to the walk.

    Each piece must be parsed before the next one is asked for, so that rows come in their order.
    """
    chunks = iter(chunks)
    part, at = _begun(chunks)
    # This piece, as every one below, ends with a tag, so expat keeps nothing back of it.
    yield part[:at]
    is_told = at > 0 and walk.knows_rows
    while is_told:
        at = _passed_by(part, at, walk)
        odd = part.find(_ROW_ENDS, at)
        if odd >= 0:
            piece = part[at : odd + len(_ROW_ENDS)]
            is_told = b"<!" not in piece and b"<?" not in piece
            yield piece
            at += len(piece)
        elif len(part) - at < _LONGEST and (chunk := next(chunks, None)) is not None:
            part, at = part[at:] + chunk, 0
        else:
            is_told = False
    yield part[at:]
    yield from chunks


def _begun(chunks: Iterator[bytes]) -> tuple[bytes, int]:
    """The part as far as its first row, and where that is; 0 if rows cannot be told by form."""
    part = b""
    for chunk in chunks:
        part += chunk
        begin = part.find(_ROWS_BEGIN)
        if begin >= 0:
            at = begin + len(_ROWS_BEGIN)
            return part, at if _HEAD.fullmatch(part, 0, at) else 0
        if len(part) > _LONGEST:
            break
    return part, 0


def _passed_by(part: bytes, at: int, walk: Walk) -> int:
    """Hand one plain row after another to the walk; where the first one stands that is not."""
    while match := _ROW.match(part, at):
        row = match[0]
        if not row.isascii() and not _is_text(row):
            break
        shared = max(map(int, _SHARED.findall(row)), default=-1) if _REFERS in row else -1
        last = max(row.rfind(b"<v>"), row.rfind(b"<is>"), 0)
        filled = row.count(b"<c ", 0, last)
        if not walk.pass_by(int(match[1]), _COLUMN.findall(row), filled, shared):
            break
        at = match.end()
    return at


def _is_text(row: bytes) -> bool:
    """Whether these bytes are UTF-8."""
    try:
        row.decode()
    except UnicodeDecodeError:
        return False
    return True
