"""What was read of a file, as the Parquet that is kept of it. Runs in the reading process."""

from array import array
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from flows.steps.reading.rows import Row


def of_rows(rows: Mapping[str, Sequence[Row]]) -> bytes:
    """One table for all sheets: sheet, row_number, set_aside, and cells, a map from field to text.

    A column a field would cost more than the texts in it: a file has few rows and many fields,
    most of them blank, and a build opens every file. Without statistics, for the same reason.
    """
    listed = [(sheet, row) for sheet, of_sheet in rows.items() for row in of_sheet]
    fields: list[str] = []
    texts: list[str] = []
    ends = [0]
    for _, row in listed:
        fields += row.texts.keys()
        texts += row.texts.values()
        ends.append(len(texts))
    columns = {
        "sheet": _texts([sheet for sheet, _ in listed]),
        "row_number": _integers([row.number for _, row in listed]),
        "set_aside": _texts([row.set_aside for _, row in listed]),
        "cells": pa.MapArray.from_arrays(_integers(ends), _texts(fields), _texts(texts)),
    }
    sink = pa.BufferOutputStream()
    pq.write_table(
        pa.Table.from_arrays(list(columns.values()), list(columns)),
        sink,
        compression="snappy",
        use_dictionary=["cells.key_value.key"],
        write_statistics=False,
        store_schema=False,
    )
    return sink.getvalue().to_pybytes()


def _integers(values: Sequence[int]) -> pa.Array:
    buffer = pa.py_buffer(array("i", values))
    return pa.Array.from_buffers(pa.int32(), len(values), [None, buffer])


def _texts(values: Sequence[str | None]) -> pa.Array:
    # For pa.array Arrow loads all of pandas, only to ask whether the list is a Series.
    builder = pa.lib.StringBuilder()
    builder.append_values(values)
    return builder.finish()
