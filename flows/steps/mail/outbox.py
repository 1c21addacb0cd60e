"""The outbox: which mail goes to whom, and what became of it.

It lives in the ledger. A mail is planned in the same stroke as its edition, once for each
recipient, and every step it takes is an entry. Recipients are named by id; their addresses stay
in a file that can be changed, and never enter the book.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.parser import BytesParser
from email.policy import default

from flows.steps import durable
from flows.steps.errors import (
    CatalogueError,
    NotNeededError,
    OperatorError,
    ReperError,
    UsageError,
)
from flows.steps.ledger import Entry, Ledger
from flows.steps.mail import smtp
from flows.steps.mail.recipients import Recipient
from flows.steps.mail.smtp import Outcome, Patience
from flows.steps.settings import Settings

STATES = ("written", "pending", "sending", "sent", "failed", "uncertain")

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=4)
# As long as mail servers themselves go on trying (RFC 5321, 4.5.4.1): a mailbox that is full on
# Friday has room on Monday.
_PUT_OFF_AT_MOST = timedelta(days=5)
# A server that does not serve us is not asked again for each of a hundred mails.
_MOST_SILENCES = 3
_NOT_NEEDED = "no longer needed"


@dataclass(frozen=True)
class Mail:
    """One edition for one recipient, as it stands now. recipient is an id; at is its last step.

    attempts counts all tries; the server has put it off since refused_since, None when it has not.
    It is not tried before next_at; None means at once.
    """

    mail_id: str
    edition: str
    recipient: str
    state: str
    at: datetime
    planned_at: datetime
    attempts: int = 0
    refused_since: datetime | None = None
    last_reply: str | None = None
    next_at: datetime | None = None

    @property
    def is_moot(self) -> bool:
        """Whether it was not sent because it was no longer needed."""
        return self.state == "failed" and (self.last_reply or "").startswith(_NOT_NEEDED)


def plan(ledger: Ledger, edition: str, to: Iterable[Recipient], at: datetime) -> list[str]:
    """Plan one mail of an edition for each recipient; ids of those that were not planned before.

    Call it inside the `together` that records the edition, so that none is without the other.
    """
    planned = []
    for recipient in to:
        mail_id = mail_id_of(edition, recipient.recipient_id)
        body = {"mail_id": mail_id, "edition": edition, "recipient": recipient.recipient_id}
        once = f"mail:{edition}:{recipient.recipient_id}"
        if ledger.append("mail_planned", body, at, once=once):
            planned.append(mail_id)
    return planned


def mail_id_of(edition: str, recipient_id: str) -> str:
    """The same short id, every time, for one edition and one recipient."""
    return hashlib.sha256(f"{edition}\n{recipient_id}".encode()).hexdigest()[:16]


def mails(ledger: Ledger) -> list[Mail]:
    """Every mail that was ever planned, as it stands now, in the order of planning."""
    found: dict[str, Mail] = {}
    for entry in ledger.entries("mail_planned", *(f"mail_{state}" for state in STATES)):
        mail_id = entry.body["mail_id"]
        found[mail_id] = _after(found.get(mail_id), entry)
    return list(found.values())


def deliver(
    ledger: Ledger,
    settings: Settings,
    compose: Callable[[Mail], bytes],
    patience: Patience | None = None,
    wanted: Callable[[Mail], bool] | None = None,
    smaller: Callable[[Mail], bytes | None] = lambda _mail: None,
) -> list[Mail]:
    """Write or send what waits, and return the mails that took a step, as they stand after it.

    Without an SMTP server each waiting mail becomes a file in the outbox and is `written`: it is
    never sent later. With one, each is sent on its own, and one that the server may or may not
    have taken becomes `uncertain` and waits for a person. One that cannot be composed keeps no
    other from its way, and one that is too large for the server goes as `smaller` makes it, where
    it does. Where something is wanted, the rest goes on waiting. Twice in a row changes nothing.
    The caller holds the home's lock.
    """
    before = mails(ledger)
    delivery = _Delivery(ledger, settings, compose, smaller, patience)
    for mail in before:
        if mail.state == "sending":
            delivery.note(mail, "uncertain", "the run ended before the server's answer")
    waiting = [
        mail for mail in before if mail.state == "pending" and (wanted is None or wanted(mail))
    ]
    if settings.smtp_url is None:
        _write(waiting, delivery)
    else:
        due = [mail for mail in waiting if _is_due(mail, settings.now)]
        _send(due, settings.smtp_url, delivery)
    unmoved = set(before)
    return [mail for mail in mails(ledger) if mail not in unmoved]


def resolve(ledger: Ledger, mail_id: str, *, sent: bool, at: datetime, by: str) -> Mail:
    """Settle a mail by a person's word: it was sent, or it is to be sent again under the same id.

    Sent is also what the recipient of a failed one got by another way. Raises UsageError for a
    mail that neither failed nor is uncertain, and for an unknown id.
    """
    mail = next((mail for mail in mails(ledger) if mail.mail_id == mail_id), None)
    if mail is None:
        msg = f"There is no mail {mail_id!r}. `reper outbox` lists all of them."
        raise UsageError(msg)
    if mail.state not in ("uncertain", "failed"):
        msg = f"Mail {mail_id} is {mail.state}. Only an uncertain or a failed one can be settled."
        raise UsageError(msg)
    state = "sent" if sent else "pending"
    reply = (
        f"{by} says that the recipient has it" if sent else f"{by} says that it is to be sent again"
    )
    settled = replace(mail, state=state, last_reply=reply, at=at)
    settled = replace(settled, refused_since=None, next_at=None)
    ledger.append(f"mail_{state}", _body(settled) | {"by": by}, at)
    return settled


def file_name(mail: Mail) -> str:
    """Name of a mail's file in the outbox; sorted by edition, then by recipient."""
    return f"{mail.edition.replace('/', '-')}--{mail.recipient}.eml"


