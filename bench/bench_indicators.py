"""All indicators at all levels over a million activities, beside one statement written by hand.

    python -m bench.bench_indicators [activities]

Activities are generated straight into clean.activities, with one line of a register each. Ours is
all that a night does from there: clean.courses, clean.delivered, clean.spans, and every SELECT
folded into the long table of values.

The statement by hand is spared some of that: it finds clean.delivered and clean.spans ready. It has
the periods, splits and measures of ours over activities, money aside (there is none here), in one
statement that reads them a few times instead of forty-five: sums and counts by one set of grouping
sets each, distinct things counted anew in each period. Its answer is wide and leaves out months as
a split, shares (both sides are there, undivided) and what is said of precision. Where both answer
the same, the bench compares them. Each runs in a process of its own, on a warehouse on disk and on
two threads. Ours has the memory that a night gives it, and spills the rest; the statement by hand
has no limit, which would only slow it: it takes several times as much.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from flows.steps import indicators, warehouse
from flows.steps.filling import deriving, loading
from flows.steps.settings import CHECKOUT, Settings
from flows.steps.submissions import Known
from tests.given import catalogue

SQL = CHECKOUT / "sql"
NOW = datetime(2024, 1, 25, tzinfo=UTC)
SETTINGS = "set threads = 2"
WORDS = {
    "programme": 8,
    "district": 40,
    "discipline": 9,
    "activity_type": 19,
    "count_method": 6,
    "pricing": 5,
    "platform": 6,
    "venue_type": 7,
    "legacy": 4,
}
LISTS = {
    "european_dimension": 4,
    "themes": 9,
    "partner_countries": 30,
    "networks": 60,
    "cross_sectors": 8,
    "target_groups": 8,
    "schools": 400,
    "accessibility": 7,
    "innovation": 4,
    "green_measures": 6,
}
NUMBERS = (
    "events", "new_works", "artists_local", "artists_national", "artists_international",
    "artists_origin_unknown", "artists_emerging", "artists_independent", "attendance_in_person",
    "attendance_online", "online_views", "participants_active", "participants_professional",
    "pupils", "volunteers",
)  # fmt: skip
SPLITS = ("partner", "format", *WORDS)
PAIRS = ("programme, format", "partner, format", "district, format")
# Columns of the statement by hand, and the figures of ours that are the same.
SAME = {
    "activities": "IND01",
    "events": "IND02",
    "countries": "IND06",
    "new_works": "IND10",
    "attendance_in_person": "IND16",
    "attendance_online": "IND17",
    "online_views": "IND18",
    "participants_active": "IND19",
    "volunteer_hours": "IND28",
    "partners": "IND29",
    "venues": "IND42",
    "artists": "IND12",
    "volunteers_named": "IND27",
}


def main() -> int:
    """Generate a warehouse and run both on it; with a path, run one of them."""
    if len(sys.argv) == 3:
        return _measure(Path(sys.argv[1]), sys.argv[2])
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        _generate(path, count)
        for what in ("ours", "by hand"):
            done = [sys.executable, "-m", "bench.bench_indicators", str(path), what]
            subprocess.run(done, check=True)
        _compare(path)
    return 0


def _measure(path: Path, what: str) -> int:
    room = warehouse.Room(Settings.memory_mb, path.parent) if what == "ours" else None
    with warehouse.connect(path, room=room) as connection:
        connection.execute(SETTINGS)
        if what == "by hand":
            connection.execute("set preserve_insertion_order = false")
        started, used = time.perf_counter(), time.process_time()
        if what == "ours":
            for name in ("clean/courses", "clean/delivered", "clean/spans"):
                warehouse.run(connection, SQL, name)
            indicators.start(connection)
            for select in sorted((SQL / "indicators").glob("*.sql")):
                if select.stem not in indicators.OF_EDITIONS:
                    indicators.fold(connection, select.stem, select.read_text("utf-8"))
            found = "select count(*) as n from monitor.indicator_values"
        else:
            connection.execute(f"create or replace table monitor.by_hand as {_by_hand()}")
            found = "select count(*) as n from monitor.by_hand"
        seconds, processor = time.perf_counter() - started, time.process_time() - used
        values = warehouse.rows(connection, found)[0]["n"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:8} {seconds:7.1f} s, of processor {processor:7.1f} s {peak:6.0f} MiB"
        f" {values:9} rows"
    )
    return 0


def _compare(path: Path) -> None:
    """Print how many figures both answer, and how many of these differ."""
    names = ", ".join(f"{column} as {ours}" for column, ours in SAME.items())
    others = ", ".join(f"{name} is null" for name in ("partner", "format", *list(WORDS)[1:]))
    with warehouse.connect(path) as connection:
        (row,) = warehouse.rows(
            connection,
            f"""
            with by_hand as (
                unpivot (
                    select period_id, programme, {names}
                    from monitor.by_hand
                    where {others.replace(", ", " and ")} and element is null
                ) on columns('^(IND)') into name indicator_id value counted
            )
            select count(*) as compared, count(*) filter (where numerator <> counted) as differ
            from by_hand
            inner join monitor.indicator_values as ours
                on by_hand.indicator_id = ours.indicator_id
                and by_hand.period_id = ours.period_id
                and by_hand.programme is not distinct from ours.category
            where
                (ours.dimension is null or ours.dimension = 'programme')
                and coalesce(measure, 'venues') = 'venues'
            """,  # noqa: S608 - column names of this file
        )
    print(f"of {row['compared']} figures that both answer, {row['differ']} differ")


def _generate(path: Path, count: int) -> None:
    with warehouse.connect(path) as connection:
        connection.execute(SETTINGS)
        loading.load(connection, catalogue(), [], {}, SQL)
        deriving.derive(connection, Known((), {}, {}, 0, "", None), [], NOW, SQL)
        words = "".join(f"'{name[:4]}' || {_any(name, n)} as {name}," for name, n in WORDS.items())
        lists = "".join(
            f"case when {_any(name, 5)} > 0 then [{_word(name, n)}, {_word(name + '2', n)}] end"
            f" as {name},"
            for name, n in LISTS.items()
        )
        numbers = "".join(
            f"case when {_any(name, 9)} > 0 then {_any(name, 50)} end as {name},"
            for name in NUMBERS
        )
        connection.execute(
            f"""
            insert into clean.activities by name
            select
                partner_id || '/a' || number as activity_key, partner_id,
                'a' || number as activity_id, 'delivered' as status,
                strftime(day, '%Y-Q') || quarter(day) as period_id,
                day as reported_from,
                least(
                    day + {_any("length", 25)},
                    last_day(date_trunc('quarter', day) + interval 2 month)
                ) as reported_to,
                ['in_person', 'online', 'hybrid', 'not_stated'][1 + {_any("format", 4)}] as format,
                'venue ' || {_any("venue", 500)} as venue,
                {_any("hours", 90)} as volunteer_hours,
                {words} {lists} {numbers}
            from (
                -- One in ten was told of before, and goes on some months later.
                select
                    i,
                    case when i % 10 = 9 then i - 9 else i end as number,
                    'TM-P' || lpad((1 + (i // 10) % 62)::varchar, 3, '0') as partner_id,
                    case
                        when i % 10 = 9 then date '2021-07-01' + {_any("again", 900)}
                        else date '2020-01-01' + {_any("day", 540)}
                    end as day
                from range({count}) as numbers (i)
            )
            """  # noqa: S608 - column names of this file
        )
        connection.execute(
            """
            insert into clean.engagements by name
            select
                ['artist', 'volunteer'][1 + i % 2] as role,
                md5((hash(number, 'person') % 200000)::varchar)::uuid as person_key,
                period_id, partner_id as partner, programme, format, district,
                'local' as origin, '18_25' as age_group,
                strftime(reported_from, '%Y-M%m') as span_id
            from (select *, row_number() over () as i, activity_key as number from clean.activities)
            """
        )


def _any(seed: str, count: int) -> str:
    """SQL for a whole number from 0 that looks like chance and is the same each time."""
    return f"(hash(i, '{seed}') % {count})::integer"


def _word(seed: str, count: int) -> str:
    return f"'{seed[:3]}' || {_any(seed, count)}"


def _by_hand() -> str:
    sums = ", ".join(f"sum({name}) as {name}" for name in (*NUMBERS, "volunteer_hours"))
    some = ", ".join(
        f"count(*) filter (where len({name}) > 0) as with_{name}, count({name}) as said_{name}"
        for name in LISTS
    )
    counts = ["activities", "free", "said_pricing", "funded", "outside", "heritage"]
    counts += [f"{said}_{name}" for name in LISTS for said in ("with", "said")]
    on_site = "format in ('in_person', 'hybrid')"
    splits = [*SPLITS, *PAIRS]
    every = ", ".join(SPLITS)
    parts = " union all by name ".join(
        f"""
        select spans.period_id, parts.element, sum(parts.with_element) as with_element
        from (
            select span_id, element, count(*) as with_element
            from (select span_id, unnest({name}) as element from clean.delivered)
            group by all
        ) as parts
        inner join clean.spans on parts.span_id = spans.span_id and spans.is_latest
        group by all
        """  # noqa: S608 - column names of this file
        for name in LISTS
    )
    return f"""
        with counted as (
            select
                span_id, {every}, count(*) as activities,
                count(*) filter (where pricing = 'free') as free,
                count(*) filter (where pricing <> 'not_stated') as said_pricing,
                count(*) filter (where legacy = 'funded') as funded,
                count(*) filter (where venue_type = 'public_space') as outside,
                count(*) filter (where discipline = 'heritage') as heritage,
                {some}
            from clean.delivered
            group by grouping sets ({_sets("span_id", splits)})
        ),

        summed as (
            select
                month_id as span_id, {every}, {sums},
                sum(attendance_in_person) filter (where count_method = 'ticket') as ticketed
            from clean.delivered
            group by grouping sets ({_sets("month_id", SPLITS)})
        )

        select
            spans.period_id, {every}, {_sums("counted", *counts)}
        from counted
        inner join clean.spans on counted.span_id = spans.span_id and spans.is_latest
        group by spans.period_id, {every}
        union all by name
        select
            spans.period_id, {every}, {_sums("summed", *NUMBERS, "volunteer_hours", "ticketed")}
        from summed
        inner join clean.spans on summed.span_id = spans.span_id
        group by spans.period_id, {every}
        union all by name
        {parts}
        {_distinct("venue", "venues", ["programme", "district"], on_site)}
        {_distinct("partner", "partners", ["programme", "format", "district"])}
        {_distinct("district", "districts", ["programme"])}
        {_distinct("unnest(partner_countries)", "countries", ["programme"])}
        {_distinct("unnest(networks)", "networks_named", [])}
        {_distinct("unnest(schools)", "schools_named", ["district"])}
        {_people("artist", "artists", "origin")}
        {_people("volunteer", "volunteers_named", "age_group")}
    """  # noqa: S608 - column names of this file


def _sets(key: str, splits: Sequence[str]) -> str:
    return ", ".join([f"({key})", *(f"({key}, {split})" for split in splits)])


def _sums(table: str, *names: str) -> str:
    return ", ".join(f"sum({table}.{name}) as {name}" for name in names)


def _distinct(thing: str, name: str, splits: Sequence[str], where: str = "true") -> str:
    columns = "".join(f"{split}, " for split in splits)
    return f"""
        union all by name
        select period_id, {columns} count(distinct thing) as {name}
        from (
            select distinct stretch_id, {columns} {thing} as thing
            from clean.delivered
            where {where}
        ) as named
        inner join clean.spans on named.stretch_id = spans.span_id
        group by grouping sets ({_sets("period_id", splits)})
    """  # noqa: S608 - column names of this file


def _people(role: str, name: str, own: str) -> str:
    splits = ["partner", "programme", "format", "district", own]
    return f"""
        union all by name
        select spans.period_id, {", ".join(splits)}, count(distinct person_key) as {name}
        from clean.engagements
        inner join clean.spans on engagements.span_id = spans.span_id
        where role = '{role}'
        group by grouping sets ({_sets("spans.period_id", splits)})
    """  # noqa: S608 - column names of this file


if __name__ == "__main__":
    sys.exit(main())
