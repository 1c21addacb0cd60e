"""What would happen to a file if it were sent: the same reading and checks, nothing kept."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.steps import archive, catalogue, originals, submissions
from flows.steps.catalogue import Catalogue
from flows.steps.checking import findings
from flows.steps.errors import UsageError
from flows.steps.ledger import Ledger
from flows.steps.originals import Checked, Read
from flows.steps.progress import silent
from flows.steps.settings import Settings
from flows.steps.submissions import Submission

# Its place in the ledger, if it were sent: after everything that is there.
_AFTER_ALL = 2**62


def rehearse(
    settings: Settings, files: Sequence[Path], partner_id: str | None
) -> list[dict[str, Any]]:
    """The front door's answer to `check`, one object a file, in the order given.

    Without a partner the folder of each file names it. Raises UsageError for an unknown partner
    or a missing file.
    """
    loaded = catalogue.load(settings.catalogue, settings.programme)
    with tempfile.TemporaryDirectory() as folder:
        apart = Settings(programme_id=settings.programme_id, home=Path(folder), now=settings.now)
        apart.archive.mkdir()
        sent = [_sent(apart, loaded, path, partner_id) for path in files]
        of = {submission.submission_id: submission for submission in sent}
        once = list(of.values())
        earlier = _earlier(settings)
        found = originals.read_before(settings, loaded, earlier)
        context = [submission for submission in earlier if submission.sha256 in found]
        found |= originals.read(apart, loaded, once, silent)
        judged = originals.judge(apart, loaded, once, context, found)
        checked = {one.submission_id: one for one in judged}
    return [
        _answer(path, submission, found[submission.sha256], checked[submission.submission_id])
        for path, submission in zip(files, sent, strict=True)
    ]


def _earlier(settings: Settings) -> list[Submission]:
    """What has been sent; nothing where there is no ledger yet."""
    if settings.ledger is None and not settings.ledger_file.exists():
        return []
    known = submissions.known(Ledger(settings.ledger_url))
    return [one for one in known.submissions if one.submission_id not in known.withdrawn]


def _sent(settings: Settings, loaded: Catalogue, path: Path, partner_id: str | None) -> Submission:
    partner = partner_id or path.absolute().parent.name
    if partner not in loaded.partner_ids():
        msg = (
            f"Who sends {path}? No partner has the code {partner!r}. "
            "Name one with --partner, or check the file in the partner's inbox folder."
        )
        raise UsageError(msg)
    if not path.is_file():
        msg = f"There is no file {path}."
        raise UsageError(msg)
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    (settings.archive / sha256).write_bytes(content)
    name = archive.submission_id(partner, sha256)
    return Submission(name, partner, sha256, path.name, settings.now, _AFTER_ALL)


def _answer(path: Path, submission: Submission, read: Read, checked: Checked) -> dict[str, Any]:
    return {
        "file": str(path),
        "sha256": submission.sha256,
        "partner_id": submission.partner_id,
        "period_id": checked.period_id,
        "form_version": read.summary.get("form_version"),
        "verdict": checked.verdict,
        "rows": checked.rows,
        "findings": [findings.to_json(finding) for finding in checked.findings],
    }
