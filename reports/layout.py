"""Sections onto pages: where each block stands is known before anything is drawn.

So the table of contents and "page x of y" are right at once, and nothing is drawn twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import theme
from reports.blocks import Block, Kicker, Opening, Title

_FULL = theme.TOP - theme.BOTTOM
_SPACE_BEFORE_SECTION = 16.0


@dataclass(frozen=True)
class Section:
    """One part of the report. aside stands beside it in a narrow column of its own.

    A section that is short enough stands on the page where the one before it ends; one that
    goes_on begins there even if it does not end there.
    """

    anchor: str
    name: str
    title: str
    lead: str
    blocks: Sequence[Block]
    aside: Sequence[Block] = ()
    goes_on: bool = False

    def opened(self, number: int) -> list[Block]:
        """Its blocks below its kicker, its headline and its lead."""
        style = theme.SUBTITLE if self.goes_on else theme.TITLE
        head: list[Block] = [
            Kicker(f"{number}\u00a0 · \u00a0{self.name}"),
            Title(self.title, style, "H2", self.anchor, self.name, 7 if self.lead else 14),
        ]
        if self.lead:
            head.append(Opening(self.lead, theme.LEAD, after=12))
        return [*head, *self.blocks]


@dataclass(frozen=True)
class Placed:
    """A block and where it stands on its page."""

    block: Block
    x: float
    top: float
    width: float


Sheet = list[Placed]


def lay_out(sections: Sequence[Section]) -> tuple[list[Sheet], dict[str, int]]:
    """The pages, and the place among them on which each section begins, counted from 0."""
    sheets: list[Sheet] = []
    starts: dict[str, int] = {}
    top = theme.BOTTOM
    for number, section in enumerate(sections, start=1):
        blocks = section.opened(number)
        width = theme.MAIN_COLUMN if section.aside else theme.CONTENT_WIDTH
        top -= _SPACE_BEFORE_SECTION
        needed = _needed(blocks, width) if section.goes_on else _whole(blocks, width)
        if not sheets or section.aside or top - theme.BOTTOM < needed:
            sheets.append([])
            top = theme.TOP
        starts[section.anchor] = len(sheets) - 1
        first = len(sheets) - 1
        top = _fill(sheets, blocks, theme.MARGIN, width, top)
        if section.aside:
            x = theme.MARGIN + width + theme.GUTTER
            beside: list[Sheet] = [[]]
            end = _fill(beside, section.aside, x, theme.PAGE_WIDTH - theme.MARGIN - x, theme.TOP)
            if first + len(beside) >= len(sheets):
                top = min(top, end) if first + len(beside) == len(sheets) else end
            for place, extra in enumerate(beside):
                if first + place == len(sheets):
                    sheets.append([])
                sheets[first + place] += extra
    return sheets, starts


def _fill(
    sheets: list[Sheet], blocks: Sequence[Block], x: float, width: float, top: float
) -> float:
    """Place blocks on the last sheet and on new ones; the height at which they end."""
    waiting = list(blocks)
    while waiting:
        is_fresh = top == theme.TOP
        room = top - theme.BOTTOM
        block = waiting.pop(0)
        if block.is_space and is_fresh:
            continue
        high = block.height(width)
        needed = _needed([block, *waiting], width) if block.keeps_with_next else high
        if block.is_space or (needed <= room and high <= room):
            sheets[-1].append(Placed(block, x, top, width))
            top -= high
            continue
        parts = None if block.keeps_with_next else block.split(width, room)
        if parts and (is_fresh or block.least(width) <= room):
            sheets[-1].append(Placed(parts[0], x, top, width))
            waiting.insert(0, parts[1])
        elif is_fresh:
            # Higher than a page and of one piece: better cut at the foot than no report.
            sheets[-1].append(Placed(block, x, top, width))
            top -= high
            continue
        else:
            waiting.insert(0, block)
        sheets.append([])
        top = theme.TOP
    return top


def _whole(blocks: Sequence[Block], width: float) -> float:
    return sum(block.height(width) for block in blocks)


def _needed(blocks: Sequence[Block], width: float) -> float:
    """Room for the blocks that keep together and for the beginning of what they keep with."""
    needed = 0.0
    for block in blocks:
        if block.keeps_with_next or block.is_space:
            needed += block.height(width)
        else:
            return min(needed + block.least(width), _FULL)
    return min(needed, _FULL)
