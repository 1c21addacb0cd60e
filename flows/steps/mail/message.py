"""One mail as bytes: headers, the letter twice (text and page), the report as PDF.

The same envelope gives the same bytes on every machine and every Python. The headers are therefore
written here and not by the standard library, whose older versions can be talked into a further
header by an encoded word (CVE-2024-6923): each value is either harmless ASCII or base64.
"""

import base64
import email.utils
import re
from email.message import MIMEPart
from email.policy import SMTP
from urllib.parse import quote

from flows.steps.errors import CatalogueError, OperatorError
from flows.steps.mail import letter
from flows.steps.mail.letter import Envelope, KeyFigure

__all__ = [
    "LARGEST",
    "Envelope",
    "KeyFigure",
    "compose",
    "domain_of",
    "is_address",
    "notice",
    "reply",
]

# Many servers take 10 MB and count the message as it travels, a third larger than the PDF.
LARGEST = 7_000_000

_ADDRESS = re.compile(
    r"(?P<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@(?P<domain>([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9])"
)
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.(pdf|xlsx)")
_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_LIST_ID = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+")
_PLAIN = re.compile(r"[A-Za-z0-9 ,.:;%()/+-]{1,60}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 -]{1,60}")


def compose(envelope: Envelope, largest: int = LARGEST) -> bytes:
    """The finished message, with CRLF line ends, the same to the byte each time.

    Above `largest` bytes it comes without the PDF, and its words say so and where the report is.
    Raises CatalogueError for a name or subject that breaks the line, or for what is no address;
    OperatorError for a report that is no PDF.
    """
    headers = _headers(envelope)
    if not envelope.pdf.startswith(b"%PDF-"):
        msg = (
            f"The report of edition {envelope.edition} is no PDF, so it was not mailed. "
            "Run reper verify to see what is damaged."
        )
        raise OperatorError(msg)
    message = headers + _body(envelope, is_attached=True)
    return message if len(message) <= largest else headers + _body(envelope, is_attached=False)


def notice(envelope: Envelope) -> bytes:
    """The finished message of an envelope without a report: headline and lines, as plain text."""
    body = MIMEPart(policy=SMTP)
    body.set_content(letter.note(envelope), cte="quoted-printable")
    return _headers(envelope) + body.as_bytes()


def reply(
    envelope: Envelope, words: str, page: str, name: str = "", workbook: bytes = b""
) -> bytes:
    """The finished message of an envelope whose letter is written already, as text and as a page.

    A workbook goes with it under its name. The caller looks at the size. Raises as compose does.
    """
    body = _letter(words, page)
    if workbook:
        name = _matching(envelope, _FILE_NAME, "name of a workbook", name)
        _attach(body, workbook, _XLSX, name)
    return _headers(envelope) + body.as_bytes()


def is_address(text: str) -> bool:
    """Whether this is one plain e-mail address: ASCII, a dot in its domain, nothing around it."""
    match = _ADDRESS.fullmatch(text)
    return match is not None and len(match["local"]) <= 64 and len(text) <= 254


def domain_of(address: str) -> str:
    """What stands behind the @, in small letters."""
    return address.rpartition("@")[2].lower()


def _headers(envelope: Envelope) -> bytes:
    if envelope.at.tzinfo is None:
        msg = f"The moment of mail {envelope.mail_id} has no offset."
        raise ValueError(msg)
    contact = _address(envelope, "contact", envelope.contact)
    mail_id = _matching(envelope, _MAIL_ID, "mail_id", envelope.mail_id)
    sender = _mailbox(envelope, "sender", envelope.sender_name, envelope.sender_address)
    lines = {
        "Date": email.utils.format_datetime(envelope.at),
        "Message-ID": f"<{mail_id}@{domain_of(envelope.sender_address)}>",
        "From": sender,
        "To": _mailbox(envelope, "recipient", envelope.recipient_name, envelope.recipient_address),
        "Reply-To": f"<{contact}>",
        "Subject": _words(_one_line(envelope, "subject", envelope.subject), _PLAIN),
        "List-Id": f"<{_matching(envelope, _LIST_ID, 'list_id', envelope.list_id)}>",
        "List-Unsubscribe": f"<mailto:{quote(contact, safe='@')}?subject=unsubscribe>",
        # Out-of-office replies to a machine help nobody.
        "Auto-Submitted": "auto-generated",
        "Content-Language": envelope.language,
        "MIME-Version": "1.0",
    }
    return "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode("ascii")


def _body(envelope: Envelope, *, is_attached: bool) -> bytes:
    body = _letter(letter.text(envelope, is_attached), letter.page(envelope, is_attached))
    if is_attached:
        name = _matching(envelope, _FILE_NAME, "pdf_name", envelope.pdf_name)
        _attach(body, envelope.pdf, "pdf", name)
    return body.as_bytes()


def _letter(words: str, page: str) -> MIMEPart:
    body = MIMEPart(policy=SMTP)
    body.set_content(words, cte="quoted-printable")
    body.add_alternative(page, subtype="html", cte="quoted-printable")
    # "=_" occurs neither in quoted-printable nor in base64, so no content can end a part early.
    body.set_boundary("=_reper_alternative")
    return body


def _attach(body: MIMEPart, content: bytes, subtype: str, name: str) -> None:
    body.add_attachment(content, maintype="application", subtype=subtype, filename=name)
    body.set_boundary("=_reper_mixed")


def _mailbox(envelope: Envelope, role: str, name: str, address: str) -> str:
    address = _address(envelope, role, address)
    words = _words(_one_line(envelope, f"{role} name", name), _PLAIN_NAME)
    return f"{words}\r\n <{address}>" if words else f"<{address}>"


def _words(text: str, plain: re.Pattern[str]) -> str:
    """Text as it may stand in a header: itself when it is plain, else in base64 words."""
    if not text or plain.fullmatch(text):
        return text
    # An encoded word holds at most 75 characters and whole letters only (RFC 2047).
    chunks = [""]
    for character in text:
        if len((chunks[-1] + character).encode()) > 39:
            chunks.append("")
        chunks[-1] += character
    encoded = (base64.b64encode(chunk.encode()).decode("ascii") for chunk in chunks)
    return "\r\n ".join(f"=?utf-8?b?{word}?=" for word in encoded)


def _one_line(envelope: Envelope, what: str, text: str) -> str:
    if letter.CONTROLS.search(text):
        msg = (
            f"Edition {envelope.edition}, mail {envelope.mail_id}: the {what} has a line break or "
            "control sign in it. Write it on one line in the programme's tables."
        )
        raise CatalogueError(msg)
    return text.strip()


def _address(envelope: Envelope, role: str, address: str) -> str:
    # The address itself stays out of the sentence, which ends in logs and in the ledger.
    if not is_address(address):
        msg = (
            f"Edition {envelope.edition}, mail {envelope.mail_id}: the {role}'s address is none. "
            "Write one such as ana@example.org in the programme's tables."
        )
        raise CatalogueError(msg)
    return address


def _matching(envelope: Envelope, form: re.Pattern[str], what: str, text: str) -> str:
    if not form.fullmatch(text):
        msg = f"Edition {envelope.edition}: {what} {text!r} has signs that a header cannot carry."
        raise CatalogueError(msg)
    return text
