"""Loads the programme's reference tables and refuses contradictions.

Every table is a CSV that a person edits. What is wrong in one is said with file, row and remedy
before any figure is computed from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.steps import periods
from flows.steps.catalogue import contradictions, programme
from flows.steps.catalogue.programme import Programme
from flows.steps.catalogue.rows import Row, read
from flows.steps.catalogue.tables import COMMON, OPTIONAL, OWN
from flows.steps.errors import UsageError
from flows.steps.periods import Period


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


def load(common: Path, own: Path) -> Catalogue:
    """Load both folders of tables, common to all programmes and a programme's own.

    Raises CatalogueError at the first contradiction.
    """
    tables: dict[str, tuple[Row, ...]] = {}
    for folder, specs in ((common, COMMON), (own, OWN)):
        for name, table in specs.items():
            path = folder / f"{name}.csv"
            is_left_out = name in OPTIONAL and not path.exists()
            tables[name] = () if is_left_out else read(path, table)
    loaded = Catalogue(programme.read(own / "programme.csv"), tables)
    contradictions.refuse_any(common, own, tables, loaded.programme, loaded.periods())
    return loaded


def programme_alone(own: Path) -> Catalogue:
    """Only what programme.csv says, to write a letter about the other tables. No table is in it."""
    return Catalogue(programme.read(own / "programme.csv"), {})


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
