"""What one report needs, as records of reports.model: the figures of a period, and no more."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

from flows.steps import periods, warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.periods import Period
from flows.steps.publishing.public import Disclosed
from flows.steps.publishing.told import PUBLIC
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection
from reports.model import (
    ActivityCalendar,
    Aim,
    AimCell,
    Aims,
    CallGap,
    Commitment,
    Coproductions,
    Deadline,
    Decision,
    Definition,
    Edition,
    External,
    Facts,
    Figure,
    FormatSeries,
    IndicatorLine,
    ObjectiveRow,
    OpenCall,
    OpenCalls,
    PartnerLine,
    PeriodLabel,
    Quality,
    Reporting,
    RowCount,
    RuleCount,
    Target,
    Text,
)

_FORMATS = ("in_person", "online", "hybrid", "not_stated")
_UNCLASSIFIED = {
    "format": Text("Format", "Format"),
    "district": Text("Cartier", "District"),
    "discipline": Text("Domeniu", "Discipline"),
    "origin": Text("Proveniența artiștilor", "Origin of the artists"),
}
_OF_WHICH = Text("din care {}", "of which {}")
_SPLITS = frozenset({"IND03"})
_DEADLINES_SHOWN = 4


Row = dict[str, Any]
Key = tuple[str, str | None, str | None, str | None]


def collect(
    connection: Connection,
    catalogue: Catalogue,
    known: Known,
    audience: str,
    period: Period,
    version: int,
    sql: Path,
    disclosed: Disclosed | None = None,
) -> Facts:
    """Facts of one report. Figures that nobody reported for are in it as no data.

    connection is a built warehouse; known is the part of the ledger that it was built from.
    disclosed says what the public may read, and is there for a public report and for no other:
    whatever a page of it prints, draws or claims comes from figures that went through it.
    """
    if (disclosed is not None) != (audience == PUBLIC):
        raise AssertionError("a public report is made of what may be disclosed, and no other is")
    ask = _Questions(connection, sql, period)
    figures = ask("facts/period_figures", previous_id=periods.previous(period) or "")
    figures = disclosed.of(figures) if disclosed else figures
    current = [row for row in figures if row["period_id"] == period.period_id]
    labels = {
        (row["dimension"], row["category"]): _text(row, "label") for row in ask("facts/labels")
    }
    book = _Figures(current, _histories(ask("facts/target_history")))
    facts = Facts(
        edition=_edition(catalogue, known, audience, period, version),
        indicators=tuple(_lines(book, figures, period, labels)),
        calendar=_calendar(book, period, labels),
        calls=_open_calls(book, ask),
        aims=_aims(book, catalogue, ask),
        reporting=_reporting(book, catalogue, ask("facts/reporting")),
        quality=_quality(book, ask),
        definitions=tuple(
            Definition(_text(row, "name"), _text(row, "definition"))
            for row in current
            if row["dimension"] is None and row["source"] == "computed"
        ),
        deadlines=tuple(_deadlines(catalogue, period)),
        coproductions=_coproductions(known, ask),
    )
    return _for_everybody(facts, book) if disclosed else facts


def _for_everybody(facts: Facts, book: "_Figures") -> Facts:
    """The facts of a public report: those named here, and nothing that is added elsewhere.

    Open calls have the numbers of their figures and stand by name, since their order by size
    would say what is hidden. That reports are missing is said; whose they are is not. How partners
    filled in the form, and what they owe next, is between them and the team.
    """
    calls = [_as_disclosed(call, book) for call in facts.calls.calls]
    return Facts(
        edition=replace(facts.edition, previous=None),
        indicators=facts.indicators,
        calendar=facts.calendar,
        calls=OpenCalls(
            calls=tuple(sorted(calls, key=lambda call: (call.title, call.call_id))),
            applicants=facts.calls.applicants,
            eligible=None,
            selected=facts.calls.selected,
            rate=facts.calls.rate,
            target=facts.calls.target,
            applications=facts.calls.applications,
            applications_selected=facts.calls.applications_selected,
        ),
        aims=facts.aims,
        reporting=replace(
            facts.reporting,
            partners=tuple(PartnerLine("", "", p.states, 0) for p in facts.reporting.partners),
        ),
        quality=Quality(0, 0, (), 0, (), ()),
        definitions=facts.definitions,
        deadlines=(),
        coproductions=facts.coproductions,
    )


def _as_disclosed(call: OpenCall, book: "_Figures") -> OpenCall:
    applied, selected = (
        book(indicator_id, "applicants", "call", call.call_id)
        for indicator_id in ("IND33", "IND34")
    )
    return OpenCall(
        call_id=call.call_id,
        title=call.title,
        programme=call.programme,
        is_in_situ=call.is_in_situ,
        applications=None,
        applicants=_whole_number(applied),
        eligible=None,
        applicants_selected=_whole_number(selected),
        is_suppressed=any(one is not None and one.is_suppressed for one in (applied, selected)),
    )


def _whole_number(figure: Figure | None) -> int | None:
    return None if figure is None or figure.value is None else int(figure.value)


def _coproductions(known: Known, ask: "_Questions") -> Coproductions:
    waiting = {row["pair_id"] for row in ask("facts/likely_pairs")} - known.decided
    for row in ask("facts/coproductions"):
        return Coproductions(row["net"], row["gross"], len(waiting))
    return Coproductions(0, 0, len(waiting))


class _Questions:
    """Asks the warehouse about one period."""

    def __init__(self, connection: Connection, sql: Path, period: Period) -> None:
        self._connection, self._sql, self._period = connection, sql, period

    def __call__(self, name: str, **parameters: str) -> list[Row]:
        select = warehouse.select(self._sql, name)
        if "$period_id" in select:
            parameters = {"period_id": self._period.period_id, **parameters}
        return warehouse.rows(self._connection, select, parameters)


class _Figures:
    """The computed figures of one period, by key."""

    def __init__(self, rows: list[Row], histories: dict[Key, tuple[Decision, ...]]) -> None:
        self._rows = {_key(row): row for row in rows if row["source"] == "computed"}
        self._histories = histories

    def __call__(
        self,
        indicator_id: str,
        measure: str | None = None,
        dimension: str | None = None,
        category: str | None = None,
    ) -> Figure | None:
        row = self._rows.get((indicator_id, measure, dimension, category))
        return _figure(row) if row else None

    def total(self, indicator_id: str, measure: str | None = None) -> Figure:
        """The figure over everything; the spine has one for each computed indicator."""
        return _figure(self._rows[(indicator_id, measure, None, None)])

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
            self._histories.get(_key(row), ()),
        )


def _key(row: Row) -> Key:
    return row["indicator_id"], row["measure"], row["dimension"], row["category"]


def _figure(row: Row) -> Figure:
    return Figure(**{name: row[name] for name in Figure.__dataclass_fields__ if name in row})


def _text(row: Row, name: str) -> Text:
    return Text(row[f"{name}_ro"] or "", row[f"{name}_en"] or "")


def _histories(rows: list[Row]) -> dict[Key, tuple[Decision, ...]]:
    found: dict[Key, tuple[Decision, ...]] = {}
    for row in rows:
        decision = Decision(**{name: row[name] for name in Decision.__dataclass_fields__})
        found[_key(row)] = (*found.get(_key(row), ()), decision)
    return found


def _label(period: Period) -> PeriodLabel:
    return PeriodLabel(period.period_id, period.kind, period.starts_on, period.ends_on)


def _edition(
    catalogue: Catalogue, known: Known, audience: str, period: Period, version: int
) -> Edition:
    programme = catalogue.programme
    before = periods.previous(period)
    by_id = {one.period_id: one for one in catalogue.periods()}
    return Edition(
        programme_id=programme.programme_id,
        programme_name=Text(programme.name_ro, programme.name_en),
        audience=audience,
        period=_label(period),
        previous=_label(by_id[before]) if before in by_id else None,
        version=version,
        data_until=periods.local_date(known.until) if known.until else period.ends_on,
        head=known.head[:12],
        contact=programme.contact,
        is_demonstration=programme.is_demonstration,
        at_risk_share=programme.at_risk_share,
        reached_share=programme.reached_share,
    )


def _lines(
    book: _Figures, figures: list[Row], period: Period, labels: dict[tuple[str, str], Text]
) -> list[IndicatorLine]:
    """Totals of all indicators, and those parts of them for which something was agreed."""
    current = [row for row in figures if row["period_id"] == period.period_id]
    before = {_key(row): row for row in figures if row["period_id"] != period.period_id}
    published = {_key(row): row for row in current if row["source"] == "external"}
    lines = []
    for row in current:
        if row["source"] != "computed" or (row["dimension"] and not row["target_kind"]):
            continue
        # The total of a split is another indicator's figure; only its parts say something.
        if row["indicator_id"] in _SPLITS and not row["dimension"]:
            continue
        earlier = before.get(_key(row))
        name = _text(row, "name")
        if row["dimension"]:
            part = labels.get((row["dimension"], row["category"]))
            words = part or Text(row["category"], row["category"])
            name = Text(_OF_WHICH.ro.format(words.ro), _OF_WHICH.en.format(words.en))
        trend = _trend(current, row, period)
        line = IndicatorLine(
            figure=_figure(row),
            name=name,
            note=_text(row, "note") if not row["dimension"] else Text("", ""),
            group=_text(row, "group"),
            is_share=row["is_share"],
            target=book.agreed(row),
            status=row["status"],
            previous=_figure(earlier) if earlier and earlier["precision"] != "no_data" else None,
            trend=trend or (),
            external=_external(published.get(_key(row))),
            hides_trend=trend is None,
        )
        lines.append(line)
    return lines


def _external(row: Row | None) -> External | None:
    if row is None or row.get("is_suppressed"):
        return None
    return External(
        value=row["value"],
        precision=row["precision"],
        source=row["stated_by"],
        observed_on=row["observed_on"],
        low=row["low"],
        high=row["high"],
    )


def _trend(current: list[Row], line: Row, period: Period) -> tuple[float | None, ...] | None:
    """The figure from the period's start to the end of each of its months.

    Each thing counted has one month, so that adding months never counts it twice. None where one
    of the months is hidden: a step in the line would tell it.
    """
    dimension = "month" if line["dimension"] is None else f"{line['dimension']}+month"
    prefix = "" if line["dimension"] is None else f"{line['category']}+"
    of_month = {
        row["category"].removeprefix(prefix): row
        for row in current
        if row["indicator_id"] == line["indicator_id"]
        and row["measure"] == line["measure"]
        and row["source"] == "computed"
        and row["dimension"] == dimension
        and row["category"].startswith(prefix)
    }
    if not of_month or period.kind == "month":
        return ()
    if any(row.get("is_suppressed") for row in of_month.values()):
        return None
    months = [of_month.get(periods.containing(day, "month"), {}) for day in _months(period)]
    above = list(accumulate(row.get("numerator") or 0 for row in months))
    if not line["is_share"]:
        return tuple(above)
    below = list(accumulate(row.get("denominator") or 0 for row in months))
    return tuple(a / b if b else None for a, b in zip(above, below, strict=True))


def _months(period: Period) -> list[date]:
    """First days of the months of a period."""
    months, day = [], period.starts_on.replace(day=1)
    while day < period.ends_before:
        months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return months


def _calendar(
    book: _Figures, period: Period, labels: dict[tuple[str, str], Text]
) -> ActivityCalendar:
    months = _months(period)
    series = []
    for format_id in _FORMATS:
        figure = book("IND03", "activities", "format", format_id)
        if figure is None:
            continue
        counts = tuple(
            book.count("IND01", "format+month", f"{format_id}+{periods.containing(day, 'month')}")
            for day in months
        )
        label = labels.get(("format", format_id)) or labels["not_stated", format_id]
        share = book("IND03", "share", "format", format_id)
        series.append(FormatSeries(format_id, label, counts, figure, share))
    return ActivityCalendar(tuple(months), tuple(series), book.total("IND01"))


def _open_calls(book: _Figures, ask: _Questions) -> OpenCalls:
    calls = tuple(
        OpenCall(
            call_id=row["call_id"],
            title=row["title"],
            programme=row["programme_ro"],
            is_in_situ=row["is_in_situ"],
            applications=row["applications"],
            applicants=row["applicants"],
            eligible=row["eligible"],
            applicants_selected=row["applicants_selected"],
            withdrawn=row["withdrawn"],
            ineligible=row["ineligible"],
            applications_selected=row["applications_selected"],
            turned_down=row["turned_down"],
        )
        for row in ask("facts/open_calls")
    )
    eligible = [call.eligible for call in calls]
    return OpenCalls(
        calls=calls,
        applicants=book.total("IND33", "applicants"),
        # A sum over calls of which one said nothing would pass for all of them.
        eligible=None if not calls or None in eligible else sum(e or 0 for e in eligible),
        selected=book.total("IND34", "applicants"),
        rate=book.total("IND35"),
        target=book.target("IND35"),
        gaps=tuple(CallGap(**row) for row in ask("facts/open_call_gaps")),
        applications=book.total("IND33", "applications"),
        applications_selected=book.total("IND34", "applications"),
    )


def _aims(book: _Figures, catalogue: Catalogue, ask: _Questions) -> Aims:
    aim_rows, objective_rows = ask("facts/aims"), ask("facts/objectives")
    linked = sum(row["activities"] for row in aim_rows if row["aim_id"] is None)
    aims = [row for row in aim_rows if row["aim_id"] is not None]
    rows = []
    for objective_id, cells in groupby(objective_rows, key=lambda row: row["objective_id"]):
        total, *by_aim = cells
        rows.append(
            ObjectiveRow(
                objective_id=objective_id,
                kind=total["kind"],
                wording=_text(total, "wording"),
                cells=tuple(
                    AimCell(cell["bullets"], cell["activities"], cell["share"]) for cell in by_aim
                ),
                activities=total["activities"],
                share=total["share"],
            )
        )
    activities = int(book.total("IND01").numerator or 0)
    return Aims(
        aims=tuple(
            Aim(row["aim_id"], row["article"], _text(row, "wording"), _text(row, "short"))
            for row in aims
        ),
        has_matrix=catalogue.programme.has_matrix,
        rows=tuple(rows),
        totals=tuple(row["activities"] for row in aims),
        activities=activities,
        unlinked=activities - linked,
        shares=tuple(row["share"] for row in aims),
        commitments=tuple(Commitment(**row) for row in ask("facts/commitments")),
        equal_aims=tuple((row["aim_id"], row["same_as"]) for row in ask("facts/equal_aims")),
    )


def _reporting(book: _Figures, catalogue: Catalogue, rows: list[Row]) -> Reporting:
    reported = {
        row["period_id"]: (row["period_id"], row["starts_on"], row["ends_on"]) for row in rows
    }
    spans = sorted(reported.values(), key=lambda span: span[1])
    kind = catalogue.programme.reporting_kind
    partners = []
    for (partner_id, name), group in groupby(rows, key=lambda r: (r["partner_id"], r["name"])):
        own = {row["period_id"]: row for row in group}
        # A partner that joined later owes nothing for the time before.
        states = tuple(
            own[period_id]["state"] if period_id in own else "NOT_DUE" for period_id, *_ in spans
        )
        findings = sum(row["open_findings"] for row in own.values())
        partners.append(PartnerLine(partner_id, name, states, findings))
    return Reporting(
        periods=tuple(PeriodLabel(name, kind, start, end) for name, start, end in spans),
        partners=tuple(partners),
        rate=book.total("Q01"),
        deadline_days=catalogue.programme.deadline_days,
    )


def _quality(book: _Figures, ask: _Questions) -> Quality:
    files = ask("facts/files")[0]
    unclassified = [(text, book("Q04", "share", "field", f)) for f, text in _UNCLASSIFIED.items()]
    return Quality(
        files=files["files"],
        files_rejected=files["files_rejected"],
        rows=tuple(
            RowCount(
                sheet=row["sheet"],
                label=_text(row, "label"),
                seen=row["seen"],
                stored=row["stored"],
                quarantined=row["quarantined"],
                set_aside=row["set_aside"],
            )
            for row in ask("facts/row_counts")
        ),
        replaced=files["replaced"],
        rules=tuple(
            RuleCount(
                rule=row["rule"],
                wording=_text(row, "name"),
                severity=row["severity"],
                findings=row["findings"],
                partners=row["partners"],
            )
            for row in ask("facts/rule_counts")
        ),
        unclassified=tuple((text, figure) for text, figure in unclassified if figure),
    )


def _deadlines(catalogue: Catalogue, period: Period) -> list[Deadline]:
    """What falls due after the period: the partners' next reports, and the title's calendar."""
    programme = catalogue.programme
    deadlines = [
        Deadline(
            periods.due_on(one, programme.deadline_days),
            Text(
                f"Rapoartele partenerilor pentru {one.period_id}",
                f"Partners' reports on {one.period_id}",
            ),
        )
        for one in catalogue.periods()
        if one.kind == programme.reporting_kind and one.starts_on >= period.ends_before
    ][:2]
    for rule in catalogue["calendar_rules"]:
        year = programme.title_year + rule["years_from_title"]
        day = date(year, rule["month"], rule["day"])
        if day >= period.ends_before:
            deadlines.append(Deadline(day, _text(dict(rule), "what")))
    return sorted(deadlines, key=lambda deadline: deadline.due_on)[:_DEADLINES_SHOWN]
