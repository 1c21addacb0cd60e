"""Loads the programme's reference tables and refuses contradictions.

Every table is a CSV that a person edits. What is wrong in one is said with file, row and remedy
before any figure is computed from it.
"""

import csv
import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows.steps import periods
from flows.steps.errors import CatalogueError, UsageError
from flows.steps.periods import Period

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column of a table: its type, whether it may be blank, and what it must name.

    kind is text, date, integer, number, flag (yes or no), or the allowed words with | between.
    """

    name: str
    kind: str = "text"
    is_required: bool = False
    names: str | None = None


@dataclass(frozen=True)
class Table:
    """What a table is made of; no two rows agree in all columns of its key."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]


def _table(key: str, *columns: str) -> Table:
    """A table from lines such as `end_on date`, `name! text`, `aim_id! -> ecoc_aims.aim_id`."""
    parsed = []
    for line in columns:
        declared, _, names = line.partition(" -> ")
        name, _, kind = declared.partition(" ")
        parsed.append(Column(name.rstrip("!"), kind or "text", name.endswith("!"), names or None))
    return Table(tuple(parsed), tuple(key.split()))


COMMON = {
    "sheets": _table(
        "sheet", "sheet!", "label_ro!", "label_en!", "key_fields", "position! integer"
    ),
    "form_fields": _table(
        "sheet field",
        "sheet! -> sheets.sheet",
        "field!",
        "label_ro!",
        "label_en!",
        "type! text|long_text|code|integer|decimal|date|choice|multi|yes_no|email|url",
        "required!",
        "vocabulary",
        "minimum number",
        "maximum number",
        "is_short! flag",
        "help_ro",
        "help_en",
        "example",
    ),
    "conditions": _table("condition_id", "condition_id!", "expression!", "words_ro!", "words_en!"),
    "vocabularies": _table(
        "vocabulary code", "vocabulary!", "code!", "label_ro!", "label_en!", "position! integer"
    ),
    "rules": _table(
        "rule",
        "rule!",
        "severity! stop|reject|warn",
        "name_ro!",
        "name_en!",
        "message_ro!",
        "message_en!",
        "since date",
    ),
    "ecoc_aims": _table(
        "aim_id",
        "aim_id!",
        "legal_order! integer",
        "display_order! integer",
        "article!",
        "wording_ro!",
        "wording_en!",
        "short_ro!",
        "short_en!",
    ),
    "indicators": _table(
        "indicator_id measure",
        "indicator_id!",
        "measure",
        "is_core! flag",
        "name_ro!",
        "name_en!",
        "note_ro",
        "note_en",
        "group_ro!",
        "group_en!",
        "unit!",
        "is_share! flag",
        "additivity!",
        "minimum_base integer",
        # Small counts of these people are hidden from the public.
        "counts_people artists|volunteers|participants|applicants|audience",
        "disaggregations",
        "ecoc_aims",
        "source",
        "definition_ro!",
        "definition_en!",
        "position! integer",
    ),
    "calendar_rules": _table(
        "rule_id",
        "rule_id!",
        "what_ro!",
        "what_en!",
        "years_from_title! integer",
        "month! integer",
        "day! integer",
        "source",
    ),
}
_FIGURE = (
    "indicator_id! -> indicators.indicator_id",
    "measure",
    "dimension",
    "category",
    "period_id!",
)
_FIGURE_KEY = "indicator_id measure dimension category period_id"
OWN = {
    "programmes": _table(
        "programme_id", "programme_id!", "name_ro!", "name_en!", "starts_on date", "ends_on date"
    ),
    "partners": _table(
        "partner_id",
        "partner_id!",
        "name!",
        "legal_type!",
        "sector",
        "language! ro|en",
        "joined_on! date",
        "left_on date",
    ),
    "projects": _table(
        "project_id",
        "project_id!",
        "partner_id! -> partners.partner_id",
        "programme_id! -> programmes.programme_id",
        "title!",
    ),
    "objectives": _table(
        "objective_id",
        "objective_id!",
        "kind! aim|objective|direction",
        "wording_ro!",
        "wording_en!",
        "position! integer",
    ),
    "links": _table(
        "objective_id aim_id",
        "objective_id! -> objectives.objective_id",
        "aim_id! -> ecoc_aims.aim_id",
        "bullets integer",
    ),
    "districts": _table("district_code", "district_code!", "name!", "zone! centre|other", "sector"),
    "calls": _table(
        "call_id",
        "call_id!",
        "title_ro!",
        "title_en!",
        "programme_id! -> programmes.programme_id",
        "partner_id! -> partners.partner_id",
        "is_in_situ! flag",
        "venue",
    ),
    "funders": _table("funder_id", "funder_id!", "name_ro!", "name_en!"),
    "targets": _table(
        f"{_FIGURE_KEY} decided_on",
        *_FIGURE,
        "kind! annual|cumulative|milestone|at_least_share|corridor|maximum",
        "value number",
        "low number",
        "high number",
        "direction! up|down",
        "decided_on! date",
        "decided_by!",
        "reason",
    ),
    "targets_profiles": _table(
        f"{_FIGURE_KEY} reached_by", *_FIGURE, "reached_by! date", "share! number"
    ),
    "baselines": _table(_FIGURE_KEY, *_FIGURE, "value! number", "source!"),
    "external": _table(
        f"{_FIGURE_KEY} observed_on",
        *_FIGURE,
        "value number",
        "precision! exact|at_least|between",
        "low number",
        "high number",
        "observed_on! date",
        "source!",
        "sample",
        "note",
    ),
    "reminders": _table("days_from_deadline", "days_from_deadline! integer", "note"),
    "publications": _table(
        "audience kind",
        "audience!",
        "kind! quarter|year",
        "days_after_deadline! integer",
        "approval! automatic|officer",
    ),
}

