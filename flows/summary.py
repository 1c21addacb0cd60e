"""A night on one page, in Markdown, for whoever opens it the next morning.

Romanian first, English after it; what waits for a person stands above what was done.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flows import listings
from flows.steps import periods, standing
from flows.steps.night import Night
from flows.steps.publishing.approval import Edition
from reports import words
from reports.locale import Locale
from reports.model import Text
from reports.words import Noun

_RO = Locale("ro")
_STEPS = {
    "receive": Text("primire", "receive"),
    "read": Text("citire", "read"),
    "check": Text("verificare", "check"),
    "reply": Text("răspuns", "reply"),
    "build": Text("calcul", "build"),
    "publish": Text("publicare", "publish"),
    "deliver": Text("trimitere", "deliver"),
}
_FILE = Noun(Text("fișier citit", "file"), Text("fișiere citite", "files"))
_REPORT = Noun(Text("raportare", "report"), Text("raportări", "reports"))
_FINDING = Noun(Text("observație", "finding"), Text("observații", "findings"))
_REPLY = Noun(Text("răspuns nou", "reply"), Text("răspunsuri noi", "replies"))
_EDITION = Noun(Text("ediție nouă", "edition"), Text("ediții noi", "editions"))
_MAIL = Noun(Text("mesaj", "mail"), Text("mesaje", "mails"))
_STANDS = {
    "waiting": Text("așteaptă aprobarea", "waits for approval"),
    "held": Text("oprită", "held"),
    "approved": Text("aprobată", "approved"),
    "rejected": Text("respinsă", "rejected"),
    "released": Text("eliberată", "released"),
}


def markdown(
    night: Night, said: Mapping[str, str], status: Mapping[str, Any], asked_at: Mapping[str, str]
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
            _waiting(waiting(night), asked_at),
            f"## Cine nu a raportat despre {status['period_id']} · Who has not reported",
            _not_reported(status["partners"]),
            "## Ce s-a făcut · What was done",
            listings.markdown(_done(night, said)),
            "## Publicate în această noapte · Published this night",
            _published(night),
        )
    )


def waiting(night: Night) -> list[Edition]:
    """The editions that wait for an officer: the newest version of each, waiting or held."""
    return standing.undecided(night.ledger)


def stands(edition: Edition) -> str:
    """How an edition stands, in both languages."""
    return listings.both(_STANDS[edition.state])


def _waiting(editions: Sequence[Edition], asked_at: Mapping[str, str]) -> str:
    if not editions:
        return "Nimic. · Nothing."
    rows = [
        {
            "Ediția · Edition": _linked(edition.path, asked_at.get(edition.path)),
            "Stare · State": " ".join((stands(edition), *(d.reason_ro for d in edition.doubts))),
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


def _done(night: Night, said: Mapping[str, str]) -> list[dict[str, str]]:
    """Each step in both languages: the Romanian from what the night holds, the English as said."""
    came = Counter(receipt.outcome for receipt in night.receipts)
    refused = sum(one.verdict == "rejected" for one in night.checked)
    found = sum(len(one.findings) for one in night.checked)
    by_mail = sum(one.recipients > 0 for one in night.replies)
    unreached = {one.partner_id for one in night.replies if not one.recipients}
    in_romanian = {
        "receive": f"{came['received']} primite, {came['repeated']} repetate, "
        f"{came['waiting']} lăsate în așteptare",
        "read": _RO.counted(len(night.originals), _FILE),
        "check": f"{_RO.counted(len(night.checked), _REPORT)}, {refused} refuzate, "
        f"{_RO.counted(found, _FINDING)}",
        "reply": f"{_RO.counted(len(night.replies), _REPLY)}, prin e-mail: {by_mail}; parteneri "
        f"fără adresă: {len(unreached)}",
        "build": f"cifrele sunt la zi{_judged_anew(night)}",
        "publish": _RO.counted(len(night.editions), _EDITION),
        "deliver": _RO.counted(len(night.mails), _MAIL),
    }
    return [
        {
            "Pas · Step": listings.both(_STEPS[step]),
            "Rezultat": in_romanian[step],
            "Result": result,
        }
        for step, result in said.items()
    ]


def _judged_anew(night: Night) -> str:
    """What came in or went out without a new file, for the officer to look at; mostly nothing."""
    if not night.anew:
        return ""
    came_in = sum(len(one.came_in) for one in night.anew)
    went_out = sum(len(one.went_out) for one in night.anew)
    whole = sum(one.sheet is None for one in night.anew)
    return (
        f"; fără un fișier nou, rânduri intrate: {came_in}, rânduri ieșite: {went_out}, "
        f"fișiere judecate altfel: {whole}"
    )


def _published(night: Night) -> str:
    folders = [night.settings.published / edition.path for edition in night.editions]
    files = [path for folder in folders for path in sorted(folder.iterdir())]
    return "\n".join(f"- `{path}`" for path in files) or "Nimic. · Nothing was due."
