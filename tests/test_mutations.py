"""Whatever becomes of a good workbook: it loads as it would have, or a precise question is asked.

The workbooks are read, typed and checked as on any night, all in one batch.
"""

import csv
import io
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from flows.steps import catalogue as catalogues
from flows.steps import warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.checking import quality
from flows.steps.checking.findings import CheckedFile, Finding, quarantined, verdict
from flows.steps.checking.wording import Wording, sentences
from flows.steps.filling import loading
from flows.steps.reading import contents, form
from flows.steps.settings import CHECKOUT
from flows.steps.submissions import Submission
from tests.mutants import good, mutations
from tests.quality_cases import GOOD

SQL = CHECKOUT / "sql"
MUTATIONS = mutations()
SHEETS = ("raport", "activitati", "apeluri", "buget", "artisti", "voluntari")
# A typed row: its sheet, its row number, and its values by field, blank ones left out.
Row = tuple[str, int, Mapping[str, Any]]


@dataclass(frozen=True)
class Judged:
    """What came of one file: what is asked, and the rows that count, in their order."""

    findings: Sequence[Finding]
    rows: Sequence[Row]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    data = CHECKOUT / "data"
    return catalogues.load(data / "catalogue", data / "programmes" / "timisoara2023")


def senders(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Each partner with its first project."""
    projects = reversed(catalogue["projects"])
    return sorted({row["partner_id"]: row["project_id"] for row in projects}.items())


def judge(
    catalogue: Catalogue, files: Iterable[tuple[str, str, bytes]], folder: Path
) -> list[Judged]:
    """Read, type and check files, given as partner, name and content; in their order."""
    asked = form.from_tables(catalogue["sheets"], catalogue["form_fields"])
    submissions, checked, parquets = [], [], {}
    for seq, (partner, name, content) in enumerate(files, start=1):
        parquet, summary = contents.read_bytes(content, name, asked, b"k" * 32)
        sha256, received_at = f"{seq:064x}", datetime(2021, 1, 11, tzinfo=UTC)
        of = f"{partner}-{seq}"
        submissions.append(Submission(of, partner, sha256, name, received_at, seq))
        checked.append(CheckedFile(of, partner, summary))
        if parquet is not None:
            parquets[sha256] = folder / f"{sha256}.parquet"
            parquets[sha256].write_bytes(parquet)
    with warehouse.connect() as connection:
        loading.load(connection, catalogue, submissions, parquets, SQL)
        loading.load_others(connection, [], parquets)
        found = [
            *sentences(Wording(catalogue), checked),
            *quality.check(connection, catalogue, checked, SQL),
        ]
        rows = [row for sheet in SHEETS for row in typed(connection, sheet)]
    return [
        judged(
            [finding for finding in found if finding.submission_id == file.submission_id],
            [row for of, row in rows if of == file.submission_id],
        )
        for file in checked
    ]


def typed(connection: warehouse.Connection, sheet: str) -> list[tuple[str, Row]]:
    query = f"select * from typed.{sheet} where set_aside is null order by all"  # noqa: S608
    found = []
    for row in warehouse.rows(connection, query):
        about = {"submission_id", "sha256", "row_number", "set_aside"}
        values = {
            name: value
            for name, value in row.items()
            if value is not None and name not in about and not name.endswith("_raw")
        }
        found.append((row["submission_id"], (sheet, row["row_number"], values)))
    return found


def judged(found: list[Finding], rows: list[Row]) -> Judged:
    bad = {(sheet, row) for _, sheet, row in quarantined(found)}
    is_refused = verdict(found) == "rejected"
    stored = [row for row in rows if not is_refused and (row[0], row[1]) not in bad]
    return Judged(found, stored)


@pytest.fixture(scope="module")
def unchanged_and_mutants(
    catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Judged], list[Judged]]:
    """Each mutation beside the good workbook of the same partner.

    In every round a partner sends one file, so that no file is compared with another.
    """
    everybody = senders(catalogue)
    unchanged, mutants = [], []
    for start in range(0, len(MUTATIONS), len(everybody)):
        part = list(zip(MUTATIONS[start : start + len(everybody)], everybody, strict=False))
        folder = tmp_path_factory.mktemp("files")
        mutants += judge(
            catalogue,
            [(who[0], m.file_name, m.content(good(catalogue, *who))) for m, who in part],
            folder,
        )
        if not start:
            files = [(who[0], "raport.xlsx", good(catalogue, *who).content()) for who in everybody]
            unchanged = judge(catalogue, files, folder)
    return unchanged, mutants


@pytest.mark.parametrize("number", range(len(MUTATIONS)), ids=lambda n: MUTATIONS[n].name)
def test_a_mutant_loads_as_it_would_have_or_asks(
    number: int, unchanged_and_mutants: tuple[list[Judged], list[Judged]]
) -> None:
    unchanged, mutants = unchanged_and_mutants
    mutation, mutant = MUTATIONS[number], mutants[number]
    expected = unchanged[number % len(unchanged)]
    assert expected.findings == []
    assert {(f.rule, f.row, f.column) for f in mutant.findings} == mutation.asks
    assert_precise(mutant.findings)
    assert_nothing_else_was_loaded(mutant, expected.rows, mutation.changes)


def test_there_are_enough_mutations_and_each_is_one_of_its_own() -> None:
    names = Counter(mutation.name for mutation in MUTATIONS)
    assert len(names) == len(MUTATIONS) >= 40


# --- CSV ----------------------------------------------------------------------------------------

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1250", "iso-8859-2")
DIALECTS = list(product(ENCODINGS, (",", ";", "\t")))
# The old encodings have no letters with a comma below, and one of them no quotation marks.
TYPED = {"cp1250": str.maketrans("șțȘȚ", "şţŞŢ"), "iso-8859-2": str.maketrans("șțȘȚ„”", "şţŞŢ''")}
TABLES = 200
# What a partner may write for a value, and None where the program has to ask.
TITLES = (
    "Lumini pe Bega",
    "Înțelegere; iarnă",
    "Spectacolul „Țara”, „doi”",
    "două\nrânduri",
    "a\tb",
)
WORDS: dict[str, list[tuple[str, object]]] = {
    "attendance_in_person": [
        ("1800", 1800),
        ("1.200", 1200),
        ("1.500,0", 1500),
        ("circa 90", None),
    ],
    "start_date": [
        ("17.{m}.2020", 17),
        ("2020-{m}-05", 5),
        ("9/{m}/2020", 9),
        ("32.{m}.2020", None),
    ],
    "volunteer_hours": [("12,5", 12.5), ("7", 7), ("1.000,25", 1000.25), ("1,000", None)],
    "pricing": [("gratuit", "free"), ("BY INVITATION", "invitation"), ("ieftin", None)],
    "events_count": [("1", 1), ("12", 12), ("1,5", None)],
}


@dataclass(frozen=True)
class Table:
    """A CSV that a program wrote, with what its cells mean: row to field to value."""

    content: bytes
    name: str
    meaning: Mapping[int, Mapping[str, object]]


def generated(catalogue: Catalogue, number: int, project: str) -> Table:
    """The table of this number, the same each time."""
    chance = random.Random(number)  # noqa: S311
    encoding, delimiter = DIALECTS[number % len(DIALECTS)]
    quarter = 1 + number // 62
    labels = {
        r["field"]: r["label_ro"] for r in catalogue["form_fields"] if r["sheet"] == "activitati"
    }
    names = [*GOOD["activitati"], "volunteer_hours", "notes"]
    chance.shuffle(names)
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator=chance.choice(["\r\n", "\n"]))
    writer.writerows([[f"Notă {n}"] for n in range(chance.randrange(3))])
    writer.writerow([labels[name] for name in names])
    meaning = {}
    for line in range(chance.randint(1, 6)):
        title = chance.choice(TITLES)
        if encoding == "iso-8859-2":
            title = title.replace("„", "'").replace("”", "'")
        cells = GOOD["activitati"] | {"activity_id": f"T{number}-{line}", "project_id": project}
        cells |= {
            "title_ro": title,
            "venue_name": f"Sala {number}",
            "end_date": f"28.{3 * quarter}.2020",
        }
        values: dict[str, object] = {"title_ro": " ".join(title.split())}
        for name, words in WORDS.items():
            text, values[name] = chance.choice(words[:-1] if chance.random() < 0.9 else words)
            cells[name] = text.format(m=f"{3 * quarter - 1:02}")
        meaning[target.getvalue().count("\n") + 1] = values
        writer.writerow([cells.get(name) for name in names])
        writer.writerows([[]] * (chance.random() < 0.2))
    content = target.getvalue().translate(TYPED.get(encoding, {})).encode(encoding)
    return Table(content, f"activitati_2020-Q{quarter}.csv", meaning)


def test_a_table_loads_as_it_was_meant_or_asks_in_every_dialect(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    everybody = senders(catalogue)
    who = [everybody[number % len(everybody)] for number in range(TABLES)]
    tables = [generated(catalogue, number, who[number][1]) for number in range(TABLES)]
    files = [(who[n][0], table.name, table.content) for n, table in enumerate(tables)]
    asked = 0
    for table, outcome in zip(tables, judge(catalogue, files, tmp_path), strict=True):
        meant = dict(table.meaning)
        for finding in outcome.findings:
            assert finding.row is not None
            assert finding.column is not None
            assert table.meaning[finding.row].get(finding.column, "?") is None, finding
            meant.pop(finding.row, None)
            asked += 1
        got = {row: values for _, row, values in outcome.rows}
        assert got.keys() == meant.keys()
        for row, values in meant.items():
            assert {name: plain(got[row][name]) for name in values} == values
    assert asked > TABLES / 4


def plain(value: object) -> object:
    return value.day if isinstance(value, date) else value


# --- What both ask ------------------------------------------------------------------------------


def assert_precise(found: Iterable[Finding]) -> None:
    """What is about a cell names it, and what stands in it."""
    for finding in found:
        if finding.row is not None and finding.column is not None:
            # A column that is not there has no cell; it is named, and the row beside it.
            assert finding.cell or finding.rule in ("missing_column", "column_left_out")
        if finding.value is not None and finding.rule != "not_in_list":
            assert finding.value[:79] in finding.message_ro


def assert_nothing_else_was_loaded(
    mutant: Judged, expected: Sequence[Row], changes: Iterable[str]
) -> None:
    """Every row that counts is one of the expected; where one is missing, a row was refused.

    What a warning is about may differ, and so may what was changed on purpose.
    """
    asked = defaultdict(set)
    for finding in mutant.findings:
        # The questions of the report stand below each other, but it is one row.
        asked[finding.sheet_id, None if finding.sheet_id == "raport" else finding.row].add(
            finding.column
        )
    left = [(sheet, values) for sheet, _, values in expected]
    for sheet, number, values in mutant.rows:
        may_differ = {*changes, *asked[sheet, None if sheet == "raport" else number]}
        same = (
            row
            for row in left
            if row[0] == sheet and but(row[1], may_differ) == but(values, may_differ)
        )
        match = next(same, None)
        assert match is not None, (sheet, number, values)
        left.remove(match)
    assert not left or verdict(mutant.findings) in ("rejected", "partly_accepted")


def but(values: Mapping[str, Any], names: Collection[str | None]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}
