"""The book is append-only, whole or not at all, and shows where it was tampered with.

All of it holds for the file and, in the full test, for PostgreSQL.
"""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.steps.errors import OperatorError
from flows.steps.ledger import Ledger, latest_by

AT = datetime(2021, 1, 25, 3, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    return request.getfixturevalue("postgres").database()


@pytest.fixture
def ledger(url: str) -> Generator[Ledger]:
    book = Ledger(url)
    yield book
    book.close()


def edit(url: str, statement: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_what_is_written_is_read_back_in_order(ledger: Ledger) -> None:
    ledger.append("mail_sent", {"to": "ț"}, AT)
    ledger.append("partner_excused", {"why": "inundație"}, AT - timedelta(days=9))
    ledger.append("mail_sent", {"to": "ș"}, AT)
    assert [entry.seq for entry in ledger.entries()] == [1, 2, 3]
    assert [entry.body["to"] for entry in ledger.entries("mail_sent")] == ["ț", "ș"]
    assert [entry.seq for entry in ledger.entries(up_to=2)] == [1, 2]
    assert ledger.entries()[0].at == AT


def test_it_is_still_there_after_a_restart(ledger: Ledger, url: str) -> None:
    written = ledger.append("mail_sent", {"to": "a"}, AT)
    ledger.close()
    again = Ledger(url)
    assert again.entries() == [written]
    again.close()


def test_a_moment_with_another_offset_is_kept_as_the_same_instant(ledger: Ledger) -> None:
    ledger.append("mail_sent", {}, datetime.fromisoformat("2021-01-25T05:00:00+02:00"))
    (entry,) = ledger.entries()
    assert entry.at == AT
    assert entry.at.utcoffset() == timedelta(0)


def test_what_may_be_there_once_is_there_once(ledger: Ledger) -> None:
    assert ledger.append("edition_published", {"n": 1}, AT, once="edition:a") is not None
    assert ledger.append("edition_published", {"n": 2}, AT, once="edition:a") is None
    assert ledger.append("edition_published", {"n": 3}, AT, once="edition:b") is not None
    assert [entry.body["n"] for entry in ledger.entries()] == [1, 3]


def test_what_belongs_together_is_written_whole_or_not_at_all(ledger: Ledger) -> None:
    def half_done() -> None:
        with ledger.together():
            ledger.append("edition_published", {"n": 2}, AT)
            assert len(ledger.entries()) == 2
            raise ZeroDivisionError

    ledger.append("mail_sent", {"n": 1}, AT)
    with pytest.raises(ZeroDivisionError):
        half_done()
    assert [entry.body["n"] for entry in ledger.entries()] == [1]
    with ledger.together():
        ledger.append("edition_published", {"n": 3}, AT)
        with ledger.together():
            ledger.append("mail_planned", {"n": 4}, AT)
    assert [entry.body["n"] for entry in ledger.entries()] == [1, 3, 4]
    assert ledger.broken_at() is None


def test_two_who_write_at_once_take_turns(ledger: Ledger, url: str) -> None:
    def write(who: str) -> None:
        with closing(Ledger(url)) as own:
            for number in range(20):
                with own.together():
                    own.append("mail_planned", {"who": who}, AT, once=f"{who}:{number}")
                    own.append("mail_sent", {"who": who}, AT, once=f"both:{number}")

    with ThreadPoolExecutor() as writers:
        list(writers.map(write, "ab"))
    assert [entry.seq for entry in ledger.entries()] == list(range(1, 61))
    assert len(ledger.entries("mail_sent")) == 20
    assert ledger.broken_at() is None


def test_a_copy_is_the_same_book_and_goes_only_into_an_empty_one(
    ledger: Ledger, tmp_path: Path
) -> None:
    for number in range(3):
        ledger.append("mail_sent", {"n": number}, AT, once=f"mail:{number}")
    there = f"sqlite:///{tmp_path / 'copy.sqlite'}"
    assert ledger.copy_to(there) == 3
    with closing(Ledger(there)) as copy:
        assert copy.entries() == ledger.entries()
        assert copy.broken_at() is None
        assert copy.append("mail_sent", {}, AT, once="mail:2") is None
    with pytest.raises(OperatorError, match="is not empty"):
        ledger.copy_to(there)


@pytest.mark.parametrize("address", ["nothing", "mysql://root:secret@127.0.0.1/reper"])
def test_an_address_that_cannot_be_used_is_the_operators_and_keeps_its_password(
    address: str,
) -> None:
    with pytest.raises(OperatorError, match="REPER_LEDGER_URL") as error:
        Ledger(address)
    assert "secret" not in str(error.value)


def test_the_head_vouches_for_all_that_was_written(ledger: Ledger, tmp_path: Path) -> None:
    assert ledger.head() is None
    ledger.append("mail_sent", {"n": 1}, AT)
    second = ledger.append("mail_sent", {"n": 2}, AT)
    assert ledger.head() == second
    other = Ledger(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.append("mail_sent", {"n": 0}, AT)
    otherwise = other.append("mail_sent", {"n": 2}, AT)
    other.close()
    assert second is not None
    assert otherwise is not None
    assert second.hash != otherwise.hash


@pytest.mark.parametrize(
    ("statement", "found_at"),
    [
        ("update entries set body = '{\"n\": 9}' where seq = 2", 2),
        ("update entries set at = '2020-01-01T00:00:00+00:00' where seq = 2", 2),
        ("update entries set kind = 'mail_failed' where seq = 3", 3),
        ("update entries set hash = '0' where seq = 1", 1),
        ("delete from entries where seq = 2", 3),
        ("delete from entries where seq = 1", 2),
        ("update entries set seq = 9 where seq = 4", 9),
        ("update entries set body = '{\"n\":2}' where seq = 2", 2),
        ("update entries set body = 'no JSON' where seq = 2", 2),
        ("update entries set at = 'no date' where seq = 2", 2),
    ],
)
def test_an_edit_behind_the_books_back_is_found_at_its_entry(
    ledger: Ledger, url: str, statement: str, found_at: int
) -> None:
    for number in range(1, 5):
        ledger.append("mail_sent", {"n": number}, AT)
    assert ledger.broken_at() is None
    edit(url, statement)
    assert ledger.broken_at() == found_at


def test_the_past_of_a_moment_is_what_was_written_before_it(ledger: Ledger) -> None:
    assert ledger.seq_at(AT) == 0
    for days in (0, 1, 2):
        ledger.append("mail_sent", {}, AT + timedelta(days=days))
    assert ledger.seq_at(AT - timedelta(seconds=1)) == 0
    assert ledger.seq_at(AT) == 1
    assert ledger.seq_at(AT + timedelta(days=1, seconds=1)) == 2
    assert ledger.seq_at(AT + timedelta(days=9)) == 3


def test_a_clock_that_ran_ahead_cannot_hide_what_came_before_it(ledger: Ledger) -> None:
    ledger.append("mail_sent", {"n": 1}, AT)
    ledger.append("mail_sent", {"n": 2}, AT + timedelta(days=365))
    ledger.append("mail_sent", {"n": 3}, AT + timedelta(days=1))
    assert ledger.seq_at(AT + timedelta(days=2)) == 1
    assert ledger.seq_at(AT + timedelta(days=366)) == 3


def test_the_last_word_on_each_thing_in_order_of_first_appearance(ledger: Ledger) -> None:
    for edition, state in (("a", 1), ("b", 2), ("a", 3)):
        ledger.append("edition_held", {"edition": edition, "state": state}, AT)
    latest = latest_by(ledger.entries(), "edition")
    assert {key: entry.body["state"] for key, entry in latest.items()} == {"a": 3, "b": 2}
    assert list(latest) == ["a", "b"]
