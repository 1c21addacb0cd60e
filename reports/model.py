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

    version is None where it is drawn and not published. data_until is the local day of the last
    submission that is in. head are the first 12 hex digits of the ledger's last entry, so that the
    report vouches for the book. at_risk_share and reached_share are the shares of a target from
    which a figure is at risk, and reached; above not_stated_warn_share the report points out
    what is not stated. reader names whom it was made for, where the audience has several.
    """

    programme_id: str
    programme_name: Text
    audience: str
    period: PeriodLabel
    previous: PeriodLabel | None
    version: int | None
    data_until: date
    head: str
    contact: str
    is_demonstration: bool
    at_risk_share: float = 0.80
    reached_share: float = 0.95
    not_stated_warn_share: float = 0.05
    reader: Text | None = None


@dataclass(frozen=True)
class Figure:
    """One value, with what it rests on. A share is 0 to 1. code is the figure's passport.

    value is None when precision is no_data, and also for between, where low and high stand.
    is_suppressed: it is known, and hidden from these readers to protect people; it then has no
    number at all.
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
    is_suppressed: bool = False


@dataclass(frozen=True)
class Decision:
    """One decision about a target: what was agreed then, on which day, by whom, and why if said."""

    value: float | None
    low: float | None
    high: float | None
    decided_on: date
    decided_by: str
    reason: str | None


@dataclass(frozen=True)
class Target:
    """What was agreed. value for one number; low and high for a corridor.

    kind: annual, cumulative, milestone, at_least_share, corridor, maximum.
    expected is what should be reached by the day of the report: all of value once the period is
    over. history has every decision, oldest first; the last one is in force.
    """

    kind: str
    value: float | None
    low: float | None
    high: float | None
    expected: float | None = None
    history: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class External:
    """What somebody else published of the same thing; beside ours, never mixed with it.

    low and high stand where precision is between.
    """

    value: float | None
    precision: Precision
    source: Text
    observed_on: date
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class IndicatorLine:
    """One row of the table of indicators. trend is cumulative, month by month, None where unknown.

    is_share decides between a number and a per cent. trend is empty where none can be drawn, and
    where it would show what is hidden: then hides_trend says so.
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
    hides_trend: bool = False


@dataclass(frozen=True)
class FormatSeries:
    """Activities of one format by their first month in the period; they add up to its total."""

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
class Coproductions:
    """Activities of the period: net counts a co-production once, gross as often as it was told.

    pairs_waiting are pairs that seem to be one activity and that no officer has decided about;
    None for readers whom that does not concern.
    """

    net: int
    gross: int
    pairs_waiting: int | None = None


@dataclass(frozen=True)
class OpenCall:
    """One open call, closed in the period.

    eligible is None when it was not reported; programme is blank when it was not stated.

    Every application is in one end state: withdrawn, ineligible, selected or turned down. The
    second and the last are None where nobody said how many were eligible. is_suppressed: a number
    that is None is hidden from these readers to protect people.
    """

    call_id: str
    title: str
    programme: Text
    is_in_situ: bool
    applications: int | None
    applicants: int | None
    eligible: int | None
    applicants_selected: int | None
    withdrawn: int | None = None
    ineligible: int | None = None
    applications_selected: int | None = None
    turned_down: int | None = None
    is_suppressed: bool = False


@dataclass(frozen=True)
class CallGap:
    """Where an open call does not add up: a part that is larger than its whole.

    part: withdrawn_or_eligible, withdrawn_or_selected, selected, applicants_selected.
    whole: received, eligible, applicants.
    """

    call_id: str
    part: str
    part_count: int
    whole: str
    whole_count: int


@dataclass(frozen=True)
class OpenCalls:
    """All open calls of the period, with the figures over all of them.

    applicants and selected count people; applications, eligible and applications_selected count
    what they handed in. eligible is None when a call did not say it. gaps are the contradictions
    in the calls; with any of these they do not add up.
    """

    calls: tuple[OpenCall, ...]
    applicants: Figure
    eligible: int | None
    selected: Figure
    rate: Figure
    target: Target | None
    gaps: tuple[CallGap, ...] = ()
    applications: Figure | None = None
    applications_selected: Figure | None = None


@dataclass(frozen=True)
class Aim:
    """One of the six aims of the European Capital of Culture action, in the programme's order."""

    aim_id: str
    article: str
    wording: Text
    short: Text


@dataclass(frozen=True)
class AimCell:
    """Where an objective meets an aim. bullets 0 to 3: how much was promised; activities: done.

    share is the part of those activities that falls on this cell, each divided over its links.
    """

    bullets: int
    activities: int
    share: float = 0


@dataclass(frozen=True)
class ObjectiveRow:
    """One aim or objective of the city, verbatim, with its cells in the order of the aims."""

    objective_id: str
    kind: str
    wording: Text
    cells: tuple[AimCell, ...]
    activities: int
    share: float = 0


@dataclass(frozen=True)
class Commitment:
    """A cell of the matrix with bullets that no activity touches yet."""

    objective_id: str
    aim_id: str
    bullets: int


@dataclass(frozen=True)
class Aims:
    """How activities touch the aims. has_matrix: the programme promised intensities (bullets).

    An activity counts wherever it is linked, so rows and columns do not add up. totals are, per
    aim, the activities that touch it. unlinked are activities that name no objective at all.
    shares are the other reading: per aim, its part of the activities; with the part of objectives
    that lead to no aim, and with unlinked, they add up to activities. commitments are the promises
    still open. equal_aims are pairs of aims that the matrix links alike in every row.
    """

    aims: tuple[Aim, ...]
    has_matrix: bool
    rows: tuple[ObjectiveRow, ...]
    totals: tuple[int, ...]
    activities: int
    unlinked: int
    shares: tuple[float, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    equal_aims: tuple[tuple[str, str], ...] = ()


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
class Move:
    """How far one thing moved a figure.

    kind: first, nil, correction, withdrawn, excused, pair, or time, which has no day. submissions
    are more than one where they were not told apart; on is then the day of the last of them.
    """

    delta: float
    kind: str
    partner: str
    on: date | None
    reason: str
    submissions: int = 1


@dataclass(frozen=True)
class Restated:
    """A total that is not what an earlier edition said. The moves add up to delta.

    old or new is None where there was no such figure; what was not known stands at 0 in delta.
    """

    name: Text
    is_share: bool
    old: Figure | None
    new: Figure | None
    delta: float
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Restatement:
    """All that is not what the edition said that these readers got before.

    totals: the largest change beside its value first. others is how many other figures changed.
    """

    since_version: int
    since_until: date
    totals: tuple[Restated, ...]
    others: int


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
    coproductions: Coproductions = Coproductions(0, 0)
    restatement: Restatement | None = None
