"""The mail to the operator: what needs a person, where, and what to do, one paragraph a cause."""

from collections.abc import Sequence
from dataclasses import replace

from flows.steps import periods
from flows.steps.alerts import causes, telling
from flows.steps.alerts.causes import AUDIENCE
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Entry, Ledger
from flows.steps.mail.addressing import addressed
from flows.steps.mail.message import notice
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import named, reachable
from flows.steps.settings import Settings
from reports.locale import Locale
from reports.model import Text
from reports.words import Noun

_ALERT = Text("Reper cere atenție", "Reper needs attention")
_DIGEST = Text("Încă nerezolvat în Reper", "Still to be put right in Reper")
_AGAIN = Text("De {times}, ultima dată pe ", "{times}, the last time on ")
_TIME = Noun(Text("dată", "time"), Text("ori", "times"))


def letter(settings: Settings, catalogue: Catalogue, ledger: Ledger, mail: Mail) -> bytes:
    """The finished message of one alert or digest, to one operator. Raises CatalogueError."""
    readers = reachable(settings.recipients, AUDIENCE)
    reader = named(readers, mail.recipient, settings.recipients)
    told, locale = telling.told_by(ledger, mail), Locale(reader.speaks)
    headline = locale.say(_DIGEST if telling.is_digest(mail) else _ALERT)
    first, others = locale.say(causes.of_entry(told[0][-1]).where), len(told) - 1
    subject = f"{headline}: {first}" + (f" (+{others})" if others else "")
    envelope = addressed(
        catalogue.programme, reader, mail.mail_id, mail.edition, mail.planned_at, headline, subject
    )
    lines = tuple(_line(entries, locale) for entries in told)
    return notice(replace(envelope, headline=headline, lines=lines))


def _line(entries: Sequence[Entry], locale: Locale) -> str:
    """One cause; how often it came, when that was more than once."""
    last = entries[-1]
    at = last.at.astimezone(periods.LOCAL).strftime("%d.%m.%Y %H:%M")
    times = locale.counted(len(entries), _TIME)
    again = locale.say(_AGAIN, times=times) if len(entries) > 1 else ""
    cause = causes.of_entry(last)
    where, said = locale.say(cause.where), " ".join(locale.say(cause.said).splitlines())
    return f"{again}{at}, {where}: {said}"
