"""What one report is made of: records of figures and of the words that are the programme's own.

Pages draw from these records and from nothing else, so a page can hold no figure of its own.
A missing value is None and is printed as such; it is never zero.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Language = Literal["ro", "en"]
Precision = Literal["exact", "at_least", "between", "no_data"]
Status = Literal["reached", "at_risk", "behind", "no_data", "not_comparable"]
State = Literal["NOT_DUE", "REPORTED", "NIL", "LATE", "EXCUSED", "MISSING"]


class Text(NamedTuple):
    """The same words in both languages."""

    ro: str
    en: str

    def in_(self, language: Language) -> str:
        """The words in one language."""
        return self.ro if language == "ro" else self.en


@dataclass(frozen=True)
class PeriodLabel:
    """A period as it is printed. ends_on is its last day."""

    period_id: str
    kind: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Edition:
    """What an edition says of itself on its cover and in its foot.

    data_until is the local day of the last submission that is in. head are the first 12 hex
    digits of the ledger's last entry, so that the report vouches for the book. at_risk_share and
    reached_share are the shares of a target from which a figure is at risk, and reached.
    """

    programme_id: str
    programme_name: Text
    audience: str
    period: PeriodLabel
    previous: PeriodLabel | None
    version: int
    data_until: date
    head: str
    contact: str
    is_demonstration: bool
    at_risk_share: float = 0.80
    reached_share: float = 0.95


@dataclass(frozen=True)
class Figure:
    """One value, with what it rests on. A share is 0 to 1. code is the figure's passport.

    value is None when precision is no_data, and also for between, where low and high stand.
    """

    indicator_id: str
    measure: str | None
    period_id: str
    dimension: str | None
    category: str | None
    unit: str
    value: float | None
    numerator: float | None
    denominator: float | None
    precision: Precision
    low: float | None
    high: float | None
    code: str


@dataclass(frozen=True)
class Target:
    """What was agreed. value for one number; low and high for a corridor.

    kind: annual, cumulative, milestone, at_least_share, corridor, maximum.
    """

    kind: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class External:
    """What somebody else published of the same thing; beside ours, never mixed with it.

    low and high stand where precision is between.
    """

    value: float | None
    precision: Precision
    source: str
    observed_on: date
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class IndicatorLine:
    """One row of the table of indicators. trend is cumulative, month by month, None where unknown.

    is_share decides between a number and a per cent. trend is empty where none can be drawn.
    """

    figure: Figure
    name: Text
    note: Text
    group: Text
    is_share: bool
    target: Target | None
    status: Status | None
    previous: Figure | None
    trend: tuple[float | None, ...]
    external: External | None


@dataclass(frozen=True)
class FormatSeries:
    """Activities of one format by the month in which each began; they add up to its total."""

    format_id: str
    label: Text
    counts: tuple[int, ...]
    figure: Figure
    share: Figure | None


@dataclass(frozen=True)
class ActivityCalendar:
    """Activities of the period by month and format. months are their first days."""

    months: tuple[date, ...]
    series: tuple[FormatSeries, ...]
    total: Figure

    @property
    def monthly_totals(self) -> tuple[int, ...]:
        """All formats together, month by month."""
        return tuple(sum(s.counts[i] for s in self.series) for i in range(len(self.months)))


@dataclass(frozen=True)
class OpenCall:
    """One open call, closed in the period. eligible is None when it was not reported."""

    call_id: str
    title: str
    programme: str
    is_in_situ: bool
    applications: int | None
    applicants: int | None
    eligible: int | None
    applicants_selected: int | None


@dataclass(frozen=True)
class OpenCalls:
    """All open calls of the period, with the figures over all of them."""

    calls: tuple[OpenCall, ...]
    applicants: Figure
    eligible: int | None
    selected: Figure
    rate: Figure
    target: Target | None


@dataclass(frozen=True)
class Aim:
    """One of the six aims of the European Capital of Culture action, in the programme's order."""

    aim_id: str
    article: str
    wording: Text
    short: Text


@dataclass(frozen=True)
class AimCell:
    """Where an objective meets an aim. bullets 0 to 3: how much was promised; activities: done."""

    bullets: int
    activities: int


@dataclass(frozen=True)
class ObjectiveRow:
    """One aim or objective of the city, verbatim, with its cells in the order of the aims."""

    objective_id: str
    kind: str
    wording: Text
    cells: tuple[AimCell, ...]
    activities: int


@dataclass(frozen=True)
class Aims:
    """How activities touch the aims. has_matrix: the programme promised intensities (bullets).

    An activity counts wherever it is linked, so rows and columns do not add up. totals are, per
    aim, the activities that touch it. unlinked are activities that name no objective at all.
    """

    aims: tuple[Aim, ...]
    has_matrix: bool
    rows: tuple[ObjectiveRow, ...]
    totals: tuple[int, ...]
    activities: int
    unlinked: int


@dataclass(frozen=True)
class PartnerLine:
    """One partner and its state in each reporting period, oldest first."""

    partner_id: str
    name: str
    states: tuple[State, ...]
    open_findings: int

    @property
    def reported(self) -> int:
        """How many of its reports have come, in time or late."""
        return sum(state in ("REPORTED", "NIL", "LATE") for state in self.states)

    @property
    def due(self) -> int:
        """How many were due: not those still to come, nor those it was excused from."""
        return sum(state not in ("NOT_DUE", "EXCUSED") for state in self.states)


@dataclass(frozen=True)
class Reporting:
    """Who reported. periods are the reporting periods that the report covers, oldest first."""

    periods: tuple[PeriodLabel, ...]
    partners: tuple[PartnerLine, ...]
    rate: Figure
    deadline_days: int


@dataclass(frozen=True)
class RowCount:
    """Rows of one sheet over all files that are in: seen = stored + quarantined + set aside."""

    sheet: str
    label: Text
    seen: int
    stored: int
    quarantined: int
    set_aside: int


@dataclass(frozen=True)
class RuleCount:
    """How often one rule found something. severity is stop, reject or warn."""

    rule: str
    wording: Text
    severity: str
    findings: int
    partners: int


@dataclass(frozen=True)
class Quality:
    """How good the data are: every row accounted for, every rule that found something.

    replaced are rows that a later report of the same activity took the place of.
    unclassified are the activities whose format, district, discipline or artists' origin is
    not stated (Q04), by field.
    """

    files: int
    files_rejected: int
    rows: tuple[RowCount, ...]
    replaced: int
    rules: tuple[RuleCount, ...]
    unclassified: tuple[tuple[Text, Figure], ...]


@dataclass(frozen=True)
class Definition:
    """What a figure counts and does not count, as the annex prints it."""

    name: Text
    meaning: Text


@dataclass(frozen=True)
class Deadline:
    """Something that is due next, computed from the calendar."""

    due_on: date
    what: Text


@dataclass(frozen=True)
class Facts:
    """All that one report needs."""

    edition: Edition
    indicators: tuple[IndicatorLine, ...]
    calendar: ActivityCalendar
    calls: OpenCalls
    aims: Aims
    reporting: Reporting
    quality: Quality
    definitions: tuple[Definition, ...]
    deadlines: tuple[Deadline, ...]
