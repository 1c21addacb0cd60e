"""Warehouses in memory in which only some rows exist."""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from flows.steps import warehouse
from flows.steps.warehouse import Connection


@contextmanager
def world(connection: Connection, *selects: str) -> Generator[Connection]:
    """A warehouse in memory with what some SELECTs read of the catalogue, and nothing else yet."""
    with warehouse.connect() as alone:
        # A handful of rows is counted sooner by one thread than shared out among several.
        alone.execute("set threads = 1")
        for schema in ("reference", "raw", "typed", "quality", "clean", "monitor"):
            alone.execute(f"create schema {schema}")
        names = {name for select in selects for name in _CATALOGUE.findall(select)}
        for name in sorted(names | {"reference.periods"}):
            copy(connection, alone, name)
        yield alone


def copy(
    connection: Connection,
    world: Connection,
    table: str,
    rows: str = "true",
    parameters: Mapping[str, object] | None = None,
) -> None:
    """Make the same table in another world, with all its rows or some."""
    found = connection.execute(f"from {table} where {rows}", dict(parameters or {}))
    world.register("incoming", found.to_arrow_table())
    world.execute(f"create or replace table {table} as from incoming")
    world.unregister("incoming")


_CATALOGUE = re.compile(r"\breference\.[a-z_]+")
