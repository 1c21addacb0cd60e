"""Which rows a figure rests on: each is put in a world of its own, and the indicator is asked.

A row may matter in many ways, so none of them is written here: where the indicator answers about
a row alone, the row is evidence. All of them are asked about at once, each in periods of its own.
"""

from pathlib import Path
from typing import Any

from flows.steps import indicators, warehouse
from flows.steps.tracing import worlds
from flows.steps.tracing.sources import Source, read_by
from flows.steps.warehouse import Connection

Row = dict[str, Any]


def evidence(connection: Connection, sql: Path, figure: Row) -> list[list[Row]]:
    """Rows that matter to a figure, each once, in the order in which they are called up.

    First those that alone give something to it; then those that are in it and give nothing, as
    behind a zero; those that stand in its total, for a share of a whole; and what else was told
    of the same things.
    """
    select = warehouse.select(sql, f"indicators/{figure['indicator_id']}")
    sources = read_by(select)
    of_period = {"period_id": figure["period_id"]}
    found = []
    with worlds.world(connection, select) as world:
        worlds.copy(connection, world, "clean.spans", "period_id = $period_id", of_period)
        world.execute("create schema apart; create table apart.spans as from clean.spans")
        for source in sources:
            worlds.copy(connection, world, source.name, source.may_matter, of_period)
            world.execute(
                f"create table {_apart(source)} as select row_number() over () as unit, *"
                f" from {source.name}"
            )
            world.execute(f"delete from {source.name}")
        world.execute("delete from reference.periods where period_id <> $period_id", of_period)
        for source in sources:
            found += _asked(world, select, figure, source)
            world.execute(f"delete from {source.name}")
    ranked: list[list[Row]] = [[], [], [], []]
    seen = set()
    for row in sorted(found, key=lambda row: row["rank"]):
        # One line of a register stands in each month of its activity. What no file holds is a unit.
        place = tuple(row[name] for name in ("submission_id", "sheet", "row_number"))
        one = (row["source"], place if row["row_number"] else row["unit"])
        if one not in seen:
            seen.add(one)
            ranked[row["rank"]].append(row)
    things = {row["thing"] for row in found if row["rank"] < _SIBLING}
    ranked[_SIBLING] = [row for row in ranked[_SIBLING] if row["thing"] in things]
    return ranked


def _asked(world: Connection, select: str, figure: Row, source: Source) -> list[Row]:
    """What the indicator says of each row of a table when it is alone in the world."""
    if source.keys:
        _set_apart(world, source)
        return _told(world, select, figure, source, "split_part(period_id, '#', -1)::bigint")
    told = []
    for (unit,) in world.execute(f"select unit from {_apart(source)}").fetchall():
        world.execute(f"delete from {source.name}")
        world.execute(
            f"insert into {source.name} by name"
            f" select * exclude (unit) from {_apart(source)} where unit = {unit}"
        )
        told += _told(world, select, figure, source, str(unit))
    return told


def _set_apart(world: Connection, source: Source) -> None:
    """Give each row spans and periods that no other row is in."""
    own = ", ".join(f"{key} || '#' || unit as {key}" for key in source.keys)
    world.execute(
        f"create or replace table {source.name} as"
        f" select * exclude (unit) replace ({own}) from {_apart(source)}"
    )
    keyed = " union ".join(
        f"select unit, {key} as key from {_apart(source)}" for key in source.keys
    )
    world.execute(
        f"""
        create or replace table clean.spans as
        select
            spans.* replace (
                spans.span_id || '#' || keyed.unit as span_id,
                spans.period_id || '#' || keyed.unit as period_id
            )
        from apart.spans
        inner join ({keyed}) as keyed on spans.span_id = keyed.key
        """
    )


def _told(world: Connection, select: str, figure: Row, source: Source, unit: str) -> list[Row]:
    """What each unit gives to the figure, or to the total below the line."""
    indicators.start(world)
    indicators.fold(world, figure["indicator_id"], select)
    return warehouse.rows(
        world,
        f"""
        with told as (
            select
                {unit} as unit,
                if(
                    dimension is not distinct from $dimension
                    and category is not distinct from $category,
                    if(numerator <> 0 or denominator <> 0 or high is not null, 0, 1),
                    2
                ) as rank,
                coalesce(nullif(numerator, 0), high, 0) as contribution,
            from monitor.indicator_values
            where
                measure is not distinct from $measure
                and (
                    dimension is null
                    or dimension = $dimension and category = $category
                )
        ),

        places as (
            select
                unit,
                {source.place},
                {source.thing} as thing,
            from {_apart(source)}
        )

        select
            '{source.name}' as source,
            coalesce(told.rank, {_SIBLING}) as rank,
            if(told.rank = 0, told.contribution, 0) as contribution,
            places.*,
        from places
        left join told on places.unit = told.unit
        where told.unit is not null or {str(bool(source.keys)).lower()}
        order by places.unit
        """,
        {name: figure[name] for name in ("measure", "dimension", "category")},
    )


def _apart(source: Source) -> str:
    return f"apart.{source.name.partition('.')[2]}"


_SIBLING = 3
