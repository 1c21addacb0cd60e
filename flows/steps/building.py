"""A warehouse filled with what the ledger knew: of now, of a past day, or of any of its entries."""

import hashlib
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.steps import indicators, issued, originals, periods, submissions, warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.errors import UsageError
from flows.steps.filling import deriving, loading
from flows.steps.ledger import Ledger
from flows.steps.originals import Checked, Read
from flows.steps.progress import silent
from flows.steps.settings import Settings
from flows.steps.submissions import Known
from flows.steps.warehouse import Connection


def fill(
    connection: Connection,
    settings: Settings,
    catalogue: Catalogue,
    known: Known,
    found: Mapping[str, Read],
    checked: Sequence[Checked],
) -> list[str]:
    """Fill an empty warehouse; return the indicators computed."""
    parquet = {r.sha256: r.parquet for r in found.values() if r.parquet is not None}
    loading.load(connection, catalogue, known.submissions, parquet, settings.sql)
    published = issued.wholes(settings.published, known.issued.values())
    deriving.derive(connection, known, checked, settings.now, settings.sql, published)
    return indicators.compute(connection, settings.sql)


@contextmanager
def as_of_day(
    settings: Settings, catalogue: Catalogue, ledger: Ledger, day: str
) -> Generator[tuple[Known, Connection]]:
    """Build, in memory, what the ledger knew at the end of a day (in Romania). Changes nothing.

    Raises UsageError for a text that is no date, or a day that is still to come.
    """
    try:
        end = periods.start_of_day(date.fromisoformat(day) + timedelta(days=1))
    except ValueError as error:
        msg = f"{day!r} is no date. Write for example 2021-01-25."
        raise UsageError(msg) from error
    last_moment = end - timedelta(microseconds=1)
    if last_moment.date() > periods.local_date(settings.now):
        msg = f"{day} is still to come. Choose today or a day before."
        raise UsageError(msg)
    moment = min(last_moment, settings.now)
    seq = ledger.seq_at(last_moment)
    with as_of_entry(settings, catalogue, ledger, seq, moment) as opened:
        yield opened


@contextmanager
def as_of_entry(
    settings: Settings, catalogue: Catalogue, ledger: Ledger, seq: int, day: datetime
) -> Generator[tuple[Known, Connection]]:
    """Build, in memory, what the ledger knew at one of its entries, judged on some day.

    A build of 250 workbooks takes about two seconds. Changes nothing; what does not fit into
    memory spills into the home meanwhile.
    """
    judged = replace(settings, now=day)
    known = submissions.known(ledger, seq)
    found = originals.read(judged, catalogue, known.submissions, silent)
    checked = originals.check(judged, catalogue, known, found, silent)
    room = warehouse.Room(settings.memory_mb, settings.home)
    with warehouse.connect(room=room) as connection:
        fill(connection, judged, catalogue, known, found, checked)
        yield known, connection


def stamp(settings: Settings, known: Known) -> str:
    """What a warehouse depends on: the ledger, the tables, the SQL, the code, and the day."""
    digest = hashlib.sha256(f"{known.head} {periods.local_date(settings.now)}".encode())
    folders = (settings.sql, settings.catalogue, settings.programme)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    for path in (*files, *sorted(Path(__file__).parent.rglob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()
