"""Where things are, and what time it is. The only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.steps.errors import OperatorError, UsageError

CHECKOUT = Path(__file__).resolve().parents[2]
DEFAULT_PROGRAMME = "timisoara2023"
_LEAST_MEMORY_MB = 200


@dataclass(frozen=True)
class Settings:
    """One programme, one run-time root, one moment.

    now is aware and in UTC. smtp_url is None while mails are only written as files; ledger, an
    SQLAlchemy URL, while the ledger is a file of the home. memory_mb is what DuckDB may take.
    """

    programme_id: str
    home: Path
    now: datetime
    smtp_url: str | None = None
    ledger: str | None = None
    memory_mb: int = 750
    sql: Path = CHECKOUT / "sql"
    data: Path = CHECKOUT / "data"

    @property
    def catalogue(self) -> Path:
        """Tables common to all programmes."""
        return self.data / "catalogue"

    @property
    def programme(self) -> Path:
        """Tables of this programme."""
        return self.data / "programmes" / self.programme_id

    @property
    def inbox(self) -> Path:
        """One folder a partner; what stands in it was sent by that partner."""
        return self.home / "inbox"

    @property
    def archive(self) -> Path:
        """Every original ever received, named by the SHA-256 of its bytes."""
        return self.home / "archive"

    @property
    def parsed(self) -> Path:
        """What the reader found in each original: a cache, made again when it is missing."""
        return self.home / "parsed"

    @property
    def checked(self) -> Path:
        """What the checks found in each submission: a cache, made again when it is missing."""
        return self.home / "checked"

    @property
    def returned(self) -> Path:
        """Receipts and marked-up workbooks, one folder a submission."""
        return self.home / "returned"

    @property
    def published(self) -> Path:
        """Editions, frozen."""
        return self.home / "published"

    @property
    def drafts(self) -> Path:
        """Reports that were only drawn; may be deleted at any time."""
        return self.home / "drafts"

    @property
    def outbox(self) -> Path:
        """Mails as files."""
        return self.home / "outbox"

    @property
    def ledger_url(self) -> str:
        """SQLAlchemy URL of the ledger."""
        return self.ledger or f"sqlite:///{self.ledger_file}"

    @property
    def ledger_file(self) -> Path:
        """Where the ledger is while it is a file."""
        return self.home / "ledger.sqlite"

    @property
    def warehouse(self) -> Path:
        """The built warehouse; may be deleted at any time."""
        return self.home / "warehouse.duckdb"

    @property
    def lock(self) -> Path:
        """Held by whoever writes in this home."""
        return self.home / ".lock"

    @property
    def person_key(self) -> Path:
        """Secret with which people's addresses become keyed hashes."""
        return self.home / "secret" / "person.key"

    @property
    def recipients(self) -> Path:
        """Who gets which edition, and where; the example until the team writes its own."""
        own = self.home / "recipients.csv"
        return own if own.exists() else self.programme / "recipients.example.csv"


def load(
    home: Path | None = None,
    programme_id: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """Settings from the command line, else from the environment, else the defaults.

    Raises UsageError for a programme that has no folder, OperatorError for a REPER_NOW that
    is no instant with an offset.
    """
    programme_id = programme_id or environment.get("REPER_PROGRAMME") or DEFAULT_PROGRAMME
    known = programmes()
    if programme_id not in known:
        msg = f"There is no programme {programme_id!r}. Choose one of: {', '.join(known)}."
        raise UsageError(msg)
    chosen_home = home or environment.get("REPER_HOME")
    return Settings(
        programme_id=programme_id,
        home=Path(chosen_home or CHECKOUT / "data" / "home" / programme_id).absolute(),
        now=_now(environment.get("REPER_NOW")),
        smtp_url=environment.get("REPER_SMTP_URL") or None,
        ledger=environment.get("REPER_LEDGER_URL") or None,
        memory_mb=_memory(environment.get("REPER_MEMORY_MB")),
    )


def programmes() -> list[str]:
    """Names of the programmes that there are tables for."""
    folders = CHECKOUT / "data" / "programmes"
    return sorted(path.name for path in folders.iterdir() if path.is_dir())


def offered(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Programmes that can be run from here: all while each has its own home, else the one named.

    A home belongs to one programme, so whoever names a home has chosen.
    """
    if environment.get("REPER_HOME"):
        return [load(environment=environment).programme_id]
    return programmes()


def _memory(stated: str | None) -> int:
    if not stated:
        return Settings.memory_mb
    # With less, DuckDB cannot even hold the tables of a small programme.
    if not stated.isdecimal() or int(stated) < _LEAST_MEMORY_MB:
        msg = (
            f"REPER_MEMORY_MB is {stated!r}. Write a whole number of megabytes, "
            f"{_LEAST_MEMORY_MB} or more, or unset it."
        )
        raise OperatorError(msg)
    return int(stated)


def _now(stated: str | None) -> datetime:
    if not stated:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        msg = (
            f"REPER_NOW is {stated!r}, which is no instant with an offset. "
            "Write for example 2021-01-25T05:00:00+02:00, or unset it."
        )
        raise OperatorError(msg)
    return moment.astimezone(UTC)
