"""The receipt as plain text: it reads the same in every mail and on every machine."""

import textwrap
from collections.abc import Iterator, Sequence

from flows.steps.replying.receipts import content, phrases
from flows.steps.replying.receipts.content import Receipt
from reports.model import Language

_WIDTH = 78


def text(one: Receipt, languages: Sequence[Language] = ()) -> str:
    """The receipt as plain text; in both languages where none is named."""
    parts = ("\n".join(_text(one, language)) for language in languages or one.languages)
    return "\n\n\n".join(parts) + "\n"


def title(words: str) -> str:
    """Words as the head of a text."""
    return f"{words}\n{'=' * len(words)}"


def wrapped(words: str, bullet: str = "") -> list[str]:
    """Words as lines that every mail program shows whole."""
    return textwrap.wrap(
        words,
        _WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _text(one: Receipt, language: Language) -> Iterator[str]:
    programme = one.programme.in_(language)
    yield title(f"{programme}: {content.lower(content.heading('title', language))}")
    facts = content.facts(one, language)
    wide = max(len(name) for name, _ in facts) + 2
    yield from (f"{name + ':':<{wide}}{said}" for name, said in facts)
    yield ""
    yield from wrapped(content.verdict(one, language))
    yield from ("", _underlined(content.heading("rows", language)))
    table = content.table(one, language)
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    for first, *others in table:
        numbers = (f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join((f"{first:<{widths[0]}}", *numbers))
    for words in content.about_rows(one, language):
        yield from wrapped(words)
    if one.findings:
        yield from ("", _underlined(content.heading("correct", language)))
        for number, (rule, lines) in enumerate(content.groups(one, language), start=1):
            yield from wrapped(rule, f"{number}. ")
            for line in lines:
                yield from wrapped(line, "   - ")
    yield from ("", _underlined(content.heading("next", language)))
    for words in content.steps(one, language):
        yield from wrapped(words, "- ")
    yield from ("", _underlined(content.heading("ask", language)))
    yield from wrapped(content.ask(one, language))
    if one.is_demonstration:
        yield from ("", *wrapped(phrases.MADE_UP.in_(language)))


def _underlined(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"
