"""Reads a finished report as a stranger would, before it is frozen, and says what is missing."""

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from reports.findings import key_figures
from reports.model import Facts, Language, Text

_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\r": " ", "\n": " ", "\u00ad": ""})


def verify(pdf: bytes, facts: Facts, language: Language) -> list[Text]:
    """Problems of a report in one language, said to the officer in both; none when it may go.

    It must open, have pages, print every key figure and every indicator's code, embed its
    fonts, and print no mark that stands for a letter that was lost.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        return [Text(f"PDF-ul nu se deschide: {error}", f"The PDF does not open: {error}")]
    with document:
        if not len(document):
            return [Text("PDF-ul nu are pagini.", "The PDF has no pages.")]
        pages = [page_text(document, number) for number in range(len(document))]
        loose = sorted(set(_fonts_not_embedded(document)))
    return [
        *_missing_figures(" ".join(pages), facts, language),
        *(
            Text(f"Fontul {name} nu este inclus.", f"The font {name} is not embedded.")
            for name in loose
        ),
        *_broken_letters(pages),
    ]


def page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    """The words of one page, counted from 0, with every kind of space as a plain one."""
    text = document[number].get_textpage().get_text_range()
    return " ".join(text.translate(_BLANKS).split())


def _missing_figures(text: str, facts: Facts, language: Language) -> Iterator[Text]:
    for figure in key_figures(facts, language):
        if figure.value.translate(_BLANKS) not in text:
            what = f"{figure.indicator_id} ({figure.value})"
            yield Text(
                f"Cifra-cheie {what} nu este tipărită.", f"The key figure {what} is not printed."
            )
    for line in facts.indicators:
        if line.figure.code not in text:
            what = f"{line.figure.indicator_id} ({line.figure.code})"
            yield Text(f"Cifra {what} nu este tipărită.", f"The figure {what} is not printed.")


def _broken_letters(pages: list[str]) -> Iterator[Text]:
    for number, text in enumerate(pages, start=1):
        for letter, name in (
            ("■", Text("un pătrat negru", "a black square")),
            ("\ufffd", Text("un semn de înlocuire", "a replacement character")),
            ("\x00", Text("un gol", "a blank")),
        ):
            if letter in text:
                yield Text(
                    f"Pagina {number} are {name.ro} în locul unei litere.",
                    f"Page {number} prints {name.en} in place of a letter.",
                )


def _fonts_not_embedded(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for page in document:
        for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(shape.raw)
            if not raw.FPDFFont_GetIsEmbedded(font):
                name = ctypes.create_string_buffer(200)
                raw.FPDFFont_GetBaseFontName(font, name, 200)
                yield name.value.decode("utf-8", "replace")
