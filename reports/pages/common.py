"""What several pages draw alike."""

from reports import theme
from reports.blocks import Block, Paragraph


def code_block(code: str) -> Block:
    """A figure's passport in very small print, so that the figure can be traced."""
    return Paragraph(code, theme.TINY.but(align="right"))
