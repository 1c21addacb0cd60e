"""Which steps of a night failed last time and have not gone well since: figures may be old then.

A step's failure is one entry in the ledger, and its next success another; a run that goes well
when the last one did adds nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from flows.steps.ledger import Ledger

# What the figures of an edition rest on.
BEFORE_FIGURES = ("receive", "read", "check", "build")


@dataclass(frozen=True)
class Failure:
    """A step that stopped a run, and when that run was."""

    step: str
    at: datetime


def standing(ledger: Ledger) -> list[Failure]:
    """The failures that nothing has made good yet, in the order in which they came."""
    found: dict[str, Failure] = {}
    for entry in ledger.entries("step_failed", "step_mended"):
        step = entry.body["step"]
        if entry.kind == "step_failed":
            found[step] = Failure(step, entry.at)
        else:
            found.pop(step, None)
    return list(found.values())


def note(ledger: Ledger, step: str, at: datetime) -> None:
    """Note that a step failed in the run of this moment."""
    if Failure(step, at) not in standing(ledger):
        ledger.append("step_failed", {"step": step}, at)


def mend(ledger: Ledger, step: str, at: datetime) -> None:
    """Note that a step went well, when it had failed before."""
    if any(failure.step == step for failure in standing(ledger)):
        ledger.append("step_mended", {"step": step}, at)
