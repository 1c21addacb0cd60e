"""Which scheduled work is done, by our own book: no scheduler is trusted to start a job once.

A job that is due at a moment is done when a run of it has ended well that began at that moment or
later. So each moment is served once: of the runs that are due when a machine comes back after
three days, the first does the work of all, and the others find it done.
"""

from collections.abc import Iterable
from datetime import datetime

from flows.steps.ledger import Ledger
from flows.steps.periods import local_date


def done_by(ledger: Ledger, job: str, due_at: datetime) -> datetime | None:
    """When the run began that did what was due at a moment; None when that is still to be done."""
    entry = ledger.last(_kind(job))
    began_at = datetime.fromisoformat(entry.body["began_at"]) if entry else None
    return began_at if began_at and began_at >= due_at else None


def note(ledger: Ledger, job: str, began_at: datetime) -> None:
    """Write down that a run of a job has ended well. began_at is when it looked at the world."""
    # The day is for whoever reads the book; what is compared is the moment.
    body = {"began_at": began_at.isoformat(), "local_date": str(local_date(began_at))}
    ledger.append(_kind(job), body, began_at)


def watch(ledger: Ledger, now: datetime) -> None:
    """From now on, what is due is to be done, also late. Only the first call counts."""
    ledger.append("schedules_began", {}, now, once="schedules_began")


def missed(ledger: Ledger, job: str, due: Iterable[datetime]) -> datetime | None:
    """The last of the moments at which a job was due, when it is still to be done.

    None when it is done, when it never was due, and before the schedules began.
    """
    began = ledger.last("schedules_began")
    last = max((moment for moment in due if began and moment > began.at), default=None)
    return None if last is None or done_by(ledger, job, last) else last


def _kind(job: str) -> str:
    return f"{job}_done"
