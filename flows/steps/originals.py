"""What each original says and what is wrong with it: found once, kept, found again when lost.

Both are caches below names that tell what they depend on, so a changed reader, form, rule or list
makes new ones and an unchanged one never works twice.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flows.steps import caches, durable, periods, warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.checking import findings, quality, rules, wording
from flows.steps.checking.findings import CheckedFile, Finding
from flows.steps.checking.wording import Wording
from flows.steps.errors import OperatorError
from flows.steps.filling import loading
from flows.steps.progress import Progress
from flows.steps.reading import form, reader
from flows.steps.reading.reader import ToRead
from flows.steps.settings import Settings
from flows.steps.submissions import Known, Submission

Counts = dict[str, dict[str, int]]
# What the checks of a submission depend on besides its own rows.
_JUDGED_BY = (
    "sheets",
    "form_fields",
    "conditions",
    "vocabularies",
    "rules",
    "partners",
    "projects",
    "programmes",
    "districts",
    "objectives",
    "ecoc_aims",
)


@dataclass(frozen=True)
class Read:
    """What the reader found in one original. parquet is None when it holds no rows."""

    sha256: str
    parquet: Path | None
    summary: Mapping[str, Any]


@dataclass(frozen=True)
class Checked:
    """What is wrong with one submission, and what became of its rows, sheet by sheet."""

    submission_id: str
    period_id: str | None
    verdict: str
    findings: tuple[Finding, ...]
    rows: Counts


def read(
    settings: Settings,
    catalogue: Catalogue,
    submissions: Sequence[Submission],
    progress: Progress,
) -> dict[str, Read]:
    """Read what was not read before; everything by SHA-256. Nobody's name leaves the reader.

    Raises OperatorError when an original is missing from the archive.
    """
    _refuse_lost(settings, submissions)
    asked = form.from_tables(catalogue["sheets"], catalogue["form_fields"])
    folder = _parsed(settings, catalogue)
    wanted = {s.sha256: s for s in submissions}
    kept = {sha256: _read_back(folder, sha256) for sha256 in wanted}
    new = [
        ToRead(settings.archive / sha256, sha256, wanted[sha256].file_name)
        for sha256, read in kept.items()
        if read is None
    ]
    found = {sha256: read for sha256, read in kept.items() if read is not None}
    for done, reading in enumerate(reader.read(new, asked, person_key(settings)), start=1):
        sha256, summary, parquet = reading.sha256, reading.summary, None
        if _may_be_kept(summary["findings"]):
            path = folder / f"{sha256}.json"
            caches.keep(path, summary, reading.parquet)
            parquet = caches.beside_of(path) if reading.parquet is not None else None
        found[sha256] = Read(sha256, parquet, summary)
        progress(done, len(new))
    return {sha256: found[sha256] for sha256 in wanted}


def read_before(
    settings: Settings, catalogue: Catalogue, submissions: Iterable[Submission]
) -> dict[str, Read]:
    """What is kept of these, by SHA-256, without reading anything."""
    folder = _parsed(settings, catalogue)
    kept = (_read_back(folder, sha256) for sha256 in sorted({s.sha256 for s in submissions}))
    return {read.sha256: read for read in kept if read is not None}


def check(
    settings: Settings,
    catalogue: Catalogue,
    known: Known,
    found: Mapping[str, Read],
    progress: Progress,
) -> list[Checked]:
    """Check what was not checked before, all in one batch; answer for every submission.

    Earlier submissions are part of what a check depends on: a partner's budgets run on from one
    to the next, and an activity may have been reported by another partner before.
    """
    version = f"{reader.READER_VERSION}-{_judged_by(settings, catalogue)}"
    paths, earlier = {}, hashlib.sha256()
    for submission in known.submissions:
        name = f"{submission.submission_id}-{earlier.hexdigest()[:8]}.json"
        paths[submission.submission_id] = settings.checked / version / name
        if submission.submission_id not in known.withdrawn:
            earlier.update(f"{submission.submission_id}\n".encode())
    kept = {identity: _checked_back(path) for identity, path in paths.items()}
    new = [s for s in known.submissions if kept[s.submission_id] is None]
    answers = {identity: one for identity, one in kept.items() if one is not None}
    if new:
        progress(0, len(new))
        context = [s for s in known.submissions if s.submission_id not in known.withdrawn]
        for done, checked in enumerate(judge(settings, catalogue, new, context, found), start=1):
            answers[checked.submission_id] = checked
            if _may_be_kept([vars(finding) for finding in checked.findings]):
                caches.keep(paths[checked.submission_id], asdict(checked))
            progress(done, len(new))
    return [answers[identity] for identity in paths]


def judge(
    settings: Settings,
    catalogue: Catalogue,
    submissions: Sequence[Submission],
    context: Sequence[Submission],
    found: Mapping[str, Read],
) -> list[Checked]:
    """What is wrong with these submissions, by the catalogue's rules; keeps nothing.

    context are the submissions that they are compared with: those of the same partners in all,
    those of others by what tells that two report the same activity.
    """
    files = [
        CheckedFile(
            s.submission_id,
            s.partner_id,
            found[s.sha256].summary,
            periods.local_date(s.received_at),
        )
        for s in submissions
    ]
    parquet = {r.sha256: r.parquet for r in found.values() if r.parquet is not None}
    with warehouse.connect() as connection:
        partners = {submission.partner_id for submission in submissions}
        own = [s for s in context if s.partner_id in partners]
        loaded = {s.submission_id: s for s in (*own, *submissions)}
        loading.load(connection, catalogue, list(loaded.values()), parquet, settings.sql)
        others = [s for s in context if s.partner_id not in partners]
        loading.load_others(connection, others, parquet)
        all_findings = [
            *wording.sentences(Wording(catalogue), files),
            *quality.check(connection, catalogue, files, settings.sql),
        ]
        about = {row["submission_id"]: row["period_id"] for row in loading.reported(connection)}
    of: dict[str, list[Finding]] = {s.submission_id: [] for s in submissions}
    for finding in all_findings:
        of[finding.submission_id].append(finding)
    return [
        Checked(
            file.submission_id,
            about[file.submission_id],
            findings.verdict(of[file.submission_id]),
            tuple(of[file.submission_id]),
            account(file.summary, of[file.submission_id]),
        )
        for file in files
    ]


def account(summary: Mapping[str, Any], found: Iterable[Finding]) -> Counts:
    """What became of the rows of each sheet: seen = stored + quarantined + set aside."""
    found = list(found)
    is_refused = findings.verdict(found) == "rejected"
    bad = findings.quarantined(found)
    counts = {}
    for sheet, place in summary.get("sheets", {}).items():
        data = place["seen"] - place["set_aside"]
        quarantined = data if is_refused else sum(1 for _, where, _ in bad if where == sheet)
        counts[sheet] = {
            "seen": place["seen"],
            "stored": data - quarantined,
            "quarantined": quarantined,
            "set_aside": place["set_aside"],
        }
    return counts


def person_key(settings: Settings) -> bytes:
    """The secret with which addresses become keyed hashes; made once, kept beside the ledger."""
    path = settings.person_key
    if not path.exists():
        durable.write(path, secrets.token_bytes(32))
        path.chmod(0o400)
    return path.read_bytes()


def _refuse_lost(settings: Settings, submissions: Sequence[Submission]) -> None:
    lost = [s for s in submissions if not (settings.archive / s.sha256).exists()]
    if lost:
        msg = (
            f"{len(lost)} originals are missing from {settings.archive}, the first one "
            f"{lost[0].sha256} ({lost[0].file_name}). Restore the archive from the backup."
        )
        raise OperatorError(msg)


def _parsed(settings: Settings, catalogue: Catalogue) -> Path:
    form_version = _fingerprint(catalogue, ("sheets", "form_fields"))
    return settings.parsed / f"{reader.READER_VERSION}-{form_version}"


def _fingerprint(catalogue: Catalogue, tables: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for name in tables:
        digest.update(repr([tuple(row.items()) for row in catalogue[name]]).encode())
    return digest.hexdigest()[:12]


def _judged_by(settings: Settings, catalogue: Catalogue) -> str:
    """A name for all the lists and rules by which submissions are judged."""
    digest = hashlib.sha256(_fingerprint(catalogue, _JUDGED_BY).encode())
    digest.update(repr(rules.checks(catalogue)).encode())
    digest.update(str(catalogue.programme.new_rule_days).encode())
    for folder in ("typing", "staging"):
        for path in sorted((settings.sql / folder).glob("*.sql")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _may_be_kept(found: Iterable[Mapping[str, Any]]) -> bool:
    """Whether another night would find the same: a busy machine is no fault of the file."""
    return all(finding["rule"] != "unreadable" for finding in found)


def _read_back(folder: Path, sha256: str) -> Read | None:
    path = folder / f"{sha256}.json"
    summary = caches.kept(path)
    if summary is None:
        return None
    parquet = caches.beside_of(path)
    return Read(sha256, parquet if parquet.exists() else None, summary)


def _checked_back(path: Path) -> Checked | None:
    kept = caches.kept(path)
    if kept is None:
        return None
    found = tuple(Finding(**finding) for finding in kept["findings"])
    return Checked(kept["submission_id"], kept["period_id"], kept["verdict"], found, kept["rows"])
