"""A report as somebody sees it before it goes: what it says, who gets it, and each of its pages.

The pages stand in the text as small pictures, to be read at once; the files are a click away.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from flows.steps.publishing.sendgate import Doubt

# Wide enough to read, in few enough colours: about 45 kB a page, and Prefect keeps them 90 days.
_WIDTH, _COLOURS = 800, 16


@dataclass(frozen=True)
class Proof:
    """What there is to see. name is an edition's, or a draft's.

    letter is what the mail says, and mail the address of its picture, blank where nothing is sent;
    readers are the names of those who get it; file is the PDF, and links are the ways to it and to
    its workbook, in Markdown.
    """

    name: str
    letter: Mapping[str, Any]
    readers: Sequence[str]
    doubts: Sequence[Doubt]
    file: Path
    links: str
    mail: str = ""


def markdown(proof: Proof, first: str) -> str:
    """The page, in Romanian with English after it; first says what it is for."""
    said = proof.letter
    return "\n\n".join(
        (
            f"# {said['title']}",
            first,
            facts(proof),
            *(f"- {line}" for line in said["lines"]),
            *doubts(proof.doubts),
            *_mail(proof),
            "## Paginile · Pages",
            *(f"![{number}]({page})" for number, page in enumerate(pages(proof.file), start=1)),
        )
    )


def _mail(proof: Proof) -> list[str]:
    """The mail as its readers will see it; nothing where nothing is sent."""
    if not proof.mail:
        return []
    return [
        "## Mesajul · The mail",
        f"**Subiect · Subject:** {proof.letter['subject']}",
        f"![Mesajul · The mail]({proof.mail})",
    ]


def facts(proof: Proof) -> str:
    """What it is, who gets it and where its files are, as a table."""
    readers = ", ".join(proof.readers) or "nimeni din listă · nobody on the list"
    rows = (
        ("Ediția · Edition", f"`{proof.name}`"),
        ("Mesajul · Headline", proof.letter["headline"]),
        ("Date până la · Data until", proof.letter["data_until"]),
        ("Cine primește · Who gets it", readers),
        ("Fișiere · Files", proof.links),
    )
    return "\n".join(("| | |", "|---|---|", *(f"| {what} | {said} |" for what, said in rows)))


def doubts(found: Sequence[Doubt]) -> list[str]:
    """Why it is held, and what lets it go, a paragraph each; empty when it is not."""
    if not found:
        return []
    return [
        "## De ce este oprită · Why it is held",
        *(
            f"- {doubt.reason_ro} {doubt.step_ro}\n- *{doubt.reason_en} {doubt.step_en}*"
            for doubt in found
        ),
    ]


def pages(file: Path) -> list[str]:
    """Each page of a PDF as the address of a picture; empty when it does not open."""
    # Loaded where a page is drawn: a run that draws none should not wait for it.
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(file) as document:
            return [_picture(page) for page in document]
    except (OSError, pypdfium2.PdfiumError):
        return []


def _picture(page: Any) -> str:  # noqa: ANN401 - pypdfium2 is imported late
    image = page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")
    content = BytesIO()
    image.quantize(_COLOURS).save(content, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(content.getvalue()).decode('ascii')}"
