"""The wire: one message to one recipient, and how far it came.

smtplib reports a connection lost before the final dot and one lost after it alike, but only the
first may be tried again: after the dot the server may own the mail. So DATA is given in two parts.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from urllib.parse import unquote, urlsplit

from flows.steps.errors import OperatorError
from flows.steps.mail.message import domain_of

# More than the server or the mailbox has room for (RFC 5321, 4.2.3).
_NO_ROOM = 552
# The server asks for a login or for encryption: our setting is wrong, not the mail (RFC 4954).
_NOT_FOR_US = (530, 534, 535, 538)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ANY_ADDRESS = re.compile(r"[^\s<>()\"':;,]+@[^\s<>()\"':;,]+")


class Outcome(Enum):
    """How far one message came."""

    ACCEPTED = auto()
    REFUSED_NOW = auto()
    REFUSED_FOR_GOOD = auto()
    TOO_LARGE = auto()
    NO_SERVICE = auto()
    LOST_BEFORE_DOT = auto()
    LOST_AFTER_DOT = auto()


@dataclass(frozen=True)
class Reply:
    """What the server said, in one line without addresses and without our password.

    NO_SERVICE: the server was not reached or would not talk to us, whatever the mail.
    TOO_LARGE: it takes no message of this size; a smaller one it may take.
    """

    outcome: Outcome
    text: str


@dataclass(frozen=True)
class Patience:
    """Seconds to wait: for a connection, for an answer, and for the answer to the final dot.

    A server may take ten minutes after the dot (RFC 5321, 4.5.3.2.6); less makes duplicates.
    """

    connect: float = 30
    answer: float = 300
    after_dot: float = 600


@dataclass(frozen=True)
class Server:
    """Where and how to send. user and password are None without a login."""

    host: str
    port: int
    is_encrypted: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def server(url: str) -> Server:
    """The server of an URL such as smtp://user:password@host:587 or smtps://host.

    User and password are percent-decoded. Raises OperatorError, which never shows the URL.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
    except ValueError:
        raise _unusable() from None
    rest = parts.path.strip("/") + parts.query + parts.fragment
    is_login_odd = bool(user) != bool(password) or not (user + password).isascii()
    if parts.scheme not in ("smtp", "smtps") or not host or rest or is_login_odd:
        raise _unusable()
    is_encrypted = parts.scheme == "smtps"
    port = port or (465 if is_encrypted else 587)
    return Server(host, port, is_encrypted, user or None, password or None)


def send(
    url: str,
    sender: str,
    recipient: str,
    message: bytes,
    before_dot: Callable[[], object],
    patience: Patience | None = None,
) -> Reply:
    """Give one message for one recipient to the server, and say how far it came.

    before_dot is called when the server has all but the final dot. When it raises, the dot is not
    sent, the server forgets the message, and the error is raised on. Raises OperatorError for an
    URL that cannot be used; whatever the network or the server does is a Reply.
    """
    to, patience = server(url), patience or Patience()

    def reply(outcome: Outcome, said: object) -> Reply:
        return Reply(outcome, _in_one_line(said, to.password, recipient))

    try:
        session = _greeted(to, domain_of(sender), patience)
    except (OSError, UnicodeError) as error:
        return reply(Outcome.NO_SERVICE, error)
    try:
        if 0 < (most := _most(session)) < len(message):
            return reply(Outcome.TOO_LARGE, f"the server takes {most} bytes, not {len(message)}")
        try:
            for code, said in _commands(session, sender, recipient, len(message)):
                if not 200 <= code < 400:
                    return reply(_refusal(code), _spoken(code, said))
            session.send(_on_the_wire(message))
        except OSError as error:
            return reply(Outcome.LOST_BEFORE_DOT, error)
        before_dot()
        try:
            code, said = _dot(session, patience)
        except OSError as error:
            return reply(Outcome.LOST_AFTER_DOT, error)
        if 200 <= code < 300:
            return reply(Outcome.ACCEPTED, _spoken(code, said))
        if 400 <= code < 600:
            return reply(_refusal(code), _spoken(code, said))
        return reply(Outcome.LOST_AFTER_DOT, _spoken(code, said))
    finally:
        session.close()


