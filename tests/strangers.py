"""`python -m tests.strangers FOLDER`: other people's spreadsheets, sent as if they were reports.

Every file below the folder is taken in, read, checked and answered on one night in a home that is
thrown away. The exit status is 1 when one of them breaks us or is taken for a report of ours.
"""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from flows.steps import night
from flows.steps.night import Night
from flows.steps.originals import Checked
from flows.steps.settings import Settings
from tests.quality_cases import SENDER

NOW = datetime(2021, 1, 11, 3, tzinfo=UTC)
STEPS = (night.receive, night.read, night.check, night.reply)


def main(folder: Path) -> int:
    """Send them all, and name each that did what no stranger's file may do."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    if not paths:
        _say(f"There is no file below {folder}. Name a folder of spreadsheets.")
        return 2
    with tempfile.TemporaryDirectory() as home:
        opened = night.begin(Settings("timisoara2023", Path(home), NOW))
        inbox = opened.settings.inbox / SENDER
        inbox.mkdir()
        names = {f"{number}-{path.name}": path for number, path in enumerate(paths, start=1)}
        for name, path in names.items():
            shutil.copyfile(path, inbox / name)
        for step in STEPS:
            _say(f"{step.__name__:<8} {step(opened)}")
        found = list(_broken(opened, names))
        opened.ledger.close()
    for line in found:
        _say(line)
    _say(f"{len(paths)} files of strangers, {len(found)} of them did what they must not.")
    return 1 if found else 0


def _broken(opened: Night, names: dict[str, Path]) -> Iterator[str]:
    known = opened.knowledge().submissions
    rules: Counter[str] = Counter()
    for submission, checked in zip(known, opened.checked, strict=True):
        rules.update({finding.rule for finding in checked.findings})
        for what in _wrong(checked):
            yield f"{names[submission.file_name]}: {what}"
    answered = {reply.folder.name for reply in opened.replies}
    for one in known:
        if one.submission_id not in answered:
            yield f"{names[one.file_name]}: was not answered"
    _say(", ".join(f"{count} {rule}" for rule, count in rules.most_common()))


def _wrong(checked: Checked) -> Iterator[str]:
    if any(finding.rule == "unreadable" for finding in checked.findings):
        yield "the process that read it died or gave up"
    if checked.verdict != "rejected":
        yield f"{checked.verdict}, as if it were ours"
    if any(counts["stored"] for counts in checked.rows.values()):
        yield f"rows of it were stored: {checked.rows}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        _say((__doc__ or "").splitlines()[0])
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1])))
