"""Who reports about what, in which language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.catalogue.rows import Row
from flows.steps.periods import Period
from reports.locale import Locale
from reports.model import Language, PeriodLabel, Text


@dataclass(frozen=True)
class Occasion:
    """One partner, one period, one language: what a workbook is made for."""

    catalogue: Catalogue
    partner: Row
    period: Period
    language: Language

    def say(self, text: Text, **parts: str) -> str:
        """Our words in the language of the workbook."""
        return self.locale.say(text, **parts)

    def label(self, row: Row, name: str = "label") -> str:
        """What a row of the catalogue is called in the language of the workbook."""
        return row[f"{name}_{self.language}"]

    def fields(self, sheet: str) -> Sequence[Row]:
        """The questions of a sheet, in the form's order."""
        return [row for row in self.catalogue["form_fields"] if row["sheet"] == sheet]

    @cached_property
    def locale(self) -> Locale:
        """How numbers and dates are said."""
        return Locale(self.language)

    @cached_property
    def title(self) -> dict[str, str]:
        """What each sheet of the form is called."""
        return {row["sheet"]: self.label(row) for row in self.catalogue["sheets"]}

    @cached_property
    def programme_name(self) -> str:
        """What the programme is called."""
        programme = self.catalogue.programme
        return programme.name_ro if self.language == "ro" else programme.name_en

    @cached_property
    def period_name(self) -> str:
        """The period in words."""
        period = self.period
        label = PeriodLabel(period.period_id, period.kind, period.starts_on, period.ends_on)
        return self.locale.period(label)

    @cached_property
    def due_on(self) -> date:
        """The last day on which the report is in time."""
        return periods.due_on(self.period, self.catalogue.programme.deadline_days)

    @cached_property
    def projects(self) -> Sequence[Row]:
        """The partner's own projects."""
        own = self.partner["partner_id"]
        return [row for row in self.catalogue["projects"] if row["partner_id"] == own]
