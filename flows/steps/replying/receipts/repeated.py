"""What a partner hears who sends the same bytes again: when they came first, and what counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal

from flows.steps.replying.receipts import content, page, phrases
from flows.steps.replying.receipts import text as plain
from flows.steps.submissions import Submission
from reports.model import Language, Text

# How the file that came first stands now: as it was answered, replaced by a newer one, taken back.
Standing = Literal["answered", "replaced", "withdrawn"]


@dataclass(frozen=True)
class Repetition:
    """One file that came again. newer is what has taken its place, where something has."""

    programme: Text
    contact: str
    is_demonstration: bool
    first: Submission
    file_name: str
    again_at: datetime
    standing: Standing
    newer: Submission | None = None


def subject(one: Repetition, language: Language) -> str:
    """What it says in one line."""
    return f"{phrases.ALREADY.in_(language)}: {content.shown(one.file_name)}"


def text(one: Repetition, languages: Sequence[Language]) -> str:
    """The whole of it as plain text."""
    parts = []
    for language in languages:
        lines = [plain.title(phrases.ALREADY.in_(language))]
        for words in _paragraphs(one, language):
            lines += [*plain.wrapped(words), ""]
        parts.append("\n".join([*lines, *_proof(one, language)]))
    return "\n\n\n".join(parts) + "\n"


def as_page(one: Repetition, languages: Sequence[Language]) -> str:
    """The whole of it as a page of HTML, which looks like the receipt."""
    return page.whole(
        subject(one, languages[0]),
        [
            page.part(
                one.programme.in_(language),
                phrases.ALREADY.in_(language),
                "".join(page.paragraph(escape(words)) for words in _paragraphs(one, language))
                + page.small("<br>".join(map(escape, _proof(one, language)))),
                language,
            )
            for language in languages
        ],
        languages[0],
    )


def _paragraphs(one: Repetition, language: Language) -> list[str]:
    said = phrases.REPEATED.in_(language).format(
        again=content.moment(one.again_at, language),
        before=content.moment(one.first.received_at, language),
        file=content.shown(one.file_name),
        first=content.shown(one.first.file_name),
    )
    newer = one.newer or one.first
    stands = (
        phrases.STANDS[one.standing]
        .in_(language)
        .format(
            newer=content.shown(newer.file_name),
            day=content.moment(newer.received_at, language),
            contact=one.contact,
            number=one.first.submission_id,
        )
    )
    return [said, stands]


def _proof(one: Repetition, language: Language) -> list[str]:
    """What tells the file apart from all others; and whether it is real."""
    number = content.heading("number", language)
    made_up = [phrases.MADE_UP.in_(language)] if one.is_demonstration else []
    return [f"SHA-256: {one.first.sha256}", f"{number}: {one.first.submission_id}", *made_up]
