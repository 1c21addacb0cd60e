"""From a code, as it is printed or read over the telephone, to the figure that it names."""

import re
from typing import Any

from flows.steps import warehouse
from flows.steps.errors import UsageError
from flows.steps.warehouse import Connection

KEY = ("indicator_id", "measure", "period_id", "dimension", "category")
# SQL for the same place of the catalogue; the period and the source are asked for beside it.
MATCHES = """
    indicator_id = $indicator_id and measure is not distinct from $measure
    and dimension is not distinct from $dimension and category is not distinct from $category
"""


def figure(connection: Connection, code: str) -> dict[str, Any]:
    """The row of monitor.figures that a code names, however it is spaced or cased.

    A code may be longer than the printed one, up to the whole passport, or an old one of eight
    hexadecimal digits. Raises UsageError for one that no figure has, and for one that several
    have: it says which, and how to ask for each.
    """
    found = warehouse.rows(
        connection,
        f"""
        with folded as (
            select
                figures.*,
                {_FOLDED.format("passport")} as whole,
                {_FOLDED.format("code")} as printed,
                {_FOLDED.format("former_code")} as former,
            from monitor.figures
        )

        select * exclude (whole, printed, former)
        from folded
        where starts_with(whole, $typed) and starts_with($typed, printed) or former = $typed
        order by period_id, source, dimension nulls first, category
        """,
        {"typed": _folded(code)},
    )
    if not found:
        msg = f"No figure has the code {code!r}. See `reper figures` for those there are."
        raise UsageError(msg)
    if len(found) > 1:
        meant = "; ".join(f"{row['passport']} is {_told(row)}" for row in found)
        msg = f"{code!r} may mean {len(found)} figures. Which one do you ask about? {meant}."
        raise UsageError(msg)
    return found[0]


def _told(figure: dict[str, Any]) -> str:
    """What a figure is of, in a few words of the catalogue."""
    part = f"{figure['dimension']} {figure['category']}" if figure["dimension"] else None
    named = [figure["indicator_id"], figure["measure"], figure["period_id"], part]
    return ", ".join(filter(None, [*named, figure["source"]]))


def _folded(code: str) -> str:
    # O and 0, I, L and 1 are taken for each other: no passport has the letters.
    return re.sub(r"[\W_]", "", code).upper().translate(str.maketrans("OIL", "011"))


_FOLDED = "translate(upper(replace({}, '-', '')), 'OIL', '011')"
