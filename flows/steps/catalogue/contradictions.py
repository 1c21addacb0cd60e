"""What no table may say: what another table contradicts, or what cannot be."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flows.steps.catalogue.programme import Programme
from flows.steps.catalogue.rows import Row, refuse
from flows.steps.catalogue.tables import COMMON, OWN, Table
from flows.steps.periods import Period

Tables = Mapping[str, tuple[Row, ...]]


def refuse_any(
    common: Path, own: Path, tables: Tables, programme: Programme, periods: Sequence[Period]
) -> None:
    """Raise CatalogueError at the first contradiction in the tables of these two folders."""
    for folder, specs in ((common, COMMON), (own, OWN)):
        for name, table in specs.items():
            _refuse_unknown_names(folder / f"{name}.csv", table, tables)
    _refuse_unknown_conditions(common / "form_fields.csv", tables)
    known = {period.period_id: period for period in periods}
    for name in ("targets", "targets_profiles", "baselines", "external"):
        _refuse_unknown_figures(own / f"{name}.csv", tables, known)
    _refuse_times_that_end_first(own, tables, programme)
    _refuse_contradictory_targets(own / "targets.csv", tables)
    _refuse_impossible_profiles(own / "targets_profiles.csv", tables, known)


def _refuse_unknown_names(path: Path, table: Table, tables: Tables) -> None:
    for column in table.columns:
        if column.names is None:
            continue
        other, _, field = column.names.partition(".")
        known = {row[field] for row in tables[other]}
        for number, row in enumerate(tables[path.stem], start=2):
            if row[column.name] is not None and row[column.name] not in known:
                what = (
                    f"{column.name} {row[column.name]} does not stand in {other}.csv. "
                    "Correct it here, or add it there."
                )
                raise refuse(path, number, what)


def _refuse_unknown_conditions(path: Path, tables: Tables) -> None:
    known = {"always", "expected", "no"} | {r["condition_id"] for r in tables["conditions"]}
    lists = {row["vocabulary"] for row in tables["vocabularies"]}
    lists |= {"partners", "projects", "programmes", "districts", "objectives"}
    lists |= {"activities", "calls"}
    for number, row in enumerate(tables["form_fields"], start=2):
        if row["required"] not in known:
            what = f"required is {row['required']!r}. Use one of: {', '.join(sorted(known))}."
            raise refuse(path, number, what)
        if row["vocabulary"] is not None and row["vocabulary"] not in lists:
            what = f"there is no vocabulary {row['vocabulary']}. Add it to vocabularies.csv."
            raise refuse(path, number, what)


def _refuse_unknown_figures(path: Path, tables: Tables, known: Mapping[str, Period]) -> None:
    measures = {(row["indicator_id"], row["measure"]) for row in tables["indicators"]}
    for number, row in enumerate(tables[path.stem], start=2):
        if (row["indicator_id"], row["measure"]) not in measures:
            what = (
                f"indicator {row['indicator_id']} has no measure {row['measure'] or '(blank)'}. "
                "See indicators.csv."
            )
            raise refuse(path, number, what)
        if (row["dimension"] is None) != (row["category"] is None):
            raise refuse(path, number, "dimension and category go together: fill in both or none.")
        # A value published of a year before the programme is a fair baseline.
        if path.stem.startswith("targets") and row["period_id"] not in known:
            what = f"the programme has no period {row['period_id']}. Write for example 2020-Q4."
            raise refuse(path, number, what)


def _refuse_contradictory_targets(path: Path, tables: Tables) -> None:
    for number, row in enumerate(tables["targets"], start=2):
        needed = ("low", "high") if row["kind"] == "corridor" else ("value",)
        missing = [name for name in needed if row[name] is None]
        if missing:
            what = f"a target of kind {row['kind']} needs {' and '.join(missing)}."
            raise refuse(path, number, what)
        if row["kind"] == "corridor" and row["low"] > row["high"]:
            raise refuse(path, number, "low is above high. Exchange them.")
        one_way = {"maximum": "down", "at_least_share": "up"}.get(row["kind"])
        if one_way is not None and row["direction"] != one_way:
            what = f"a target of kind {row['kind']} has the direction {one_way}. Write that."
            raise refuse(path, number, what)


def _refuse_impossible_profiles(path: Path, tables: Tables, known: Mapping[str, Period]) -> None:
    """A profile belongs to a target, lies within its period, and does not fall."""
    names = ("indicator_id", "measure", "dimension", "category", "period_id")
    targeted = {tuple(row[name] for name in names) for row in tables["targets"]}
    reached: dict[tuple[Any, ...], tuple[date, float]] = {}
    for number, row in enumerate(tables["targets_profiles"], start=2):
        key = tuple(row[name] for name in names)
        if key not in targeted:
            raise refuse(path, number, "there is no such target in targets.csv. Add it there.")
        period = known[row["period_id"]]
        if not period.starts_on <= row["reached_by"] < period.ends_before:
            what = f"{row['reached_by']} is not in {period.period_id}. Choose a day within it."
            raise refuse(path, number, what)
        day, share = reached.get(key, (date.min, 0.0))
        if not (day < row["reached_by"] and share <= row["share"] <= 1):
            what = "days and shares must rise from row to row, and no share passes 1."
            raise refuse(path, number, what)
        reached[key] = row["reached_by"], row["share"]


def _refuse_times_that_end_first(own: Path, tables: Tables, programme: Programme) -> None:
    if programme.ends_on < programme.starts_on:
        raise refuse(own / "programme.csv", 1, "ends_on is before starts_on. Correct them.")
    for number, row in enumerate(tables["partners"], start=2):
        if row["left_on"] is not None and row["left_on"] < row["joined_on"]:
            what = "left_on is before joined_on. Correct one of the two."
            raise refuse(own / "partners.csv", number, what)