# A programme that expects its targets to grow evenly, or reminds nobody, has no such file.
_OPTIONAL = frozenset({"targets_profiles", "reminders"})


@dataclass(frozen=True)
class Programme:
    """What programme.csv says: the names, the title year, how and when partners report.

    Shares are 0 to 1. The four before has_matrix are the limits of the send gate.
    """

    programme_id: str
    name_ro: str
    name_en: str
    title_year: int
    starts_on: date
    ends_on: date
    reporting_kind: str
    deadline_days: int
    contact: str
    sender_name: str
    sender_address: str
    at_risk_share: float
    reached_share: float
    not_stated_warn_share: float
    not_stated_hold_share: float
    oldest_data_days: int
    coverage_floor: float
    largest_move_share: float
    has_matrix: bool
    is_demonstration: bool


@dataclass(frozen=True)
class Catalogue:
    """The reference tables of one programme, typed, checked against each other."""

    programme: Programme
    tables: Mapping[str, tuple[Row, ...]]

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        return self.tables[table]

    def periods(self) -> list[Period]:
        """Every period of the programme, in order."""
        programme = self.programme
        return periods.calendar(programme.starts_on, _day_after(programme.ends_on))

    def period(self, period_id: str) -> Period:
        """The period of an id. Raises UsageError when the programme has no such period."""
        wanted = periods.parse(period_id, self.programme.starts_on)
        known = {period.period_id: period for period in self.periods()}
        if wanted.period_id not in known:
            msg = (
                f"{period_id} lies outside the programme, which runs from "
                f"{self.programme.starts_on} to {self.programme.ends_on}."
            )
            raise UsageError(msg)
        return known[wanted.period_id]

    def partner_ids(self) -> frozenset[str]:
        """Codes of all partners, those that have left included."""
        return frozenset(row["partner_id"] for row in self["partners"])


