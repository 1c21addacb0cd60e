"""The reply by mail: the receipt as the letter, the marked-up workbook with it.

The letter is frozen beside the reply and planned in the outbox before the reply is sealed by its
receipt. So a reply that stands whole has its mails, and one from before there were such mails, or
written again after a loss, is never mailed twice.

While something is wrong with the list of recipients, whoever stands in a right row is written to;
what the others should get is owed to them, and planned as soon as the list is right.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flows.steps import durable
from flows.steps.catalogue import Catalogue
from flows.steps.errors import CatalogueError, OperatorError
from flows.steps.ledger import Ledger
from flows.steps.mail import message, outbox
from flows.steps.mail.addressing import addressed
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import (
    PARTNER,
    Recipient,
    named,
    of_partners,
    reachable,
    reachable_of_partners,
)
from flows.steps.replying.receipts import content, page, text
from flows.steps.replying.receipts.content import Receipt
from flows.steps.settings import Settings
from flows.steps.submissions import Submission
from reports.model import Language

# It comes last: where it stands, the whole reply stands and its mails are planned.
RECEIPT = "receipt.txt"
_PLACE = "returned"
_LETTER = "letter.json"
_OWED, _PAID = "reply_owed", "reply_addressed"


@dataclass(frozen=True)
class Readers:
    """Who reads what is for which partner; wrong: the first thing wrong with the list, if any."""

    of: Mapping[str, Sequence[Recipient]]
    wrong: CatalogueError | None = None


@dataclass(frozen=True)
class Letter:
    """What a mail says in one language, and what it says when the workbook does not go with it."""

    subject: str
    text: str
    page: str
    text_alone: str = ""
    page_alone: str = ""


def readers(settings: Settings) -> Readers:
    """All partners' readers; of a list in which something is wrong, those whose rows are right."""
    try:
        return Readers(of_partners(settings.recipients))
    except CatalogueError as error:
        return Readers(reachable_of_partners(settings.recipients), error)


def edition_of(submission: Submission) -> str:
    """What its mails are called in the outbox: where its reply stands in the home."""
    return f"{_PLACE}/{submission.partner_id}/{submission.submission_id}"


def letters(one: Receipt) -> dict[Language, Letter]:
    """A receipt as a letter, in each language."""
    return {language: _letter(one, language) for language in one.languages}


def plan(
    settings: Settings,
    ledger: Ledger,
    edition: str,
    said: Mapping[Language, Letter],
    to: Readers,
    workbook: str | None = None,
) -> int:
    """Freeze a letter, plan it once for each of its partner's readers, and count these.

    Without readers nothing is written. edition is as edition_of has it, or a place below.
    """
    own = to.of.get(_partner(edition), ())
    if not own and to.wrong is None:
        return 0
    frozen = {
        "workbook": workbook,
        "letters": {language: vars(one) for language, one in sorted(said.items())},
    }
    words = json.dumps(frozen, ensure_ascii=False, indent=1).encode()
    durable.write(settings.home / edition / _LETTER, words)
    # Whoever came onto the list later is not told of what was answered before.
    if all(mail.edition != edition for mail in outbox.mails(ledger)):
        with ledger.together():
            outbox.plan(ledger, edition, own, settings.now)
            if to.wrong is not None:
                ledger.append(_OWED, {"edition": edition}, settings.now, once=f"owed:{edition}")
    return len(own)


def pay(settings: Settings, ledger: Ledger, to: Readers) -> None:
    """Plan the mails that are owed, now that the list is right; nothing while it is not."""
    if to.wrong is not None:
        return
    paid = {entry.body["edition"] for entry in ledger.entries(_PAID)}
    owed = (entry.body["edition"] for entry in ledger.entries(_OWED))
    for edition in [edition for edition in owed if edition not in paid]:
        with ledger.together():
            outbox.plan(ledger, edition, to.of.get(_partner(edition), ()), settings.now)
            ledger.append(_PAID, {"edition": edition}, settings.now, once=f"paid:{edition}")


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
    readers = reachable(settings.recipients, PARTNER, _partner(mail.edition))
    reader = named(readers, mail.recipient, settings.recipients)
    try:
        frozen = json.loads((folder / _LETTER).read_text("utf-8"))
        name = frozen["workbook"] or ""
        workbook = (folder / name).read_bytes() if name else b""
        said = Letter(**frozen["letters"][reader.speaks])
    except (FileNotFoundError, KeyError) as error:
        msg = f"The reply {mail.edition} is not whole. Restore {_PLACE} from the backup."
        raise OperatorError(msg) from error
    envelope = addressed(
        catalogue.programme,
        reader,
        mail.mail_id,
        mail.edition,
        mail.planned_at,
        said.subject,
        said.subject,
    )
    whole = message.reply(envelope, said.text, said.page, name, workbook)
    if not name or len(whole) <= largest:
        return whole
    return message.reply(envelope, said.text_alone, said.page_alone)


def _partner(edition: str) -> str:
    return edition.split("/")[1]


def _letter(one: Receipt, language: Language) -> Letter:
    alone = replace(one, is_too_large=True)
    return Letter(
        subject=content.subject(one, language),
        text=text.text(one, (language,)),
        page=page.page(one, (language,)),
        text_alone=text.text(alone, (language,)),
        page_alone=page.page(alone, (language,)),
    )
