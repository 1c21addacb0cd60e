from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from reports import fonts
from reports.build import build
from reports.model import Definition, Facts, Text
from reports.text import LONGEST, clean, cleaned
from reports.verify import verify
from tests.reading_pdf import pages
from tests.reports_examples import timisoara

PRINTABLE = fonts.register()


@pytest.mark.parametrize(
    ("sent", "printed"),
    [
        ("Timişoara, ţintă", "Timișoara, țintă"),
        ("s\u0326i t\u0326", "și ț"),
        ("două\nrânduri\tși  spații", "două rânduri și spații"),
        ("ab\u202ecd\u200be\x00f", "abcdef"),
        ("dans 💃 și 書", "dans ? și ?"),
        ("<b>unu & doi", "<b>unu & doi"),
        ("", ""),
    ],
)
def test_the_gate_lets_only_printable_words_through(sent: str, printed: str) -> None:
    assert clean(sent, PRINTABLE) == printed


def test_long_words_end_in_an_ellipsis() -> None:
    assert clean("a" * 5000, PRINTABLE) == "a" * (LONGEST - 1) + "…"


def test_no_string_of_the_facts_passes_beside_the_gate() -> None:
    dirty = replace(timisoara(), definitions=(Definition(Text("ş", "ş"), Text("\u200b", "x")),))
    assert cleaned(dirty, PRINTABLE).definitions[0] == Definition(Text("ș", "ș"), Text("", "x"))


HOSTILE = (
    '<img src="file:///etc/hostname"/>',
    '<img src="http://127.0.0.1:9/x.png"/>',
    "<b>unu",
    "<para leftIndent=10000><font size=100000>mare</font>",
    '<a href="javascript:alert(1)">aici</a>',
    '<font color="[[[1]]]">',
    "{missing} %s %(name)s {0.__class__}",
    "x" * 5000,
    "cuvinte " * 700,
    "💃\u202e\x00\ufffd",
    "",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_neither_stop_a_report_nor_act(words: str) -> None:
    facts = hostile(timisoara(), words)
    pdf = build(facts, "ro")
    assert verify(pdf, facts, "ro") == []
    for deed in (b"/Subtype /Image", b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile"):
        assert deed not in pdf


def test_markup_is_printed_as_it_was_written() -> None:
    text = " ".join(pages(build(hostile(timisoara(), "<b>unu</b> & <Timiș>"), "ro")))
    assert "<b>unu</b> & <Timiș>" in text


def test_a_file_named_in_a_name_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("parola de pe acest calculator", encoding="utf-8")
    text = " ".join(pages(build(hostile(timisoara(), f'<img src="{secret}"/>'), "ro")))
    assert "parola" not in text


def hostile(facts: Facts, words: str) -> Facts:
    """The same words wherever somebody else writes some."""
    both = Text(words, words)
    partners = tuple(replace(one, name=words) for one in facts.reporting.partners)
    rows = tuple(replace(row, wording=both) for row in facts.aims.rows)
    aims = tuple(replace(aim, wording=both, short=Text(words[:40], "")) for aim in facts.aims.aims)
    return replace(
        facts,
        edition=replace(facts.edition, programme_name=both, contact=words, head=words[:12]),
        indicators=tuple(replace(one, name=both, note=both) for one in facts.indicators),
        calls=replace(
            facts.calls,
            calls=tuple(replace(call, title=words, programme=both) for call in facts.calls.calls),
        ),
        aims=replace(facts.aims, rows=rows, aims=aims),
        reporting=replace(facts.reporting, partners=partners),
        definitions=(*facts.definitions, Definition(both, both)),
    )


def test_words_without_end_push_no_row_off_its_page() -> None:
    facts = hostile(timisoara(), "cuvinte " * 700)
    printed = pages(build(facts, "ro"))
    for line in facts.indicators:
        page = next(text for text in printed if line.figure.code in text)
        assert f"pagina {printed.index(page) + 1} din" in page
    with pypdfium2.PdfDocument(build(facts, "ro")) as document:
        for page in document:
            edges = [one.get_bounds() for one in page.get_objects()]
            assert min(bottom for _, bottom, _, _ in edges) >= 0
            assert max(right for _, _, right, _ in edges) <= page.get_width() + 1
