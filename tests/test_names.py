"""Names and addresses of people in the registers are keyed hashes from the reading on."""

import email
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from flows.steps import warehouse
from flows.steps.demonstration import Delivery
from tests.reading_pdf import pages

REPER = Path(sys.executable).with_name("reper")
PARTNER, MORNING_AFTER = "TM-P001", "2020-05-20T05:00:00+03:00"
ADDRESS, NAME = "ana.canarescu@example.org", "Ana Canărescu"


@pytest.fixture(scope="module")
def first(deliveries: list[Delivery]) -> Delivery:
    return next(one for one in deliveries if one.partner_id == PARTNER)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, first: Delivery) -> Path:
    """A night on which a register came with an address in it, and a name where one belongs."""
    home = tmp_path_factory.mktemp("names") / "home"
    inbox = home / "inbox" / PARTNER
    inbox.mkdir(parents=True)
    book = load_workbook(first.path)
    register = book["Artiști"]
    activity = register.cell(3, 2).value  # The first row is the form's example.
    register.append([ADDRESS, activity, "local"])
    register.append([NAME, activity, "local"])
    book.save(inbox / first.file_name)
    done = subprocess.run(
        [REPER, "nightly", "--home", home],
        env={**os.environ, "REPER_NOW": MORNING_AFTER},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list((home / "published").rglob("report.pdf"))
    (home / "output.txt").write_text(done.stdout + done.stderr, "utf-8")
    return home


def texts(name: str, content: bytes) -> Iterator[str]:
    """All that a file says, however it is packed."""
    if name.endswith(".parquet"):
        yield str(pq.read_table(io.BytesIO(content)).to_pylist())
    elif name.endswith(".pdf"):
        yield " ".join(pages(content))
    elif name.endswith(".eml"):
        for part in email.message_from_bytes(content).walk():
            packed = part.get_payload(decode=True)
            if isinstance(packed, bytes):
                yield from texts(part.get_filename() or "", packed)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for one in parts.namelist():
                yield parts.read(one).decode("utf-8", "replace")
    yield content.decode("utf-8", "replace")


def holds(home: Path, word: str) -> set[str]:
    """The folders, below the home, of all files that say a word."""
    return {
        path.relative_to(home).parent.as_posix()
        for path in home.rglob("*")
        if path.is_file()
        if any(word.casefold() in text.casefold() for text in texts(path.name, path.read_bytes()))
    }


@pytest.mark.parametrize("word", [ADDRESS, NAME, "canarescu", "Canărescu"])
def test_only_the_original_and_what_goes_back_to_its_partner_hold_a_person(
    home: Path, word: str
) -> None:
    folders = holds(home, word)
    own = f"returned/{PARTNER}/"
    assert {one for one in folders if not one.startswith(own)} <= {"archive"}


def test_the_warehouse_holds_no_person(home: Path) -> None:
    with warehouse.connect(home / "warehouse.duckdb", read_only=True) as connection:
        tables = warehouse.rows(
            connection, "select table_schema, table_name from information_schema.tables"
        )
        assert tables
        for table in tables:
            rows = warehouse.rows(
                connection, f'from "{table["table_schema"]}"."{table["table_name"]}"'
            )
            assert "canarescu" not in str(rows).casefold(), table
            assert "canărescu" not in str(rows).casefold(), table


def test_the_person_is_counted_all_the_same(home: Path, first: Delivery) -> None:
    assert "archive" in holds(home, ADDRESS)
    with warehouse.connect(home / "warehouse.duckdb", read_only=True) as connection:
        found = warehouse.rows(connection, "from typed.artisti")
    sent = list(load_workbook(first.path)["Artiști"].iter_rows(min_row=2, values_only=True))
    addresses = [row for row in sent if row[0] and "@" in row[0]]
    assert len([row for row in found if row["person_key"]]) == len(addresses) + 1
