"""Rows put straight into tables of a warehouse, where a test needs what no file would say."""

from collections.abc import Iterable, Mapping
from typing import Any

from flows.steps import indicators, warehouse
from flows.steps.warehouse import Connection
from tests.given import SQL


def put(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Fill a table with these rows and no others; what a row does not name is null."""
    schema = connection.table(table).to_arrow_table().schema
    warehouse.insert(connection, table, list(schema), rows)


def monitor_again(connection: Connection) -> None:
    """Work out all that follows from the values of indicators once more."""
    for name in indicators.MONITOR:
        warehouse.run(connection, SQL, f"monitor/{name}")
