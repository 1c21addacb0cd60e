"""Activities that two partners reported and that are likely one: an officer merges or rejects.

A merged pair counts once, as the lead partner told of it. Every decision is in the ledger and can
be taken back by the other one; a pair that was rejected is never proposed again.
"""

from datetime import datetime
from typing import Any

from flows.steps import warehouse
from flows.steps.errors import UsageError
from flows.steps.ledger import Ledger, latest_by
from flows.steps.warehouse import Connection

MERGED, REJECTED, PROPOSED = "merged", "rejected", "proposed"
_SIDES = ("first", "second")


def pairs(connection: Connection, ledger: Ledger) -> list[dict[str, Any]]:
    """All likely pairs and all decided ones, those that wait for an officer first."""
    decided = latest_by(ledger.entries("pair_decided"), "pair_id")
    found = {
        row["pair_id"]: {**row, "begins_on": row["begins_on"].isoformat()}
        for row in warehouse.rows(connection, "from monitor.likely_pairs")
    }
    for pair_id, entry in decided.items():
        # A pair that was decided stays known when a correction has made it unlikely.
        found.setdefault(pair_id, entry.body["pair"])
    answer = []
    for pair_id, pair in found.items():
        entry = decided.get(pair_id)
        state = entry.body["decision"] if entry else PROPOSED
        is_merged = entry is not None and state == MERGED
        answer.append(
            {**pair, "state": state, "lead_key": entry.body["lead_key"] if is_merged else None}
        )
    return sorted(answer, key=lambda pair: (pair["state"] != PROPOSED, pair["pair_id"]))


def merge(
    connection: Connection, ledger: Ledger, pair_id: str, at: datetime, lead: str | None = None
) -> bool:
    """Count a pair once, as its lead told of it; False when that stands already.

    lead is a partner of the pair; without one it is who reported first. Raises UsageError.
    """
    pair = _pair(connection, ledger, pair_id)
    partners = {pair[f"{side}_partner"]: pair[f"{side}_key"] for side in _SIDES}
    leading = lead or pair["first_partner"]
    if leading not in partners:
        msg = f"{leading!r} has no part in {pair_id}. Choose one of: {', '.join(partners)}."
        raise UsageError(msg)
    lead_key = partners.pop(leading)
    return _decide(ledger, pair, MERGED, lead_key, *partners.values(), at=at)


def reject(connection: Connection, ledger: Ledger, pair_id: str, at: datetime) -> bool:
    """Count both of a pair, for good or until an officer merges it; False when that stands already.

    Takes back a merger, too. Raises UsageError.
    """
    pair = _pair(connection, ledger, pair_id)
    return _decide(ledger, pair, REJECTED, pair["first_key"], pair["second_key"], at=at)


def _pair(connection: Connection, ledger: Ledger, pair_id: str) -> dict[str, Any]:
    for pair in pairs(connection, ledger):
        if pair["pair_id"] == pair_id:
            return pair
    msg = f"There is no pair {pair_id!r}. See `reper pairs`."
    raise UsageError(msg)


def _decide(
    ledger: Ledger, pair: dict[str, Any], decision: str, lead_key: str, co_key: str, at: datetime
) -> bool:
    now_lead = lead_key if decision == MERGED else None
    if (pair["state"], pair["lead_key"]) == (decision, now_lead):
        return False
    described = {k: v for k, v in pair.items() if k not in ("state", "lead_key")}
    body = {"pair_id": pair["pair_id"], "decision": decision, "pair": described}
    ledger.append("pair_decided", {**body, "lead_key": lead_key, "co_key": co_key}, at)
    return True
