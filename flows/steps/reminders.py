"""Who has not reported about the last period that is over, and a reminder to each, once.

A reminder is a mail in the same outbox as all others, to the audience `partner`: the recipients
whose column `for` names the partner.
"""

from datetime import datetime
from typing import Any

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.errors import CatalogueError
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.message import Envelope, notice
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import recipients
from flows.steps.settings import Settings
from reports.locale import Locale
from reports.model import Language, PeriodLabel

AUDIENCE = "partner"


def plan(
    settings: Settings,
    ledger: Ledger,
    period_id: str,
    standing: list[dict[str, Any]],
    *,
    dry_run: bool = False,
) -> list[dict[str, Any]]:
    """Plan a reminder for each partner that is late, once a period; those partners, and the mails.

    standing are the partners as `reper status` lists them. A partner without an address in the
    list of recipients is named, and gets none: `recipients` is then empty. A dry run plans none.
    """
    late = [row for row in standing if row["state"] == "MISSING"]
    answers = []
    for row in late:
        readers = [
            reader
            for reader in recipients(settings.recipients, AUDIENCE)
            if reader.for_id == row["partner_id"]
        ]
        path = f"{AUDIENCE}/{row['partner_id']}/{period_id}"
        new = [] if dry_run else outbox.plan(ledger, path, readers, settings.now)
        answers.append(
            {
                "partner_id": row["partner_id"],
                "name": row["name"],
                "period_id": period_id,
                "due_on": row["due_on"],
                "days_late": row["days_late"],
                "recipients": [reader.recipient_id for reader in readers],
                "is_new": bool(new),
            }
        )
    return answers


def is_reminder(mail: Mail) -> bool:
    """Whether a mail is a reminder, and not an edition's."""
    return mail.edition.startswith(f"{AUDIENCE}/")


def letter(settings: Settings, catalogue: Catalogue, ledger: Ledger, mail: Mail) -> bytes:
    """The finished reminder to one recipient. Raises CatalogueError when nobody has that id."""
    _, partner_id, period_id = mail.edition.split("/")
    reader = next(
        (
            one
            for one in recipients(settings.recipients, AUDIENCE, partner_id)
            if one.recipient_id == mail.recipient
        ),
        None,
    )
    if reader is None:
        msg = f"{settings.recipients.name} no longer names {mail.recipient}. Add the row again."
        raise CatalogueError(msg)
    programme, language = catalogue.programme, _language(reader.language)
    period, words, locale = catalogue.period(period_id), _WORDS[language], Locale(language)
    said = locale.period(
        PeriodLabel(period.period_id, period.kind, period.starts_on, period.ends_on)
    )
    due_on = periods.due_on(period, programme.deadline_days)
    return notice(
        Envelope(
            mail_id=mail.mail_id,
            edition=mail.edition,
            sender_name=programme.sender_name,
            sender_address=programme.sender_address,
            recipient_name=reader.name,
            recipient_address=reader.address,
            language=language,
            programme=programme.name_ro if language == "ro" else programme.name_en,
            title=words["title"].format(period=said),
            subject=words["title"].format(period=said),
            figures=(),
            headline=words["title"].format(period=said),
            lines=(
                words["ask"].format(period=said, due=locale.day(due_on)),
                words["nil"],
                words["help"].format(contact=programme.contact),
            ),
            pdf=b"",
            pdf_name="",
            pages=0,
            data_until=locale.day(due_on),
            is_demonstration=programme.is_demonstration,
            list_id=f"{AUDIENCE}.{programme.programme_id}",
            contact=programme.contact,
            at=_planned_at(ledger, mail),
        )
    )


_WORDS = {
    "ro": {
        "title": "Așteptăm raportul dumneavoastră pentru {period}",
        "ask": (
            "Termenul a fost {due}, iar raportul pentru {period} nu a ajuns încă la noi. Vă rugăm "
            "să îl trimiteți când puteți; și un raport întârziat intră în cifre."
        ),
        "nil": "Dacă nu ați avut activități, spuneți-ne și aceasta: este tot un raport.",
        "help": "Dacă aveți nevoie de ajutor sau l-ați trimis deja, scrieți-ne la {contact}.",
    },
    "en": {
        "title": "We are waiting for your report on {period}",
        "ask": (
            "The deadline was {due}, and the report on {period} has not reached us yet. Please "
            "send it when you can; a late report counts as well."
        ),
        "nil": "If there were no activities, please tell us so: that is a report too.",
        "help": "If you need help, or have sent it already, write to {contact}.",
    },
}


def _language(stated: str) -> Language:
    return "en" if stated == "en" else "ro"


def _planned_at(ledger: Ledger, mail: Mail) -> datetime:
    planned = ledger.entries("mail_planned")
    return next(entry.at for entry in planned if entry.body["mail_id"] == mail.mail_id)
