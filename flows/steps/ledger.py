"""The append-only book: what cannot be rebuilt from the originals.

Who sent which file when, withdrawals, excuses, editions, and what became of each mail. It is a
file (SQLite), or a database of PostgreSQL for those who have one. Every entry carries the hash of
the one before it, so that the head, printed in each edition, vouches for all of them. The order is
that of `seq`, never that of a clock.
"""

import hashlib
import json
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc

from flows.steps import durable
from flows.steps.errors import OperatorError

_metadata = sa.MetaData()
_entries = sa.Table(
    "entries",
    _metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("once", sa.String, unique=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("hash", sa.String, nullable=False),
)
_GENESIS = "0" * 64
# Whoever writes next waits until the last one has ended, so that no two take the same place.
_ONE_WRITER = {
    "sqlite": "begin immediate",
    "postgresql": "lock table entries in exclusive mode",
}


@dataclass(frozen=True)
class Entry:
    """One line of the book. `at` is UTC; `hash` covers this entry and all before it."""

    seq: int
    at: datetime
    kind: str
    body: dict[str, Any]
    hash: str


class Ledger:
    """Append and read; nothing is ever changed. One instance a process is enough."""

    def __init__(self, url: str) -> None:
        """Open the book, and begin it where there is none. Raises OperatorError when it cannot."""
        self._engine = _engine(url)
        try:
            _metadata.create_all(self._engine)
        except (exc.OperationalError, exc.ProgrammingError) as error:
            why = " ".join(str(error.orig).split())
            msg = f"Cannot open the ledger {self.place} ({why}). Check that it is there to write."
            raise OperatorError(msg) from error
        self._connection: sa.Connection | None = None

    @property
    def place(self) -> str:
        """Where it is, without the password."""
        return self._engine.url.render_as_string(hide_password=True)

    def append(
        self, kind: str, body: dict[str, Any], at: datetime, once: str | None = None
    ) -> Entry | None:
        """Write one entry and return it; None, and nothing written, when `once` stands already.

        On disk when this returns (inside `together`: when that block ends).
        """
        with self._writing() as connection:
            known = sa.select(_entries.c.seq).where(_entries.c.once == once)
            if once is not None and connection.execute(known).first():
                return None
            last = connection.execute(
                sa.select(_entries.c.seq, _entries.c.hash).order_by(_entries.c.seq.desc()).limit(1)
            ).first()
            seq, head = (last.seq + 1, last.hash) if last else (1, _GENESIS)
            stamp = at.astimezone(UTC).isoformat()
            text = json.dumps(body, ensure_ascii=False, sort_keys=True)
            chained = _chain(head, seq, stamp, kind, once, text)
            row = (seq, stamp, kind, once, text, chained)
            connection.execute(_entries.insert().values(row))
            return Entry(seq, at.astimezone(UTC), kind, body, chained)

    def entries(self, *kinds: str, up_to: int | None = None) -> list[Entry]:
        """Entries of these kinds (all, when none is named) in order, up to and with a seq."""
        query = sa.select(_entries).order_by(_entries.c.seq)
        if kinds:
            query = query.where(_entries.c.kind.in_(kinds))
        if up_to is not None:
            query = query.where(_entries.c.seq <= up_to)
        with self._reading() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def head(self) -> Entry | None:
        """The last entry; None in an empty book."""
        query = sa.select(_entries).order_by(_entries.c.seq.desc()).limit(1)
        with self._reading() as connection:
            row = connection.execute(query).first()
            return _entry(row) if row else None

    def last(self, kind: str) -> Entry | None:
        """The last entry of a kind; None when there is none."""
        query = sa.select(_entries).where(_entries.c.kind == kind)
        with self._reading() as connection:
            row = connection.execute(query.order_by(_entries.c.seq.desc()).limit(1)).first()
            return _entry(row) if row else None

    def seq_at(self, moment: datetime) -> int:
        """The last seq written before or at a moment; 0 when there was none.

        An entry belongs to the past of a moment only when all entries before it do, so that a
        clock that once ran ahead cannot hide what came earlier.
        """
        seq = 0
        for entry in self.entries():
            if entry.at > moment:
                break
            seq = entry.seq
        return seq

    def broken_at(self) -> int | None:
        """The first seq whose hash does not follow from what is before it; None when all hold."""
        head, expected = _GENESIS, 1
        with self._reading() as connection:
            # As the rows stand: what somebody wrote into them need not be a date, nor JSON.
            for row in connection.execute(sa.select(_entries).order_by(_entries.c.seq)):
                head = _chain(head, row.seq, row.at, row.kind, row.once, row.body)
                if row.seq != expected or row.hash != head:
                    return row.seq
                expected += 1
        return None

    @contextmanager
    def together(self) -> Generator[None]:
        """All that is appended inside becomes part of the book at once, or not at all.

        Raises OperatorError when the book cannot be written, for instance on a full disk.
        """
        if self._connection is not None:
            yield
            return
        try:
            with self._engine.begin() as connection:
                connection.exec_driver_sql(_ONE_WRITER[self._engine.dialect.name])
                self._connection = connection
                try:
                    yield
                finally:
                    self._connection = None
        except exc.OperationalError as error:
            raise durable.cannot_write(f"the ledger {self.place}", str(error.orig)) from error

    def copy_to(self, url: str) -> int:
        """Write the whole book, as it stands at one moment, into an empty one; its last seq.

        Raises OperatorError when the other book is not empty.
        """
        with self._reading() as connection:
            rows = [
                row._asdict()
                for row in connection.execute(sa.select(_entries).order_by(_entries.c.seq))
            ]
        other = Ledger(url)
        try:
            with other.together():
                if other.head() is not None:
                    msg = f"The ledger {other.place} is not empty. Name an empty one."
                    raise OperatorError(msg)
                if rows:
                    assert other._connection is not None  # noqa: S101 - inside together()
                    other._connection.execute(_entries.insert(), rows)
        finally:
            other.close()
        return len(rows)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Generator[sa.Connection]:
        with self.together():
            assert self._connection is not None  # noqa: S101 - holds by construction of together()
            yield self._connection

    @contextmanager
    def _reading(self) -> Generator[sa.Connection]:
        if self._connection is not None:
            yield self._connection
        else:
            with self._engine.connect() as connection:
                yield connection


def latest_by(entries: Iterable[Entry], field: str) -> dict[str, Entry]:
    """The last entry for each value of a field of the body, in order of first appearance."""
    latest: dict[str, Entry] = {}
    for entry in entries:
        latest[entry.body[field]] = entry
    return latest


def _chain(head: str, seq: int, at: str, kind: str, once: str | None, body: str) -> str:
    text = "\n".join((head, str(seq), at, kind, once or "", body))
    return hashlib.sha256(text.encode()).hexdigest()


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(row.seq, datetime.fromisoformat(row.at), row.kind, json.loads(row.body), row.hash)


def _engine(url: str) -> sa.Engine:
    try:
        address = sa.make_url(url)
        if address.drivername in ("postgresql", "postgres"):
            # The driver that is installed, for those who leave its name out.
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() == "postgresql":
            # Whatever the server's own setting is: an acknowledged entry survives a power cut.
            durably = {"options": "-c synchronous_commit=on"}
            return sa.create_engine(address, pool_pre_ping=True, connect_args=durably)
        engine = sa.create_engine(address)
    except (exc.ArgumentError, ModuleNotFoundError) as error:
        # The address holds a password, so it is not repeated here.
        msg = (
            "REPER_LEDGER_URL is no address of PostgreSQL. Write for example "
            "postgresql://user:password@127.0.0.1/reper, or unset it: the ledger is then a file."
        )
        raise OperatorError(msg) from error
    event.listen(engine, "connect", _durable)
    return engine


def _durable(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    # An acknowledged entry must survive a power cut, so SQLite syncs at every commit.
    connection.execute("pragma synchronous = full")
    connection.execute("pragma busy_timeout = 5000")
