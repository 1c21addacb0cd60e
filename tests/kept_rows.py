"""The rows that the reader keeps of a file, written and read as plain dictionaries."""

import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from flows.steps.reading import parquet
from flows.steps.reading.rows import Row

_PLACE = ("sheet", "row_number", "set_aside")


def written(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The Parquet of rows that say their sheet and row_number, and if need be set_aside."""
    sheets: dict[str, list[Row]] = {}
    for row in rows:
        texts = {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in row.items()
            if name not in _PLACE and value is not None
        }
        kept = Row(row["row_number"], texts, row.get("set_aside"))
        sheets.setdefault(row["sheet"], []).append(kept)
    return parquet.of_rows(sheets)


def read(content: bytes) -> list[dict[str, Any]]:
    """The rows of a Parquet, each with its place and the texts that are not blank."""
    found = pq.read_table(io.BytesIO(content)).to_pylist(maps_as_pydicts="strict")
    return [{**{name: row[name] for name in _PLACE}, **row["cells"]} for row in found]
