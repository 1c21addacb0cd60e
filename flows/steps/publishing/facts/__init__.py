"""What one report needs, as records of reports.model: the figures of a period, and no more."""

from pathlib import Path

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.periods import Period
from flows.steps.publishing.facts.activities import calendar, coproductions
from flows.steps.publishing.facts.aims import aims_of
from flows.steps.publishing.facts.asking import (
    Figures,
    Questions,
    histories,
    period_label,
    text_of,
)
from flows.steps.publishing.facts.calls import open_calls
from flows.steps.publishing.facts.everybody import for_everybody
from flows.steps.publishing.facts.indicators import lines
from flows.steps.publishing.facts.reporting import deadlines, quality, reporting
from flows.steps.publishing.public import Disclosed
from flows.steps.publishing.told import PUBLIC
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection
from reports.model import Definition, Edition, Facts, Text


def collect(
    connection: Connection,
    catalogue: Catalogue,
    known: Known,
    audience: str,
    period: Period,
    version: int | None,
    sql: Path,
    disclosed: Disclosed | None = None,
    reader: Text | None = None,
) -> Facts:
    """Facts of one report. Figures that nobody reported for are in it as no data.

    connection is a built warehouse; known is the part of the ledger that it was built from.
    version is None for one that is not published; reader names whom it is made for, where the
    audience has several.
    disclosed says what the public may read, and is there for a public report and for no other:
    whatever a page of it prints, draws or claims comes from figures that went through it.
    """
    if (disclosed is not None) != (audience == PUBLIC):
        raise AssertionError("a public report is made of what may be disclosed, and no other is")
    ask = Questions(connection, sql, period)
    figures = ask("facts/period_figures", previous_id=periods.previous(period) or "")
    figures = disclosed.of(figures) if disclosed else figures
    current = [row for row in figures if row["period_id"] == period.period_id]
    labels = {
        (row["dimension"], row["category"]): text_of(row, "label") for row in ask("facts/labels")
    }
    book = Figures(current, histories(ask("facts/target_history")))
    edition = _edition(catalogue, known, audience, period, version, reader)
    by_month = calendar(book, period, labels, catalogue.programme.starts_on, edition.data_until)
    facts = Facts(
        edition=edition,
        indicators=tuple(lines(book, figures, period, labels, by_month.months)),
        calendar=by_month,
        calls=open_calls(book, ask),
        aims=aims_of(book, catalogue, ask),
        reporting=reporting(book, catalogue, ask("facts/reporting")),
        quality=quality(book, ask),
        definitions=tuple(
            Definition(text_of(row, "name"), text_of(row, "definition"))
            for row in current
            if row["dimension"] is None and row["source"] == "computed"
        ),
        deadlines=tuple(deadlines(catalogue, period, edition.data_until)),
        coproductions=coproductions(known, ask),
    )
    return for_everybody(facts, book) if disclosed else facts


def _edition(
    catalogue: Catalogue,
    known: Known,
    audience: str,
    period: Period,
    version: int | None,
    reader: Text | None,
) -> Edition:
    programme = catalogue.programme
    before = periods.previous(period)
    by_id = {one.period_id: one for one in catalogue.periods()}
    return Edition(
        programme_id=programme.programme_id,
        programme_name=Text(programme.name_ro, programme.name_en),
        audience=audience,
        period=period_label(period),
        previous=period_label(by_id[before]) if before in by_id else None,
        version=version,
        data_until=periods.local_date(known.until) if known.until else period.ends_on,
        head=known.head[:12],
        contact=programme.contact,
        is_demonstration=programme.is_demonstration,
        at_risk_share=programme.at_risk_share,
        reached_share=programme.reached_share,
        not_stated_warn_share=programme.not_stated_warn_share,
        reader=reader,
    )
