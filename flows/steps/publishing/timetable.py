"""Which editions are due: what the programme's publications ask for and nobody has settled yet."""

from datetime import timedelta

from flows.steps import periods
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Ledger
from flows.steps.periods import Period
from flows.steps.publishing import approval, audiences
from flows.steps.publishing.audiences import Part
from flows.steps.settings import Settings
from flows.steps.warehouse import Connection, rows


def due(
    connection: Connection, settings: Settings, catalogue: Catalogue, ledger: Ledger
) -> list[tuple[str, Period, list[Part]]]:
    """Audience, period and parts of the editions that are due.

    Of each cadence that is the latest closed period that anybody reported about, once: a night
    that was missed is made up for by the next one, and nobody gets a pile of old reports. One
    that the send gate holds stays due, for later data may be better; one that an officer holds
    or rejected is in the officer's hands.
    """
    today = periods.local_date(settings.now)
    reported = {
        row["period_id"]
        for row in rows(connection, "select period_id from monitor.coverage where reported > 0")
    }
    settled = {
        edition.series
        for edition in {one.series: one for one in approval.editions(ledger)}.values()
        if not approval.is_held_by_the_gate(edition)
    }
    found = []
    for plan in catalogue["publications"]:
        if plan["audience"] not in audiences.AUDIENCES:
            continue
        wait = timedelta(days=plan["days_after_deadline"])
        closed = [
            period
            for period in catalogue.periods()
            if period.kind == plan["kind"]
            and period.period_id in reported
            and periods.due_on(period, catalogue.programme.deadline_days) + wait <= today
        ]
        if closed:
            audience, period = plan["audience"], closed[-1]
            open_parts = [
                part
                for part in audiences.parts(settings, catalogue, audience)
                if audiences.series(audience, period, part) not in settled
            ]
            found += [(audience, period, open_parts)] if open_parts else []
    return found
