"""A real mail server on loopback that does as told and keeps the truth, and a sample envelope."""

import asyncio
import socket
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Session, syntax
from aiosmtpd.smtp import Envelope as Received

from flows.steps.mail.letter import Envelope, KeyFigure
from flows.steps.mail.smtp import Patience

SAMPLE = Envelope(
    mail_id="0123456789abcdef",
    edition="team/2020-Q4/ro-v1",
    sender_name="Timișoara 2023 – monitorizare",
    sender_address="monitorizare@example.org",
    recipient_name="Ana Țânțăreanu",
    recipient_address="ana@example.org",
    language="ro",
    programme="Timișoara 2023 · Capitală Europeană a Culturii",
    title="Raport de monitorizare, trimestrul IV 2020",
    subject="6 din 12 indicatori sunt la țintă; 3 la risc, 2 în urmă, 1 fără date",
    figures=(
        KeyFigure("203", "activități culturale", "țintă 180", "reached"),
        KeyFigure("142", "artiști participanți", "țintă 150", "at_risk"),
        KeyFigure("280", "voluntari implicați", "țintă 250", "reached"),
        KeyFigure("22,0 %", "rată de selecție", "42 din 191 de artiști"),
    ),
    headline="6 din 12 indicatori sunt la țintă.",
    lines=("115 activități online față de 66 față în față.", "13 din 62 de parteneri lipsesc."),
    pdf=b"%PDF-1.7\n" + bytes(range(256)) * 40,
    pdf_name="timisoara2023-2020-Q4-ro-v1.pdf",
    pages=8,
    data_until="11 ianuarie 2021",
    is_demonstration=True,
    list_id="team.timisoara2023.example.org",
    contact="contact@example.org",
    at=datetime(2021, 1, 25, 3, 0, tzinfo=UTC),
)


def envelope(**changes: object) -> Envelope:
    return replace(SAMPLE, **changes)


@dataclass
class Office:
    """What the server is told to do, by recipient, one word a try, and what it then holds.

    Words: a code at RCPT ("550"), "shy" (drops at DATA), "deaf" (drops in the payload),
    "451 dot" (a code after the dot), "slow" (takes its time), "lost" (stores and
    drops), "mute" (stores, never answers).
    """

    port: int
    orders: dict[str, list[str]] = field(default_factory=dict)
    received: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    lines: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def holds(self, address: str) -> int:
        return sum(to == address for to, _ in self.received)

    def forgets(self) -> None:
        """Be as on the first day."""
        self.settles()
        self.received.clear()
        self.orders.clear()

    def settles(self) -> None:
        """Wait until nobody is on the line: from then on what the server holds is the truth."""
        while self.lines:
            time.sleep(0.002)

    async def handle_RCPT(  # noqa: N802 - the server's word
        self, server: SMTP, _session: Session, mail: Received, address: str, options: list[str]
    ) -> str:
        orders = self.orders.get(address, [])
        order = orders.pop(0) if orders else "ok"
        if order.isdigit():
            return f"{order} <{address}> is not for {address.partition('@')[0]} now"
        assert isinstance(server, _Clerk)
        server.order = order
        mail.rcpt_tos.append(address)
        mail.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, mail: Received) -> str:  # noqa: N802
        assert isinstance(server, _Clerk)
        order = server.order
        if order.endswith(" dot"):
            return f"{order[:3]} not this one"
        if order == "slow":
            await asyncio.sleep(0.05)
        assert isinstance(mail.content, bytes)
        self.received.append((mail.rcpt_tos[0], mail.content))
        if order == "mute":
            await asyncio.sleep(60)
        if order == "lost":
            _hang_up(server)
        return "250 2.0.0 Ok: queued as 4XyZ"


class _Clerk(SMTP):
    order = "ok"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.lines += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.event_handler.lines -= 1

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the server's word
        if self.order == "deaf":
            await self.push("354 go on")
        if self.order in ("shy", "deaf"):
            _hang_up(self)
            return
        await super().smtp_DATA(arg)


class _Door(Controller):
    def factory(self) -> SMTP:
        self.handler.connections += 1
        return _Clerk(self.handler, **self.SMTP_kwargs)


@contextmanager
def opened(**smtp: Any) -> Generator[Office]:  # noqa: ANN401 - options of the server itself
    """A server for the time of a test."""
    office = Office(free_port())
    door = _Door(office, hostname="127.0.0.1", port=office.port, **smtp)
    door.start()
    office.connections = 0
    try:
        yield office
    finally:
        door.stop()


# A busy machine is slow, and that alone must fail nothing; only a mute server is not waited for.
PATIENT = Patience(connect=120, answer=120, after_dot=120)
HASTE = Patience(connect=120, answer=120, after_dot=0.3)


def free_port() -> int:
    """A port on which nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def silent() -> Generator[int]:
    """The port of a server that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def _hang_up(server: SMTP) -> None:
    transport = server.transport
    assert isinstance(transport, asyncio.WriteTransport)
    transport.abort()
