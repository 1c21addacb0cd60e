"""One mail as bytes: the same each time, readable by the standard parser, closed to smuggling."""

import email
import email.policy
import re
from datetime import datetime, timedelta, timezone
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flows.steps.errors import CatalogueError, OperatorError
from flows.steps.mail.letter import CONTROLS
from flows.steps.mail.message import LARGEST, compose, is_address
from tests.mail_office import SAMPLE, envelope


def parsed(message: bytes) -> EmailMessage:
    read = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    assert not [part.defects for part in read.walk() if part.defects]
    return read


def words(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return part.get_content()


def test_the_same_envelope_gives_the_same_bytes() -> None:
    assert compose(envelope()) == compose(envelope())


def test_two_mails_differ_only_where_their_envelopes_do() -> None:
    one = compose(envelope()).splitlines()
    other = compose(envelope(mail_id="fedcba9876543210")).splitlines()
    changed = [a for a, b in zip(one, other, strict=True) if a != b]
    assert changed == [b"Message-ID: <0123456789abcdef@example.org>"]


def test_text_page_and_report_are_there_when_read_back() -> None:
    message = parsed(compose(envelope()))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == SAMPLE.pdf
    assert attachment.get_filename() == "timisoara2023-2020-Q4-ro-v1.pdf"


def test_a_romanian_subject_and_names_read_back_as_written() -> None:
    message = parsed(compose(envelope()))
    assert message["Subject"] == SAMPLE.subject
    assert message["To"].addresses[0].display_name == "Ana Țânțăreanu"
    assert message["To"].addresses[0].addr_spec == "ana@example.org"
    assert message["From"].addresses[0].addr_spec == "monitorizare@example.org"


def test_machines_are_told_what_this_is() -> None:
    east = timezone(timedelta(hours=2))
    message = parsed(compose(envelope(at=datetime(2021, 1, 25, 5, 0, tzinfo=east))))
    assert message["Date"].datetime == SAMPLE.at
    assert message["Message-ID"] == "<0123456789abcdef@example.org>"
    assert message["List-Id"] == "<team.timisoara2023.example.org>"
    assert message["List-Unsubscribe"] == "<mailto:contact@example.org?subject=unsubscribe>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_moment_without_offset_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no offset"):
        compose(envelope(at=datetime(2021, 1, 25, 5, 0)))  # noqa: DTZ001


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_each_part_says_figures_finding_attachment_and_why(kind: str) -> None:
    said = " ".join(words(parsed(compose(envelope())), kind).split())
    for figure in SAMPLE.figures:
        assert figure.value in said
        assert figure.label in said
        assert figure.note in said
    assert "✓ Atins" in said
    assert "▲ La risc" in said
    assert SAMPLE.headline in said
    assert SAMPLE.lines[1] in said
    assert "8 pagini, este atașat ca PDF. Date la zi la 11 ianuarie 2021." in said
    assert "Date demonstrative" in said
    assert "pe lista destinatarilor" in said


def test_only_made_up_data_are_called_made_up() -> None:
    message = parsed(compose(envelope(is_demonstration=False)))
    assert "demonstrative" not in words(message, "plain") + words(message, "html")


def test_an_english_reader_gets_english_words() -> None:
    said = words(parsed(compose(envelope(language="en", pages=1))), "plain")
    assert "The full report, 1 page, is attached as a PDF." in said
    assert "Demonstration data" in said
    assert "atașat" not in said


@pytest.mark.parametrize(
    ("pages", "counted"),
    [
        (1, "o pagină"),
        (8, "8 pagini"),
        (19, "19 pagini"),
        (20, "20 de pagini"),
        (101, "101 pagini"),
    ],
)
def test_romanian_counts_pages_as_romanians_do(pages: int, counted: str) -> None:
    assert f"complet, {counted}, este" in words(parsed(compose(envelope(pages=pages))), "plain")


def test_the_page_fetches_nothing_and_shows_marks_as_text() -> None:
    page = words(parsed(compose(envelope(headline="<img src=x> & <script>"))), "html")
    assert "&lt;img src=x&gt; &amp; &lt;script&gt;" in page
    assert not re.search(r"<(img|script|link|style|iframe)\b", page)
    assert not re.search(r"\b(src|background|url)\s*[=(]", page.replace("&lt;img src=x&gt;", ""))


