"""What the forms in Prefect's UI ask: fields as lists and dates, in Romanian and in English.

A form is made when the deployments are: what is not over by then may be over when it is used, so
a list offers all periods, and `refuse` answers a wrong choice in words before anything is done.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from flows.steps import catalogue, periods
from flows.steps.catalogue import Catalogue
from flows.steps.errors import CatalogueError, UsageError
from flows.steps.mail import outbox
from flows.steps.night import Night
from flows.steps.publishing import audiences
from flows.steps.settings import load, offered
from reports.locale import NBSP, Locale
from reports.model import Text

EVERYBODY, ALL = "everybody", "all"
UNKNOWN, ARRIVED, SEND_AGAIN = "–", "a ajuns · it arrived", "trimite din nou · send again"
_KINDS = ("quarter", "half", "year")


class FormError(UsageError):
    """Whoever filled in the form must change it; said in Romanian and in English."""


def _readable() -> list[Catalogue]:
    """The tables that can be read. A run says what is wrong with the others; a form must stand."""
    found = []
    for settings in (load(programme_id=name) for name in offered()):
        with suppress(CatalogueError):
            found.append(catalogue.load(settings.catalogue, settings.programme))
    return found


def _choices(*values: str) -> list[tuple[str, str]]:
    # An enumeration, because Prefect's form shows one as a list to choose from. It needs a member.
    return [(value, value) for value in values or ("–",)]


_TABLES = _readable()


def _each(column: str, table: str) -> list[str]:
    return sorted({row[column] for tables in _TABLES for row in tables[table]})


_PERIODS = {p.period_id for tables in _TABLES for p in tables.periods() if p.kind in _KINDS}

Programme = StrEnum("Programme", _choices(*offered()))
Audience = StrEnum("Audience", _choices(*audiences.AUDIENCES))
PeriodId = StrEnum("PeriodId", _choices(*sorted(_PERIODS)))
Reader = StrEnum("Reader", _choices(EVERYBODY, *_each("funder_id", "funders")))
PartnerId = StrEnum("PartnerId", _choices(EVERYBODY, *_each("partner_id", "partners")))
Language = StrEnum("Language", _choices(ALL, *audiences.LANGUAGES))
Fate = StrEnum("Fate", _choices(UNKNOWN, ARRIVED, SEND_AGAIN))
OURS = Programme(load().programme_id)


def asked(title: Text, meaning: Text, default: Any = ...) -> Any:  # noqa: ANN401 - what Field takes
    """A parameter of a flow with its title and its help; without a default it must be answered."""
    return Field(
        default=default,
        # Prefect shows it as one paragraph, whatever breaks there are.
        description=f"{meaning.ro} / {meaning.en}",
        # Prefect names a field after its parameter; only this is stronger.
        json_schema_extra={"title": f"{title.ro} · {title.en}"},
    )


AUDIENCE = asked(
    Text("Pentru cine", "Audience"),
    Text(
        "Cine citește raportul: team = echipa, funder = finanțatorii, public = publicul. "
        "Al echipei pleacă singur; oricare altul așteaptă aprobarea dumneavoastră.",
        "Who reads the report. The team's goes out by itself; any other waits for your approval.",
    ),
)
PERIOD = asked(
    Text("Perioada", "Period"),
    Text(
        "Un an (2020), un semestru (2020-H1) sau un trimestru (2020-Q4) care s-a încheiat.",
        "A year, a half-year or a quarter that is over.",
    ),
)
READER = asked(
    Text("Destinatarul", "Reader"),
    Text(
        "Un singur finanțator; everybody = toți cei din listă.",
        "One funder only; everybody = all on the list.",
    ),
    Reader(EVERYBODY),
)
LANGUAGE = asked(
    Text("Limba", "Language"),
    Text(
        "ro = română, en = engleză; all = fiecare limbă în care se citește.",
        "all = each language that it is read in.",
    ),
    Language(ALL),
)
AS_KNOWN_ON = asked(
    Text("Așa cum se știa la data de", "As known on"),
    Text(
        "Lăsați None pentru cifrele de azi. Cu o dată, raportul este doar desenat, cu ce se știa "
        "în seara acelei zile; nu se publică și nu se trimite nimic.",
        "Leave None for today's figures. With a date the report is only drawn, from what was "
        "known at the end of that day; nothing is published and nothing is sent.",
    ),
    None,
)
MAIL = asked(
    Text("Mesajul de lămurit", "Mail to settle"),
    Text(
        "Codul unui mesaj nesigur sau refuzat, din tabelul mesajelor; gol = doar se trimite ce "
        "așteaptă.",
        "The code of an uncertain or failed mail, from the table of mails; blank = only send what "
        "waits.",
    ),
    "",
)
FATE = asked(
    Text("Ce s-a întâmplat cu el", "What became of it"),
    Text(
        "Întrebați întâi destinatarul: a ajuns = rămâne trimis; trimite din nou = pleacă acum încă "
        "o dată, cu aceeași identitate.",
        "Ask the recipient first: it arrived = it stays sent; send again = it goes once more now, "
        "under the same identity.",
    ),
    Fate(UNKNOWN),
)
YOUR_NAME = asked(
    Text("Numele dumneavoastră", "Your name"),
    Text(
        "Rămâne în registru lângă ce spuneți despre mesaj.",
        "It stays in the book beside what you say of the mail.",
    ),
    "",
)
DRY_RUN = asked(
    Text("Doar o probă", "Dry run"),
    Text(
        "Raportul este desenat și arătat aici, pagină cu pagină; nu se publică și nu se trimite "
        "nimic.",
        "The report is drawn and shown here, page by page; nothing is published, nothing is sent.",
    ),
    default=False,
)
NOTE = asked(
    Text("Notă", "Note"),
    Text(
        "De ce s-au schimbat totalurile față de ediția trimisă înainte; goală dacă nu s-au "
        "schimbat.",
        "Why totals moved since the edition that was sent before; blank when they did not.",
    ),
    "",
)
PROGRAMME = asked(
    Text("Programul", "Programme"),
    Text("Programul despre care este vorba.", "The programme that this is about."),
    OURS,
)
PARTNER = asked(
    Text("Partenerul", "Partner"),
    Text(
        "Codul unui singur partener; everybody = toți cei care întârzie.",
        "One partner's code; everybody = all that are late.",
    ),
    PartnerId(EVERYBODY),
)
ONLY_LIST = asked(
    Text("Doar lista", "List only"),
    Text(
        "Se arată cine întârzie; nu se trimite nimic.",
        "Shows who is late; nothing is sent.",
    ),
    default=False,
)


def publish_name(answers: Mapping[str, Any]) -> str:
    """How a run of `publish` is named in a list: publish · funder · 2020-Q4 · municipality."""
    reader, language = answers.get("reader", EVERYBODY), answers.get("language", ALL)
    draws_only = answers.get("dry_run") or answers.get("as_known_on")
    named = (
        "probă" if draws_only else "publish",
        answers["audience"],
        answers["period"],
        reader if reader != EVERYBODY else None,
        language if language != ALL else None,
    )
    return " · ".join(str(part) for part in named if part)


def refuse(
    night: Night,
    audience: str,
    period_id: str,
    reader: str | None,
    as_known_on: date | None,
    *,
    draws_only: bool,
) -> None:
    """Raises UsageError, in Romanian and in English, for an answer that cannot be followed.

    reader None is everybody; a report that is only drawn may be about a period that runs still.
    """
    today, tables = periods.local_date(night.settings.now), night.catalogue
    if period_id not in {period.period_id for period in tables.periods()}:
        raise _wrong(
            Text(
                "Programul {programme} nu are perioada {period}. Alegeți alta din listă.",
                "The programme {programme} has no period {period}. Choose another one.",
            ),
            programme=lambda locale: locale.say(_name(tables)),
            period=lambda _: period_id,
        )
    period = tables.period(period_id)
    if period.ends_before > today and not draws_only:
        raise _wrong(
            Text(
                "Perioada {period} se încheie pe {day}, deci încă nu se poate publica. Alegeți o "
                "perioadă încheiată sau bifați «Doar o probă».",
                "The period {period} ends on {day}, so it cannot be published yet. Choose one "
                "that is over, or tick “Dry run”.",
            ),
            period=lambda _: period_id,
            day=lambda locale: locale.day(period.ends_on),
        )
    if reader is not None and reader not in audiences.readers(tables, audience):
        raise _wrong(
            Text(
                "{reader} nu este printre destinatarii pentru {audience}. Lăsați everybody.",
                "{reader} is not among the readers of {audience}. Leave everybody.",
            ),
            reader=lambda _: reader,
            audience=lambda _: audience,
        )
    if as_known_on is not None and as_known_on > today:
        raise _wrong(
            Text(
                "{day} este în viitor. Alegeți ziua de azi sau una trecută, ori lăsați None.",
                "{day} is still to come. Choose today or a day before, or leave None.",
            ),
            day=lambda locale: locale.day(as_known_on),
        )


def _name(tables: Catalogue) -> Text:
    return Text(tables.programme.name_ro, tables.programme.name_en)


def settle(night: Night, mail_id: str, fate: str, by: str) -> None:
    """Settle a mail as an officer says, when one is named.

    Raises UsageError, in Romanian and in English, when only half of it is said, and for a mail
    that cannot be settled so.
    """
    is_named, is_told = bool(mail_id.strip()), fate != UNKNOWN
    if not is_named and not is_told:
        return
    if not (is_named and is_told and by.strip()):
        raise _wrong(
            Text(
                "Spuneți codul mesajului, ce s-a întâmplat cu el și numele dumneavoastră.",
                "Say the mail's code, what became of it, and your name.",
            )
        )
    try:
        outbox.resolve(
            night.ledger,
            mail_id.strip(),
            sent=fate == ARRIVED,
            at=night.settings.now,
            by=by.strip(),
        )
    except UsageError as error:
        why = str(error)
        raise _wrong(
            Text(
                "Mesajul {mail} nu poate fi lămurit așa. Un mesaj nesigur se lămurește în ambele "
                "feluri, unul refuzat doar se trimite din nou; codul este în tabelul mesajelor.",
                "{said}",
            ),
            mail=lambda _: mail_id.strip(),
            said=lambda _: why,
        ) from error


def _wrong(sentence: Text, **parts: Any) -> FormError:  # noqa: ANN401 - what says each part
    said = [
        locale.say(sentence, **{name: part(locale) for name, part in parts.items()})
        for locale in (Locale("ro"), Locale("en"))
    ]
    # Prefect prints a state as Python would, and there a no-break space is not one.
    return FormError(" / ".join(said).replace(NBSP, " "))
