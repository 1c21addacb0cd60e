"""Where each partner stands, what was published, and what became of the mails."""

from typing import Any

from flows.steps import editions, periods, warehouse
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.night import Night
from flows.steps.warehouse import Connection


def status(night: Night, connection: Connection, period_id: str | None) -> dict[str, Any]:
    """The front door's answer to `status`, about one period.

    Without a period: the last reporting period that is over. Raises UsageError for an unknown one.
    """
    chosen = night.catalogue.period(period_id or _last_over(night))
    found = warehouse.rows(
        connection,
        warehouse.select(night.settings.sql, "facts/reporting"),
        {"period_id": chosen.period_id},
    )
    for row in found:
        row["due_on"] = row["due_on"].isoformat()
        row["received_at"] = row["received_at"] and row["received_at"].isoformat()
        row["starts_on"] = row["starts_on"].isoformat()
        row["ends_on"] = row["ends_on"].isoformat()
    return {
        "period_id": chosen.period_id,
        "partners": found,
        "editions": [
            {
                "edition": edition.path,
                "period_id": edition.period_id,
                "published_at": edition.published_at.isoformat(),
            }
            for edition in editions.published(night.ledger)
        ],
        "mails": mails(night.ledger),
    }


def mails(ledger: Ledger) -> list[dict[str, Any]]:
    """The front door's answer to `outbox`."""
    return [
        {
            "mail_id": mail.mail_id,
            "edition": mail.edition,
            "recipient": mail.recipient,
            "state": mail.state,
            "attempts": mail.attempts,
            "last_reply": mail.last_reply,
            "at": mail.at.isoformat(),
        }
        for mail in outbox.mails(ledger)
    ]


def _last_over(night: Night) -> str:
    today = periods.local_date(night.settings.now)
    kind = night.catalogue.programme.reporting_kind
    own = [period for period in night.catalogue.periods() if period.kind == kind]
    over = [period for period in own if period.ends_before <= today]
    return (over or own)[-1 if over else 0].period_id
