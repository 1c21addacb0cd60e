"""Originals are safe under their hash before anything is acknowledged, and nothing is lost."""

import hashlib
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from flows.steps import archive
from flows.steps.archive import Receipt
from flows.steps.ledger import Ledger

AT = datetime(2020, 4, 10, tzinfo=UTC)
CONTENT = b"a workbook"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
NAME = f"TM-P001-{SHA256[:12]}"


class Office:
    """An inbox, an archive and a ledger; two partners are known."""

    def __init__(self, home: Path) -> None:
        self.inbox = home / "inbox"
        self.archive = home / "archive"
        self.book = home / "ledger.sqlite"
        self.ledger = Ledger(f"sqlite:///{self.book}")

    def send(
        self, partner: str = "TM-P001", name: str = "raport.xlsx", content: bytes = CONTENT
    ) -> Path:
        path = self.inbox / partner / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def receive(self) -> list[Receipt]:
        partners = {"TM-P001", "TM-P002"}
        return archive.receive(self.inbox, self.archive, self.ledger, partners, AT)

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.ledger.entries()]


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.ledger.close()


def test_a_file_lies_under_the_hash_of_its_bytes_and_the_book_says_who_sent_it(
    office: Office,
) -> None:
    path = office.send()
    assert office.receive() == [Receipt("TM-P001", "raport.xlsx", "received", NAME)]
    original = office.archive / SHA256
    assert original.read_bytes() == CONTENT
    assert original.stat().st_mode & 0o222 == 0
    assert not path.exists()
    (entry,) = office.ledger.entries("submission_received")
    assert entry.at == AT
    assert entry.body == {
        "submission_id": NAME,
        "partner_id": "TM-P001",
        "sha256": SHA256,
        "file_name": "raport.xlsx",
        "size": len(CONTENT),
    }


def test_the_same_bytes_twice_are_one_submission(office: Office) -> None:
    office.send()
    office.receive()
    office.send(name="din nou.xlsx")
    assert office.receive() == [Receipt("TM-P001", "din nou.xlsx", "repeated", NAME)]
    assert office.kinds() == ["submission_received", "submission_repeated"]
    assert [path.name for path in office.archive.iterdir()] == [SHA256]


def test_the_same_bytes_of_two_partners_are_two_submissions_of_one_original(
    office: Office,
) -> None:
    office.send("TM-P001")
    office.send("TM-P002")
    assert [receipt.outcome for receipt in office.receive()] == ["received", "received"]
    assert [path.name for path in office.archive.iterdir()] == [SHA256]


def test_a_file_of_an_unknown_partner_waits_where_it_is(office: Office) -> None:
    path = office.send("TM-P999")
    (receipt,) = office.receive()
    assert (receipt.outcome, receipt.submission_id) == ("waiting", None)
    assert receipt.why is not None
    assert "TM-P999" in receipt.why
    assert path.read_bytes() == CONTENT
    assert office.kinds() == []


def test_links_are_not_followed_and_pipes_are_not_waited_for(
    office: Office, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"not for the archive")
    folder = office.inbox / "TM-P001"
    folder.mkdir(parents=True)
    (folder / "link.xlsx").symlink_to(secret)
    os.mkfifo(folder / "pipe.xlsx")
    (office.inbox / "TM-P002").symlink_to(folder, target_is_directory=True)
    receipts = office.receive()
    assert [receipt.outcome for receipt in receipts] == ["waiting", "waiting"]
    assert all(receipt.why for receipt in receipts)
    assert list(office.archive.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["~$raport.xlsx", ".raport.xlsx", "raport.xlsx.part", "raport.xlsx.crdownload", "a.TMP"]
)
def test_what_is_not_finished_is_not_looked_at(office: Office, name: str) -> None:
    path = office.send(name=name)
    assert office.receive() == []
    assert path.exists()


def test_a_folder_inside_a_partners_folder_is_left_alone(office: Office) -> None:
    office.send("TM-P001/vechi")
    assert office.receive() == []


def test_a_file_that_is_too_large_waits_and_is_told_why(office: Office) -> None:
    path = office.send()
    os.truncate(path, archive.LARGEST + 1)
    (receipt,) = office.receive()
    assert receipt.outcome == "waiting"
    assert "200 MB" in (receipt.why or "")
    assert path.exists()


def test_a_file_leaves_the_inbox_only_when_the_book_has_it(office: Office) -> None:
    path = office.send()
    with closing(sqlite3.connect(office.book)) as book, book:
        book.execute(
            "create trigger full_disk before insert on entries "
            "begin select raise(abort, 'disk full'); end"
        )
    with pytest.raises(DBAPIError):
        office.receive()
    assert path.read_bytes() == CONTENT
    assert (office.archive / SHA256).read_bytes() == CONTENT
    with closing(sqlite3.connect(office.book)) as book, book:
        book.execute("drop trigger full_disk")
    assert [receipt.outcome for receipt in office.receive()] == ["received"]
    assert not path.exists()


def test_what_a_killed_run_left_half_written_is_cleared_away(office: Office) -> None:
    office.archive.mkdir(parents=True)
    (office.archive / f".{SHA256}.partial").write_bytes(CONTENT[:3])
    office.send()
    office.receive()
    assert [path.name for path in office.archive.iterdir()] == [SHA256]
    assert (office.archive / SHA256).read_bytes() == CONTENT


def test_no_inbox_is_an_empty_inbox(office: Office) -> None:
    assert office.receive() == []
