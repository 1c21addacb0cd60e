"""When something fails, the operator hears of it, and only the operator: once a cause, then daily.

An alert is an entry in the ledger and a mail in the same outbox as all others, to the audience
`operator`. A cause that comes again within a week is told in one digest a day.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from traceback import extract_tb

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.errors import ReperError
from flows.steps.ledger import Entry, Ledger
from flows.steps.mail import outbox
from flows.steps.mail.message import Envelope, notice
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import named, recipients
from flows.steps.publishing import approval
from flows.steps.settings import CHECKOUT, Settings

AUDIENCE = "operator"
_DIGEST = "digest"
_FORGOTTEN_AFTER = timedelta(days=7)


def failed(settings: Settings, ledger: Ledger, step: str, error: BaseException) -> None:
    """Note that a step failed: a new cause is told at once, a known one in the day's digest."""
    cause = _cause(error)
    # Numbers, such as a process or free bytes, make no new cause.
    key = _key(step, re.sub(r"\d+", "#", cause))
    today = periods.local_date(settings.now)
    with ledger.together():
        earlier = [one for one in _raised(ledger) if one.body["key"] == key]
        is_known = any(one.at > settings.now - _FORGOTTEN_AFTER for one in earlier)
        path = f"{AUDIENCE}/{today}/{_DIGEST if is_known else key}"
        body = {"key": key, "step": step, "cause": cause, "edition": path}
        if ledger.append("alert_raised", body, settings.now, once=f"alert:{key}:{today}"):
            _plan(settings, ledger, path)


def look(settings: Settings, ledger: Ledger) -> None:
    """Tell, once and in one mail, of what waits for a person.

    That is each edition that the gate holds, and each mail that failed or has no answer.
    """
    found = [
        (f"edition {edition.path}", approval.why(edition))
        for edition in approval.editions(ledger)
        if edition.state == "held" and edition.by == approval.GATE
    ]
    found += [
        (f"mail {mail.mail_id} of {mail.edition}", f"{mail.state}: {mail.last_reply}. {_SETTLE}")
        for mail in outbox.mails(ledger)
        if mail.state in ("uncertain", "failed") and not (is_alert(mail) or mail.is_moot)
    ]
    told = {entry.body["key"] for entry in _raised(ledger)}
    new = {_key(step, cause): (step, cause) for step, cause in found}
    new = {key: said for key, said in new.items() if key not in told}
    if not new:
        return
    path = f"{AUDIENCE}/{periods.local_date(settings.now)}/{next(iter(new))}"
    with ledger.together():
        for key, (step, cause) in new.items():
            body = {"key": key, "step": step, "cause": cause, "edition": path}
            ledger.append("alert_raised", body, settings.now, once=f"alert:{key}")
        _plan(settings, ledger, path)


def is_alert(mail: Mail) -> bool:
    """Whether a mail is one of these, and not an edition's."""
    return mail.edition.startswith(f"{AUDIENCE}/")


def letter(settings: Settings, catalogue: Catalogue, ledger: Ledger, mail: Mail) -> bytes:
    """The finished message of one alert or digest, to one operator. Raises CatalogueError."""
    key = mail.edition.rpartition("/")[2]
    told = [entry for entry in _raised(ledger) if entry.body["edition"] == mail.edition]
    readers = recipients(settings.recipients, AUDIENCE)
    reader = named(readers, mail.recipient, settings.recipients)
    programme, words = catalogue.programme, _WORDS[reader.language]
    headline = words["digest" if key == _DIGEST else "alert"]
    return notice(
        Envelope(
            mail_id=mail.mail_id,
            edition=mail.edition,
            sender_name=programme.sender_name,
            sender_address=programme.sender_address,
            recipient_name=reader.name,
            recipient_address=reader.address,
            language=reader.language,
            programme=programme.name_ro if reader.language == "ro" else programme.name_en,
            title=headline,
            subject=f"{headline}: {_subject(told)}",
            headline=headline,
            lines=tuple(_line(entry, words) for entry in told),
            is_demonstration=programme.is_demonstration,
            list_id=f"{AUDIENCE}.{programme.programme_id}",
            contact=programme.contact,
            at=told[0].at,
        )
    )


_SETTLE = "Ask the recipient, then: reper resolve MAIL --sent or --resend."
_WORDS = {
    "ro": {
        "alert": "Reper cere atenție",
        "digest": "Reper: ce se repetă astăzi",
        "line": "{at}, la pasul {step}: {cause}",
    },
    "en": {
        "alert": "Reper needs attention",
        "digest": "Reper: what comes again today",
        "line": "{at}, in the step {step}: {cause}",
    },
}


def _plan(settings: Settings, ledger: Ledger, path: str) -> None:
    outbox.plan(ledger, path, recipients(settings.recipients, AUDIENCE), settings.now)


def _raised(ledger: Ledger) -> list[Entry]:
    return ledger.entries("alert_raised")


def _cause(error: BaseException) -> str:
    if isinstance(error, ReperError):
        return str(error)
    # What a bug says may quote a partner's row; where it happened is enough to find it.
    frames = extract_tb(error.__traceback__)
    where = f"{_short(frames[-1].filename)}:{frames[-1].lineno}" if frames else "unknown"
    return f"A fault in Reper, {type(error).__name__} at {where}. Send this line to who made it."


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else path.name


def _key(step: str, cause: str) -> str:
    return hashlib.sha256(f"{step}|{cause}".encode()).hexdigest()[:10]


def _subject(told: Sequence[Entry]) -> str:
    first, *others = dict.fromkeys(entry.body["step"] for entry in told)
    return f"{first} (+{len(others)})" if others else first


def _line(entry: Entry, words: dict[str, str]) -> str:
    at = entry.at.astimezone(periods.LOCAL).strftime("%d.%m.%Y %H:%M")
    cause = " ".join(entry.body["cause"].split())
    return words["line"].format(at=at, step=entry.body["step"], cause=cause)
