"""All indicators at all levels over a million activities, beside one statement written by hand.

    python -m bench.bench_indicators [activities]

Activities are generated straight into clean.activities, with one register line each. Ours is all
that a night does from there: clean.delivered, the spans, and every SELECT folded into values. The
statement by hand joins activities with periods and counts every level by grouping sets; it leaves
out months, shares, precision, and the words of the latest report, which ours tells. Each runs in a
process of its own, on a warehouse on disk, with the same memory to use: 750 MB up to a million
activities, 6 GB above, where people counted anew in each period have to fit.
"""

import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from flows.steps import indicators, warehouse
from flows.steps.settings import CHECKOUT
from flows.steps.submissions import Known
from tests.given import catalogue

SQL = CHECKOUT / "sql"
NOW = datetime(2024, 1, 25, tzinfo=UTC)
SETTINGS = "set threads = 2; set preserve_insertion_order = false; set memory_limit = '{}'"
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
SPLITS = ("partner_id", "format", *WORDS)


def main() -> int:
    if len(sys.argv) == 4:
        return _measure(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        memory = "750MB" if count <= 1_000_000 else "6GB"
        _generate(path, count)
        for what in ("ours", "by hand"):
            done = [sys.executable, "-m", "bench.bench_indicators", str(path), what, memory]
            subprocess.run(done, check=True)
    return 0


def _measure(path: Path, what: str, memory: str) -> int:
    with warehouse.connect(path) as connection:
        connection.execute(SETTINGS.format(memory))
        started = time.perf_counter()
        if what == "ours":
            for name in ("clean/courses", "clean/delivered", "clean/spans"):
                warehouse.run(connection, SQL, name)
            indicators.start(connection)
            for select in sorted((SQL / "indicators").glob("*.sql")):
                indicators.fold(connection, select.stem, select.read_text("utf-8"))
            found = "select count(*) as n from monitor.indicator_values"
        else:
            connection.execute(f"create table monitor.by_hand as {_by_hand()}")
            found = "select count(*) as n from monitor.by_hand"
        seconds = time.perf_counter() - started
        values = warehouse.rows(connection, found)[0]["n"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:8} {seconds:7.1f} s {peak:6.0f} MiB {values:9} rows")
    return 0


def _generate(path: Path, count: int) -> None:
    with warehouse.connect(path) as connection:
        connection.execute(SETTINGS.format("750MB"))
        warehouse.load(connection, catalogue(), [], {}, SQL)
        warehouse.derive(connection, Known((), {}, {}, 0, "", None), [], NOW, SQL)
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
    sets = ", ".join(["(period_id)", *(f"(period_id, {name})" for name in SPLITS)])
    parts = " union all by name ".join(
        f"""
        select period_id, {name}, count(*) as activities
        from (select period_id, programme, unnest({name}) as {name} from placed)
        group by all
        """  # noqa: S608 - column names of this file
        for name in LISTS
    )
    people = ("partner", "programme", "format", "district", "origin", "age_group")
    people_sets = ", ".join(
        ["(period_id, role)", *(f"(period_id, role, {name})" for name in people)]
    )
    return f"""
        with placed as (
            select periods.period_id, activities.* exclude (period_id)
            from clean.activities
            inner join reference.periods
                on activities.reported_from < periods.ends_before
                and activities.reported_to >= periods.starts_on
            where activities.status = 'delivered' and periods.begins_on <= date '{NOW:%Y-%m-%d}'
        )
        select
            period_id, {", ".join(SPLITS)}, count(*) as activities,
            count(*) filter (where pricing = 'pric1') as free,
            count(*) filter (where legacy = 'lega1') as funded,
            count(*) filter (where venue_type = 'venu1') as outside,
            {sums}, {some}
        from placed
        group by grouping sets ({sets})
        union all by name
        select period_id, programme, district, count(distinct venue) as venues
        from placed
        group by grouping sets ((period_id), (period_id, programme), (period_id, district))
        union all by name
        select period_id, programme, format, district, count(distinct partner_id) as partners
        from placed
        group by grouping sets (
            (period_id), (period_id, programme), (period_id, format), (period_id, district)
        )
        union all by name
        {parts}
        union all by name
        select period_id, role, {", ".join(people)}, count(distinct person_key) as people
        from (
            select periods.period_id, engagements.* exclude (period_id)
            from clean.engagements
            inner join reference.periods as months on engagements.span_id = months.period_id
            inner join reference.periods
                on months.starts_on < periods.ends_before
                and months.ends_before > periods.starts_on
            where periods.begins_on <= date '{NOW:%Y-%m-%d}'
        )
        group by grouping sets ({people_sets})
    """  # noqa: S608 - column names of this file


if __name__ == "__main__":
    sys.exit(main())
