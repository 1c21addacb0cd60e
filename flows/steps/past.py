"""The warehouse as it would have been on a past day, or at a past entry of the ledger."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

from flows.steps import night, periods, submissions, warehouse
from flows.steps.errors import UsageError
from flows.steps.night import Night
from flows.steps.settings import Settings
from flows.steps.warehouse import Connection


@contextmanager
def warehouse_of(settings: Settings, day: str) -> Generator[tuple[Night, Connection]]:
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
    with warehouse_up_to(replace(settings, now=moment), None, last_moment) as opened:
        yield opened


@contextmanager
def warehouse_up_to(
    settings: Settings, seq: int | None, moment: datetime | None = None
) -> Generator[tuple[Night, Connection]]:
    """Build, in memory, what the ledger knew at one of its entries, judged on the settings' day.

    Without a seq: at a moment.
    """
    at = night.begin(settings)
    if seq is None:
        seq = at.ledger.seq_at(moment or settings.now)
    at.known = submissions.known(at.ledger, seq)
    night.read(at)
    night.check(at)
    with warehouse.connect() as connection:
        night.fill(connection, at)
        yield at, connection
