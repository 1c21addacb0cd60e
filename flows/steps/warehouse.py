"""The one door to DuckDB: builds the warehouse beside the old one and swaps it in.

The warehouse is a build artefact: everything in it comes from the originals, the ledger and the
catalogue, so it may be deleted at any time and is never changed once it is in place.
"""

import itertools
import os
import shutil
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.steps import durable
from flows.steps.errors import OperatorError

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Room:
    """How much memory DuckDB may take, and the home in which it keeps what does not fit."""

    memory_mb: int
    home: Path

    def settings(self) -> dict[str, str]:
        """The same for DuckDB, which makes the folder when it must and takes it away at its end."""
        own = str(self.home / f".spill-{os.getpid()}-{next(_NUMBERS)}")
        return {"memory_limit": f"{self.memory_mb}MB", "temp_directory": own}

    def sweep(self) -> None:
        """Take away what processes left behind that were killed."""
        for left in self.home.glob(".spill-*-*"):
            if not _is_running(int(left.name.split("-")[1])):
                shutil.rmtree(left, ignore_errors=True)


def connect(
    path: Path | None = None, *, read_only: bool = False, room: Room | None = None
) -> Connection:
    """Open a warehouse, or one in memory. Nothing outside it can be reached from SQL.

    Raises OperatorError when the file is missing or cannot be read.
    """
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        **(room.settings() if room else {}),
    }
    if path is not None and read_only and not path.exists():
        msg = f"There is no warehouse at {path}. Run `reper rebuild` first."
        raise OperatorError(msg)
    try:
        connection = duckdb.connect(str(path or ":memory:"), read_only=read_only, config=settings)
    except duckdb.Error as error:
        msg = f"Cannot open {path} ({error}). Delete it and run `reper rebuild`: nothing is lost."
        raise OperatorError(msg) from error
    connection.execute("set enable_progress_bar = false; set TimeZone = 'UTC'")
    return connection


@contextmanager
def replacing(path: Path, room: Room | None = None) -> Generator[Connection]:
    """Build a new warehouse beside the old one; it takes its place when the block ends well."""
    if room:
        room.sweep()
    building = path.with_name(f".{path.name}.building")
    path.parent.mkdir(parents=True, exist_ok=True)
    building.unlink(missing_ok=True)
    try:
        with connect(building, room=room) as connection:
            yield connection
        building.replace(path)
        durable.sync_folder(path.parent)
    except OSError as error:
        raise durable.cannot_write(path, error.strerror) from error
    except (duckdb.IOException, duckdb.TransactionException) as error:
        raise durable.cannot_write(path, str(error).splitlines()[0]) from error
    finally:
        building.unlink(missing_ok=True)


def stamp(path: Path) -> str | None:
    """What the warehouse says that it was built from; None when there is none to ask."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute("select stamp from main.built_from").fetchone()
    except duckdb.Error:
        return None
    return found[0] if found else None


def put_stamp(connection: Connection, built_from: str) -> None:
    """Note what the warehouse was built from, as the last thing of a build."""
    insert_names(connection, "main.built_from", "stamp", [built_from])


def rows(
    connection: Connection, query: str, parameters: Mapping[str, object] | None = None
) -> list[dict[str, Any]]:
    """The answer of a query, a dict a row, in order. Whole numbers are integers."""
    try:
        answer = connection.execute(query, dict(parameters or {}))
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        msg = f"The warehouse was built by another version ({error}). Run `reper rebuild`."
        raise OperatorError(msg) from error
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in answer.fetchall()]


def select(sql: Path, name: str) -> str:
    """The text of one SELECT."""
    return (sql / f"{name}.sql").read_text("utf-8")


def run(connection: Connection, sql: Path, name: str) -> None:
    """Make the table folder.file from the SELECT in folder/file.sql."""
    text = select(sql, name)
    connection.execute(f"create or replace table {name.replace('/', '.')} as {text}")


def insert(
    connection: Connection,
    table: str,
    fields: Sequence[pa.Field],
    found: Iterable[Mapping[str, Any]],
) -> None:
    """Make a table of these rows; an empty one when there are none."""
    schema = pa.schema(fields)
    wanted = [{name: row.get(name) for name in schema.names} for row in found]
    connection.register("incoming", pa.Table.from_pylist(wanted, schema=schema))
    connection.execute(f"create or replace table {table} as from incoming")
    connection.unregister("incoming")


def insert_names(connection: Connection, table: str, column: str, names: Iterable[str]) -> None:
    """Make a table of one column of text."""
    insert(connection, table, [pa.field(column, pa.string())], [{column: n} for n in names])


def _plain(value: object) -> object:
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    return value


def _is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


_NUMBERS = itertools.count(1)