def load(common: Path, programme: Path) -> Catalogue:
    """Load both folders of tables. Raises CatalogueError at the first contradiction."""
    tables: dict[str, tuple[Row, ...]] = {}
    for folder, specs in ((common, COMMON), (programme, OWN)):
        for name, table in specs.items():
            path = folder / f"{name}.csv"
            is_left_out = name in _OPTIONAL and not path.exists()
            tables[name] = () if is_left_out else _read(path, table)
    for folder, specs in ((common, COMMON), (programme, OWN)):
        for name, table in specs.items():
            _refuse_unknown_names(folder / f"{name}.csv", table, tables)
    loaded = Catalogue(_programme(programme / "programme.csv"), tables)
    _refuse_unknown_conditions(common / "form_fields.csv", tables)
    for name in ("targets", "targets_profiles", "baselines", "external"):
        _refuse_unknown_figures(programme / f"{name}.csv", tables, name, loaded)
    _refuse_times_that_end_first(programme, loaded)
    _refuse_contradictory_targets(programme / "targets.csv", tables["targets"])
    _refuse_impossible_profiles(programme / "targets_profiles.csv", tables, loaded)
    return loaded


def programme_alone(programme: Path) -> Catalogue:
    """Only what programme.csv says, to write a letter about the other tables. No table is in it."""
    return Catalogue(_programme(programme / "programme.csv"), {})


def fold(word: str) -> str:
    """Letters without case, accents or doubled blanks: the same as the SQL macro of that name."""
    apart = unicodedata.normalize("NFD", " ".join(word.split()))
    return "".join(c for c in apart if not unicodedata.combining(c)).lower()


def refuse(path: Path, row: int, what: str) -> CatalogueError:
    """The error of one row: row 1 is the header, as a spreadsheet shows it."""
    return CatalogueError(f"{path.parent.name}/{path.name}, row {row}: {what}")


