"""The tables that indicators read, and how a row of them is placed and named."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A table that indicators read, which of its rows may matter in a period, and whose they are.

    keys place a row in periods; without any it is placed by its days. place is SQL: which row of
    which sheet of which submission it is; where one row stands for several, those of the reports
    of that partner that fall in the period. thing is what several rows may tell of.
    """

    name: str
    keys: tuple[str, ...]
    may_matter: str
    place: str
    sheets: tuple[str, ...] = ()
    thing: str = "null"


def read_by(select: str) -> list[Source]:
    """The tables with evidence that an indicator's SELECT names."""
    read = set(_READS.findall(select))
    return [source for source in SOURCES if source.name in read]


_READS = re.compile(r"\b(?:clean|quality)\.[a-z_]+")
_IN_SPAN = "{} in (select span_id from clean.spans where period_id = $period_id)"
_BEFORE = "starts_on < (select ends_before from reference.periods where period_id = $period_id)"
_AFTER = "ends_before > (select starts_on from reference.periods where period_id = $period_id)"
_ROW = "submission_id, '{}' as sheet, row_number, partner"
SOURCES = (
    Source(
        "clean.delivered",
        ("span_id", "stretch_id", "month_id"),
        _IN_SPAN.format("span_id"),
        _ROW.format("activitati"),
        ("activitati",),
        "activity_key",
    ),
    Source(
        "clean.engagements",
        ("span_id",),
        _IN_SPAN.format("span_id"),
        "submission_id, if(role = 'artist', 'artisti', 'voluntari') as sheet, row_number, partner",
        ("artisti", "voluntari"),
    ),
    Source(
        "clean.open_calls",
        ("closed_in",),
        _IN_SPAN.format("closed_in"),
        _ROW.format("apeluri"),
        ("apeluri",),
    ),
    Source(
        "clean.people_declared_only",
        ("period_id",),
        "period_id = $period_id",
        "null as submission_id, 'raport' as sheet, null as row_number, partner",
        ("raport",),
    ),
    Source("clean.budget_lines", (), _BEFORE, _ROW.format("buget"), ("buget",)),
    Source(
        "quality.completeness",
        (),
        f"{_BEFORE} and {_AFTER}",
        "if(received_at is null, null, submission_id) as submission_id, 'raport' as sheet,"
        " null as row_number, partner_id as partner",
    ),
)
