"""What a run tells in Prefect's page: each step's sentence, its end, and what went wrong.

Romanian first, English after it. The English is what the step says by command too; the Romanian is
told from what the night holds. All of these sentences stand here.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from flows.forms import FormError
from flows.listings import MAIL_STATES, both
from flows.steps.alerts import telling
from flows.steps.durable import BusyError
from flows.steps.errors import CatalogueError, OperatorError, ReperError, UsageError
from flows.steps.night import Night
from flows.steps.publishing.approval import Edition
from reports.locale import NBSP, Locale
from reports.model import Text
from reports.words import Noun

_RO = Locale("ro")
_REPORT = Noun(Text("raportare", "report"), Text("raportări", "reports"))
_NEW = Noun(Text("fișier primit", "file"), Text("fișiere primite", "files"))
_FILE = Noun(Text("fișier citit", "file"), Text("fișiere citite", "files"))
_FINDING = Noun(Text("observație", "finding"), Text("observații", "findings"))
_REPLY = Noun(Text("răspuns nou", "reply"), Text("răspunsuri noi", "replies"))
_EDITION = Noun(Text("ediție nouă", "edition"), Text("ediții noi", "editions"))
_WAITING = Noun(Text("ediție", "edition"), Text("ediții", "editions"))
_DRAWN = Noun(Text("raport desenat", "report"), Text("rapoarte desenate", "reports"))
_MAIL = Noun(Text("mesaj", "mail"), Text("mesaje", "mails"))

STEPS = {
    "receive": Text("primire", "receive"),
    "read": Text("citire", "read"),
    "check": Text("verificare", "check"),
    "reply": Text("răspuns", "reply"),
    "build": Text("calcul", "build"),
    "publish": Text("publicare", "publish"),
    "deliver": Text("trimitere", "deliver"),
}
STANDS = {
    "waiting": Text("așteaptă aprobarea", "waits for approval"),
    "held": Text("oprită", "held"),
    "approved": Text("aprobată", "approved"),
    "rejected": Text("respinsă", "rejected"),
    "released": Text("eliberată", "released"),
}


def step(night: Night, name: str, said: str) -> Text:
    """What a step of the night did; said is its own sentence, in English."""
    return Text(_TOLD[name](night), said)


def line(name: str, told: Text) -> str:
    """The same as one line of a log, after the step's name."""
    return f"{both(STEPS[name])}: {sentence(told)}"


def failed(name: str, error: ReperError) -> str:
    """That a step could not be done, and why, as one line of a log."""
    return f"{both(STEPS[name])}: {trouble(error)}"


def sentence(text: Text) -> str:
    """A sentence in Romanian and then in English, as a log can show it."""
    # Prefect prints a state as Python would, and there a no-break space is not one.
    return f"{text.ro} / {text.en}".replace(NBSP, " ")


def night(done: Night) -> str:
    """How a night ended."""
    told = f"{_RO.counted(len(done.editions), _EDITION)}, {_RO.counted(len(done.mails), _MAIL)}"
    return sentence(Text(told, f"{len(done.editions)} editions, {len(done.mails)} mails"))


def waiting(editions: int) -> str:
    """How many editions wait for an officer."""
    return sentence(
        Text(
            f"așteaptă o hotărâre: {_RO.counted(editions, _WAITING)}",
            f"editions that wait for a decision: {editions}",
        )
    )


def drawn(reports: int) -> str:
    """That reports were drawn, and only that."""
    return sentence(
        Text(
            f"{_RO.counted(reports, _DRAWN)}; nu s-a publicat și nu s-a trimis nimic",
            f"{reports} drawn; nothing was published, nothing was sent",
        )
    )


def decided(editions: Sequence[Edition], sent: Text) -> str:
    """How a report that was asked for stands, and what was sent."""
    romanian = ", ".join(f"{one.path} {STANDS[one.state].ro}" for one in editions)
    english = ", ".join(f"{one.path} {STANDS[one.state].en}" for one in editions)
    return sentence(Text(f"{romanian}; {sent.ro}", f"{english}; {sent.en}"))


