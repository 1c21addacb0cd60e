"""Who sent which file when, and what officers said of it: the ledger, folded, up to a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flows.steps import issued
from flows.steps.errors import UsageError
from flows.steps.ledger import Ledger, latest_by

GENESIS_HEAD = "0" * 64


@dataclass(frozen=True)
class Submission:
    """One file of one partner. seq is its place in the ledger, and so its place in time."""

    submission_id: str
    partner_id: str
    sha256: str
    file_name: str
    received_at: datetime
    seq: int


@dataclass(frozen=True)
class Known:
    """All that was known at one place of the ledger.

    until is when the last of it came; None in an empty ledger.
    withdrawn: submission_id to reason. excused: (partner_id, period_id) to reason. merged: the key
    of an activity that a co-producer reported, to the key of the same one as its lead reported it.
    decided: the pairs of activities that an officer merged or rejected.
    issued: period_id to the edition that went out last before seq.
    """

    submissions: tuple[Submission, ...]
    withdrawn: dict[str, str]
    excused: dict[tuple[str, str], str]
    seq: int
    head: str
    until: datetime | None
    merged: Mapping[str, str] = field(default_factory=dict)
    decided: frozenset[str] = frozenset()
    issued: Mapping[str, str] = field(default_factory=dict)

    @property
    def received_until(self) -> datetime | None:
        """When the last submission came that still stands; None without any.

        What officers decide makes no data newer.
        """
        standing = (one for one in self.submissions if one.submission_id not in self.withdrawn)
        return max((one.received_at for one in standing), default=None)


# Other entries, of mails and editions, change nothing that is known.
BEARS_ON_FIGURES = (
    "submission_received",
    "submission_withdrawn",
    "partner_excused",
    "pair_decided",
)


def known(ledger: Ledger, up_to: int | None = None) -> Known:
    """Fold the ledger up to and with a seq; all of it when up_to is None.

    seq, head and until are those of the last entry that bears on figures: mails and editions
    change nothing that is known.
    """
    entries = ledger.entries(*BEARS_ON_FIGURES, up_to=up_to)
    last = entries[-1] if entries else None
    received = latest_by((e for e in entries if e.kind == "submission_received"), "submission_id")
    withdrawn = latest_by((e for e in entries if e.kind == "submission_withdrawn"), "submission_id")
    excuses = [e.body for e in entries if e.kind == "partner_excused"]
    pairs = latest_by((e for e in entries if e.kind == "pair_decided"), "pair_id")
    return Known(
        submissions=tuple(_submission(e.body, e.at, e.seq) for e in received.values()),
        withdrawn={key: entry.body["reason"] for key, entry in withdrawn.items()},
        excused={(body["partner_id"], body["period_id"]): body["reason"] for body in excuses},
        seq=last.seq if last else 0,
        head=last.hash if last else GENESIS_HEAD,
        until=last.at if last else None,
        merged={
            pair.body["co_key"]: pair.body["lead_key"]
            for pair in pairs.values()
            if pair.body["decision"] == "merged"
        },
        decided=frozenset(pairs),
        # What went out after the last entry cannot be outdated by it.
        issued=issued.latest(ledger, last.seq) if last else {},
    )


def withdraw(ledger: Ledger, submission_id: str, reason: str, at: datetime) -> bool:
    """Take a submission back, with all that came from it; False when it was withdrawn already.

    Raises UsageError for a submission that never came.
    """
    if submission_id not in {one.submission_id for one in known(ledger).submissions}:
        msg = f"There is no submission {submission_id!r}. See `reper status` for those that came."
        raise UsageError(msg)
    body = {"submission_id": submission_id, "reason": reason}
    once = f"withdrawal:{submission_id}"
    return ledger.append("submission_withdrawn", body, at, once=once) is not None


def excuse(ledger: Ledger, partner_id: str, period_id: str, reason: str, at: datetime) -> bool:
    """Excuse a partner from reporting about a period; False when it was excused already."""
    body = {"partner_id": partner_id, "period_id": period_id, "reason": reason}
    once = f"excuse:{partner_id}:{period_id}"
    return ledger.append("partner_excused", body, at, once=once) is not None


def _submission(body: dict[str, Any], received_at: datetime, seq: int) -> Submission:
    return Submission(
        submission_id=body["submission_id"],
        partner_id=body["partner_id"],
        sha256=body["sha256"],
        file_name=body["file_name"],
        received_at=received_at,
        seq=seq,
    )
