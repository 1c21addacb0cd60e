"""Every sql/indicators/*.sql folded into one long table, and that into figures.

A SELECT answers `numerator`, optionally `measure` and `denominator`, and any number of dimension
columns by grouping sets. In a total its dimensions are null. Two dimensions at once make one
combined dimension, such as `programme+format`. A SELECT that has parts as rows answers `dimension`
and `category` itself.

It answers them by `span_id` (see sql/clean/spans.sql) where what it counts can be added up: spans
are put into periods here, so that no SELECT repeats that and a million rows are read once. What
must be counted anew in each period is answered by `period_id`. `is_at_least` says that something is
missing from the numerator; `low` and `high` say between what it lies.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from flows.steps import warehouse
from flows.steps.errors import ReperError
from flows.steps.warehouse import Connection

_PLAIN = {
    "period_id": "varchar",
    "span_id": "varchar",
    "measure": "varchar",
    "numerator": "double",
    "denominator": "double",
    "is_at_least": "boolean",
    "low": "double",
    "high": "double",
}
# These are also told month by month: the trend of a total, and the calendar of formats.
_BY_MONTH = "dimension is null or dimension = 'format'"

# They compare figures with those of earlier editions, so they are counted when all others stand.
OF_EDITIONS = frozenset({"Q03"})
# In this order; the SELECT of each file becomes the table monitor.file.
MONITOR = (
    "coverage",
    "measured",
    "targets",
    "statuses",
    "figures",
    "open_calls",
    "open_call_gaps",
    "aim_links",
    "commitments",
    "equal_aims",
    "likely_pairs",
    "coproductions",
    "activity_rows",
)


def compute(connection: Connection, sql: Path) -> list[str]:
    """Fill monitor.indicator_values and monitor.figures; return the indicators computed.

    Raises ReperError for a SELECT without numerator, or with neither span_id nor period_id.
    """
    start(connection)
    computed = sorted(path.stem for path in (sql / "indicators").glob("*.sql"))
    warehouse.insert_names(connection, "monitor.computed", "indicator_id", computed)

    def fold_all(indicator_ids: Iterable[str]) -> None:
        for indicator_id in indicator_ids:
            fold(connection, indicator_id, warehouse.select(sql, f"indicators/{indicator_id}"))

    fold_all(one for one in computed if one not in OF_EDITIONS)
    if OF_EDITIONS.intersection(computed):
        for name in ("coverage", "measured", "restated"):
            warehouse.run(connection, sql, f"monitor/{name}")
        fold_all(OF_EDITIONS.intersection(computed))
    for name in MONITOR:
        warehouse.run(connection, sql, f"monitor/{name}")
    return computed


def start(connection: Connection) -> None:
    """Make monitor.indicator_values anew, with nothing in it."""
    connection.execute(
        """
        create or replace table monitor.indicator_values (
            indicator_id varchar not null,
            measure varchar,
            period_id varchar not null,
            dimension varchar,
            category varchar,
            numerator double,
            denominator double,
            low double,
            high double
        )
        """
    )


def fold(connection: Connection, indicator_id: str, select: str) -> None:
    """Add what one SELECT answers to monitor.indicator_values."""
    columns = [row["column_name"] for row in warehouse.rows(connection, f"describe {select}")]
    key = next((name for name in ("span_id", "period_id") if name in columns), None)
    if key is None or "numerator" not in columns:
        wanted = "numerator" if key else "span_id and no period_id"
        msg = f"sql/indicators/{indicator_id}.sql has no column {wanted}. Add it."
        raise ReperError(msg)
    answer = _answer(select, columns)
    connection.execute(
        f"""
        insert into monitor.indicator_values
        select
            '{indicator_id}', measure, period_id, dimension, category, numerator, denominator,
            coalesce(
                low, case when is_at_least then numerator / coalesce(nullif(denominator, 0), 1) end
            ),
            high
        from ({_parts_of_wholes(_in_periods(answer) if key == "span_id" else answer)})
        """
    )


def _answer(select: str, columns: Sequence[str]) -> str:
    """A SELECT with all plain columns, and its dimensions folded into two."""
    plain = (n if n in columns else f"null::{kind} as {n}" for n, kind in _PLAIN.items())
    if "dimension" in columns:
        return f"select {', '.join(plain)}, dimension, category from ({select})"
    dimensions = [name for name in columns if name not in _PLAIN]
    names = ", ".join(f"case when \"{d}\" is not null then '{d}' end" for d in dimensions)
    words = ", ".join(f'"{d}"' for d in dimensions)
    return f"""
        select
            {", ".join(plain)},
            nullif(concat_ws('+', {names or "null"}), '') as dimension,
            nullif(concat_ws('+', {words or "null"}), '') as category
        from ({select})
    """


def _in_periods(answer: str) -> str:
    """Spans put into the periods in which they count, and some of them also into months."""
    added = """
        measure, period_id, sum(denominator) as denominator, bool_or(is_at_least) as is_at_least,
        -- Nothing to add up is zero only where nothing is missing.
        coalesce(sum(numerator), case when not bool_or(is_at_least) then 0 end) as numerator,
        null as low, null as high
    """
    return f"""
        with placed as (
            select answer.* exclude (period_id), spans.period_id, spans.month
            from ({answer}) as answer
            inner join clean.spans on answer.span_id = spans.span_id and spans.is_latest
        )
        select dimension, category, {added}
        from placed
        group by measure, period_id, dimension, category
        union all by name
        select
            concat_ws('+', dimension, 'month') as dimension,
            concat_ws('+', category, month) as category,
            {added}
        from placed
        where {_BY_MONTH}
        group by measure, period_id, placed.dimension, placed.category, month
    """


def _parts_of_wholes(answer: str) -> str:
    """A part that brings no denominator of its own is a part of the whole."""
    return f"""
        select * replace (
            coalesce(
                denominator,
                max(denominator) filter (where dimension is null)
                    over (partition by measure, period_id)
            ) as denominator
        )
        from ({answer})
    """
