"""The mail to the operator: what needs a person, where, and what to do, one paragraph a cause."""

from collections.abc import Sequence

from flows.steps import periods
from flows.steps.alerts import telling
from flows.steps.alerts.causes import AUDIENCE
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Entry, Ledger
from flows.steps.mail.message import Envelope, notice
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import named, reachable
from flows.steps.settings import Settings
from reports.locale import Locale
from reports.model import Language, Text
from reports.words import Noun

_ALERT = Text("Reper cere atenție", "Reper needs attention")
_DIGEST = Text("Încă nerezolvat în Reper", "Still to be put right in Reper")
_AGAIN = Text("De {times}, ultima dată pe ", "{times}, the last time on ")
_TIME = Noun(Text("dată", "time"), Text("ori", "times"))


def letter(settings: Settings, catalogue: Catalogue, ledger: Ledger, mail: Mail) -> bytes:
    """The finished message of one alert or digest, to one operator. Raises CatalogueError."""
    readers = reachable(settings.recipients, AUDIENCE)
    reader = named(readers, mail.recipient, settings.recipients)
    told, programme = telling.told_by(ledger, mail), catalogue.programme
    language: Language = "ro" if reader.language == "ro" else "en"
    locale = Locale(language)
    headline = locale.say(_DIGEST if telling.is_digest(mail) else _ALERT)
    first, others = told[0][-1].body[f"where_{language}"], len(told) - 1
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
            title=headline,
            subject=f"{headline}: {first}" + (f" (+{others})" if others else ""),
            figures=(),
            headline=headline,
            lines=tuple(_line(entries, locale) for entries in told),
            pdf=b"",
            pdf_name="",
            pages=0,
            data_until="",
            is_demonstration=programme.is_demonstration,
            list_id=f"{AUDIENCE}.{programme.programme_id}",
            contact=programme.contact,
            at=mail.planned_at,
        )
    )


def _line(entries: Sequence[Entry], locale: Locale) -> str:
    """One cause; how often it came, when that was more than once."""
    last = entries[-1]
    at = last.at.astimezone(periods.LOCAL).strftime("%d.%m.%Y %H:%M")
    times = locale.counted(len(entries), _TIME)
    again = locale.say(_AGAIN, times=times) if len(entries) > 1 else ""
    where = last.body[f"where_{locale.language}"]
    cause = " ".join(last.body[f"cause_{locale.language}"].splitlines())
    return f"{again}{at}, {where}: {cause}"
