"""A night on one page, in Markdown, for whoever opens it the next morning.

Romanian first, English after it; what waits for a person stands above what was done.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flows import files, listings, story
from flows.steps import periods, standing
from flows.steps.night import Night
from flows.steps.publishing.approval import Edition
from reports import words
from reports.locale import Locale
from reports.model import Text

_RO = Locale("ro")


def markdown(
    night: Night, said: Mapping[str, Text], status: Mapping[str, Any], asked_at: Mapping[str, str]
) -> str:
    """What waits for a person, who has not reported, what each step did, and the files published.

    status is what `reper status` answers about the last period that is over; asked_at is where
    in the UI an edition is decided about, by its path.
    """
    programme, day = night.catalogue.programme, periods.local_date(night.settings.now)
    return "\n\n".join(
        (
            f"# {programme.name_ro}: noaptea de {_RO.day(day)}",
            "## Așteaptă o hotărâre · Waits for a decision",
            _waiting(night, asked_at),
            f"## Cine nu a raportat despre {status['period_id']} · Who has not reported",
            _not_reported(status["partners"]),
            "## Ce s-a făcut · What was done",
            listings.markdown(_done(said)),
            "## Publicate în această noapte · Published this night",
            _published(night),
        )
    )


def waiting(night: Night) -> list[Edition]:
    """The editions that wait for an officer: the newest version of each, waiting or held."""
    return standing.undecided(night.ledger)


def _waiting(night: Night, asked_at: Mapping[str, str]) -> str:
    if not (editions := waiting(night)):
        return "Nimic. · Nothing."
    rows = [
        {
            "Ediția · Edition": _linked(edition.path, asked_at.get(edition.path)),
            "Stare · State": " ".join(
                (story.stands(edition), *(d.reason_ro for d in edition.doubts))
            ),
            "Fișiere · Files": files.links(night.settings, night.settings.published / edition.path),
        }
        for edition in editions
    ]
    return f"{_HOW_TO_DECIDE}\n\n{listings.markdown(rows)}"


_HOW_TO_DECIDE = (
    "Deschideți rularea ediției: paginile sunt în fila **Artifacts**, iar hotărârea se ia din "
    "meniul **⋮ → Resume**. Din comandă: `reper approve EDIȚIE`, `reper reject EDIȚIE --reason …`. "
    "*Open the edition's run: its pages are under **Artifacts**, and you decide with "
    "**⋮ → Resume**, or by command.*"
)


def _linked(path: str, address: str | None) -> str:
    return f"[{path}]({address})" if address else f"`{path}`"


def _not_reported(partners: list[dict[str, Any]]) -> str:
    counted = Counter(row["state"] for row in partners)
    states = ", ".join(
        f"{count} {listings.both(words.STATE[state])}" for state, count in sorted(counted.items())
    )
    found = listings.waited_for(partners)
    total = f"Parteneri · Partners: {states or '0'}."
    return f"{total}\n\n{listings.markdown(found)}" if found else f"Nimeni. · Nobody. {total}"


def _done(said: Mapping[str, Text]) -> list[dict[str, str]]:
    return [
        {
            "Pas · Step": listings.both(story.STEPS[step]),
            "Rezultat": result.ro,
            "Result": result.en,
        }
        for step, result in said.items()
    ]


def _published(night: Night) -> str:
    settings = night.settings
    lines = [
        f"- {edition.path}: {files.links(settings, settings.published / edition.path)}"
        for edition in night.editions
    ]
    return "\n".join(lines) or "Nimic. · Nothing was due."