def read_rows(
    path: Path, expected: list[str], may_lack: str | None = None
) -> list[tuple[int, dict[str, str]]]:
    """Rows of a CSV with their number, blank cells as ''. Raises CatalogueError.

    A column that the file may lack is then blank in every row.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header = list(reader.fieldnames or ())
            lacking = {may_lack: ""} if may_lack and may_lack not in header else {}
            if header != [name for name in expected if name not in lacking]:
                what = f"the columns must be {','.join(expected)}; found {','.join(header)}."
                raise refuse(path, 1, what)
            rows = []
            for row in reader:
                if None in row or None in row.values():
                    what = "has more or fewer cells than the header. Quote cells with commas."
                    raise refuse(path, reader.line_num, what)
                cells = {name: text.strip() for name, text in row.items()}
                rows.append((reader.line_num, cells | lacking))
            return rows
    except FileNotFoundError as error:
        msg = f"{path.parent.name}/{path.name} is missing. Add it, with at least its header row."
        raise CatalogueError(msg) from error
    except (UnicodeDecodeError, csv.Error) as error:
        msg = f"{path.parent.name}/{path.name} is no CSV in UTF-8 ({error}). Save it as such."
        raise CatalogueError(msg) from error


def _read(path: Path, table: Table) -> tuple[Row, ...]:
    rows = []
    seen: dict[tuple[Any, ...], int] = {}
    for number, texts in read_rows(path, [column.name for column in table.columns]):
        row = {c.name: _value(path, number, c, texts[c.name]) for c in table.columns}
        key = tuple(row[name] for name in table.key)
        if key in seen:
            words = ", ".join(f"{n} {v}" for n, v in zip(table.key, key, strict=True) if v)
            raise refuse(path, number, f"{words} stands in row {seen[key]} already. Keep one.")
        seen[key] = number
        rows.append(row)
    return tuple(rows)


def _value(path: Path, row: int, column: Column, text: str) -> Any:  # noqa: ANN401 - a cell
    if not text:
        if column.is_required:
            raise refuse(path, row, f"{column.name} is blank. Fill it in.")
        return None
    convert, example = _KINDS.get(column.kind, (None, column.kind.replace("|", ", ")))
    if column.kind == "text":
        return text
    if convert is None:
        if text in column.kind.split("|"):
            return text
    else:
        try:
            return convert(text)
        except ValueError:
            pass
    raise refuse(path, row, f"{column.name} is {text!r}. Write for example: {example}.")


def _flag(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(text)
    return text == "yes"


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


_KINDS: dict[str, tuple[Callable[[str], Any], str]] = {
    "date": (date.fromisoformat, "2020-12-31"),
    "integer": (int, "12"),
    "number": (_number, "12.5"),
    "flag": (_flag, "yes, no"),
}


def _refuse_unknown_names(path: Path, table: Table, tables: Mapping[str, tuple[Row, ...]]) -> None:
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


def _refuse_unknown_conditions(path: Path, tables: Mapping[str, tuple[Row, ...]]) -> None:
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


def _refuse_unknown_figures(
    path: Path, tables: Mapping[str, tuple[Row, ...]], name: str, catalogue: Catalogue
) -> None:
    measures = {(row["indicator_id"], row["measure"]) for row in tables["indicators"]}
    known = {period.period_id for period in catalogue.periods()}
    for number, row in enumerate(tables[name], start=2):
        if (row["indicator_id"], row["measure"]) not in measures:
            what = (
                f"indicator {row['indicator_id']} has no measure {row['measure'] or '(blank)'}. "
                "See indicators.csv."
            )
            raise refuse(path, number, what)
        if (row["dimension"] is None) != (row["category"] is None):
            raise refuse(path, number, "dimension and category go together: fill in both or none.")
        # A value published of a year before the programme is a fair baseline.
        if name.startswith("targets") and row["period_id"] not in known:
            what = f"the programme has no period {row['period_id']}. Write for example 2020-Q4."
            raise refuse(path, number, what)


def _refuse_contradictory_targets(path: Path, targets: tuple[Row, ...]) -> None:
    for number, row in enumerate(targets, start=2):
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


def _refuse_impossible_profiles(
    path: Path, tables: Mapping[str, tuple[Row, ...]], catalogue: Catalogue
) -> None:
    """A profile belongs to a target, lies within its period, and does not fall."""
    names = ("indicator_id", "measure", "dimension", "category", "period_id")
    targeted = {tuple(row[name] for name in names) for row in tables["targets"]}
    known = {period.period_id: period for period in catalogue.periods()}
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


def _refuse_times_that_end_first(folder: Path, catalogue: Catalogue) -> None:
    if catalogue.programme.ends_on < catalogue.programme.starts_on:
        raise refuse(folder / "programme.csv", 1, "ends_on is before starts_on. Correct them.")
    for number, row in enumerate(catalogue["partners"], start=2):
        if row["left_on"] is not None and row["left_on"] < row["joined_on"]:
            what = "left_on is before joined_on. Correct one of the two."
            raise refuse(folder / "partners.csv", number, what)


def _programme(path: Path) -> Programme:
    given = {
        row["key"]: (number, row["value"])
        for number, row in read_rows(path, ["key", "value", "note"])
    }

    def take(key: str, kind: str = "text") -> Any:  # noqa: ANN401 - a cell
        if key not in given:
            what = f"the key {key} is missing. Add a row for it."
            raise refuse(path, len(given) + 1, what)
        number, text = given[key]
        return _value(path, number, Column(key, kind, is_required=True), text)

    return Programme(
        programme_id=path.parent.name,
        name_ro=take("name_ro"),
        name_en=take("name_en"),
        title_year=take("title_year", "integer"),
        starts_on=take("starts_on", "date"),
        ends_on=take("ends_on", "date"),
        reporting_kind=take("reporting_kind", "month|quarter|half|year"),
        deadline_days=take("deadline_days", "integer"),
        contact=take("contact"),
        sender_name=take("sender_name"),
        sender_address=take("sender_address"),
        at_risk_share=take("at_risk_share", "number"),
        reached_share=take("reached_share", "number"),
        not_stated_warn_share=take("not_stated_warn_share", "number"),
        not_stated_hold_share=take("not_stated_hold_share", "number"),
        oldest_data_days=take("oldest_data_days", "integer"),
        coverage_floor=take("coverage_floor", "number"),
        largest_move_share=take("largest_move_share", "number"),
        has_matrix=take("has_matrix", "flag"),
        is_demonstration=take("is_demonstration", "flag"),
    )


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
