"""When something fails the operator, and nobody else, hears of it: once a cause, then daily."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from flows.steps.alerts import is_alert
from flows.steps.errors import OperatorError, UsageError
from flows.steps.mail import outbox
from flows.steps.night import Night, watched
from tests.given import Given
from tests.press import RECIPIENTS, Press

FULL = "Cannot write /srv/warehouse: no space left, 4096 bytes missing. Free some disk space."


class Home:
    """A home with an operator, in which steps fail."""

    def __init__(self, press: Press) -> None:
        self.press = press
        operator = "root,Root,root@example.org,operator,ro,\n"
        press.settings.recipients.write_text(RECIPIENTS + operator, "utf-8")

    def fails(self, error: Exception, step: str = "build") -> None:
        night = Night(self.press.settings, self.press.catalogue, self.press.ledger)
        with pytest.raises(type(error)), watched(night, step):
            raise error

    def alerts(self) -> list[str]:
        """What was written to the operator."""
        files = sorted(self.press.settings.outbox.glob("operator-*.eml"))
        return [_text(path) for path in files]

    def readers(self) -> set[str]:
        return {m.recipient for m in outbox.mails(self.press.ledger) if is_alert(m)}


@pytest.fixture
def home(given: Given, tmp_path: Path) -> Home:
    return Home(Press(given, tmp_path))


def test_a_failure_is_told_at_once_with_step_cause_and_remedy(home: Home) -> None:
    home.fails(OperatorError(FULL))
    (said,) = home.alerts()
    assert "la pasul build" in said
    assert FULL in said
    assert home.readers() == {"root"}


def test_the_same_cause_is_told_once_a_day_and_from_the_second_day_in_a_digest(home: Home) -> None:
    home.fails(OperatorError(FULL))
    home.fails(OperatorError(FULL.replace("4096", "512")))
    assert len(home.alerts()) == 1
    home.press.it_is("2020-05-21T05:00:00+03:00")
    for _ in range(3):
        home.fails(OperatorError(FULL))
    assert len(home.alerts()) == 2
    assert "ce se repetă astăzi" in home.alerts()[1]


def test_another_cause_is_told_at_once_too(home: Home) -> None:
    home.fails(OperatorError(FULL))
    home.fails(OperatorError("The archive is damaged. Restore it."), "read")
    assert len(home.alerts()) == 2


def test_a_bug_is_named_by_its_place_and_quotes_no_row(home: Home) -> None:
    home.fails(KeyError("ana@example.org"))
    (said,) = home.alerts()
    assert "KeyError at tests/test_alerts.py:" in said
    assert "ana@" not in said


def test_a_failure_sends_no_reader_anything(home: Home, given: Given) -> None:
    given.activity("a1", received_at="2020-04-10")
    edition = home.press.publishes_one("team")
    home.fails(OperatorError(FULL))
    files = [path.name for path in home.press.settings.outbox.iterdir()]
    assert all(name.startswith("operator-") for name in files)
    assert home.press.delivers(edition) == {"ana": "written", "ion": "written"}


def test_who_typed_something_wrong_troubles_no_operator(home: Home) -> None:
    home.fails(UsageError("There is no such period."))
    assert home.alerts() == []


def test_a_held_edition_is_told_once_and_to_no_reader(given: Given, tmp_path: Path) -> None:
    given.report("TM-P001", received_at="2020-04-10")
    home = Home(Press(given, tmp_path, coverage_floor=0.6))
    edition = home.press.publishes_one("team")
    assert home.press.delivers(edition) == {}
    head = home.press.ledger.head()
    assert home.press.delivers(edition) == {}
    (said,) = home.alerts()
    assert edition.path in said
    assert home.readers() == {"root"}
    assert home.press.ledger.head() == head


def _text(path: Path) -> str:
    message = message_from_bytes(path.read_bytes(), policy=default)
    return " ".join(message.get_content().split())
