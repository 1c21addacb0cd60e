"""What came once more, the same to the byte, is said to have come: in its folder and by mail.

Each repetition gets a note below returned/; the mail goes once for as long as there is nothing
else to say, however often a machine sends the same file.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from flows.steps import durable
from flows.steps.catalogue import Catalogue
from flows.steps.ledger import Entry, Ledger
from flows.steps.originals import Checked
from flows.steps.replying import posting
from flows.steps.replying.posting import RECEIPT, Letter, Readers
from flows.steps.replying.receipts import repeated
from flows.steps.replying.receipts.repeated import Repetition
from flows.steps.settings import Settings
from flows.steps.submissions import Known, Submission
from reports.model import Language, Text


def acknowledge(
    settings: Settings,
    catalogue: Catalogue,
    ledger: Ledger,
    known: Known,
    checked: Sequence[Checked],
    to: Readers,
) -> list[Path]:
    """Say of each repetition when its file came before and whether it counts; plan the mails.

    checked answers for the submissions that are known. Writes what is still missing and returns
    it, one file a repetition. What is not answered yet waits for its answer.
    """
    by_id = {one.submission_id: one for one in known.submissions}
    of = {one.submission_id: one for one in checked}
    languages = {row["partner_id"]: row["language"] for row in catalogue["partners"]}
    written = []
    for entry in ledger.entries("submission_repeated"):
        first = by_id.get(entry.body["submission_id"])
        if first is None:
            continue
        folder = settings.home / posting.edition_of(first)
        path = folder / f"received-again-{entry.seq}.txt"
        if path.exists() or not (folder / RECEIPT).exists():
            continue
        one = _repetition(catalogue, first, entry, known, of)
        order: tuple[Language, ...] = ("ro", "en")
        if languages[first.partner_id] == "en":
            order = ("en", "ro")
        said = {language: _letter(one, language) for language in order}
        edition = f"{posting.edition_of(first)}/again-{one.standing}"
        posting.plan(settings, ledger, edition, said, to)
        durable.write(path, repeated.text(one, order).encode())
        written.append(path)
    return written


def _repetition(
    catalogue: Catalogue,
    first: Submission,
    entry: Entry,
    known: Known,
    of: Mapping[str, Checked],
) -> Repetition:
    programme = catalogue.programme
    newer = _newer(first, known, of)
    standing: repeated.Standing = "replaced" if newer else "answered"
    if first.submission_id in known.withdrawn:
        standing = "withdrawn"
    return Repetition(
        programme=Text(programme.name_ro, programme.name_en),
        contact=programme.contact,
        is_demonstration=programme.is_demonstration,
        first=first,
        file_name=entry.body["file_name"],
        again_at=entry.at,
        standing=standing,
        newer=newer,
    )


def _newer(first: Submission, known: Known, of: Mapping[str, Checked]) -> Submission | None:
    """The last file that was taken in after it, about the same sheets of the same period."""
    own = of[first.submission_id]
    return next(
        (
            one
            for one in reversed(known.submissions)
            if one.partner_id == first.partner_id and one.seq > first.seq
            if one.submission_id not in known.withdrawn
            if _takes_its_place(of[one.submission_id], own)
        ),
        None,
    )


def _takes_its_place(newer: Checked, own: Checked) -> bool:
    is_about_the_same = own.period_id is not None and newer.period_id == own.period_id
    is_in = newer.verdict != "rejected"
    return is_in and is_about_the_same and bool(own.rows.keys() & newer.rows.keys())


def _letter(one: Repetition, language: Language) -> Letter:
    return Letter(
        subject=repeated.subject(one, language),
        text=repeated.text(one, (language,)),
        page=repeated.as_page(one, (language,)),
    )