def _greeted(to: Server, own_name: str, patience: Patience) -> smtplib.SMTP:
    """A session that is ready for a mail: greeted, encrypted and logged in as the URL asks for."""
    if to.is_encrypted:
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            to.host,
            to.port,
            own_name,
            timeout=patience.connect,
            context=ssl.create_default_context(),
        )
    else:
        session = smtplib.SMTP(to.host, to.port, own_name, timeout=patience.connect)
    try:
        session.ehlo_or_helo_if_needed()
        # A relay in one's own network, without login, often has no certificate that can be checked.
        wants_privacy = to.user is not None or to.port == 587
        is_private = to.is_encrypted or to.host in _LOOPBACK
        if not to.is_encrypted and wants_privacy and session.has_extn("starttls"):
            session.starttls(context=ssl.create_default_context())
            session.ehlo_or_helo_if_needed()
            is_private = True
        if to.user is not None and to.password is not None:
            if not is_private:
                msg = "the server offers no encryption, so the password was not sent"
                raise smtplib.SMTPException(msg)
            session.login(to.user, to.password)
        _be_patient(session, patience.answer)
    except BaseException:
        session.close()
        raise
    return session


def _most(session: smtplib.SMTP) -> int:
    """How many bytes the server takes, as it says itself; 0 when it says nothing of it."""
    said = session.esmtp_features.get("size", "")
    return int(said) if said.isdecimal() else 0


def _commands(
    session: smtplib.SMTP, sender: str, recipient: str, size: int
) -> Iterator[tuple[int, bytes]]:
    # One by one: the next command is spoken only when the answer to the last was good.
    yield session.mail(sender, [f"size={size}"] if session.has_extn("size") else [])
    yield session.rcpt(recipient)
    code, said = session.docmd("data")
    yield (code, said) if code == 354 or code >= 400 else (-1, said)


def _dot(session: smtplib.SMTP, patience: Patience) -> tuple[int, bytes]:
    _be_patient(session, patience.after_dot)
    session.send(b".\r\n")
    answer = session.getreply()
    # The mail is theirs or not by now; how they say goodbye changes nothing.
    with suppress(OSError):
        session.putcmd("quit")
    return answer


def _be_patient(session: smtplib.SMTP, seconds: float) -> None:
    # smtplib drops its socket when the line is lost; the next command then says so.
    if session.sock is not None:
        session.sock.settimeout(seconds)


def _on_the_wire(message: bytes) -> bytes:
    """CRLF only, and a dot more where a line begins with one, so that no line ends the message."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    lines = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


def _refusal(code: int) -> Outcome:
    if code == _NO_ROOM:
        return Outcome.TOO_LARGE
    if code in _NOT_FOR_US:
        return Outcome.NO_SERVICE
    if 500 <= code < 600:
        return Outcome.REFUSED_FOR_GOOD
    return Outcome.REFUSED_NOW if 400 <= code < 500 else Outcome.LOST_BEFORE_DOT


def _spoken(code: int, said: bytes) -> str:
    # smtplib answers -1 where the server's words begin with no number.
    return f"{code if code >= 0 else 'no answer of SMTP:'} {said.decode('utf-8', 'replace')}"


def _in_one_line(said: object, password: str | None, recipient: str) -> str:
    """What was said, without password or anybody's address: replies are kept, and those are not."""
    if isinstance(said, smtplib.SMTPResponseException):
        error = said.smtp_error
        said = _spoken(said.smtp_code, error if isinstance(error, bytes) else error.encode())
    line = " ".join("".join(c if c.isprintable() else " " for c in str(said)).split())
    line = line.replace(password, "…") if password else line
    line = _ANY_ADDRESS.sub("…", line)
    # Servers also repeat the part before the @ alone: "no such user: ana.pop".
    local_part = re.escape(recipient.partition("@")[0])
    line = re.sub(rf"(?<!\w){local_part}(?!\w)", "…", line)
    return line[:300] or "no answer"


def _unusable() -> OperatorError:
    return OperatorError(
        "REPER_SMTP_URL cannot be used. Write for example "
        "smtp://user:password@mail.example.org:587 or smtps://…, with each special sign of user "
        "and password as %XX (@ is %40), or unset it."
    )
