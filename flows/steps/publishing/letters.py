"""The mail that brings an edition: it says what was frozen with the edition, and nothing else."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2

from flows.steps.catalogue import Catalogue
from flows.steps.errors import NotNeededError, OperatorError
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.addressing import addressed
from flows.steps.mail.letter import KeyFigure
from flows.steps.mail.message import LARGEST, Envelope, compose
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import Recipient, named, reachable
from flows.steps.publishing import approval, sendgate
from flows.steps.publishing.approval import Edition
from flows.steps.settings import Settings
from reports.locale import Locale
from reports.model import Facts, Language, Text

if TYPE_CHECKING:
    from reports.findings import Finding

_SUBJECT = Text("Raport {period}: {finding}", "Report {period}: {finding}")


def words(pdf: bytes, facts: Facts, language: Language) -> dict[str, Any]:
    """What the mail says of a report: title, subject with the finding, key figures, two lines."""
    # Loads fonts; a command that only sends should not wait for them.
    from reports import build, findings

    locale, headline = Locale(language), findings.headline(facts, language)
    period = locale.period_short(facts.edition.period)
    return {
        "title": build.title(facts, language),
        # On a phone the first forty signs are all that shows of it.
        "subject": locale.say(_SUBJECT, period=period, finding=headline),
        "headline": f"{headline}.",
        "lines": [_line(one, headline) for one in findings.findings(facts, language)[:2]],
        "figures": [
            {"value": one.value, "label": one.label, "note": one.context, "status": one.status}
            for one in findings.key_figures(facts, language)
        ],
        "pages": _pages(pdf),
        "data_until": locale.day(facts.edition.data_until),
    }


def frozen(folder: Path) -> dict[str, Any]:
    """What was frozen with an edition for its mail. Raises OperatorError when it cannot be read."""
    file = folder / "figures.json"
    try:
        return json.loads(file.read_text("utf-8"))["letter"]
    except (OSError, ValueError) as error:
        msg = f"{file} cannot be read. Restore the edition's folder from the backup."
        raise OperatorError(msg) from error


def letter(
    settings: Settings, catalogue: Catalogue, ledger: Ledger, mail: Mail, largest: int = LARGEST
) -> bytes:
    """The finished message that brings an edition to one recipient.

    Above `largest` bytes it comes without the PDF, and its words say so.

    It is dated with the act that let the edition go. Raises OperatorError when the edition may
    not go, or its frozen PDF is not what was published; NotNeededError when a newer edition has
    overtaken this one; as `named` does for a recipient without a usable row.
    """
    edition = approval.edition(ledger, mail.edition)
    if newer := approval.overtaken(ledger).get(edition.path):
        msg = f"{newer} goes to the same readers."
        raise NotNeededError(msg)
    if not edition.may_go:
        msg = f"Edition {edition.path} is {edition.state}. {approval.why(edition)}"
        raise OperatorError(msg)
    folder = settings.published / edition.path
    if damaged := sendgate.damage(folder):
        raise OperatorError(damaged[0].reason_en)
    readers = reachable(settings.recipients, edition.audience, edition.for_id)
    reader = named(readers, mail.recipient, settings.recipients)
    return compose(envelope(settings, catalogue, edition, reader), largest)


def envelope(
    settings: Settings, catalogue: Catalogue, edition: Edition, reader: Recipient
) -> Envelope:
    """All that the mail which brings an edition to a reader is made from, sent or only shown."""
    # Whoever has another language by now gets the edition in the one that it was made in.
    reader = replace(reader, language=edition.language)
    folder, programme = settings.published / edition.path, catalogue.programme
    said = frozen(folder)
    mail_id = outbox.mail_id_of(edition.path, reader.recipient_id)
    at = edition.decided_at or edition.published_at
    return replace(
        addressed(
            programme,
            reader,
            mail_id,
            edition.path,
            at,
            title=said["title"],
            subject=said["subject"],
        ),
        figures=tuple(KeyFigure(**figure) for figure in said["figures"]),
        headline=said["headline"],
        lines=tuple(said["lines"]),
        pdf=(folder / "report.pdf").read_bytes(),
        pdf_name=f"{programme.programme_id}-{edition.path.replace('/', '-')}.pdf",
        pages=said["pages"],
        data_until=said["data_until"],
    )


def _line(finding: "Finding", headline: str) -> str:
    """One finding; without its claim where the headline, right above, begins with the same."""
    first = finding.claim.partition(",")[0]
    is_said = headline.startswith(f"{first},")
    return finding.evidence if is_said else f"{finding.claim} {finding.evidence}"


def _pages(pdf: bytes) -> int:
    """How many pages; 0 for a PDF that does not open, which the gate holds."""
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0
