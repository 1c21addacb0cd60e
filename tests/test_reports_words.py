import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from reports import fonts, words
from reports.model import Text


def test_every_word_of_ours_is_there_in_both_languages() -> None:
    lacking = [name for name, text in _texts() if bool(text.ro) != bool(text.en)]
    assert lacking == []


def test_both_languages_have_the_same_blanks() -> None:
    def blanks(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    assert [name for name, text in _texts() if blanks(text.ro) != blanks(text.en)] == []


def test_every_letter_of_ours_has_a_glyph_in_every_face() -> None:
    printable = fonts.register()
    letters = {letter for _, text in _texts() for letter in text.ro + text.en}
    assert {letter for letter in letters if ord(letter) not in printable} == set()


def test_romanian_is_written_with_commas_below() -> None:
    assert [name for name, text in _texts() if set("şţŞŢ") & set(text.ro)] == []


def test_the_faces_are_the_files_that_were_vendored() -> None:
    folder = Path(fonts.__file__).parent
    sums = (folder / "SHA256SUMS").read_text(encoding="ascii").split()
    named = dict(zip(sums[1::2], sums[::2], strict=True))
    assert set(fonts.FILES.values()) <= set(named)
    for file, digest in named.items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == digest


def _texts() -> Iterator[tuple[str, Text]]:
    for name, value in vars(words).items():
        if name.isupper():
            yield from ((name, text) for text in _inside(value))


def _inside(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _inside(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _inside(part)
