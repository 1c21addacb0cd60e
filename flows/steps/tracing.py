"""The rows behind a figure, and its value worked out again from them alone.

Each row that may matter is put in a world of its own, and the indicator is asked about all these
worlds at once: where it answers, the row is evidence. Then the evidence goes the whole way from
the typed rows again, without any other row of its sheets, in a second warehouse in memory. So a
new indicator can be traced without a line about it here.
"""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.steps import indicators, warehouse
from flows.steps.errors import UsageError
from flows.steps.filling import deriving
from flows.steps.warehouse import Connection

Row = dict[str, Any]


@dataclass(frozen=True)
class _Source:
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


_IN_SPAN = "{} in (select span_id from clean.spans where period_id = $period_id)"
_BEFORE = "starts_on < (select ends_before from reference.periods where period_id = $period_id)"
_AFTER = "ends_before > (select starts_on from reference.periods where period_id = $period_id)"
_ROW = "submission_id, '{}' as sheet, row_number, partner"
_SOURCES = (
    _Source(
        "clean.delivered",
        ("span_id", "stretch_id", "month_id"),
        _IN_SPAN.format("span_id"),
        _ROW.format("activitati"),
        ("activitati",),
        "activity_key",
    ),
    _Source(
        "clean.engagements",
        ("span_id",),
        _IN_SPAN.format("span_id"),
        "submission_id, if(role = 'artist', 'artisti', 'voluntari') as sheet, row_number, partner",
        ("artisti", "voluntari"),
    ),
    _Source(
        "clean.open_calls",
        ("closed_in",),
        _IN_SPAN.format("closed_in"),
        _ROW.format("apeluri"),
        ("apeluri",),
    ),
    _Source(
        "clean.people_declared_only",
        ("period_id",),
        "period_id = $period_id",
        "null as submission_id, 'raport' as sheet, null as row_number, partner",
        ("raport",),
    ),
    _Source("clean.budget_lines", (), _BEFORE, _ROW.format("buget"), ("buget",)),
    _Source(
        "quality.completeness",
        (),
        f"{_BEFORE} and {_AFTER}",
        "if(received_at is null, null, submission_id) as submission_id, 'raport' as sheet,"
        " null as row_number, partner_id as partner",
    ),
)
_READS = re.compile(r"\b(?:clean|quality)\.[a-z_]+")
_OF_FIGURES = re.compile(r"\bmonitor\.[a-z_]+")
_CATALOGUE = re.compile(r"\breference\.[a-z_]+")
_SIBLING = 3
_KEY = ("indicator_id", "measure", "period_id", "dimension", "category")
_TYPED = ("raport", "activitati", "apeluri", "buget", "artisti", "voluntari")
_MATCHES = """
    indicator_id = $indicator_id and measure is not distinct from $measure
    and dimension is not distinct from $dimension and category is not distinct from $category
"""


def trace(connection: Connection, sql: Path, code: str) -> dict[str, Any]:
    """The front door's answer to `trace`: a figure's rows, and its value computed again from them.

    `contribution` is what a row alone would give: its part of a sum, one for each thing that is
    counted once however many rows tell of it, 0 where it only stands below the line. A report
    that did not come is evidence, too: it has neither file nor row. Behind what is counted of
    other figures stand those, and no rows.
    Raises UsageError for a code that no figure has.
    """
    found = warehouse.rows(connection, "from monitor.figures where code = $code", {"code": code})
    if not found:
        msg = f"No figure has the code {code!r}. See `reper figures` for those there are."
        raise UsageError(msg)
    figure = found[0]
    if figure["source"] == "external":
        return _answer(figure, _published(connection, figure), [])
    candidates = _evidence(connection, sql, figure)
    evidence = candidates[0]
    again = _again(connection, sql, figure, evidence)
    for more in candidates[1:]:
        if more and not _is_equal(figure, again):
            evidence = [*evidence, *more]
            again = _again(connection, sql, figure, evidence)
    return _answer(figure, again, _places(connection, figure, evidence))


def _answer(figure: Row, again: Row, rows: list[Row]) -> dict[str, Any]:
    names = ("value", "low", "high", "precision", "unit", "source")
    return {
        "code": figure["code"],
        **{name: figure[name] for name in (*_KEY, *names)},
        "recomputed": again["value"],
        "equal": _is_equal(figure, again),
        "rows": rows,
    }


def _is_equal(figure: Row, again: Row) -> bool:
    # "At least" is said because of what a row leaves out, and no row is evidence of that.
    names = ("value", "low", "high") if figure["precision"] == "between" else ("value",)
    return all(figure[name] == again[name] for name in names)


def _published(connection: Connection, figure: Row) -> Row:
    """What the programme's table of published figures says; nothing else stands behind it."""
    asked = {name: figure[name] for name in (*_KEY, "observed_on")}
    return warehouse.rows(
        connection,
        f"""
        select value, low, high,
        from reference.external
        where {_MATCHES} and period_id = $period_id and observed_on = $observed_on
        """,
        asked,
    )[0]


