"""How a command opens a home: to write in it, or to read what was built."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.steps.settings import Settings

if TYPE_CHECKING:
    from flows.steps.night import Night
    from flows.steps.warehouse import Connection


@contextmanager
def writing(settings: Settings) -> Generator["Night"]:
    """The programme's tables and ledger, with nobody else writing."""
    from flows.steps.durable import only_writer
    from flows.steps.night import begin

    with only_writer(settings.lock):
        yield begin(settings)


@contextmanager
def opened(settings: Settings, as_known_on: str | None) -> Generator[tuple["Night", "Connection"]]:
    """A built warehouse: the one of last night, or one of what was known at the end of a day."""
    from flows.steps import building
    from flows.steps.night import begin
    from flows.steps.warehouse import connect

    if not as_known_on:
        with connect(settings.warehouse, read_only=True) as connection:
            yield begin(settings), connection
        return
    night = begin(settings)
    past = building.as_of_day(settings, night.catalogue, night.ledger, as_known_on)
    with past as (night.known, connection):
        yield night, connection
