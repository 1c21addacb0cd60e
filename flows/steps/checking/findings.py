"""What is wrong with a file: one finding a place and rule, and what follows from all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Severity = Literal["stop", "reject", "warn"]
Verdict = Literal["rejected", "partly_accepted", "accepted_with_warnings", "accepted"]
_VERDICTS: tuple[tuple[Severity, Verdict], ...] = (
    ("stop", "rejected"),
    ("reject", "partly_accepted"),
    ("warn", "accepted_with_warnings"),
)


@dataclass(frozen=True)
class CheckedFile:
    """One submission as the checks need it. summary is what the reader says of the file.

    received_on is the local day on which it came; None for a file that nobody has sent.
    """

    submission_id: str
    partner_id: str
    summary: Mapping[str, Any]
    received_on: date | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that the partner should put right, said in both languages.

    sheet is the worksheet's title as the partner sees it and sheet_id the form's; row is as a
    spreadsheet shows it; column is the field's id; cell such as F17, None in a CSV. All five are
    None when the finding is about the file. value is the text found, None for a blank cell.
    """

    submission_id: str
    sheet_id: str | None
    sheet: str | None
    row: int | None
    column: str | None
    cell: str | None
    value: str | None
    rule: str
    severity: Severity
    message_ro: str
    message_en: str


def verdict(findings: Iterable[Finding]) -> Verdict:
    """What becomes of a file with these findings; accepted when there are none."""
    severities = {finding.severity for finding in findings}
    return next((word for severity, word in _VERDICTS if severity in severities), "accepted")


def quarantined(findings: Iterable[Finding]) -> set[tuple[str, str, int]]:
    """The rows that do not count: submission, sheet of the form, row. A row is named once."""
    return {
        (finding.submission_id, finding.sheet_id, finding.row)
        for finding in findings
        if finding.severity == "reject" and finding.sheet_id is not None and finding.row is not None
    }


def to_json(finding: Finding) -> dict[str, Any]:
    """A finding as the command `check` answers it."""
    return {name: value for name, value in asdict(finding).items() if name != "submission_id"}
