"""What one mail says, as plain text and as a page of HTML, in the recipient's language.

The page has no images and no styles from elsewhere, so it looks the same with nothing loaded.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import quote

# Line ends, other controls, and the signs that turn the direction of writing around.
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")

_INK, _TEXT, _MUTED, _RULE, _PAPER = "#12163a", "#272b45", "#5f647f", "#dcdee6", "#f4f3ef"
_SANS = "font-family:Arial,Helvetica,sans-serif"
_SERIF = "font-family:Georgia,'Times New Roman',serif"


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures at the top, as printed. status is a word of the front door, or None."""

    value: str
    label: str
    note: str = ""
    status: str | None = None


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """All that one mail is made from. Words and numbers are as printed, in its language.

    edition is the path below published/, or what a mail that brings no report is about. subject
    says the finding. lines follow the headline. at is aware: the moment that the mail is dated
    with. contact answers questions and takes names off the list.
    """

    mail_id: str
    edition: str
    sender_name: str
    sender_address: str
    recipient_name: str
    recipient_address: str
    language: str
    programme: str
    title: str
    subject: str
    figures: tuple[KeyFigure, ...] = ()
    headline: str = ""
    lines: tuple[str, ...] = ()
    pdf: bytes = b""
    pdf_name: str = ""
    pages: int = 0
    data_until: str = ""
    is_demonstration: bool
    list_id: str
    contact: str
    at: datetime


def text(envelope: Envelope, is_attached: bool) -> str:
    """The letter for a reader without HTML; it says everything that the page says."""
    figures = "\n".join(_figure_line(figure, envelope.language) for figure in envelope.figures)
    head = f"{envelope.programme}\n{envelope.title}"
    finding = "\n".join((envelope.headline, *envelope.lines))
    parts = (head, figures, finding, _report(envelope, is_attached), "-- \n" + _foot(envelope))
    return "\n\n".join(_tame(part) for part in parts if part) + "\n"


def note(envelope: Envelope) -> str:
    """The letter that brings no report: its headline and lines, one paragraph each."""
    foot = _WORDS[envelope.language]["made_up"] if envelope.is_demonstration else ""
    parts = (envelope.programme, f"{envelope.headline}.", *envelope.lines, foot)
    return "\n\n".join(_tame(part) for part in parts if part) + "\n"


def page(envelope: Envelope, is_attached: bool) -> str:
    """The letter as HTML, with inline styles only."""
    figures = "".join(_tile(figure, envelope.language) for figure in envelope.figures)
    paragraph = f'<p style="margin:0 0 14px;{_SANS};font-size:15px;line-height:23px;color:{_TEXT}">'
    finding = f"<strong>{_shown(envelope.headline)}</strong>"
    lines = "".join(f"{paragraph}{_shown(line)}</p>\n" for line in envelope.lines)
    contact = _shown(envelope.contact)
    foot = _shown(_foot(envelope)).replace(contact, _mailto(contact))
    return f"""<!DOCTYPE html>
<html lang="{_shown(envelope.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_shown(envelope.subject)}</title>
</head>
<body style="margin:0;padding:24px 0;background:{_PAPER}">
<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0"
 style="max-width:640px;margin:0 auto;background:#ffffff">
<tr><td bgcolor="{_INK}" style="background:{_INK};padding:26px 32px 24px">
<div style="width:26px;height:3px;line-height:3px;font-size:0;background:#f2c14e">&nbsp;</div>
<p style="margin:12px 0 6px;{_SANS};font-size:11px;line-height:16px;font-weight:bold;\
letter-spacing:1px;color:#cfdcf6">{_shown(envelope.programme.upper())}</p>
<h1 style="margin:0;{_SERIF};font-size:26px;line-height:34px;font-weight:normal;\
color:#ffffff">{_shown(envelope.title)}</h1>
</td></tr>
<tr><td style="padding:22px 24px 0 32px">{figures}</td></tr>
<tr><td style="padding:24px 32px 12px">
{paragraph}{finding}</p>
{lines}{paragraph}{_shown(_report(envelope, is_attached))}</p>
</td></tr>
<tr><td style="padding:16px 32px 18px;border-top:1px solid {_RULE};{_SANS};font-size:12px;\
line-height:18px;color:{_MUTED}">{foot}</td></tr>
</table>
</body>
</html>
"""


