"""A reminder to each partner that has not reported: before and after the deadline, each once.

The programme's reminders.csv says how many days before and after. A reminder is a mail in the same
outbox as all others, to the recipients of the audience `partner` whose column `for` names the
partner. After a pause only the latest that is due goes out, never all that were missed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flows.steps import periods, warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.errors import NotNeededError
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.addressing import addressed
from flows.steps.mail.message import notice
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import PARTNER, named, of_partners, reachable
from flows.steps.periods import Period
from flows.steps.settings import Settings
from reports.locale import Locale
from reports.model import PeriodLabel

_PLACE = "reminder"
_WAITED_FOR = ("NOT_DUE", "MISSING")
# A last reminder missed longer ago than this is not made up for: nobody wants last year's.
_LAPSES_AFTER = timedelta(days=14)
_BEFORE, _AFTER = "before", "after"


def days(catalogue: Catalogue) -> list[int]:
    """Days from the deadline on which partners are reminded, negative before it, in order."""
    return sorted(row["days_from_deadline"] for row in catalogue["reminders"])


def periods_asked_about(catalogue: Catalogue, today: date) -> list[Period]:
    """The reporting periods of which partners are reminded about now, in order."""
    found, programme = days(catalogue), catalogue.programme
    if not found:
        return []
    first, last = (timedelta(days=day) for day in (found[0], found[-1]))
    own = [one for one in catalogue.periods() if one.kind == programme.reporting_kind]
    due = {one: periods.due_on(one, programme.deadline_days) for one in own}
    return [one for one in own if due[one] + first <= today <= due[one] + last + _LAPSES_AFTER]


def plan(
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    standing: Sequence[Mapping[str, Any]],
    *,
    dry_run: bool = False,
) -> list[dict[str, Any]]:
    """Plan the reminder that is due for each partner that has not reported; those partners.

    standing are the partners as `reper status` lists them, about periods that are asked about. A
    partner without an address is named, and gets none: `recipients` is then empty. One whose file
    waits in the inbox is left alone. A dry run plans none.
    """
    readers, answers = of_partners(settings.recipients), []
    today = periods.local_date(settings.now)
    for row in standing:
        occasion = _occasion(days(catalogue), today - date.fromisoformat(row["due_on"]))
        if row["state"] not in _WAITED_FOR or occasion is None or _has_sent(settings, row):
            continue
        to = readers.get(row["partner_id"], [])
        path = f"{_PLACE}/{row['partner_id']}/{row['period_id']}/{occasion}"
        new = [] if dry_run else outbox.plan(ledger, path, to, settings.now)
        about = ("partner_id", "name", "period_id", "due_on", "days_late")
        answers.append(
            {name: row[name] for name in about}
            | {
                "occasion": occasion,
                "recipients": [reader.recipient_id for reader in to],
                "is_new": bool(new),
            }
        )
    return answers


def is_reminder(mail: Mail) -> bool:
    """Whether a mail is a reminder, and not an edition's."""
    return mail.edition.startswith(f"{_PLACE}/") or _is_of_an_older_kind(mail)


def letter(settings: Settings, catalogue: Catalogue, mail: Mail) -> bytes:
    """The finished reminder to one recipient.

    Raises NotNeededError when the partner has reported since it was planned, or it was planned
    before reminders had occasions; else as `named` does.
    """
    if _is_of_an_older_kind(mail):
        msg = "reminders have occasions now, and whoever is still late has one of those."
        raise NotNeededError(msg)
    _, partner_id, period_id, occasion = mail.edition.split("/")
    readers = reachable(settings.recipients, PARTNER, partner_id)
    reader = named(readers, mail.recipient, settings.recipients)
    state, has_refused_file = _standing(settings, partner_id, period_id)
    if state not in _WAITED_FOR:
        msg = f"{partner_id} stands at {state} for {period_id}, so nobody has to be reminded."
        raise NotNeededError(msg)
    programme, language = catalogue.programme, reader.speaks
    period, words, locale = catalogue.period(period_id), _WORDS[language], Locale(language)
    label = PeriodLabel(period.period_id, period.kind, period.starts_on, period.ends_on)
    about = {
        "period": locale.period(label),
        "due": locale.day(periods.due_on(period, programme.deadline_days)),
        "contact": programme.contact,
    }
    is_last = occasion == _named(days(catalogue)[-1])
    said = [
        occasion.partition("-")[0],
        "refused" if has_refused_file else "nil",
        *(["last"] if is_last else []),
        "help",
    ]
    title = words[f"title_{said[0]}"].format(**about)
    envelope = addressed(
        programme, reader, mail.mail_id, mail.edition, mail.planned_at, title, title
    )
    lines = tuple(words[one].format(**about) for one in said)
    return notice(replace(envelope, headline=title, lines=lines))