def reminded(reports: int, sent: Text | None) -> str:
    """How many reports are waited for, and what was sent; sent is None when only listed."""
    sent = sent or Text("nu s-a trimis nimic", "nothing was sent")
    return sentence(
        Text(
            f"raportări așteptate: {reports}; {sent.ro}",
            f"{reports} reports are waited for; {sent.en}",
        )
    )


def stands(edition: Edition) -> str:
    """How an edition stands, in both languages."""
    return both(STANDS[edition.state])


def trouble(error: ReperError) -> str:
    """What went wrong and who has to act, in Romanian, and then the error's own words.

    What a form refuses is said in both languages already.
    """
    if isinstance(error, FormError):
        return str(error)
    romanian = next(said for kind, said in _TROUBLE.items() if isinstance(error, kind))
    return f"{romanian} / {error}"


_TROUBLE: Mapping[type[ReperError], str] = {
    BusyError: "O altă rulare lucrează și nu s-a încheiat la timp. Nu s-a făcut nimic; porniți din "
    "nou după ce se încheie.",
    CatalogueError: "Tabelele programului au o greșeală, așa că rularea s-a oprit. Anunțați "
    "persoana care le întreține: fișierul, rândul și remediul sunt în propoziția în engleză.",
    OperatorError: "Calculatorul nu a permis acest pas, așa că rularea s-a oprit. Nu s-a pierdut "
    "nimic; anunțați administratorul: locul și remediul sunt în propoziția în engleză.",
    UsageError: "Nu se poate face ce s-a cerut. Schimbați răspunsurile și porniți din nou; ce "
    "anume este în propoziția în engleză.",
    ReperError: "Rularea s-a oprit din cauza unei greșeli în Reper. Anunțați administratorul.",
}


def _receive(night: Night) -> str:
    came = Counter(receipt.outcome for receipt in night.receipts)
    return (
        f"{_RO.counted(came['received'], _NEW)}, {came['repeated']} repetate, "
        f"{came['waiting']} lăsate în așteptare"
    )


def _read(night: Night) -> str:
    return _RO.counted(len(night.originals), _FILE)


def _check(night: Night) -> str:
    refused = sum(one.verdict == "rejected" for one in night.checked)
    found = sum(len(one.findings) for one in night.checked)
    return (
        f"{_RO.counted(len(night.checked), _REPORT)}, din care {refused} refuzate; "
        f"{_RO.counted(found, _FINDING)} pentru parteneri"
    )


def _reply(night: Night) -> str:
    by_mail = sum(one.recipients > 0 for one in night.replies)
    unreached = {one.partner_id for one in night.replies if not one.recipients}
    return (
        f"{_RO.counted(len(night.replies), _REPLY)}, prin e-mail: {by_mail}; parteneri fără "
        f"adresă: {len(unreached)}"
    )


def _build(night: Night) -> str:
    """That figures are up to date, and what came in or went out without a new file."""
    if not night.anew:
        return "cifrele sunt la zi"
    came_in = sum(len(one.came_in) for one in night.anew)
    went_out = sum(len(one.went_out) for one in night.anew)
    whole = sum(one.sheet is None for one in night.anew)
    return (
        f"cifrele sunt la zi; fără un fișier nou, rânduri intrate: {came_in}, rânduri ieșite: "
        f"{went_out}, fișiere judecate altfel: {whole}"
    )


def _publish(night: Night) -> str:
    counted = _RO.counted(len(night.editions), _EDITION)
    named = ", ".join(f"{one.path} {STANDS[one.state].ro}" for one in night.editions)
    return f"{counted}: {named}" if named else "nicio ediție nu are termen acum"


def _deliver(night: Night) -> str:
    counted = Counter(mail.state for mail in night.mails)
    states = ", ".join(f"{n} {MAIL_STATES[state].ro}" for state, n in sorted(counted.items()))
    told = f"{_RO.counted(len(night.mails), _MAIL)}: {states}" if states else "niciun mesaj nou"
    return told if telling.is_heard(night.settings) else f"{told}; {_UNHEARD}"


_UNHEARD = "recipients.csv nu numește niciun operator, așa că nimeni nu află când ceva nu reușește"


_TOLD: Mapping[str, Callable[[Night], str]] = {
    "receive": _receive,
    "read": _read,
    "check": _check,
    "reply": _reply,
    "build": _build,
    "publish": _publish,
    "deliver": _deliver,
}
