"""What the programme's officer has to know of the partners: one mail a day, when there is news.

It goes to the audience `officer`. What it says is an entry in the ledger, and a day on which
nothing differs from the last one has no mail.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Entry, Ledger
from flows.steps.mail import outbox
from flows.steps.mail.message import Envelope, notice
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import named, of_partners, reachable, recipients
from flows.steps.settings import Settings
from reports.locale import Locale

AUDIENCE = "officer"
_PLACE = "digest"
_KIND = "digest_planned"
# What is told, in this order.
_KINDS = ("due", "late", "to_correct", "no_address")

News = dict[str, list[dict[str, Any]]]


def plan(settings: Settings, ledger: Ledger, standing: Sequence[Mapping[str, Any]]) -> bool:
    """Plan the day's digest when it says something that the last one did not; whether it did.

    standing are the partners as `reper status` lists them, about the periods that are asked
    about. Without anybody in the audience nothing is planned.
    """
    to = recipients(settings.recipients, AUDIENCE)
    news, told = _news(settings, standing), ledger.entries(_KIND)
    if not to or news == (told[-1].body["news"] if told else _nothing()):
        return False
    path = f"{_PLACE}/{periods.local_date(settings.now)}"
    with ledger.together():
        body = {"edition": path, "news": news}
        if ledger.append(_KIND, body, settings.now, once=path) is None:
            return False
        return bool(outbox.plan(ledger, path, to, settings.now))


def is_digest(mail: Mail) -> bool:
    """Whether a mail is a digest, and not an edition's."""
    return mail.edition.startswith(f"{_PLACE}/")


def letter(settings: Settings, catalogue: Catalogue, ledger: Ledger, mail: Mail) -> bytes:
    """The finished digest to one officer. Raises CatalogueError when nobody has that id."""
    readers = reachable(settings.recipients, AUDIENCE)
    reader = named(readers, mail.recipient, settings.recipients)
    programme, words = catalogue.programme, _WORDS[reader.language]
    told = next(e for e in ledger.entries(_KIND) if e.body["edition"] == mail.edition)
    news = told.body["news"]
    counts = "; ".join(
        words[f"{name}_count"].format(count=len(news[name])) for name in _KINDS if news[name]
    )
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
            title=words["title"],
            subject=f"{words['title']}: {counts or words['nobody']}",
            headline=words["title"],
            lines=tuple(_parts(catalogue, told, reader.language)) or (words["nobody"],),
            is_demonstration=programme.is_demonstration,
            list_id=f"{AUDIENCE}.{programme.programme_id}",
            contact=programme.contact,
            at=told.at,
        )
    )


_WORDS = {
    "ro": {
        "title": "Situația raportărilor",
        "nobody": "nimeni nu este așteptat și nimic nu este de corectat",
        "due": "Nu au raportat încă, și termenul nu a trecut:",
        "due_count": "așteptați: {count}",
        "due_line": "{period}, până la {due}",
        "late": "Nu au raportat, și termenul a trecut:",
        "late_count": "întârziați: {count}",
        "late_line": "{period}, termenul a fost {due}",
        "to_correct": "Au trimis un raport în care ceva este de corectat sau de verificat:",
        "to_correct_count": "cu observații: {count}",
        "to_correct_line": "{period}, observații: {count}",
        "no_address": "Nu au nicio adresă la care să le scriem (recipients.csv, audiența partner):",
        "no_address_count": "fără adresă: {count}",
        "no_address_line": "",
    },
    "en": {
        "title": "Where the partners stand",
        "nobody": "nobody is waited for and nothing is to correct",
        "due": "Have not reported yet, and the deadline is still to come:",
        "due_count": "due: {count}",
        "due_line": "{period}, by {due}",
        "late": "Have not reported, and the deadline is past:",
        "late_count": "late: {count}",
        "late_line": "{period}, the deadline was {due}",
        "to_correct": "Have sent a report in which something is to correct or to check:",
        "to_correct_count": "with findings: {count}",
        "to_correct_line": "{period}, findings: {count}",
        "no_address": "Have no address to write to (recipients.csv, audience partner):",
        "no_address_count": "without an address: {count}",
        "no_address_line": "",
    },
}


def _nothing() -> News:
    return {name: [] for name in _KINDS}


def _news(settings: Settings, standing: Sequence[Mapping[str, Any]]) -> News:
    readers, news = of_partners(settings.recipients), _nothing()
    for row in standing:
        about = {name: row[name] for name in ("partner_id", "period_id", "due_on")}
        if row["state"] in ("NOT_DUE", "MISSING"):
            news["due" if row["state"] == "NOT_DUE" else "late"].append(about)
        if row["open_findings"]:
            news["to_correct"].append(about | {"count": row["open_findings"]})
    partners = sorted({row["partner_id"] for row in standing})
    news["no_address"] = [{"partner_id": one} for one in partners if one not in readers]
    return news


def _parts(catalogue: Catalogue, told: Entry, language: str) -> list[str]:
    """One part for each kind of news, a line for each partner in it."""
    words, locale = _WORDS[language], Locale("en" if language == "en" else "ro")
    names = {row["partner_id"]: row["name"] for row in catalogue["partners"]}
    parts = []
    for name in _KINDS:
        rows = told.body["news"][name]
        lines = [words[name]] if rows else []
        for row in rows:
            due = locale.day(date.fromisoformat(row["due_on"])) if "due_on" in row else ""
            said = words[f"{name}_line"].format(
                period=row.get("period_id"), due=due, count=row.get("count")
            )
            partner = f"{row['partner_id']} {names.get(row['partner_id'], '')}".rstrip()
            lines.append(f"- {partner}: {said}" if said else f"- {partner}")
        parts += ["\n".join(lines)] if lines else []
    return parts
