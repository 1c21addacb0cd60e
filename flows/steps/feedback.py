"""The reply to each submission: a receipt, and where something is wrong the workbook, marked up.

A reply is written once and then left alone: it says what was known when it was written. A
corrected file is another submission, with a reply of its own.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath

from flows.steps import corrections, durable, form, receipt
from flows.steps.catalogue import Catalogue
from flows.steps.findings import Finding
from flows.steps.ledger import Ledger
from flows.steps.markup import workbook
from flows.steps.markup.marker import Marker
from flows.steps.markup.plain import title_of
from flows.steps.markup.tasks import Task, TaskList
from flows.steps.originals import Checked, Read
from flows.steps.settings import Settings
from flows.steps.submissions import Submission
from reports.model import Language, Text

# The receipt comes last: where it stands, the whole reply stands.
RECEIPT = "receipt.txt"
_PAGE = "receipt.html"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 80

_TITLE = Text("De corectat", "To correct")
_FILE_SUFFIX = Text("de-corectat", "to-correct")
_COLUMNS = (
    Text("Locul", "Place"),
    Text("Ce înseamnă", "What it means"),
    Text("Ce am găsit", "What we found"),
    Text("Ce nu este în regulă", "What is wrong"),
    Text("Ce este de făcut", "What to do"),
)
_OTHER_LANGUAGE = Text("In English", "În română")
_HEADING = Text(
    "Apăsați pe un loc ca să ajungeți la celula lui. Celulele sunt colorate ca aici și au câte o "
    "notă.",
    "Click on a place to get to its cell. The cells are coloured as here and have a note each.",
)
_THEN = Text(
    "După ce corectați, trimiteți din nou tot fișierul. Foaia aceasta și notele pot rămâne: nu "
    "se citesc.",
    "Once it is put right, send the whole file again. This sheet and the notes may stay: they "
    "are not read.",
)
_NOTE_HEAD = Text("de corectat", "to correct")


def reply(
    settings: Settings,
    catalogue: Catalogue,
    submissions: Sequence[Submission],
    originals: Mapping[str, Read],
    checked: Sequence[Checked],
    progress: Callable[[int, int], None],
) -> list[Path]:
    """Write the replies that are still missing; return their folders, one a submission.

    checked answers for the submissions, in their order. Raises OperatorError when nothing can be
    written, or when the marking process does not start.
    """
    waiting = [
        (submission, found)
        for submission, found in zip(submissions, checked, strict=True)
        if not (_folder(settings, submission) / RECEIPT).exists()
    ]
    written = []
    asked = form.from_tables(catalogue["sheets"], catalogue["form_fields"])
    with Marker(asked) as marker:
        for done, (submission, found) in enumerate(waiting, start=1):
            kind = originals[submission.sha256].summary["kind"]
            written.append(_write(settings, catalogue, marker, submission, found, kind))
            progress(done, len(waiting))
    return written


def acknowledge(
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    submissions: Sequence[Submission],
) -> list[Path]:
    """Say of files that came once more, the same to the byte, when they came before.

    Writes what is still missing and returns it, one file a repetition.
    """
    known = {submission.submission_id: submission for submission in submissions}
    written = []
    for entry in ledger.entries("submission_repeated"):
        submission = known.get(entry.body["submission_id"])
        if submission is None:
            continue
        path = _folder(settings, submission) / f"received-again-{entry.seq}.txt"
        if not path.exists():
            words = receipt.repeated(submission, catalogue, entry.body["file_name"], entry.at)
            durable.write(path, words.encode())
            written.append(path)
    return written


def task_list(submission: Submission, found: Sequence[Finding], language: Language) -> TaskList:
    """What the partner is asked to put right, as the workbook's first sheet shows it."""
    other: Language = "en" if language == "ro" else "ro"
    order = sorted(found, key=lambda finding: corrections.SEVERITIES.index(finding.severity))
    return TaskList(
        title=_TITLE.in_(language),
        heading=(
            f"{receipt.shown(submission.file_name)} · {submission.submission_id}",
            _HEADING.in_(language),
            _THEN.in_(language),
        ),
        columns=(*(c.in_(language) for c in _COLUMNS), _OTHER_LANGUAGE.in_(language)),
        tasks=tuple(_task(finding, language, other) for finding in order),
    )


def _folder(settings: Settings, submission: Submission) -> Path:
    return settings.returned / submission.partner_id / submission.submission_id


def _write(
    settings: Settings,
    catalogue: Catalogue,
    marker: Marker,
    submission: Submission,
    checked: Checked,
    kind: str | None,
) -> Path:
    folder = _folder(settings, submission)
    partners = {row["partner_id"]: row for row in catalogue["partners"]}
    language: Language = partners[submission.partner_id]["language"]
    name = csv_sheet = None
    if checked.findings:
        wanted = task_list(submission, checked.findings, language)
        name = _workbook_name(submission.file_name, language)
        if kind is None:
            # The gate did not let it through, so nobody opens it again.
            made = workbook.list_only(wanted)
        else:
            original = (settings.archive / submission.sha256).read_bytes()
            made = marker.mark_up(original, submission.file_name, wanted)
        if kind == "csv":
            csv_sheet = title_of(PurePath(submission.file_name).stem)
        durable.write(folder / name, made)
    one = receipt.receipt(catalogue, submission, checked, name, csv_sheet)
    durable.write(folder / _PAGE, receipt.page(one).encode())
    durable.write(folder / RECEIPT, receipt.text(one).encode())
    return folder


def _workbook_name(file_name: str, language: Language) -> str:
    """The partner's own name for it, safe on every machine, and what the workbook is for."""
    stem = _UNSAFE.sub("_", PurePath(file_name).stem).strip("._-")[:_LONGEST_NAME]
    return f"{stem or 'raport'}_{_FILE_SUFFIX.in_(language)}.xlsx"


def _task(finding: Finding, language: Language, other: Language) -> Task:
    said = corrections.correction(finding, language)
    also = corrections.correction(finding, other)
    texts = (said.place, said.meaning, said.value, said.problem, said.remedy)
    note = f"Reper – {_NOTE_HEAD.in_(language)}\n{said.sentence}\n\n{also.sentence}"
    return Task(
        severity=finding.severity,
        sheet=finding.sheet,
        sheet_id=finding.sheet_id,
        row=finding.row,
        field=finding.column,
        cell=finding.cell,
        texts=(*texts, f"{also.place}: {also.sentence}"),
        note=note,
    )
