"""When something fails, the operator hears of it, and only the operator: once a cause, then daily.

An alert is an entry in the ledger and a mail in the same outbox as all others, to the audience
`operator`. A cause that comes again within a week is told in one digest a day.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from traceback import extract_tb

from flows.steps import approval, periods
from flows.steps.catalogue import Catalogue
from flows.steps.errors import CatalogueError, ReperError
from flows.steps.ledger import Entry, Ledger
from flows.steps.mail import outbox
from flows.steps.mail.message import Envelope, notice
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import recipients
from flows.steps.settings import CHECKOUT, Settings

AUDIENCE = "operator"
_FORGOTTEN_AFTER = timedelta(days=7)


def failed(settings: Settings, ledger: Ledger, step: str, error: BaseException) -> None:
    """Note that a step failed: a new cause is told at once, a known one in the day's digest."""
    cause = _cause(error)
    # Numbers, such as a process or free bytes, make no new cause.
    key = _key(step, re.sub(r"\d+", "#", cause))
    today = periods.local_date(settings.now)
    body = {"key": key, "step": step, "cause": cause}
    with ledger.together():
        earlier = [one for one in _raised(ledger) if one.body["key"] == key]
        is_known = any(one.at > settings.now - _FORGOTTEN_AFTER for one in earlier)
        if ledger.append("alert_raised", body, settings.now, once=f"alert:{key}:{today}") is None:
            return
        if is_known:
            path = f"{AUDIENCE}/{today}/digest"
            ledger.append("alert_digest", {"edition": path}, settings.now, once=f"alert:{path}")
        else:
            path = f"{AUDIENCE}/{today}/{key}"
        _plan(settings, ledger, path)


def look(settings: Settings, ledger: Ledger) -> None:
    """Tell of what waits for a person: editions that the gate holds, mails without an answer."""
    for edition in approval.editions(ledger):
        if edition.state == "held" and edition.by == approval.GATE:
            _tell_once(settings, ledger, f"edition {edition.path}", approval.why(edition))
    for mail in outbox.mails(ledger):
        if mail.state in ("uncertain", "failed") and not is_alert(mail):
            said = f"The mail is {mail.state}: {mail.last_reply}. {_SETTLE}"
            _tell_once(settings, ledger, f"mail {mail.mail_id} of {mail.edition}", said)


def is_alert(mail: Mail) -> bool:
    """Whether a mail is one of these, and not an edition's."""
    return mail.edition.startswith(f"{AUDIENCE}/")


def letter(settings: Settings, catalogue: Catalogue, ledger: Ledger, mail: Mail) -> bytes:
    """The finished message of one alert or digest, to one operator. Raises CatalogueError."""
    _, day, key = mail.edition.split("/")
    of_day = [e for e in _raised(ledger) if periods.local_date(e.at) == date.fromisoformat(day)]
    told = of_day if key == "digest" else [e for e in of_day if e.body["key"] == key]
    reader = next(
        (r for r in recipients(settings.recipients, AUDIENCE) if r.recipient_id == mail.recipient),
        None,
    )
    if reader is None:
        msg = f"{settings.recipients.name} no longer names {mail.recipient}. Add the row again."
        raise CatalogueError(msg)
    programme, words = catalogue.programme, _WORDS[reader.language]
    headline = words["digest" if key == "digest" else "alert"]
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
            subject=f"{headline}: {', '.join(_steps(told))}",
            figures=(),
            headline=headline,
            lines=tuple(_line(entry, words) for entry in told),
            pdf=b"",
            pdf_name="",
            pages=0,
            data_until=day,
            is_demonstration=programme.is_demonstration,
            list_id=f"{AUDIENCE}.{programme.programme_id}",
            contact=programme.contact,
            at=told[0].at if told else datetime.fromisoformat(f"{day}T00:00:00+00:00"),
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


def _tell_once(settings: Settings, ledger: Ledger, step: str, cause: str) -> None:
    key = _key(step, cause)
    body = {"key": key, "step": step, "cause": cause}
    with ledger.together():
        if ledger.append("alert_raised", body, settings.now, once=f"alert:{key}") is not None:
            _plan(settings, ledger, f"{AUDIENCE}/{periods.local_date(settings.now)}/{key}")


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


def _steps(told: Sequence[Entry]) -> list[str]:
    return list(dict.fromkeys(entry.body["step"] for entry in told))


def _line(entry: Entry, words: dict[str, str]) -> str:
    at = entry.at.astimezone(periods.LOCAL).strftime("%d.%m.%Y %H:%M")
    cause = " ".join(entry.body["cause"].split())
    return words["line"].format(at=at, step=entry.body["step"], cause=cause)
