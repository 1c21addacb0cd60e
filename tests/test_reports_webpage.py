"""The picture of a mail says what its page says, where a browser would put it."""

import re
import shutil
import subprocess
from html import unescape
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from flows.steps.mail import letter
from flows.steps.mail.letter import KeyFigure
from reports import webpage
from reports.fonts import FILES, SANS, SANS_SEMIBOLD, SERIF_LIGHT, SERIF_SEMIBOLD
from tests.mail_office import envelope

DESK, PHONE = 700, 360
PAGE = letter.page(envelope(), is_attached=True)
_FACES = {
    ("Arial", "normal"): SANS,
    ("Arial", "bold"): SANS_SEMIBOLD,
    ("Georgia", "normal"): SERIF_LIGHT,
    ("Georgia", "bold"): SERIF_SEMIBOLD,
}


def said(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        (page,) = document
        return _squeezed(page.get_textpage().get_text_range())


def picture(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=1).to_pil().convert("RGB")


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("language", ["ro", "en"])
def test_every_word_of_the_page_is_in_the_picture_and_in_its_order(
    width: int, language: str
) -> None:
    page = letter.page(envelope(language=language), is_attached=False)
    body = page.partition("<body")[2].partition(">")[2]
    assert said(webpage.pdf(page, width)) == _squeezed(unescape(re.sub("<[^>]+>", " ", body)))


def test_what_the_page_lacks_the_picture_lacks() -> None:
    without = re.sub(r"<strong>.*?</strong>", "", PAGE)
    assert "indicatori" in said(webpage.pdf(PAGE, DESK))
    assert "indicatori" not in said(webpage.pdf(without, DESK))


def test_the_same_page_gives_the_same_picture() -> None:
    assert webpage.pdf(PAGE, DESK) == webpage.pdf(PAGE, DESK)


def test_a_telephone_shows_the_key_figures_two_by_two() -> None:
    desk, phone = (_places(webpage.pdf(PAGE, width)) for width in (DESK, PHONE))
    values = ("203", "142", "280", "22,0")
    assert len({desk[value][1] for value in values}) == 1
    assert len({phone[value][1] for value in values}) == 2


def test_nothing_is_wider_than_the_page() -> None:
    figures = (KeyFigure("1.234.567.890", "o" * 300, "x" * 90, "no_data"),)
    page = letter.page(envelope(title="T" * 400, figures=figures), is_attached=True)
    for width in (DESK, PHONE):
        with pypdfium2.PdfDocument(webpage.pdf(page, width)) as document:
            text = document[0].get_textpage()
            edges = [text.get_charbox(place)[2] for place in range(text.count_chars())]
        assert max(edges) <= width


def test_marks_are_text_and_unknown_letters_are_no_blanks() -> None:
    page = letter.page(envelope(title="<b>Ană</b> 日", headline="A & B."), is_attached=True)
    seen = said(webpage.pdf(page, DESK))
    assert "<b>Ană</b>?" in seen
    assert "A&B." in seen


@pytest.mark.full
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_browser_with_the_same_faces_draws_the_same(width: int, tmp_path: Path) -> None:
    ours = picture(webpage.pdf(PAGE, width))
    theirs = _photographed(PAGE, width, tmp_path).crop((0, 0, width, ours.height))
    # Letters are smoothed otherwise, so both are looked at from afar.
    small = (width // 10, ours.height // 10)
    pair = [one.convert("L").resize(small, Image.Resampling.BOX) for one in (ours, theirs)]
    far = ImageChops.difference(*pair).point(lambda grey: 255 * (grey > 40))
    assert far.histogram()[255] <= 0.01 * small[0] * small[1]


def _photographed(page: str, width: int, folder: Path) -> Image.Image:
    """The page as Chromium draws it with the report's faces."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    assert browser, "Chromium is not installed"
    fonts = Path(webpage.__file__).parent / "fonts"
    faces = "".join(
        f"@font-face {{font-family:{family};font-weight:{weight};src:url({url})}}"
        for (family, weight), face in _FACES.items()
        for url in [(fonts / FILES[face]).as_uri()]
    )
    file, target = folder / "page.html", folder / "page.png"
    file.write_text(page.replace("</head>", f"<style>{faces}</style></head>"), "utf-8")
    # A window is never as narrow as a telephone, a frame in it is.
    sizes = f'width="{width}" height="1400" style="border:0"'
    frame = f'<body style="margin:0"><iframe src="{file.as_uri()}" {sizes}></iframe>'
    folder.joinpath("frame.html").write_text(frame, "utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += [f"--user-data-dir={folder / 'profile'}", "--window-size=800,1400"]
    command += [f"--screenshot={target}", folder.joinpath("frame.html").as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=60)
    with Image.open(BytesIO(target.read_bytes())) as opened:
        return opened.convert("RGB")


def _places(pdf: bytes) -> dict[str, tuple[int, int]]:
    """Where each key figure begins, from the left and from below."""
    found = {}
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        for value in ("203", "142", "280", "22,0"):
            place = text.search(value).get_next()
            assert place is not None
            left, below, _, _ = text.get_charbox(place[0])
            found[value] = (round(left), round(below))
    return found


def _squeezed(words: str) -> str:
    """Without the spaces: where lines end they are not drawn."""
    return "".join(words.replace("\u00ad", "").split())
