"""What became of the applications to open calls, and the calls that do not add up."""

from collections.abc import Iterator

from reports import theme, words
from reports.blocks import Block, Heading, Marked, Paragraph, Space
from reports.charts import status
from reports.findings import gap_claim
from reports.locale import MISSING, Locale
from reports.model import OpenCall, OpenCalls, Status
from reports.tables import Column, Group, Row, Table

_NUMBER = theme.CELL.but(align="right")
_GAP = theme.NOTE.but(color=theme.BAD)
_COLUMN, _VERDICT = 58.0, 66.0
_MOST_LINES = 6


def applications(calls: OpenCalls, locale: Locale) -> Iterator[Block]:
    """One row a call, each application in one end state; a sentence in red for each gap.

    Nothing when no call said how many applications it received.
    """
    if all(call.applications is None for call in calls.calls):
        return
    yield Heading(locale.say(words.APPLICATIONS), after=3)
    yield _table(calls, locale)
    yield Space(4)
    for gap in calls.gaps:
        yield Marked(status.mark("behind"), Paragraph(gap_claim(gap, calls, locale), _GAP), after=4)
    note = locale.say(words.APPLICATIONS_NOTE)
    if any(call.eligible is None for call in calls.calls):
        note += locale.say(words.APPLICATIONS_UNKNOWN)
    yield Paragraph(note, theme.SMALL)


def _table(calls: OpenCalls, locale: Locale) -> Table:
    heads = (
        words.COLUMN_RECEIVED,
        words.COLUMN_WITHDRAWN,
        words.COLUMN_INELIGIBLE,
        words.COLUMN_CHOSEN,
        words.COLUMN_TURNED_DOWN,
    )
    rest = theme.CONTENT_WIDTH - len(heads) * _COLUMN - 12 - _VERDICT
    columns = [
        Column(locale.say(words.COLUMN_CALL), rest, is_row_head=True),
        *(Column(locale.say(head), _COLUMN, _NUMBER) for head in heads),
        Column("", 12),
        Column(locale.say(words.COLUMN_ADDS_UP), _VERDICT),
    ]
    broken = {gap.call_id for gap in calls.gaps}
    rows: list[Row | Group] = [
        Row(
            (
                Paragraph(call.title, theme.CELL, most_lines=_MOST_LINES),
                locale.plain(call.applications),
                locale.plain(call.withdrawn),
                _left(call.ineligible, locale),
                locale.plain(call.applications_selected),
                _left(call.turned_down, locale),
                "",
                _verdict(call, locale, is_broken=call.call_id in broken),
            )
        )
        for call in calls.calls
    ]
    return Table(columns, rows)


def _left(count: int | None, locale: Locale) -> str:
    """What is left when other states are taken away; less than nothing is no count."""
    return MISSING if count is not None and count < 0 else locale.plain(count)


def _verdict(call: OpenCall, locale: Locale, *, is_broken: bool) -> Block:
    one: Status = "reached" if call.turned_down is not None else "no_data"
    word = words.ADDS_UP if call.turned_down is not None else words.UNKNOWN_ENDS
    if is_broken:
        one, word = "behind", words.DOES_NOT_ADD_UP
    return status.cell(one, locale.say(word))
