"""The reply by mail: the receipt as the letter, the marked-up workbook with it.

The letter is frozen beside the reply and planned in the outbox before the reply is sealed by its
receipt. So a reply that stands whole has its mails, and one from before there were such mails, or
written again after a loss, is never mailed twice.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from flows.steps import durable
from flows.steps.catalogue import Catalogue
from flows.steps.errors import OperatorError
from flows.steps.ledger import Ledger
from flows.steps.mail import message, outbox
from flows.steps.mail.addressing import addressed
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import PARTNER, Recipient, named, reachable
from flows.steps.replying.receipts import content, page, text
from flows.steps.replying.receipts.content import Receipt
from flows.steps.settings import Settings
from flows.steps.submissions import Submission
from reports.model import Language

_PLACE = "returned"
_LETTER = "letter.json"


def edition_of(submission: Submission) -> str:
    """What its mails are called in the outbox: where its reply stands in the home."""
    return f"{_PLACE}/{submission.partner_id}/{submission.submission_id}"


def plan(settings: Settings, ledger: Ledger, one: Receipt, readers: Sequence[Recipient]) -> None:
    """Freeze the letter and plan it for each reader, once; nothing without readers."""
    if not readers:
        return
    folder, edition = settings.home / edition_of(one.submission), edition_of(one.submission)
    languages = {reader.speaks for reader in readers}
    letters = {language: _letter(one, language) for language in sorted(languages)}
    frozen = {"workbook": one.workbook, "letters": letters}
    durable.write(folder / _LETTER, json.dumps(frozen, ensure_ascii=False, indent=1).encode())
    # Whoever came onto the list later is not told of what was answered before.
    if all(mail.edition != edition for mail in outbox.mails(ledger)):
        with ledger.together():
            outbox.plan(ledger, edition, readers, settings.now)


def is_reply(mail: Mail) -> bool:
    """Whether a mail is a reply to a submission, and not an edition's."""
    return mail.edition.startswith(f"{_PLACE}/")


def letter(
    settings: Settings,
    catalogue: Catalogue,
    mail: Mail,
    largest: int = message.LARGEST,
) -> bytes:
    """The finished message that brings a reply to one recipient.

    Above `largest` bytes it comes without the workbook, and says so. Raises OperatorError when
    the frozen reply is not there, and else as `named` does.
    """
    folder = settings.home / mail.edition
    partner_id = folder.parent.name
    readers = reachable(settings.recipients, PARTNER, partner_id)
    reader = named(readers, mail.recipient, settings.recipients)
    language = reader.speaks
    try:
        frozen = json.loads((folder / _LETTER).read_text("utf-8"))
        name = frozen["workbook"] or ""
        workbook = (folder / name).read_bytes() if name else b""
        said = frozen["letters"][language]
    except (FileNotFoundError, KeyError) as error:
        msg = f"The reply {mail.edition} is not whole. Restore {_PLACE} from the backup."
        raise OperatorError(msg) from error
    subject = said["subject"]
    envelope = addressed(
        catalogue.programme, reader, mail.mail_id, mail.edition, mail.planned_at, subject, subject
    )
    whole = message.reply(envelope, said["text"], said["page"], name, workbook)
    if len(whole) <= largest:
        return whole
    return message.reply(envelope, said["text_alone"], said["page_alone"])


def _letter(one: Receipt, language: Language) -> dict[str, str]:
    alone = replace(one, is_too_large=True)
    return {
        "subject": content.subject(one, language),
        "text": text.text(one, (language,)),
        "page": page.page(one, (language,)),
        "text_alone": text.text(alone, (language,)),
        "page_alone": page.page(alone, (language,)),
    }
