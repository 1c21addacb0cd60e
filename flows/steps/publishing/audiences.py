"""Whom reports are made for: audiences, the readers that one is made for, and their languages."""

from flows.steps.catalogue import Catalogue
from flows.steps.errors import UsageError
from flows.steps.mail.recipients import recipients
from flows.steps.periods import Period
from flows.steps.publishing.told import PUBLIC, Series
from flows.steps.settings import Settings
from reports.model import Language, Text

AUDIENCES = ("team", "funder", PUBLIC)
LANGUAGES: tuple[Language, ...] = ("ro", "en")

# For whom, None where the audience is one; and in which language.
Part = tuple[str | None, Language]


def refuse_unknown(audience: str) -> None:
    """Raises UsageError, naming those that there are, for an audience without pages."""
    if audience not in AUDIENCES:
        msg = f"There is no audience {audience!r} yet. Choose one of: {', '.join(AUDIENCES)}."
        raise UsageError(msg)


def readers(catalogue: Catalogue, audience: str) -> list[str]:
    """Whom an audience's reports are made for one by one; empty where the audience is one."""
    return [row["funder_id"] for row in catalogue["funders"]] if audience == "funder" else []


def name_of(catalogue: Catalogue, for_id: str | None) -> Text | None:
    """What the one is called whom a report is made for; None where the audience is one."""
    names = {row["funder_id"]: row for row in catalogue["funders"]}
    return Text(names[for_id]["name_ro"], names[for_id]["name_en"]) if for_id else None


def parts(
    settings: Settings,
    catalogue: Catalogue,
    audience: str,
    for_id: str | None = None,
    language: Language | None = None,
) -> list[Part]:
    """The parts of an audience: each funder, or the one of for_id, in each language that is read.

    Romanian is always among them, so that there is an edition also when nobody reads it yet; the
    public, which need not be on a list to read one, has both. With a language it is that one
    alone. Raises UsageError for an audience without pages, and for a funder that there is not.
    """
    refuse_unknown(audience)
    ids = readers(catalogue, audience)
    if for_id is not None and for_id not in ids:
        choices = f"Choose one of: {', '.join(ids)}." if ids else "Leave it out."
        msg = f"The audience {audience} has no {for_id!r}. {choices}"
        raise UsageError(msg)
    return [
        (one, each)
        for one in ([for_id] if for_id else ids or [None])
        for each in ([language] if language else _read_in(settings, audience, one))
    ]


def series(audience: str, period: Period, part: Part) -> Series:
    """What all versions of a part's edition about a period have in common."""
    for_id, language = part
    return audience, for_id, period.period_id, language


def let_go_by(catalogue: Catalogue, audience: str) -> str:
    """Who lets an audience's editions go; an officer where the programme says nothing."""
    rules = {row["approval"] for row in catalogue["publications"] if row["audience"] == audience}
    return "automatic" if rules == {"automatic"} else "officer"


def _read_in(settings: Settings, audience: str, for_id: str | None) -> list[Language]:
    if audience == PUBLIC:
        return list(LANGUAGES)
    readers = recipients(settings.recipients, audience, for_id)
    read_in = {reader.language for reader in readers} | {"ro"}
    return [language for language in LANGUAGES if language in read_in]
