"""The ledger folded: who sent what, what was taken back, who is excused, up to a moment."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.steps import submissions
from flows.steps.ledger import Ledger

AT = datetime(2020, 4, 10, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Generator[Ledger]:
    book = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    yield book
    book.close()


def receive(ledger: Ledger, name: str, at: datetime = AT) -> None:
    body = {
        "submission_id": name,
        "partner_id": "TM-P001",
        "sha256": "a" * 64,
        "file_name": "raport.xlsx",
        "size": 1,
    }
    ledger.append("submission_received", body, at)


def test_an_empty_book_knows_nothing(ledger: Ledger) -> None:
    known = submissions.known(ledger)
    assert (known.submissions, known.withdrawn, known.excused) == ((), {}, {})
    assert (known.seq, known.head, known.until) == (0, "0" * 64, None)


def test_submissions_stand_in_the_order_of_the_book(ledger: Ledger) -> None:
    receive(ledger, "later", AT + timedelta(days=1))
    receive(ledger, "earlier", AT)
    known = submissions.known(ledger)
    assert [(s.submission_id, s.seq) for s in known.submissions] == [("later", 1), ("earlier", 2)]
    assert known.submissions[1].received_at == AT


def test_what_is_known_at_a_place_leaves_out_what_came_after(ledger: Ledger) -> None:
    receive(ledger, "first")
    before = submissions.known(ledger)
    receive(ledger, "second")
    ledger.append("submission_withdrawn", {"submission_id": "first", "reason": "greșit"}, AT)
    assert submissions.known(ledger, up_to=1) == before
    after = submissions.known(ledger)
    assert after.withdrawn == {"first": "greșit"}
    assert (after.seq, len(after.submissions)) == (3, 2)


def test_mails_and_editions_change_nothing_that_is_known(ledger: Ledger) -> None:
    receive(ledger, "first")
    before = submissions.known(ledger)
    ledger.append("edition_published", {"path": "team/2020/ro-v1"}, AT)
    ledger.append("submission_repeated", {"submission_id": "first"}, AT)
    assert submissions.known(ledger) == before


def test_a_partner_is_excused_once_a_period(ledger: Ledger) -> None:
    assert submissions.excuse(ledger, "TM-P001", "2020-Q1", "inundație", AT)
    assert not submissions.excuse(ledger, "TM-P001", "2020-Q1", "altceva", AT)
    assert submissions.excuse(ledger, "TM-P001", "2020-Q2", "altceva", AT)
    assert submissions.known(ledger).excused == {
        ("TM-P001", "2020-Q1"): "inundație",
        ("TM-P001", "2020-Q2"): "altceva",
    }