_WORDS = {
    "ro": {
        "attached": "Raportul complet, {pages}, este atașat ca PDF. Date la zi la {until}.",
        "not_attached": (
            "Raportul complet, {pages}, nu este atașat: mesajul ar fi fost prea mare pentru "
            "e-mail. Îl găsiți la echipa programului, ediția {edition}: scrieți la {contact} și "
            "vi-l trimitem pe altă cale. Date la zi la {until}."
        ),
        "foot": (
            "Primiți acest mesaj pentru că sunteți pe lista destinatarilor rapoartelor de "
            "monitorizare. Dacă nu mai doriți să le primiți, scrieți la {contact}."
        ),
        "made_up": "Date demonstrative: cifrele, partenerii și persoanele sunt inventate.",
        "reached": "Atins",
        "at_risk": "La risc",
        "behind": "În urmă",
        "no_data": "Fără date",
        "not_comparable": "Necomparabil",
    },
    "en": {
        "attached": "The full report, {pages}, is attached as a PDF. Data as of {until}.",
        "not_attached": (
            "The full report, {pages}, is not attached: the message would have been too large "
            "for e-mail. The programme's team has it as edition {edition}: write to {contact} and "
            "we will send it to you another way. Data as of {until}."
        ),
        "foot": (
            "You receive this message because you are on the list of recipients of the "
            "monitoring reports. If you no longer wish to receive them, write to {contact}."
        ),
        "made_up": "Demonstration data: the figures, partners and people are made up.",
        "reached": "Reached",
        "at_risk": "At risk",
        "behind": "Behind",
        "no_data": "No data",
        "not_comparable": "Not comparable",
    },
}

# A sign goes with each colour: one reader in twenty cannot tell the colours apart.
_SIGNS = {
    "reached": ("✓", "#0b7261"),
    "at_risk": ("▲", "#8a5500"),
    "behind": ("▼", "#a8232b"),
    "no_data": ("○", _MUTED),
    "not_comparable": ("≠", _MUTED),
}


def _report(envelope: Envelope, is_attached: bool) -> str:
    words = _WORDS[envelope.language]["attached" if is_attached else "not_attached"]
    return words.format(
        pages=_pages(envelope.pages, envelope.language),
        until=envelope.data_until,
        edition=envelope.edition,
        contact=envelope.contact,
    )


def _pages(count: int, language: str) -> str:
    if language == "en":
        return f"{count} page" if count == 1 else f"{count} pages"
    if count == 1:
        return "o pagină"
    # Romanian counts "8 pagini" but "20 de pagini", and again "101 pagini".
    return f"{count} pagini" if 1 <= count % 100 <= 19 else f"{count} de pagini"


def _foot(envelope: Envelope) -> str:
    words = _WORDS[envelope.language]
    foot = words["foot"].format(contact=envelope.contact)
    return f"{words['made_up']} {foot}" if envelope.is_demonstration else foot


def _status(figure: KeyFigure, language: str) -> str:
    if figure.status is None:
        return ""
    return f"{_SIGNS[figure.status][0]} {_WORDS[language][figure.status]}"


def _figure_line(figure: KeyFigure, language: str) -> str:
    beside = "; ".join(part for part in (figure.note, _status(figure, language)) if part)
    return f"{figure.value} {figure.label}" + (f" ({beside})" if beside else "")


def _tile(figure: KeyFigure, language: str) -> str:
    # Side by side where there is room, in rows on a phone; Outlook knows only the attribute align.
    line = f"margin:0;{_SANS};font-size:13px;line-height:17px"
    status = ""
    if figure.status is not None:
        colour = _SIGNS[figure.status][1]
        status = (
            f'<p style="{line};margin-top:4px;font-size:12px;font-weight:bold;color:{colour}">'
            f"{_shown(_status(figure, language))}</p>"
        )
    return (
        '<table role="presentation" align="left" width="140" cellpadding="0" cellspacing="0" '
        'style="width:140px;float:none;display:inline-table;vertical-align:top">'
        '<tr><td style="padding:0 8px 14px 0;vertical-align:top">'
        f'<p style="margin:0;{_SERIF};font-size:30px;line-height:42px;color:{_INK}">'
        f"{_shown(figure.value)}</p>"
        f'<p style="{line};font-weight:bold;color:{_INK}">{_shown(figure.label)}</p>'
        f'<p style="{line};color:{_MUTED}">{_shown(figure.note)}</p>{status}'
        "</td></tr></table>"
    )


def _mailto(contact: str) -> str:
    return f'<a href="mailto:{quote(contact, safe="@")}" style="color:{_INK}">{contact}</a>'


def _shown(words: str) -> str:
    return escape(CONTROLS.sub(" ", words))


def _tame(part: str) -> str:
    """The same lines, without the controls that could hide or turn around what they say."""
    return "\n".join(CONTROLS.sub(" ", line) for line in part.split("\n"))
