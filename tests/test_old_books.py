"""A ledger is for ever: what an older Reper wrote in it is read by everything that reads it.

Each entry below is of a shape that was once written and is so no more, as it then was.
"""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from flows.steps import issued, night, standing
from flows.steps.mail import outbox
from flows.steps.mail.outbox import Mail
from flows.steps.publishing import approval, told
from tests.given import Given
from tests.press import RECIPIENTS, Press

AT = datetime(2020, 4, 20, 3, tzinfo=UTC)
ROWS = """root,Root,root@example.org,operator,ro,
eve,Eve,eve@example.org,officer,ro,
p1,Podul,p1@example.org,partner,ro,TM-P001
"""


def _mail(edition: str, recipient: str) -> dict[str, Any]:
    mail_id = outbox.mail_id_of(edition, recipient)
    return {"mail_id": mail_id, "edition": edition, "recipient": recipient}


def _put_off(edition: str, recipient: str) -> dict[str, Any]:
    mail_id = outbox.mail_id_of(edition, recipient)
    reply = "450 try again"
    return {"mail_id": mail_id, "attempts": 2, "refusals": 2, "reply": reply, "next_at": None}


TEAM = "team/2020-Q1/ro-v1"
ALERT, WEEKLY = "operator/2020-04-20/1a2b3c4d5e", "operator/2020-04-21/digest"
DAILY, REMINDER = "digest/2020-04-20", "partner/TM-P001/2020-Q1"
OLD: list[tuple[str, dict[str, Any]]] = [
    # Before there were acts: what was published was on its way.
    (
        "edition_published",
        {
            "path": TEAM,
            "audience": "team",
            "period_id": "2020-Q1",
            "language": "ro",
            "version": 1,
            "known_seq": 1,
            "digest": "0" * 64,
        },
    ),
    ("mail_planned", _mail(TEAM, "ana")),
    # Before refusals had a date they were counted.
    ("mail_pending", _put_off(TEAM, "ana")),
    # Before causes were said in two languages they were said in one, with a step.
    (
        "alert_raised",
        {"key": "1a2b3c4d5e", "step": "build", "cause": "The disk is full.", "edition": ALERT},
    ),
    ("mail_planned", _mail(ALERT, "root")),
    (
        "alert_raised",
        {"key": "1a2b3c4d5e", "step": "build", "cause": "The disk is full.", "edition": WEEKLY},
    ),
    ("alert_digest", {"edition": WEEKLY}),
    ("mail_planned", _mail(WEEKLY, "root")),
    # Before rows were judged anew a digest said nothing of them.
    (
        "digest_planned",
        {
            "edition": DAILY,
            "news": {
                "due": [],
                "late": [{"partner_id": "TM-P001", "period_id": "2020-Q1", "due_on": "2020-04-15"}],
                "to_correct": [],
                "no_address": [],
            },
        },
    ),
    ("mail_planned", _mail(DAILY, "eve")),
    # Before reminders had occasions there was one a period.
    ("mail_planned", _mail(REMINDER, "p1")),
]


@pytest.fixture
def press(given: Given, tmp_path: Path) -> Press:
    given.activity("a1", received_at="2020-04-10")
    # Its files are those of an edition of today, which the old book does not know.
    of_today = Press(given, tmp_path / "today")
    of_today.publishes("team")
    press = Press(given, tmp_path / "old")
    press.settings.recipients.write_text(RECIPIENTS + ROWS, "utf-8")
    of_today.settings.published.rename(press.settings.published)
    for kind, body in OLD:
        press.ledger.append(kind, body, AT)
    return press


def test_an_edition_from_before_there_were_acts_has_gone_out(press: Press) -> None:
    (edition,) = approval.editions(press.ledger)
    assert (edition.state, edition.by, edition.is_approved) == ("approved", approval.RULE, True)
    assert edition.decided_at == AT
    assert issued.latest(press.ledger) == {"2020-Q1": TEAM}
    assert standing.editions(press.ledger)[0]["state"] == "approved"
    assert told.told(press.settings, press.ledger, {}) == []


def test_all_that_an_old_book_has_waiting_is_sent_or_no_longer_needed(press: Press) -> None:
    night.deliver(press.opened())
    states = {mail.edition: mail.state for mail in outbox.mails(press.ledger)}
    assert states == {
        TEAM: "written",
        ALERT: "written",
        WEEKLY: "written",
        DAILY: "written",
        REMINDER: "failed",
    }
    (reminder,) = [mail for mail in outbox.mails(press.ledger) if mail.edition == REMINDER]
    assert reminder.is_moot
    assert "la pasul build: The disk is full." in _text(press, ALERT)
    assert "la pasul build: The disk is full." in _text(press, WEEKLY)
    assert "TM-P001" in _text(press, DAILY)


def test_a_second_run_over_an_old_book_adds_nothing(press: Press) -> None:
    night.deliver(press.opened())
    head = press.ledger.head()
    night.deliver(press.opened())
    assert press.ledger.head() == head


def test_an_old_book_says_how_often_a_mail_was_tried(press: Press) -> None:
    (mail,) = [mail for mail in outbox.mails(press.ledger) if mail.edition == TEAM]
    ids = outbox.mail_id_of(TEAM, "ana"), TEAM, "ana"
    assert mail == Mail(*ids, "pending", AT, AT, attempts=2, last_reply="450 try again")


def _text(press: Press, edition: str) -> str:
    (file,) = press.settings.outbox.glob(f"{edition.replace('/', '-')}--*.eml")
    body = message_from_bytes(file.read_bytes(), policy=default).get_body()
    assert body is not None
    return " ".join(body.get_content().split())
