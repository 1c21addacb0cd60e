"""The check of 200 workbooks beside the same questions in plain SQL; the command from a cold start.

Run: python -m bench.bench_checking [RUNS]
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import clock, workbooks
from flows.steps import warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.checking import quality, staging
from flows.steps.checking.findings import CheckedFile
from flows.steps.checking.rules import checks
from flows.steps.checking.staging import Asked
from flows.steps.checking.wording import Place, Wording
from flows.steps.filling import loading
from flows.steps.reading import form, reader
from flows.steps.reading.reader import ToRead
from flows.steps.settings import CHECKOUT
from flows.steps.submissions import Submission

COUNT = 200
SQL = CHECKOUT / "sql"
_PLAIN = (
    "select number, row_id from asked where kind like 'found%' and found is null",
    "select number, row_id from asked where room < 0",
    "select number, row_id from asked where not holds",
    (
        "select number, row_id from asked where key is not null "
        "qualify count(*) over (partition by key) > 1"
    ),
)


def main(runs: int) -> None:
    tables = workbooks.catalogue()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = workbooks.write(tables, folder / "sent", COUNT)
        library, reading, checked, one = clock.in_turn(
            runs,
            _load_library,
            lambda: clock.process("-c", _READ, *paths),
            lambda: _reper(folder, paths),
            lambda: _reper(folder, paths[:1]),
        )
        _warm(tables, folder, paths, runs)
    print("from a cold start, each in a process of its own:")
    clock.told("  importing Great Expectations", library)
    clock.told(f"  reading {COUNT} workbooks", reading)
    clock.told(f"  reper check, {COUNT} workbooks", checked)
    clock.beyond("  the check takes more than the reading by", checked, reading)
    clock.told("  reper check, one workbook", one)


_READ = """
import sys
from pathlib import Path
from flows.steps import catalogue, settings
from flows.steps.reading import form, reader
from flows.steps.reading.reader import ToRead

known = settings.load(None, None)
tables = catalogue.load(known.catalogue, known.programme)
asked = form.from_tables(tables["sheets"], tables["form_fields"])
files = [ToRead(Path(path), path, path) for path in sys.argv[1:]]
assert len(list(reader.read(files, asked, b"k"))) == len(files)
"""


def _load_library() -> None:
    clock.process("-c", "from flows.steps.checking import quality; quality._library()")


def _reper(folder: Path, paths: Sequence[Path]) -> None:
    command = "import sys; from flows.cli import main; sys.exit(main())"
    clock.process("-c", command, "check", "--home", folder / "home", "--json", *paths)


def _warm(tables: Catalogue, folder: Path, paths: Sequence[Path], runs: int) -> None:
    """In one process, the library loaded: typing the rows, the check, and the check in SQL."""
    asked = form.from_tables(tables["sheets"], tables["form_fields"])
    submissions, files, parquet = [], [], {}
    read = reader.read(
        [ToRead(path, f"{n:064}", path.name) for n, path in enumerate(paths)], asked, b"k"
    )
    for seq, (path, reading) in enumerate(zip(paths, read, strict=True), start=1):
        partner, of = path.parent.name, f"{path.parent.name}-{seq}"
        received_at = datetime(2021, 1, 11, tzinfo=UTC)
        submissions.append(Submission(of, partner, reading.sha256, path.name, received_at, seq))
        files.append(CheckedFile(of, partner, reading.summary))
        parquet[reading.sha256] = folder / f"{reading.sha256}.parquet"
        parquet[reading.sha256].write_bytes(reading.parquet or b"")
    quality._library()
    loads, plain, ours = [], [], []
    for _ in range(runs):
        with warehouse.connect() as connection:
            loads.append(clock.seconds(lambda: _load(connection, tables, submissions, parquet)))
            plain.append(clock.seconds(lambda: _in_sql(connection, tables, files)))
            ours.append(clock.seconds(lambda: quality.check(connection, tables, files, SQL)))
    print(f"{COUNT} workbooks, in one process, the library loaded:")
    clock.told("  typing every row", loads)
    clock.told("  the questions in plain SQL", plain)
    clock.told("  the check by Great Expectations, in words", ours)
    clock.compared("  times as long as plain SQL", ours, plain)


def _load(
    connection: warehouse.Connection,
    tables: Catalogue,
    submissions: Sequence[Submission],
    parquet: Mapping[str, Path],
) -> None:
    loading.load(connection, tables, submissions, parquet, SQL)
    loading.load_others(connection, [], parquet)


def _in_sql(
    connection: warehouse.Connection, tables: Catalogue, files: Sequence[CheckedFile]
) -> None:
    wording = Wording(tables)
    asked = [
        Asked(check, wording.severity(check.rule, Place(check.sheet, column=check.field)))
        for check in checks(tables)
    ]
    with staging.staged(connection, tables, files, asked, SQL):
        for query in _PLAIN:
            connection.execute(query.replace("from asked", "from staging.asked")).fetchall()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
