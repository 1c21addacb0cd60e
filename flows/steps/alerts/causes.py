"""What needs a person: a step that failed, an edition that is held, a mail that did not arrive."""

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from traceback import extract_tb

from flows.steps import periods
from flows.steps.errors import ReperError
from flows.steps.ledger import Entry, Ledger
from flows.steps.mail import outbox
from flows.steps.mail.outbox import Mail
from flows.steps.publishing import approval
from flows.steps.settings import CHECKOUT, Settings
from reports.locale import Locale
from reports.model import Text
from reports.words import Noun

AUDIENCE = "operator"
_WAITS_LONG = timedelta(days=1)
_MAIL = Noun(
    Text("mesaj așteaptă", "mail has waited"), Text("mesaje așteaptă", "mails have waited")
)
_NOT_ARRIVED = {
    "uncertain": Text(
        "nu se știe dacă a ajuns: {reply}. Întrebați destinatarul, apoi: reper resolve {mail} "
        "--sent sau --resend.",
        "nobody knows whether it arrived: {reply}. Ask the recipient, then: reper resolve {mail} "
        "--sent or --resend.",
    ),
    "failed": Text(
        "nu a putut fi trimis: {reply}. Îndreptați cauza, apoi: reper resolve {mail} --resend, sau "
        "--sent când destinatarul îl are pe altă cale.",
        "could not be sent: {reply}. Mend the cause, then: reper resolve {mail} --resend, or "
        "--sent when the recipient has it another way.",
    ),
}
_PUT_OFF = Text(
    "{mails} de mai mult de o zi, primul din {day}; ultimul răspuns: {reply}. Se încearcă mai "
    "departe de la sine; verificați serverul de e-mail și REPER_SMTP_URL.",
    "{mails} for more than a day, the first since {day}; the last answer: {reply}. They are tried "
    "on by themselves; check the mail server and REPER_SMTP_URL.",
)


@dataclass(frozen=True)
class Cause:
    """One thing that needs a person: where, and what with its remedy.

    key is the same each time that it comes again.
    """

    key: str
    where: Text
    said: Text


def of_failure(step: str, error: BaseException) -> Cause:
    """The cause of a step that failed. Numbers, such as a process, make no other cause."""
    said = _said(error)
    key = _key(step, re.sub(r"\d+", "#", said))
    return Cause(key, _at(step), Text(said, said))


def of_entry(entry: Entry) -> Cause:
    """The cause that an alert in the book tells of. Older ones say it in one language."""
    body = entry.body
    if "step" in body:
        return Cause(body["key"], _at(body["step"]), Text(body["cause"], body["cause"]))
    where, said = (Text(body[f"{what}_ro"], body[f"{what}_en"]) for what in ("where", "cause"))
    return Cause(body["key"], where, said)


def waiting(settings: Settings, ledger: Ledger) -> list[Cause]:
    """What waits for a person just now.

    Each edition that the gate holds, each mail that failed or has no answer, and, as one, the
    mails that the server has not taken for more than a day. What a newer edition has overtaken
    needs nobody any more, and a held one that a newer version follows can be released by nobody.
    """
    overtaken = approval.overtaken(ledger)
    found = []
    newest = {edition.series: edition for edition in approval.editions(ledger)}
    for edition in newest.values():
        if edition.state == "held" and edition.by == approval.GATE:
            where = Text(f"ediția {edition.path}", f"edition {edition.path}")
            said = Text(approval.why(edition, "ro"), approval.why(edition, "en"))
            key = _key(edition.path, *(doubt.cause for doubt in edition.doubts))
            found.append(Cause(key, where, said))
    mails = [mail for mail in outbox.mails(ledger) if not (is_alert(mail) or mail.is_moot)]
    found += [
        _not_arrived(mail)
        for mail in mails
        if mail.state in _NOT_ARRIVED and mail.edition not in overtaken
    ]
    return found + _put_off(settings, ledger, mails)


def is_alert(mail: Mail) -> bool:
    """Whether a mail tells the operator of such causes, and is not an edition's."""
    return mail.edition.startswith(f"{AUDIENCE}/")


def _at(step: str) -> Text:
    return Text(f"la pasul {step}", f"in the step {step}")


def _not_arrived(mail: Mail) -> Cause:
    where = f"{mail.mail_id} ({mail.edition})"
    blanks = {"reply": mail.last_reply or "–", "mail": mail.mail_id}
    said = _NOT_ARRIVED[mail.state]
    return Cause(
        _key(mail.mail_id, mail.state, str(mail.attempts)),
        Text(f"mesajul {where}", f"mail {where}"),
        Text(said.ro.format(**blanks), said.en.format(**blanks)),
    )


def _put_off(settings: Settings, ledger: Ledger, mails: list[Mail]) -> list[Cause]:
    kept_back = {one.path for one in approval.editions(ledger) if not one.may_go}
    late = [
        mail
        for mail in mails
        if mail.state == "pending" and mail.last_reply and mail.edition not in kept_back
        if settings.now - mail.planned_at > _WAITS_LONG
    ]
    if not late:
        return []
    day = periods.local_date(late[0].planned_at)

    def in_(locale: Locale) -> str:
        mails = locale.counted(len(late), _MAIL)
        return locale.say(_PUT_OFF, mails=mails, day=locale.day(day), reply=str(late[0].last_reply))

    where = Text("serverul de e-mail", "the mail server")
    return [Cause("put-off", where, Text(in_(Locale("ro")), in_(Locale("en"))))]


def _said(error: BaseException) -> str:
    if isinstance(error, ReperError):
        return str(error)
    # What a bug says may quote a partner's row; where it happened is enough to find it.
    frames = extract_tb(error.__traceback__)
    where = f"{_short(frames[-1].filename)}:{frames[-1].lineno}" if frames else "unknown"
    return f"A fault in Reper, {type(error).__name__} at {where}. Send this line to who made it."


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else path.name


def _key(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:10]
