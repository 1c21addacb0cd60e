"""Editions that went out: what readers have been told about a period."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flows.steps.ledger import Entry, Ledger


def has_gone(published: Entry) -> bool:
    """Whether an edition went out with its publication: before there were acts, each did."""
    return "approval" not in published.body


def lets_go(act: Entry, approval: str) -> bool:
    """Whether an act sends an edition on its way; approval says who lets editions like it go."""
    if act.kind == "edition_released":
        return approval == "automatic"
    return act.kind == "edition_approved"


def latest(ledger: Ledger, up_to: int | None = None) -> dict[str, str]:
    """The edition about each period that went out last, for whomever: period_id to its path.

    up_to leaves out what the ledger said after that seq.
    """
    published: dict[str, dict[str, Any]] = {}
    found = {}
    for entry in ledger.entries("edition_published", *_LETTING_GO, up_to=up_to):
        if entry.kind == "edition_published":
            published[entry.body["path"]] = entry.body
            if has_gone(entry):
                found[entry.body["period_id"]] = entry.body["path"]
            continue
        body = published[entry.body["edition"]]
        if lets_go(entry, body.get("approval", "automatic")):
            found[body["period_id"]] = body["path"]
    return found


def figures(published: Path, path: str) -> list[dict[str, Any]]:
    """The figures that an edition told its readers, as `reper figures` answers them.

    Those that a public edition hides to protect people are not among them: nothing was told.
    """
    frozen = json.loads((published / path / "figures.json").read_text("utf-8"))
    return [row for row in frozen["figures"] if not row.get("is_suppressed")]


def wholes(published: Path, paths: Iterable[str]) -> list[dict[str, Any]]:
    """What editions said of everything together, indicator by indicator, as we had counted it.

    An edition whose folder is gone says nothing.
    """
    return [
        row
        for path in paths
        if (published / path / "figures.json").exists()
        for row in figures(published, path)
        if row["dimension"] is None and row["source"] == "computed"
    ]


_LETTING_GO = ("edition_approved", "edition_released")
