"""Who is late is reminded of a period once, kindly, and nobody else is."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from flows.steps import night, reminders
from tests.given import Given
from tests.press import PERIOD, RECIPIENTS, Press

PARTNERS = (
    "p1,Casa,casa@example.org,partner,ro,TM-P001\np2,House,house@example.org,partner,en,TM-P002\n"
)
STANDING = [
    {"partner_id": partner_id, "name": partner_id, "state": state}
    | {"due_on": None, "days_late": 9}
    for partner_id, state in (
        ("TM-P001", "MISSING"),
        ("TM-P002", "REPORTED"),
        ("TM-P003", "MISSING"),
    )
]


@pytest.fixture
def press(given: Given, tmp_path: Path) -> Press:
    press = Press(given, tmp_path)
    press.settings.recipients.write_text(RECIPIENTS + PARTNERS, "utf-8")
    return press


def reminds(press: Press, *, dry_run: bool = False) -> list[str]:
    """Remind and deliver; the names of all mails written so far."""
    reminders.plan(press.settings, press.ledger, PERIOD, STANDING, dry_run=dry_run)
    night.deliver(night.Night(press.settings, press.catalogue, press.ledger))
    return sorted(path.name for path in press.settings.outbox.iterdir())


def test_only_a_late_partner_is_reminded_and_only_once(press: Press) -> None:
    for _ in range(2):
        assert reminds(press) == [f"partner-TM-P001-{PERIOD}--p1.eml"]


def test_a_late_partner_without_an_address_is_named_without_recipients(press: Press) -> None:
    found = reminders.plan(press.settings, press.ledger, PERIOD, STANDING)
    assert {row["partner_id"]: row["recipients"] for row in found} == {
        "TM-P001": ["p1"],
        "TM-P003": [],
    }


def test_a_dry_run_sends_nothing(press: Press) -> None:
    assert reminds(press, dry_run=True) == []


def test_a_reminder_says_the_deadline_and_that_nothing_is_a_report_too(press: Press) -> None:
    (name,) = reminds(press)
    message = message_from_bytes((press.settings.outbox / name).read_bytes(), policy=default)
    said = " ".join(message.get_content().split())
    assert message["Subject"] == "Așteptăm raportul dumneavoastră pentru trimestrul 1, 2020"
    assert "Termenul a fost 15 aprilie 2020" in said.replace("\u00a0", " ")
    assert "este tot un raport" in said