_WORDS = {
    "ro": {
        "title_before": "Raportul pentru {period} se așteaptă până la {due}",
        "title_after": "Așteptăm raportul dumneavoastră pentru {period}",
        "before": (
            "Vă reamintim că termenul raportului pentru {period} este {due}. Vă rugăm să îl "
            "trimiteți pe calea obișnuită."
        ),
        "after": (
            "Termenul a fost {due}, iar raportul pentru {period} nu a intrat încă în cifre. Vă "
            "rugăm să îl trimiteți când puteți; și un raport întârziat se numără."
        ),
        "refused": (
            "Un fișier de la dumneavoastră a ajuns, dar nu l-am putut prelua încă: răspunsul "
            "nostru de atunci spune ce este de corectat."
        ),
        "nil": "Dacă nu ați avut activități, spuneți-ne și aceasta: este tot un raport.",
        "last": "Pentru această perioadă nu vă mai reamintim.",
        "help": "Dacă aveți nevoie de ajutor sau l-ați trimis deja, scrieți-ne la {contact}.",
    },
    "en": {
        "title_before": "The report on {period} is due by {due}",
        "title_after": "We are waiting for your report on {period}",
        "before": (
            "This is a reminder that the report on {period} is due by {due}. Please send it the "
            "usual way."
        ),
        "after": (
            "The deadline was {due}, and the report on {period} has not gone into the figures "
            "yet. Please send it when you can; a late report counts as well."
        ),
        "refused": (
            "A file of yours arrived, but we could not take it in yet: the answer that we sent "
            "then says what to put right."
        ),
        "nil": "If there were no activities, please tell us so: that is a report too.",
        "last": "We shall not remind you of this period again.",
        "help": "If you need help, or have sent it already, write to {contact}.",
    },
}


def _occasion(found: Sequence[int], passed: timedelta) -> str | None:
    """The latest occasion that is due, such as before-14 or after-7; None when none is."""
    due = [day for day in found if timedelta(days=day) <= passed]
    return _named(due[-1]) if due else None


def _named(day: int) -> str:
    return f"{_BEFORE if day <= 0 else _AFTER}-{abs(day)}"


def _has_sent(settings: Settings, row: Mapping[str, Any]) -> bool:
    folder = settings.inbox / row["partner_id"]
    return folder.is_dir() and any(path.is_file() for path in folder.iterdir())


def _is_of_an_older_kind(mail: Mail) -> bool:
    """Whether it was planned as older books have it: partner/TM-P001/2020-Q4."""
    return mail.edition.startswith(f"{PARTNER}/") and mail.edition.count("/") == 2


def _standing(settings: Settings, partner_id: str, period_id: str) -> tuple[str, bool]:
    """The state as last built, and whether a file of this period came and was refused."""
    with warehouse.connect(settings.warehouse, read_only=True) as connection:
        query = warehouse.select(settings.sql, "facts/reporting")
        found = warehouse.rows(connection, query, {"period_id": period_id})
    row = next(row for row in found if row["partner_id"] == partner_id)
    return row["state"], row["submission_id"] is not None
