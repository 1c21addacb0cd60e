"""The workbook that a partner fills in about one period, with what is known already filled in.

All of it comes from the catalogue: columns, labels, lists, limits, and the sentences of its notes
are those that the checks use later, so that the form never asks for what is then refused.
"""

from pathlib import Path

from openpyxl import Workbook

from flows.steps import durable, timeless
from flows.steps.catalogue import Catalogue
from flows.steps.errors import UsageError
from flows.steps.periods import Period
from flows.steps.progress import Progress
from flows.steps.settings import Settings
from flows.steps.template import lists, pages, prefilled, report, tables
from flows.steps.template.occasion import Occasion
from flows.steps.warehouse import Connection
from reports.model import Language

_REPORT = "raport"


def write(
    settings: Settings,
    catalogue: Catalogue,
    connection: Connection | None,
    partner_id: str,
    period_id: str,
    language: Language | None = None,
) -> bytes:
    """The partner's workbook for a period, as .xlsx; the same bytes for the same knowledge.

    Without a connection to a warehouse nothing of the last report is filled in; without a
    language it is in the partner's own. Raises UsageError for an unknown partner, or a period
    that is not reported about.
    """
    partner = next((p for p in catalogue["partners"] if p["partner_id"] == partner_id), None)
    if partner is None:
        msg = f"No partner has the code {partner_id!r}. The codes stand in partners.csv."
        raise UsageError(msg)
    period = _reported(catalogue, period_id)
    occasion = Occasion(catalogue, partner, period, language or partner["language"])
    known = prefilled.of(occasion, connection, settings.sql)
    book = _book(occasion)
    choices = lists.prepare(occasion)
    pages.read_first(book, occasion)
    pages.words(book, occasion, settings.catalogue)
    for sheet in catalogue["sheets"]:
        if sheet["sheet"] == _REPORT:
            report.add(book, occasion, choices)
        else:
            example = tables.example(occasion, settings.catalogue, sheet["sheet"])
            tables.add(book, occasion, choices, sheet["sheet"], example, known)
    lists.add(book, occasion, choices)
    return timeless.saved(book, period.ends_on)


def write_all(
    settings: Settings,
    catalogue: Catalogue,
    connection: Connection | None,
    period_id: str,
    folder: Path,
    language: Language | None,
    progress: Progress,
) -> list[Path]:
    """One workbook in a folder for each partner that reports about a period; where they are.

    Without a language each is in its partner's own. Raises UsageError, OperatorError.
    """
    partners = due(catalogue, _reported(catalogue, period_id))
    paths = []
    for done, partner_id in enumerate(partners, start=1):
        path = folder / file_name(partner_id, period_id)
        content = write(settings, catalogue, connection, partner_id, period_id, language)
        durable.write(path, content)
        paths.append(path)
        progress(done, len(partners))
    return paths


def due(catalogue: Catalogue, period: Period) -> list[str]:
    """The partners that report about a period: those that belonged to the programme in it."""
    return [
        partner["partner_id"]
        for partner in catalogue["partners"]
        if partner["joined_on"] < period.ends_before
        and (partner["left_on"] is None or partner["left_on"] >= period.starts_on)
    ]


def file_name(partner_id: str, period_id: str) -> str:
    """What a partner's workbook is called."""
    return f"{partner_id}_{period_id}.xlsx"


def _reported(catalogue: Catalogue, period_id: str) -> Period:
    period = catalogue.period(period_id)
    kind = catalogue.programme.reporting_kind
    if period.kind != kind:
        example = next(p.period_id for p in catalogue.periods() if p.kind == kind)
        msg = f"Partners report by {kind}, not about {period_id}. Write for example {example}."
        raise UsageError(msg)
    return period


def _book(occasion: Occasion) -> Workbook:
    """A workbook without sheets that says what it is."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    book.properties.creator = occasion.catalogue.programme.sender_name
    book.properties.title = f"{occasion.partner['partner_id']} {occasion.period.period_id}"
    return book
