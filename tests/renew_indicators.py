"""Write docs/indicators.md anew from the catalogue and the SELECTs.

python -m tests.renew_indicators
"""

import re
import sys
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from flows.steps.settings import CHECKOUT
from tests.given import SQL, catalogue

PAGE = CHECKOUT / "docs" / "indicators.md"
_ABOUT = """\
# Indicators

All figures that Reper knows, as the catalogue defines them and as the SQL counts them. This page is
written by `python -m tests.renew_indicators`; a test fails when it is stale.

A count stands in every period (month, quarter, half-year, year, and from the start to date) and is
counted anew in each. A share is computed from sums, never from other shares, and not below its
smallest base. What was left blank is never none and never zero: a share is over those that
answered, and a count that lacks an answer is "at least". Figures from surveys, statistics and the
press stand in the programme's `external.csv` and are shown as `external`.
"""
_ADDITIVITY = {
    "additive": "adds up over periods and parts",
    "distinct": "counted anew in each period and part, never added up",
    "ratio": "from the sums of both sides, never from other shares",
    "external": "not computed: entered with its source",
    "snapshot": "as of one moment",
}


def main() -> int:
    """Write the page; the exit status is always 0."""
    PAGE.write_text(text(), "utf-8")
    return 0


def text() -> str:
    """What the page says now."""
    parts = [_ABOUT]
    for group, indicators in groupby(_indicators(), key=lambda rows: rows[0]["group_en"]):
        parts.append(f"## {group}\n")
        parts += [_section(rows) for rows in indicators]
    return "\n".join(parts)


def _indicators() -> list[list[dict[str, Any]]]:
    """Rows of the catalogue by indicator, in the order of groups as they first occur."""
    rows = sorted((dict(row) for row in catalogue()["indicators"]), key=lambda r: r["position"])
    by_id: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_id.setdefault(row["indicator_id"], []).append(row)
    groups = list(dict.fromkeys(row["group_en"] for row in rows))
    return sorted(by_id.values(), key=lambda found: groups.index(found[0]["group_en"]))


def _section(rows: list[dict[str, Any]]) -> str:
    indicator_id = rows[0]["indicator_id"]
    lines = [f"### {indicator_id} {rows[0]['name_en']}", ""]
    lines += [line for row in rows for line in _measure(row, is_one_of_many=len(rows) > 1)]
    lines += [f"Aims: {_listed(rows[0]['ecoc_aims'])}. Rests on: {rows[0]['source']}.", ""]
    lines += [_counted(indicator_id, rows), ""]
    return "\n".join(lines)


def _measure(row: dict[str, Any], *, is_one_of_many: bool) -> Iterable[str]:
    name = f"`{row['measure']}`: " if is_one_of_many else ""
    yield f"**{name}{row['name_en']}** / *{row['name_ro']}*. {row['definition_en']}"
    yield ""
    yield f"> {row['definition_ro']}"
    yield ""
    facts = [f"Unit: {row['unit']}", _ADDITIVITY[row["additivity"]]]
    if row["minimum_base"]:
        facts.append(f"smallest base {row['minimum_base']}")
    if row["counts_people"]:
        facts.append(f"counts {row['counts_people']}: fewer than 5 are hidden from the public")
    if row["disaggregations"]:
        facts.append(f"split by {_listed(row['disaggregations'])}")
    yield "; ".join(facts) + "."
    yield ""


def _counted(indicator_id: str, rows: list[dict[str, Any]]) -> str:
    """What the SELECT says of itself, or why there is none."""
    path = SQL / "indicators" / f"{indicator_id}.sql"
    if path.exists():
        header = re.match(r"(-- .*\n)+", path.read_text("utf-8"))
        words = re.sub(r"\s*\n?-- ", " ", header[0]).strip() if header else ""
        name = path.relative_to(CHECKOUT).as_posix()
        return f"Counted by [`{name}`](../{name}): {words}"
    return "Not counted: read from `external.csv` of the programme."


def _listed(codes: str | None) -> str:
    return ", ".join((codes or "none").split(";"))


if __name__ == "__main__":
    sys.exit(main())
