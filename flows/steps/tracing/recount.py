"""A figure once more, from the typed rows of its evidence and no others of their sheets."""

import re
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.steps import indicators, warehouse
from flows.steps.filling import deriving
from flows.steps.tracing import worlds
from flows.steps.tracing.passports import KEY, MATCHES
from flows.steps.tracing.sources import read_by
from flows.steps.warehouse import Connection

Row = dict[str, Any]


def again(connection: Connection, sql: Path, figure: Row, evidence: list[Row]) -> Row:
    """The figure from the typed rows of the evidence, through clean and the indicator."""
    select = warehouse.select(sql, f"indicators/{figure['indicator_id']}")
    told_by = [sheet for source in read_by(select) for sheet in source.sheets]
    rows = told_rows(connection, figure, evidence)
    steps = [name for name in deriving.TABLES if name.startswith("clean/")]
    texts = [select, *(warehouse.select(sql, name) for name in (*steps, "monitor/measured"))]
    with worlds.world(connection, *texts) as world:
        world.execute((sql / "typing" / "macros.sql").read_text("utf-8"))
        fields = [("submission_id", pa.string()), ("sheet", pa.string())]
        fields = [pa.field(name, kind) for name, kind in (*fields, ("row_number", pa.int64()))]
        warehouse.insert(world, "apart", fields, rows)
        for sheet in _TYPED:
            worlds.copy(connection, world, f"typed.{sheet}")
        worlds.copy(connection, world, "quality.stored_rows")
        world.execute(
            """
            delete from quality.stored_rows
            where
                list_contains($sheets, sheet)
                and (submission_id, sheet, row_number) not in (
                    select (submission_id, sheet, row_number) from apart
                )
            """,
            {"sheets": told_by},
        )
        worlds.copy(connection, world, "quality.submissions")
        if "raport" in told_by:
            # A report that is no evidence must not look like one that declares nobody.
            world.execute(
                "delete from quality.submissions where submission_id not in"
                " (select submission_id from apart where sheet = 'raport')"
            )
        worlds.copy(connection, world, "raw.mergers")
        worlds.copy(connection, world, "quality.completeness")
        partners = [row["partner"] for row in evidence]
        world.execute(
            "delete from quality.completeness where not list_contains($partners, partner_id)",
            {"partners": partners},
        )
        for name in steps:
            warehouse.run(world, sql, name)
        for table in {"monitor.coverage", *_OF_FIGURES.findall(select)}:
            worlds.copy(connection, world, table)
        indicators.start(world)
        indicators.fold(world, figure["indicator_id"], select)
        warehouse.insert_names(world, "monitor.computed", "indicator_id", [figure["indicator_id"]])
        warehouse.run(world, sql, "monitor/measured")
        asked = {name: figure[name] for name in KEY}
        found = warehouse.rows(
            world,
            f"""
            select value, low, high,
            from monitor.measured
            where {MATCHES} and period_id = $period_id and source = 'computed'
            """,
            asked,
        )
    return found[0] if found else {"value": None, "low": None, "high": None}


def told_rows(connection: Connection, figure: Row, evidence: list[Row]) -> list[Row]:
    """The rows of the evidence; where one stands for several, those."""
    reports = warehouse.rows(
        connection,
        """
        select
            reports.submission_id,
            'raport' as sheet,
            reports.row_number,
            reports.partner_id as partner,
            coalesce(
                if($indicator_id = 'IND12', reports.artists_declared, reports.volunteers_declared),
                0
            ) as contribution,
        from clean.reports
        inner join reference.periods as reported on reports.period_id = reported.period_id
        inner join reference.periods
            on
                periods.period_id = $period_id
                and reported.starts_on < periods.ends_before
                and reported.ends_before > periods.starts_on
        """,
        {name: figure[name] for name in ("indicator_id", "period_id")},
    )
    found = []
    for row in evidence:
        if row["source"] == "clean.people_declared_only":
            found += [one for one in reports if one["partner"] == row["partner"]]
        else:
            found.append(row)
    return found


_OF_FIGURES = re.compile(r"\bmonitor\.[a-z_]+")
_TYPED = ("raport", "activitati", "apeluri", "buget", "artisti", "voluntari")
