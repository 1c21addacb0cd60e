"""Where each partner stands, what was published, and what became of the mails."""

from datetime import date
from typing import Any

from flows.steps import digest, pairs, periods, reminders, warehouse
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.outbox import Mail
from flows.steps.night import Night, watched
from flows.steps.publishing import approval
from flows.steps.publishing.approval import Edition
from flows.steps.replying import posting
from flows.steps.warehouse import Connection


def status(night: Night, connection: Connection, period_id: str | None) -> dict[str, Any]:
    """The front door's answer to `status`, about one period, and what waits for a person.

    Without a period: the last reporting period that was over when the warehouse was built, which
    is the day by which it says who is late. Raises UsageError for an unknown one.
    """
    query = warehouse.select(night.settings.sql, "facts/moment")
    [moment] = warehouse.rows(connection, query)
    chosen = night.catalogue.period(period_id or _last_over(night, moment["today"]))
    partners = _partners(night, connection, chosen.period_id)
    return {
        "period_id": chosen.period_id,
        "as_of": moment["today"].isoformat(),
        "waits": _waits(night, connection, partners),
        "partners": partners,
        "editions": editions(night.ledger),
        "mails": mails(night.ledger),
    }


def remind(
    night: Night, partner_id: str | None = None, *, dry_run: bool = False
) -> list[dict[str, Any]]:
    """Who has not reported about the periods asked about now, and the recipients reminded of each.

    Plans these reminders, and the officer's digest; with a partner, its own reminders alone; a
    dry run plans nothing. Needs a warehouse built from all that came: nobody is reminded who has
    reported.
    """
    settings, ledger = night.settings, night.ledger
    asked = reminders.periods_asked_about(night.catalogue, periods.local_date(settings.now))
    with watched(night, "remind"):
        with warehouse.connect(settings.warehouse, read_only=True) as connection:
            found = [row for one in asked for row in _partners(night, connection, one.period_id)]
        if partner_id is not None:
            found = [row for row in found if row["partner_id"] == partner_id]
        elif not dry_run:
            digest.plan(settings, ledger, found)
        return reminders.plan(settings, night.catalogue, ledger, found, dry_run=dry_run)


def undecided(ledger: Ledger) -> list[Edition]:
    """The editions that wait for an officer: the newest version of each, waiting or held."""
    newest = {edition.series: edition for edition in approval.editions(ledger)}
    return [edition for edition in newest.values() if edition.state in ("waiting", "held")]


def editions(ledger: Ledger) -> list[dict[str, Any]]:
    """Each edition, its state, and what holds it, with the step that lifts the hold."""
    return [edition(one) for one in approval.editions(ledger)]


def edition(one: Edition) -> dict[str, Any]:
    """One edition, as the commands answer it."""
    return {
        "edition": one.path,
        "period_id": one.period_id,
        "published_at": one.published_at.isoformat(),
        "state": one.state,
        "by": one.by,
        "reason": one.reason,
        "held_for": [doubt.as_json() for doubt in one.doubts],
    }


def mails(ledger: Ledger) -> list[dict[str, Any]]:
    """The front door's answer to `outbox`."""
    return [mail(one) for one in outbox.mails(ledger)]


def mail(one: Mail) -> dict[str, Any]:
    """One mail, as the commands answer it."""
    return {
        "mail_id": one.mail_id,
        "edition": one.edition,
        "recipient": one.recipient,
        "state": one.state,
        "attempts": one.attempts,
        "last_reply": one.last_reply,
        "at": one.at.isoformat(),
    }


def _waits(night: Night, connection: Connection, partners: list[dict[str, Any]]) -> dict[str, int]:
    """How much of each kind waits for a person; of the partners, as they stand in one period."""
    query = warehouse.select(night.settings.sql, "facts/open_findings")
    found = warehouse.rows(connection, query)
    overtaken = approval.overtaken(night.ledger)
    sent = [mail for mail in outbox.mails(night.ledger) if mail.edition not in overtaken]
    states = [edition.state for edition in undecided(night.ledger)]
    return {
        "editions_to_approve": states.count("waiting"),
        "editions_held": states.count("held"),
        "mails_uncertain": sum(mail.state == "uncertain" for mail in sent),
        "mails_failed": sum(mail.state == "failed" and not mail.is_moot for mail in sent),
        "pairs_to_decide": sum(
            pair["state"] == pairs.PROPOSED for pair in pairs.pairs(connection, night.ledger)
        ),
        "files_refused": len({f["submission_id"] for f in found if f["severity"] == "stop"}),
        "rows_in_quarantine": len(
            {
                (row["submission_id"], row["sheet_id"], row["row"])
                for row in found
                if row["severity"] == "reject" and row["row"] is not None
            }
        ),
        "partners_overdue": sum(row["state"] == "MISSING" for row in partners),
        "partners_without_address": sum(not row["recipients"] for row in partners),
    }


def _partners(night: Night, connection: Connection, period_id: str) -> list[dict[str, Any]]:
    """Where each partner stands, as JSON can say it, and the recipients of its mails."""
    query = warehouse.select(night.settings.sql, "facts/reporting")
    found = warehouse.rows(connection, query, {"period_id": period_id})
    readers = posting.readers(night.settings).of
    for row in found:
        row["recipients"] = [one.recipient_id for one in readers.get(row["partner_id"], [])]
        row["due_on"] = row["due_on"].isoformat()
        row["received_at"] = row["received_at"] and row["received_at"].isoformat()
        row["starts_on"] = row["starts_on"].isoformat()
        row["ends_on"] = row["ends_on"].isoformat()
    return found


def _last_over(night: Night, today: date) -> str:
    kind = night.catalogue.programme.reporting_kind
    own = [period for period in night.catalogue.periods() if period.kind == kind]
    over = [period for period in own if period.ends_before <= today]
    return (over or own)[-1 if over else 0].period_id
