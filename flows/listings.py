"""What an officer looks things up in: tables, one row a thing, under heads in both languages.

A code that commands take stands as it is; everything else is in words.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flows.steps import periods, standing, warehouse
from flows.steps.night import Night
from reports import words
from reports.locale import MISSING, Locale
from reports.model import Facts, Text

Rows = list[dict[str, Any]]

MAILS = "Ce s-a trimis, cui, și ce a răspuns serverul · What was sent to whom, with what answer"
TARGETS = "Cifrele față de ținte · Figures against targets"
FINDINGS = "Ce au de corectat partenerii · What partners have to put right"
LATE = "Cine este așteptat, și cui i s-a reamintit · Who is waited for, and who was reminded"
WAITED_FOR = "Cine nu a raportat · Who has not reported"

_PARTNER, _NAME, _PERIOD = "Partener · Partner", "Nume · Name", "Perioada · Period"
_SEVERE = "Gravitate · Severity"
_STATE, _DUE = "Stare · State", "Termen · Due"
_RO = Locale("ro")


def both(text: Text) -> str:
    """The same words in Romanian and in English."""
    return f"{text.ro} · {text.en}"


def findings(night: Night) -> Rows:
    """What partners still have to put right, by partner."""
    with warehouse.connect(night.settings.warehouse, read_only=True) as connection:
        found = warehouse.rows(
            connection, warehouse.select(night.settings.sql, "facts/open_findings")
        )
    return [
        {
            _PARTNER: f"{row['partner_id']} {row['name']}",
            _PERIOD: row["period_id"] or MISSING,
            _SEVERE: both(_SEVERITY[row["severity"]]),
            "Ce este de corectat · What to put right": (
                f"{row['message_ro']} *{row['message_en']}*"
            ),
        }
        for row in found
    ]


def targets(facts: Facts) -> Rows:
    """The figures of a period that have a target, and how they stand."""
    return [
        {
            "Indicator": line.name.ro,
            "Valoare · Value": _RO.figure(line.figure, is_share=line.is_share),
            "Țintă · Target": _RO.target(line.target, is_share=line.is_share),
            _STATE: both(words.STATUS[line.status]) if line.status else MISSING,
            _PERIOD: line.figure.period_id,
            "Indicator (en)": line.name.en,
            "Cod · Code": line.figure.code,
        }
        for line in facts.indicators
        if line.target is not None
    ]


def waited_for(partners: Iterable[Mapping[str, Any]]) -> Rows:
    """Who has not reported, as `reper status` lists the partners."""
    return [
        {
            _PARTNER: row["partner_id"],
            _NAME: row["name"],
            _DUE: _day(row["due_on"]),
            _STATE: both(words.STATE[row["state"]]),
        }
        for row in partners
        if row["state"] in ("MISSING", "NOT_DUE")
    ]


def late(found: Iterable[Mapping[str, Any]]) -> Rows:
    """Who has not reported, and who hears of it, as `reper remind` lists them."""
    return [
        {
            _PARTNER: row["partner_id"],
            _NAME: row["name"],
            _PERIOD: row["period_id"],
            _DUE: _day(row["due_on"]),
            "Zile de întârziere · Days late": row["days_late"],
            "Prilejul · Occasion": row["occasion"],
            "Anunțați · Reminded": ", ".join(row["recipients"]) or "fără adresă · no address",
        }
        for row in found
    ]


def mails(night: Night) -> Rows:
    """What was sent to whom, the newest first. Addresses are in the list of recipients alone."""
    return [
        {
            "Ediția · Edition": row["edition"],
            "Destinatar · Recipient": row["recipient"],
            _STATE: both(MAIL_STATES[row["state"]]),
            "La · At": moment(datetime.fromisoformat(row["at"])),
            "Încercări · Attempts": row["attempts"],
            "Ultimul răspuns · Last reply": row["last_reply"] or "–",
            "Cod · Code": row["mail_id"],
        }
        for row in reversed(standing.mails(night.ledger))
    ]


_SEVERITY = {
    "stop": Text("fișier refuzat", "file refused"),
    "reject": Text("rând lăsat deoparte", "row set aside"),
    "warn": Text("atenționare", "warning"),
}
MAIL_STATES = {
    "written": Text("scris ca fișier", "written as a file"),
    "pending": Text("așteaptă", "waits"),
    "sending": Text("se trimite", "being sent"),
    "sent": Text("trimis", "sent"),
    "failed": Text("refuzat", "failed"),
    "uncertain": Text("nesigur: întrebați destinatarul", "uncertain: ask the recipient"),
}


def markdown(rows: Rows) -> str:
    """Rows as a table of a page. Prefect's own tables break no line, so long texts stand here."""
    if not rows:
        return "Nimic. · Nothing."
    lines = (tuple(rows[0]), ("---",) * len(rows[0]), *(tuple(row.values()) for row in rows))
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def moment(at: datetime) -> str:
    """A moment as a person in Romania reads it: 26.02.2021 05:00."""
    return at.astimezone(periods.LOCAL).strftime("%d.%m.%Y %H:%M")


def _day(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d.%m.%Y")


def _cell(value: object) -> str:
    return str(value).replace("|", r"\|").replace("\n", " ")