def _evidence(connection: Connection, sql: Path, figure: Row) -> list[list[Row]]:
    """Rows that matter to a figure, each once, in the order in which they are called up.

    First those that alone give something to it; then those that are in it and give nothing, as
    behind a zero; those that stand in its total, for a share of a whole; and what else was told
    of the same things.
    """
    select = warehouse.select(sql, f"indicators/{figure['indicator_id']}")
    read = set(_READS.findall(select))
    sources = [source for source in _SOURCES if source.name in read]
    of_period = {"period_id": figure["period_id"]}
    found = []
    with _world(connection, select) as world:
        _copy(connection, world, "clean.spans", "period_id = $period_id", of_period)
        world.execute("create schema apart; create table apart.spans as from clean.spans")
        for source in sources:
            _copy(connection, world, source.name, source.may_matter, of_period)
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


def _asked(world: Connection, select: str, figure: Row, source: _Source) -> list[Row]:
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


def _set_apart(world: Connection, source: _Source) -> None:
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


def _told(world: Connection, select: str, figure: Row, source: _Source, unit: str) -> list[Row]:
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


def _apart(source: _Source) -> str:
    return f"apart.{source.name.partition('.')[2]}"


def _again(connection: Connection, sql: Path, figure: Row, evidence: list[Row]) -> Row:
    """The figure from the typed rows of the evidence, through clean and the indicator."""
    select = warehouse.select(sql, f"indicators/{figure['indicator_id']}")
    read = set(_READS.findall(select))
    told_by = [sheet for s in _SOURCES if s.name in read for sheet in s.sheets]
    rows = _rows(connection, figure, evidence)
    steps = [name for name in deriving.TABLES if name.startswith("clean/")]
    texts = [select, *(warehouse.select(sql, name) for name in (*steps, "monitor/measured"))]
    with _world(connection, *texts) as world:
        world.execute((sql / "typing" / "macros.sql").read_text("utf-8"))
        fields = [("submission_id", pa.string()), ("sheet", pa.string())]
        fields = [pa.field(name, kind) for name, kind in (*fields, ("row_number", pa.int64()))]
        warehouse.insert(world, "apart", fields, rows)
        for sheet in _TYPED:
            _copy(connection, world, f"typed.{sheet}")
        _copy(connection, world, "quality.stored_rows")
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
        _copy(connection, world, "raw.mergers")
        _copy(connection, world, "quality.completeness")
        partners = [row["partner"] for row in evidence]
        world.execute(
            "delete from quality.completeness where not list_contains($partners, partner_id)",
            {"partners": partners},
        )
        for name in steps:
            warehouse.run(world, sql, name)
        for table in {"monitor.coverage", *_OF_FIGURES.findall(select)}:
            _copy(connection, world, table)
        indicators.start(world)
        indicators.fold(world, figure["indicator_id"], select)
        warehouse.insert_names(world, "monitor.computed", "indicator_id", [figure["indicator_id"]])
        warehouse.run(world, sql, "monitor/measured")
        asked = {name: figure[name] for name in _KEY}
        found = warehouse.rows(
            world,
            f"""
            select value, low, high,
            from monitor.measured
            where {_MATCHES} and period_id = $period_id and source = 'computed'
            """,
            asked,
        )
    return found[0] if found else {"value": None, "low": None, "high": None}


def _rows(connection: Connection, figure: Row, evidence: list[Row]) -> list[Row]:
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


def _places(connection: Connection, figure: Row, evidence: list[Row]) -> list[Row]:
    """Rows as an auditor looks them up: the file by hash and name, the sheet, the row in it."""
    files = {
        row["submission_id"]: row for row in warehouse.rows(connection, "from quality.submissions")
    }
    return [
        {
            "sha256": files[row["submission_id"]]["sha256"] if row["submission_id"] else None,
            "partner_id": row["partner"],
            "file": files[row["submission_id"]]["file_name"] if row["submission_id"] else None,
            "submission_id": row["submission_id"],
            "sheet": row["sheet"] if row["submission_id"] else None,
            "row": row["row_number"],
            "contribution": row["contribution"],
        }
        for row in _rows(connection, figure, evidence)
    ]


@contextmanager
def _world(connection: Connection, *selects: str) -> Generator[Connection]:
    """A warehouse in memory with what some SELECTs read of the catalogue, and nothing else yet."""
    with warehouse.connect() as world:
        # A handful of rows is counted sooner by one thread than shared out among several.
        world.execute("set threads = 1")
        for schema in ("reference", "raw", "typed", "quality", "clean", "monitor"):
            world.execute(f"create schema {schema}")
        names = {name for select in selects for name in _CATALOGUE.findall(select)}
        for name in sorted(names | {"reference.periods"}):
            _copy(connection, world, name)
        yield world


def _copy(
    connection: Connection,
    world: Connection,
    table: str,
    rows: str = "true",
    parameters: Mapping[str, object] | None = None,
) -> None:
    found = connection.execute(f"from {table} where {rows}", dict(parameters or {}))
    world.register("incoming", found.to_arrow_table())
    world.execute(f"create or replace table {table} as from incoming")
    world.unregister("incoming")
