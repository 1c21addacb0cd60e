"""The mail that brings an edition, to look at before it goes: the message itself and its picture.

Only a browser draws a page of HTML as its readers will see it, and nothing small does. Where there
is one on this machine it takes the pictures. Where the officer has one, in Prefect's page, the
mail's own page is put into a picture that her browser draws.
"""

import base64
import re
import shutil
import subprocess
import tempfile
from email import message_from_bytes
from email.policy import default
from math import ceil
from pathlib import Path
from typing import Any

from flows.steps.catalogue import Catalogue
from flows.steps.errors import ReperError
from flows.steps.ledger import Ledger
from flows.steps.mail.message import compose
from flows.steps.mail.recipients import Recipient, reachable
from flows.steps.publishing import approval, letters
from flows.steps.publishing.approval import Edition
from flows.steps.settings import Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
# A mail program on a desk, and one on a telephone.
WIDTHS = {"": 700, "-phone": 360}
_TALLEST = 2400
_PATIENCE = 60
_BODY = re.compile(r"<body style=\"(?P<style>[^\"]*)\">(?P<content>.*)</body>", re.DOTALL)
_WIDTH, _LINE, _SIGNS_A_LINE, _SHORT, _FRAME = 700, 23, 60, 40, 440


def write(
    settings: Settings, catalogue: Catalogue, ledger: Ledger, path: str, folder: Path
) -> list[dict[str, Any]]:
    """Write what each reader of an edition will get: the `.eml`, its page, and pictures of it.

    One answer a reader: recipient, subject, eml, html, and pictures, empty where no browser is.
    With nobody on the list yet there is one, to the programme's own contact. Raises UsageError
    for an edition that there is not, OperatorError when its frozen files cannot be read.
    """
    edition = approval.edition(ledger, path)
    folder.mkdir(parents=True, exist_ok=True)
    answers = []
    for reader in readers(settings, catalogue, edition):
        message = compose(letters.envelope(settings, catalogue, edition, reader))
        name = f"{edition.path.replace('/', '-')}--{reader.recipient_id}"
        mail, page = folder / f"{name}.eml", folder / f"{name}.html"
        mail.write_bytes(message)
        page.write_text(page_of(message), "utf-8")
        answers.append(
            {
                "recipient": reader.recipient_id,
                "subject": message_from_bytes(message, policy=default)["Subject"],
                "eml": str(mail),
                "html": str(page),
                "pictures": [str(picture) for picture in _photographed(page)],
            }
        )
    return answers


def readers(settings: Settings, catalogue: Catalogue, edition: Edition) -> list[Recipient]:
    """Who gets an edition once it is let go; the programme's contact when nobody does."""
    found = reachable(settings.recipients, edition.audience, edition.for_id)
    own = [reader for reader in found if reader.language == edition.language]
    contact = catalogue.programme.contact
    nobody = Recipient("nobody", "", contact, edition.audience, edition.language)
    return own or [nobody]


def shown(settings: Settings, catalogue: Catalogue, edition: Edition) -> str:
    """The mail as `picture` gives it, to the first of the readers; blank for a damaged edition."""
    reader = readers(settings, catalogue, edition)[0]
    try:
        message = compose(letters.envelope(settings, catalogue, edition, reader))
    except (OSError, ReperError):
        return ""
    return picture(page_of(message))


def page_of(message: bytes) -> str:
    """The page of HTML in a finished message."""
    body = message_from_bytes(message, policy=default).get_body(("html",))
    return body.get_content().replace("\r\n", "\n") if body is not None else ""


def picture(page: str) -> str:
    """A mail's page as the address of a picture (SVG) which the browser that shows it draws."""
    match = _BODY.search(page)
    if match is None:
        return ""
    # XML knows neither this name nor tags that are left open.
    content = match["content"].replace("&nbsp;", "&#160;")
    paragraphs = (re.sub(r"<[^>]+>", "", part).strip() for part in content.split("</p>"))
    # Short ones stand in the tiles, side by side.
    lines = sum(ceil(len(one) / _SIGNS_A_LINE) for one in paragraphs if len(one) > _SHORT)
    height = _FRAME + lines * _LINE
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}">'
        '<foreignObject width="100%" height="100%">'
        f'<div xmlns="http://www.w3.org/1999/xhtml" style="{match["style"]};min-height:100%">'
        f"{content}</div></foreignObject></svg>"
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode('ascii')}"


def _photographed(page: Path) -> list[Path]:
    """The page as a browser draws it, in each width; nothing where there is no browser."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        return []
    taken = []
    for suffix, width in WIDTHS.items():
        target = page.with_name(f"{page.stem}{suffix}.png")
        with tempfile.TemporaryDirectory() as profile:
            command = [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--user-data-dir={profile}",
                f"--window-size={width},{_TALLEST}",
                f"--screenshot={target}",
                page.absolute().as_uri(),
            ]
            try:
                subprocess.run(command, capture_output=True, check=True, timeout=_PATIENCE)
            except (OSError, subprocess.SubprocessError):
                continue
        if target.exists():
            _trim(target)
            taken.append(target)
    return taken


def _trim(picture: Path) -> None:
    """Cut what is empty below the mail."""
    from PIL import Image, ImageChops

    with Image.open(picture) as opened:
        image = opened.convert("RGB")
    blank = Image.new("RGB", image.size, image.getpixel((0, image.height - 1)))
    used = ImageChops.difference(image, blank).getbbox()
    bottom = min(image.height, (used[3] if used else image.height) + 24)
    image.crop((0, 0, image.width, bottom)).save(picture)
