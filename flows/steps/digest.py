"""What the programme's officer has to know of the partners: one mail a day, when there is news.

It goes to the audience `officer`. What it says is an entry in the ledger, and a day on which
nothing differs from the last one has no mail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flows.steps import periods, rejudged
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.addressing import addressed
from flows.steps.mail.message import notice
from flows.steps.mail.outbox import Mail
from flows.steps.mail.recipients import named, of_partners, reachable, recipients
from flows.steps.settings import Settings
from reports.locale import Locale
from reports.model import Language

AUDIENCE = "officer"
_PLACE = "digest"
_KIND = "digest_planned"
# What is told, what needs somebody first.
_ANEW = "judged_anew"
_KINDS = ("late", "to_correct", _ANEW, "due", "no_address")

News = dict[str, list[dict[str, Any]]]


def plan(settings: Settings, ledger: Ledger, standing: Sequence[Mapping[str, Any]]) -> bool:
    """Plan the day's digest when it says something that the last one did not; whether it did.

    standing are the partners as `reper status` lists them, about the periods that are asked
    about. Without anybody in the audience nothing is planned.
    """
    to = recipients(settings.recipients, AUDIENCE)
    told = ledger.entries(_KIND)
    last = told[-1].body["news"] if told else _nothing()
    news = _news(settings, standing)
    news[_ANEW] = rejudged.since(ledger, told[-1].seq if told else 0)
    if not to or news == last | {_ANEW: []}:
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
    language = reader.speaks
    words = _WORDS[language]
    told = next(e for e in ledger.entries(_KIND) if e.body["edition"] == mail.edition)
    # Before rows were judged anew, a digest said nothing of them.
    news = _nothing() | told.body["news"]
    counts = "; ".join(
        words[f"{name}_count"].format(count=len(news[name])) for name in _KINDS if news[name]
    )
    title = words["title"]
    subject = f"{title}: {counts or words['nobody']}"
    envelope = addressed(
        catalogue.programme, reader, mail.mail_id, mail.edition, told.at, title, subject
    )
    lines = tuple(_parts(catalogue, news, language)) or (words["nobody"],)
    return notice(replace(envelope, headline=title, lines=lines))


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
        "judged_anew": (
            "Judecate din nou fără un fișier nou, fiindcă s-a schimbat un tabel sau o regulă:"
        ),
        "judged_anew_count": "judecate din nou: {count}",
        "judged_anew_line": "{sheet}: rânduri intrate {came_in}; rânduri ieșite {went_out}",
        "taken": "fișierul refuzat a fost preluat",
        "refused": "fișierul preluat este acum refuzat",
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
        "judged_anew": "Judged anew without a new file, for a table or a rule has changed:",
        "judged_anew_count": "judged anew: {count}",
        "judged_anew_line": "{sheet}: rows that came in {came_in}; rows that went out {went_out}",
        "taken": "the file that was refused is taken in",
        "refused": "the file that was taken in is refused now",
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


def _parts(catalogue: Catalogue, news: News, language: Language) -> list[str]:
    """One part for each kind of news, a line for each partner in it."""
    words = _WORDS[language]
    parts = []
    for kind in _KINDS:
        rows = news[kind]
        lines = [words[kind], *(f"- {_line(catalogue, kind, row, language)}" for row in rows)]
        parts += ["\n".join(lines)] if rows else []
    return parts


def _line(catalogue: Catalogue, kind: str, row: Mapping[str, Any], language: Language) -> str:
    """Who it is about, and what there is to say."""
    words = _WORDS[language]
    if kind == _ANEW:
        if row["sheet"] is None:
            return f"{row['submission_id']}: {words['taken' if row['is_taken'] else 'refused']}"
        labels = {one["sheet"]: one[f"label_{language}"] for one in catalogue["sheets"]}
        rows = {name: ", ".join(map(str, row[name])) or "–" for name in ("came_in", "went_out")}
        said = words[f"{kind}_line"].format(sheet=labels[row["sheet"]], **rows)
        return f"{row['submission_id']}: {said}"
    names = {one["partner_id"]: one["name"] for one in catalogue["partners"]}
    due = Locale(language).day(date.fromisoformat(row["due_on"])) if "due_on" in row else ""
    said = words[f"{kind}_line"].format(
        period=row.get("period_id"), due=due, count=row.get("count")
    )
    partner = f"{row['partner_id']} {names.get(row['partner_id'], '')}".rstrip()
    return f"{partner}: {said}" if said else partner
