"""The mail that brings an edition, to look at before it goes: the message itself and its picture.

The pictures are drawn from the mail's own page by what draws the reports, the same on each machine.
Where the officer has a browser, in Prefect's page, that page is put into a picture which it draws.
"""

import base64
import re
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

# A mail program on a desk, and one on a telephone.
WIDTHS = {"": 700, "-phone": 360}
# Dots of a picture for each pixel: small letters can be read.
_SHARPNESS = 2
_BODY = re.compile(r"<body style=\"(?P<style>[^\"]*)\">(?P<content>.*)</body>", re.DOTALL)
_WIDTH, _LINE, _SIGNS_A_LINE, _SHORT, _FRAME = 700, 23, 60, 40, 440


def write(
    settings: Settings, catalogue: Catalogue, ledger: Ledger, path: str, folder: Path
) -> list[dict[str, Any]]:
    """Write what each reader of an edition will get: the `.eml`, its page, and pictures of it.

    One answer a reader: recipient, subject, eml, html, and pictures (for a desk and a telephone).
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
                "pictures": [str(picture) for picture in _pictures(page)],
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


def _pictures(page: Path) -> list[Path]:
    """The page as pictures, in each width."""
    # Loads fonts; a command that shows nothing should not wait for them.
    import pypdfium2

    from reports import webpage

    taken = []
    for suffix, width in WIDTHS.items():
        drawn = webpage.pdf(page.read_text("utf-8"), width)
        target = page.with_name(f"{page.stem}{suffix}.png")
        with pypdfium2.PdfDocument(drawn) as document:
            document[0].render(scale=_SHARPNESS).to_pil().convert("RGB").save(target)
        taken.append(target)
    return taken
