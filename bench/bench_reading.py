"""Gate and reading of 200 workbooks in pooled children, beside python-calamine alone.

Run: python -m bench.bench_reading [RUNS]
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import python_calamine

from bench import clock, workbooks
from flows.steps.reading import form, reader
from flows.steps.reading.reader import ToRead

COUNT = 200


def main(runs: int) -> None:
    tables = workbooks.catalogue()
    asked = form.from_tables(tables["sheets"], tables["form_fields"])
    with tempfile.TemporaryDirectory() as folder:
        paths = workbooks.write(tables, Path(folder), COUNT)
        files = [ToRead(path, str(n), path.name) for n, path in enumerate(paths)]
        alone, ours = clock.in_turn(
            runs,
            lambda: with_calamine(paths),
            lambda: list(reader.read(files, asked, b"k" * 32)),
        )
    print(f"{COUNT} workbooks: a report and four sheets of {workbooks.ROWS} rows each")
    clock.told("python-calamine alone, one process, no checks", alone)
    clock.told("gate, reading, Parquet, in pooled children", ours)
    clock.compared("times as long", ours, alone)


def with_calamine(paths: Sequence[Path]) -> None:
    for path in paths:
        book = python_calamine.CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
