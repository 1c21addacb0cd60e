"""Every sql/indicators/*.sql folded into one long table, and that into figures.

A SELECT answers `period_id`, `numerator`, optionally `measure`, `denominator`, `low`, `high`, and
any number of dimension columns by grouping sets. In a total its dimensions are null. Two
dimensions at once make one combined dimension, such as `format+month`.
"""

from pathlib import Path

from flows.steps import warehouse
from flows.steps.errors import ReperError
from flows.steps.warehouse import Connection

_PLAIN = ("period_id", "measure", "numerator", "denominator", "low", "high")


def compute(connection: Connection, sql: Path) -> list[str]:
    """Fill monitor.indicator_values and monitor.figures; return the indicators computed.

    Raises ReperError for a SELECT without period_id and numerator.
    """
    connection.execute(
        """
        create table monitor.indicator_values (
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
    computed = sorted(path.stem for path in (sql / "indicators").glob("*.sql"))
    for indicator_id in computed:
        _fold(connection, indicator_id, warehouse.select(sql, f"indicators/{indicator_id}"))
    warehouse.insert_names(connection, "monitor.computed", "indicator_id", computed)
    for name in ("coverage", "figures", "open_calls", "aim_links", "activity_rows"):
        warehouse.run(connection, sql, f"monitor/{name}")
    return computed


def _fold(connection: Connection, indicator_id: str, select: str) -> None:
    columns = [row["column_name"] for row in warehouse.rows(connection, f"describe {select}")]
    missing = [name for name in ("period_id", "numerator") if name not in columns]
    if missing:
        msg = f"sql/indicators/{indicator_id}.sql has no column {' and no '.join(missing)}. Add it."
        raise ReperError(msg)
    dimensions = [name for name in columns if name not in _PLAIN]
    taken = {name: f'"{name}"' if name in columns else "null" for name in _PLAIN}
    names = ", ".join(f"case when \"{d}\" is not null then '{d}' end" for d in dimensions)
    words = ", ".join(f'"{d}"' for d in dimensions)
    connection.execute(
        f"""
        insert into monitor.indicator_values
        select
            '{indicator_id}', {taken["measure"]}, {taken["period_id"]},
            nullif(concat_ws('+', {names or "null"}), ''),
            nullif(concat_ws('+', {words or "null"}), ''),
            {taken["numerator"]}, {taken["denominator"]}, {taken["low"]}, {taken["high"]}
        from ({select})
        """
    )
