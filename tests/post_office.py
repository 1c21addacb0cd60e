"""A post office on loopback: a real SMTP server takes mail in, a real IMAP server hands it out."""

import imaplib
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import TypeGuard

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from pysasl.hashing import BuiltinHash

from tests.machine import until
from tests.mail_office import free_port

_USER, _PASSWORD, _BOX = "officer", "a password for the time of a test", "box"


@dataclass(frozen=True)
class PostOffice:
    """Where mail is handed in, and where it is fetched."""

    smtp_url: str
    imap_port: int

    def letters(self) -> list[EmailMessage]:
        """All mail that is in the box by now, as a mail program fetches it."""
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as box:
            box.login(_USER, _PASSWORD)
            box.select("INBOX", readonly=True)
            _, (numbers,) = box.search(None, "ALL")
            fetched = [box.fetch(number, "(RFC822)")[1][0] for number in numbers.decode().split()]
        return [message_from_bytes(one[1], policy=default) for one in fetched if _is_literal(one)]


@contextmanager
def opened(folder: Path) -> Generator[PostOffice]:
    """Both servers, for the time of a test; the mail lies in the folder."""
    office = PostOffice(f"smtp://127.0.0.1:{free_port()}", free_port())
    smtp_port = int(office.smtp_url.rpartition(":")[2])
    _write_users(folder)
    taking_in = Controller(Mailbox(folder / _BOX), hostname="127.0.0.1", port=smtp_port)
    # pymap has no module to run, only a function.
    command = [sys.executable, "-c", "from pymap.main import main; main()", "--no-tls"]
    at = ["--host", "127.0.0.1", "--port", str(office.imap_port)]
    taking_in.start()
    try:
        with subprocess.Popen([*command, *at, "maildir", str(folder)]) as handing_out:
            try:
                until(lambda: _is_open(office.imap_port))
                yield office
            finally:
                handing_out.terminate()
    finally:
        taking_in.stop()


def _is_literal(part: object) -> TypeGuard[tuple[bytes, bytes]]:
    """Whether a part of an IMAP answer holds a message: its place, and its bytes."""
    return isinstance(part, tuple)


def _write_users(folder: Path) -> None:
    """One user with one box, in the files that pymap reads; they are laid out as in /etc."""
    secret = BuiltinHash().hash(_PASSWORD)
    folder.joinpath("pymap-etc-passwd").write_text(f"{_USER}:x:1:1::{_BOX}:\n", "utf-8")
    folder.joinpath("pymap-etc-shadow").write_text(f"{_USER}:{secret}:::::::\n", "utf-8")
    folder.joinpath("pymap-etc-group").write_text("", "utf-8")


def _is_open(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False