def test_signs_that_turn_writing_around_do_not_reach_the_reader() -> None:
    said = words(parsed(compose(envelope(headline="abc\u202efdp.exe"))), "plain")
    assert "\u202e" not in said


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Raport\r\nBcc: v@evil.invalid"},
        {"subject": "Raport\nBcc: v@evil.invalid"},
        {"subject": "Raport\u2028Bcc: v@evil.invalid"},
        {"recipient_name": "Ana\r\nBcc: v@evil.invalid"},
        {"sender_name": "Echipa\rBcc: v@evil.invalid"},
        {"recipient_address": "ana@example.org\r\nBcc: v@evil.invalid"},
        {"recipient_address": "ana@example.org, v@evil.invalid"},
        {"recipient_address": "fara-at"},
        {"contact": "contact@example.org>\r\nBcc: v"},
        {"list_id": "team>\r\nBcc: v"},
        {"mail_id": "0123\r\nBcc: v"},
        {"pdf_name": "../report.pdf"},
        {"pdf_name": 'a"\r\nX: y.pdf'},
    ],
)
def test_what_would_become_a_header_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(CatalogueError) as refused:
        compose(envelope(**change))
    assert "evil.invalid" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("field", ["subject", "recipient_name", "sender_name"])
def test_an_encoded_word_stays_text(field: str) -> None:
    smuggled = "=?utf-8?q?a=0D=0ABcc=3A_v?="
    plain, other = parsed(compose(envelope())), parsed(compose(envelope(**{field: smuggled})))
    assert other.keys() == plain.keys()
    assert words(other, "plain") == words(plain, "plain")
    read = {
        "subject": other["Subject"],
        "recipient_name": other["To"].addresses[0].display_name,
        "sender_name": other["From"].addresses[0].display_name,
    }
    assert read[field] == smuggled


@settings(deadline=None, database=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120))
def test_any_subject_reads_back_and_makes_neither_a_header_nor_a_long_line(subject: str) -> None:
    # What turns writing around is refused, and has its own test.
    assume(not CONTROLS.search(subject))
    message = compose(envelope(subject=subject))
    read = email.message_from_bytes(message, policy=email.policy.compat32)["Subject"]
    assert str(make_header(decode_header(read))) == subject.strip()
    head = message.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = [line.partition(b":")[0] for line in head if not line.startswith(b" ")]
    assert names[:6] == [b"Date", b"Message-ID", b"From", b"To", b"Reply-To", b"Subject"]
    assert len(names) == len(set(names)) == 12
    assert max(map(len, head)) <= 78
    message.decode("ascii")


def test_above_the_limit_the_report_stays_behind_and_the_words_say_so() -> None:
    whole = compose(envelope())
    assert compose(envelope(), largest=len(whole)) == whole
    smaller = compose(envelope(), largest=len(whole) - 1)
    message = parsed(smaller)
    assert len(smaller) < len(whole)
    assert not list(message.iter_attachments())
    for kind in ("plain", "html"):
        said = " ".join(words(message, kind).split())
        assert "nu este atașat" in said
        assert "team/2020-Q4/ro-v1" in said
        assert "este atașat ca PDF" not in said


def test_the_limit_counts_the_message_and_not_the_report() -> None:
    report = b"%PDF-" + b"x" * (LARGEST * 3 // 4)
    assert len(report) < LARGEST
    assert not list(parsed(compose(envelope(pdf=report))).iter_attachments())


def test_what_is_no_pdf_is_not_mailed() -> None:
    with pytest.raises(OperatorError, match="reper verify"):
        compose(envelope(pdf=b""))


@pytest.mark.parametrize(
    "address", ["a@b.ro", "ana.pop+x@sub.example.org", "o'neil@xn--bcr-tma.ro"]
)
def test_an_address_is_taken(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "fara-at", "a@b", "a@@b.ro", "a b@c.ro", "a@b.ro\n", "<a@b.ro>", "a@b.ro,c@d.ro"),
        *("a..b@c.ro", ".a@c.ro", "ă@c.ro", "a@[127.0.0.1]", "a@-b.ro", "a@b.ro?bcc=c@d.ro"),
        *("x" * 65 + "@b.ro", "a@" + "b." * 130 + "ro"),
    ],
)
def test_what_is_no_address_is_not(address: str) -> None:
    assert not is_address(address)
