"""The reply to each submission: a receipt, and where something is wrong the workbook, marked up.

A reply is written once and then left alone: it says what was known when it was written. A
corrected file is another submission, with a reply of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path, PurePath

from flows.steps import durable
from flows.steps.catalogue import Catalogue
from flows.steps.checking import corrections
from flows.steps.checking.findings import Finding
from flows.steps.ledger import Ledger
from flows.steps.originals import Checked, Read
from flows.steps.progress import Progress
from flows.steps.reading import form
from flows.steps.replying import posting
from flows.steps.replying.markup import book
from flows.steps.replying.markup.marker import Marker
from flows.steps.replying.markup.plain import title_of
from flows.steps.replying.markup.tasks import Task, TaskList
from flows.steps.replying.posting import RECEIPT, Readers
from flows.steps.replying.receipts import content, page, phrases, text
from flows.steps.replying.receipts.content import Receipt
from flows.steps.settings import Settings
from flows.steps.submissions import Submission
from reports.model import Language, Text

_PAGE = "receipt.html"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 80
_PATIENCE = timedelta(days=1)

_TITLE = Text("De corectat", "To correct")
_FILE_SUFFIX = Text("de-corectat", "to-correct")
_COLUMNS = (
    Text("Locul", "Place"),
    Text("Coloana", "Column"),
    Text("Ce înseamnă", "What it means"),
    Text("Ce am găsit", "What we found"),
    Text("Ce nu este în regulă", "What is wrong"),
    Text("Ce este de făcut", "What to do"),
)
_OTHER_LANGUAGE = Text("In English", "În română")
_LEADS = Text(
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
_ALONE = Text(
    "Corectați în fișierul dumneavoastră și trimiteți-l din nou întreg.",
    "Put it right in your own file and send the whole of it again.",
)
_NOTE_HEAD = Text("de corectat", "to correct")


@dataclass(frozen=True)
class Reply:
    """One submission's answer: where it stands, and how many recipients get it by mail."""

    folder: Path
    partner_id: str
    recipients: int


def reply(
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    submissions: Sequence[Submission],
    originals: Mapping[str, Read],
    checked: Sequence[Checked],
    to: Readers,
    progress: Progress,
) -> list[Reply]:
    """Write the replies that are still missing, plan their mails, and return them.

    checked answers for the submissions, in their order. A partner without an address finds its
    reply in its folder alone. Raises OperatorError when nothing can be written, or when the
    marking process does not start.
    """
    waiting = [
        (submission, found)
        for submission, found in zip(submissions, checked, strict=True)
        if not (_folder(settings, submission) / RECEIPT).exists()
        and not _may_still_be_read(settings, submission, found)
    ]
    written = []
    asked = form.from_tables(catalogue["sheets"], catalogue["form_fields"])
    with Marker(asked) as marker:
        for done, (submission, found) in enumerate(waiting, start=1):
            kind = originals[submission.sha256].summary["kind"]
            one = _write(settings, catalogue, marker, submission, found, kind)
            edition, folder = posting.edition_of(submission), _folder(settings, submission)
            letters = posting.letters(one)
            by_mail = posting.plan(settings, ledger, edition, letters, to, one.workbook)
            durable.write(folder / RECEIPT, text.text(one).encode())
            written.append(Reply(folder, submission.partner_id, by_mail))
            progress(done, len(waiting))
    return written


def task_list(
    catalogue: Catalogue, submission: Submission, found: Sequence[Finding], language: Language
) -> TaskList:
    """What the partner is asked to put right, as the workbook's first sheet shows it."""
    other: Language = "en" if language == "ro" else "ro"
    labels = {
        (row["sheet"], row["field"]): row[f"label_{language}"] for row in catalogue["form_fields"]
    }
    order = sorted(found, key=lambda finding: corrections.SEVERITIES.index(finding.severity))
    return TaskList(
        title=_TITLE.in_(language),
        heading=(
            f"{content.shown(submission.file_name)} · {submission.submission_id}",
            _LEADS.in_(language),
            _THEN.in_(language),
        ),
        columns=(*(c.in_(language) for c in _COLUMNS), _OTHER_LANGUAGE.in_(language)),
        tasks=tuple(
            _task(finding, labels.get((finding.sheet_id, finding.column), ""), language, other)
            for finding in order
        ),
    )


def _folder(settings: Settings, submission: Submission) -> Path:
    return settings.home / posting.edition_of(submission)


def _may_still_be_read(settings: Settings, submission: Submission, checked: Checked) -> bool:
    """A machine's bad moment passes, and a reply stays: what cannot be read is read again first."""
    is_fresh = settings.now - submission.received_at < _PATIENCE
    return is_fresh and any(finding.rule == "unreadable" for finding in checked.findings)


def _write(
    settings: Settings,
    catalogue: Catalogue,
    marker: Marker,
    submission: Submission,
    checked: Checked,
    kind: str | None,
) -> Receipt:
    """All of a reply but what seals it."""
    folder = _folder(settings, submission)
    partners = {row["partner_id"]: row for row in catalogue["partners"]}
    language: Language = partners[submission.partner_id]["language"]
    name = csv_sheet = made = None
    if checked.findings:
        name = _workbook_name(submission.file_name, language)
        wanted = task_list(catalogue, submission, checked.findings, language)
        if kind == "csv":
            csv_sheet = title_of(PurePath(submission.file_name).stem)
            file = content.shown(submission.file_name)
            save = phrases.SAVE_CSV.in_(language).format(sheet=csv_sheet, file=file)
            wanted = replace(wanted, heading=(*wanted.heading[:2], save))
        # What the gate did not let through nobody opens again.
        if kind is not None:
            original = (settings.archive / submission.sha256).read_bytes()
            made = marker.mark_up(original, submission.file_name, wanted)
        durable.write(folder / name, made or book.list_only(_without_cells(wanted, language)))
    one = content.receipt(
        catalogue, submission, checked, name, bool(made), csv_sheet if made else None
    )
    durable.write(folder / _PAGE, page.page(one).encode())
    return one


def _workbook_name(file_name: str, language: Language) -> str:
    """The partner's own name for it, safe on every machine, and what the workbook is for."""
    stem = _UNSAFE.sub("_", PurePath(file_name).stem).strip("._-")[:_LONGEST_NAME]
    return f"{stem or 'raport'}_{_FILE_SUFFIX.in_(language)}.xlsx"


def _without_cells(wanted: TaskList, language: Language) -> TaskList:
    """The list as it stands by itself, beside no sheet to lead to."""
    tasks = tuple(replace(task, sheet=None, cell=None) for task in wanted.tasks)
    return replace(wanted, heading=(wanted.heading[0], _ALONE.in_(language)), tasks=tasks)


def _task(finding: Finding, label: str, language: Language, other: Language) -> Task:
    said = corrections.correction(finding, language)
    also = corrections.correction(finding, other)
    place = corrections.short_place(finding, language)
    return Task(
        severity=finding.severity,
        sheet=finding.sheet,
        sheet_id=finding.sheet_id,
        row=finding.row,
        field=finding.column,
        cell=finding.cell,
        texts=(place, label, said.meaning, said.value, said.problem, said.remedy, also.sentence),
        note=f"Reper – {_NOTE_HEAD.in_(language)}\n{said.sentence}\n\n{also.sentence}",
    )