@dataclass(frozen=True)
class _Delivery:
    """One round of delivering: where to note, how to compose."""

    ledger: Ledger
    settings: Settings
    compose: Callable[[Mail], bytes]
    smaller: Callable[[Mail], bytes | None]
    patience: Patience | None

    def note(self, mail: Mail, state: str, reply: str | None) -> None:
        """Put a mail's new state into the book, unless it stands there already."""
        if (state, reply) == (mail.state, mail.last_reply):
            return
        self.record(replace(mail, state=state, last_reply=reply))

    def record(self, mail: Mail) -> None:
        """Put a mail as it stands now into the book."""
        self.ledger.append(f"mail_{mail.state}", _body(mail), self.settings.now)

    def file(self, mail: Mail, compose: Callable[[Mail], bytes | None]) -> bytes | None:
        """The mail as it stands in the outbox from now on; None when it cannot be composed."""
        try:
            message = compose(mail)
        except NotNeededError as error:
            self.note(mail, "failed", f"{_NOT_NEEDED}: {error}")
            return None
        except CatalogueError as error:
            # One bad row in the tables must not keep the report from all others.
            self.note(mail, "failed", str(error))
            return None
        except ReperError as error:
            self.note(mail, "pending", str(error))
            return None
        if message is not None:
            durable.write(self.settings.outbox / file_name(mail), message)
        return message


def _write(waiting: Iterable[Mail], delivery: _Delivery) -> None:
    for mail in waiting:
        if delivery.file(mail, delivery.compose) is not None:
            delivery.note(mail, "written", None)


def _send(due: Iterable[Mail], url: str, delivery: _Delivery) -> None:
    smtp.server(url)
    silences = 0
    for mail in due:
        message = delivery.file(mail, delivery.compose)
        if message is None:
            continue
        outcome, tried = _send_one(mail, message, url, delivery)
        if outcome is Outcome.TOO_LARGE and (message := delivery.file(tried, delivery.smaller)):
            outcome, _ = _send_one(tried, message, url, delivery)
        silences = silences + 1 if outcome is Outcome.NO_SERVICE else 0
        if silences == _MOST_SILENCES:
            # The mail server does not serve us: what is left waits.
            return


def _send_one(mail: Mail, message: bytes, url: str, delivery: _Delivery) -> tuple[Outcome, Mail]:
    """Try a mail once; how far it came, and how it stands then."""
    tried, now = replace(mail, attempts=mail.attempts + 1, next_at=None), delivery.settings.now

    def claim() -> None:
        # From the dot on the server may own the mail, so the book must say so before it.
        body = _body(replace(tried, state="sending"))
        once = f"mail_sending:{mail.mail_id}:{tried.attempts}"
        if delivery.ledger.append("mail_sending", body, now, once=once) is None:
            msg = f"Another run is sending mail {mail.mail_id}. Wait until it has ended."
            raise OperatorError(msg)

    sender, recipient = _addresses(message)
    reply = smtp.send(url, sender, recipient, message, claim, delivery.patience)
    if reply.outcome is Outcome.REFUSED_NOW:
        tried = replace(tried, refused_since=min(mail.refused_since or now, now))
    put_off_for = now - (tried.refused_since or now)
    state = _state_after(reply.outcome, put_off_for)
    next_at = now + _wait(tried.attempts) if state == "pending" else None
    tried = replace(tried, state=state, last_reply=reply.text, next_at=next_at)
    delivery.record(tried)
    return reply.outcome, tried


def _is_due(mail: Mail, at: datetime) -> bool:
    # A wait that is longer than any was noted by a clock that ran ahead, and means nothing.
    return mail.next_at is None or not at < mail.next_at <= at + _LONGEST_WAIT


def _state_after(outcome: Outcome, put_off_for: timedelta) -> str:
    match outcome:
        case Outcome.ACCEPTED:
            return "sent"
        case Outcome.REFUSED_FOR_GOOD | Outcome.TOO_LARGE:
            return "failed"
        case Outcome.LOST_AFTER_DOT:
            return "uncertain"
        case Outcome.REFUSED_NOW if put_off_for >= _PUT_OFF_AT_MOST:
            return "failed"
    # Nobody refused a mail whose server was away: it waits for as long as that takes.
    return "pending"


def _wait(attempts: int) -> timedelta:
    # Six doublings pass the longest wait; more would only overflow.
    return min(_FIRST_WAIT * 2 ** min(attempts - 1, 6), _LONGEST_WAIT)


def _after(mail: Mail | None, entry: Entry) -> Mail:
    body, state = entry.body, entry.kind.removeprefix("mail_")
    if mail is None:
        ids = body["mail_id"], body["edition"], body["recipient"]
        return Mail(*ids, state="pending", at=entry.at, planned_at=entry.at)
    return replace(
        mail,
        state=state,
        at=entry.at,
        attempts=body["attempts"],
        # Older books count refusals in its place, and are read as well.
        refused_since=_moment(body.get("refused_since")),
        last_reply=body["reply"],
        next_at=_moment(body["next_at"]),
    )


def _body(mail: Mail) -> dict[str, str | int | None]:
    return {
        "mail_id": mail.mail_id,
        "attempts": mail.attempts,
        "refused_since": _stamp(mail.refused_since),
        "reply": mail.last_reply,
        "next_at": _stamp(mail.next_at),
    }


def _stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _addresses(message: bytes) -> tuple[str, str]:
    # The bytes are the one truth about who gets them.
    headers = BytesParser(policy=default).parsebytes(message, headersonly=True)
    return headers["From"].addresses[0].addr_spec, headers["To"].addresses[0].addr_spec
