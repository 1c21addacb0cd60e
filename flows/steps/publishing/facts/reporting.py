"""Who reported, how good the data are, and what falls due next."""

from datetime import date
from itertools import groupby

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.periods import Period
from flows.steps.publishing.facts.asking import Figures, Questions, Row, period_label, text_of
from reports.locale import Locale
from reports.model import (
    Deadline,
    Language,
    PartnerLine,
    PeriodLabel,
    Quality,
    Reporting,
    RowCount,
    RuleCount,
    Text,
)

_UNCLASSIFIED = {
    "format": Text("Format", "Format"),
    "district": Text("Cartier", "District"),
    "discipline": Text("Domeniu", "Discipline"),
    "origin": Text("Proveniența artiștilor", "Origin of the artists"),
}
_DEADLINES_SHOWN = 4


def reporting(book: Figures, catalogue: Catalogue, rows: list[Row]) -> Reporting:
    """Each partner and its state in each reporting period that the report covers."""
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


def quality(book: Figures, ask: Questions) -> Quality:
    """Where every row went, which rule found what, and what was not stated."""
    files = ask("facts/files")[0]
    unclassified = [(text, book("Q04", "share", "field", f)) for f, text in _UNCLASSIFIED.items()]
    return Quality(
        files=files["files"],
        files_rejected=files["files_rejected"],
        rows=tuple(
            RowCount(
                sheet=row["sheet"],
                label=text_of(row, "label"),
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
                wording=text_of(row, "name"),
                severity=row["severity"],
                findings=row["findings"],
                partners=row["partners"],
            )
            for row in ask("facts/rule_counts")
        ),
        unclassified=tuple((text, figure) for text, figure in unclassified if figure),
    )


def deadlines(catalogue: Catalogue, period: Period, until: date) -> list[Deadline]:
    """What falls due next: the partners' reports, and the title's calendar.

    Next is after the period, and after the last day that the report knows of.
    """
    programme, from_ = catalogue.programme, max(period.ends_before, until)
    deadlines = [
        Deadline(
            periods.due_on(one, programme.deadline_days),
            Text(
                f"Rapoartele partenerilor pentru {_named(one, 'ro')}",
                f"Partners' reports on {_named(one, 'en')}",
            ),
        )
        for one in catalogue.periods()
        if one.kind == programme.reporting_kind
        and one.starts_on >= period.ends_before
        and periods.due_on(one, programme.deadline_days) >= from_
    ][:2]
    for rule in catalogue["calendar_rules"]:
        year = programme.title_year + rule["years_from_title"]
        day = date(year, rule["month"], rule["day"])
        if day >= from_:
            deadlines.append(Deadline(day, text_of(dict(rule), "what")))
    return sorted(deadlines, key=lambda deadline: deadline.due_on)[:_DEADLINES_SHOWN]


def _named(period: Period, language: Language) -> str:
    return Locale(language).period(period_label(period))
