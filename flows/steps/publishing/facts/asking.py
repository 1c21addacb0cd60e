"""What the facts are made of: questions to the warehouse about a period, and its figures by key."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flows.steps import warehouse
from flows.steps.periods import Period
from flows.steps.warehouse import Connection
from reports.model import Decision, Figure, PeriodLabel, Target, Text

Row = dict[str, Any]
Key = tuple[str, str | None, str | None, str | None]


class Questions:
    """Asks the warehouse about one period."""

    def __init__(self, connection: Connection, sql: Path, period: Period) -> None:
        self._connection, self._sql, self._period = connection, sql, period

    def __call__(self, name: str, **parameters: str) -> list[Row]:
        """The answer of sql/<name>.sql about the period."""
        select = warehouse.select(self._sql, name)
        if "$period_id" in select:
            parameters = {"period_id": self._period.period_id, **parameters}
        return warehouse.rows(self._connection, select, parameters)


class Figures:
    """The computed figures of one period, by key."""

    def __init__(self, rows: list[Row], histories: dict[Key, tuple[Decision, ...]]) -> None:
        self._rows = {key_of(row): row for row in rows if row["source"] == "computed"}
        self._histories = histories

    def __call__(
        self,
        indicator_id: str,
        measure: str | None = None,
        dimension: str | None = None,
        category: str | None = None,
    ) -> Figure | None:
        """A figure, or None where there is none with that key."""
        row = self._rows.get((indicator_id, measure, dimension, category))
        return figure_of(row) if row else None

    def total(self, indicator_id: str, measure: str | None = None) -> Figure:
        """The figure over everything; the spine has one for each computed indicator."""
        return figure_of(self._rows[(indicator_id, measure, None, None)])

    def count(self, indicator_id: str, dimension: str, category: str) -> int:
        """A count that is 0 where there is no row."""
        row = self._rows.get((indicator_id, None, dimension, category))
        return int(row["numerator"]) if row else 0

    def target(self, indicator_id: str) -> Target | None:
        """What was agreed for the total."""
        return self.agreed(self._rows[(indicator_id, None, None, None)])

    def agreed(self, row: Row) -> Target | None:
        """What was agreed for a figure, and how that came about."""
        if row["target_kind"] is None:
            return None
        return Target(
            row["target_kind"],
            row["target"],
            row["target_low"],
            row["target_high"],
            row["expected"],
            self._histories.get(key_of(row), ()),
        )


def key_of(row: Row) -> Key:
    """What tells a figure from the others of its period."""
    return row["indicator_id"], row["measure"], row["dimension"], row["category"]


def figure_of(row: Row) -> Figure:
    """A row of monitor.figures as the pages know it."""
    return Figure(**{name: row[name] for name in Figure.__dataclass_fields__ if name in row})


def text_of(row: Row, name: str) -> Text:
    """The words of a pair of columns; blank where the table has none."""
    return Text(row[f"{name}_ro"] or "", row[f"{name}_en"] or "")


def histories(rows: list[Row]) -> dict[Key, tuple[Decision, ...]]:
    """All that was ever decided about each target, oldest first."""
    found: dict[Key, tuple[Decision, ...]] = {}
    for row in rows:
        decision = Decision(**{name: row[name] for name in Decision.__dataclass_fields__})
        found[key_of(row)] = (*found.get(key_of(row), ()), decision)
    return found


def period_label(period: Period) -> PeriodLabel:
    """A period as the pages know it."""
    return PeriodLabel(period.period_id, period.kind, period.starts_on, period.ends_on)


def months_of(period: Period) -> list[date]:
    """First days of the months of a period."""
    months, day = [], period.starts_on.replace(day=1)
    while day < period.ends_before:
        months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return months
