"""Reads a PDF back as a stranger would, for the tests of the report."""

import ctypes
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from pypdfium2 import raw

from reports.verify import page_text


def pages(pdf: bytes) -> list[str]:
    """The words of each page, with plain spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page_text(document, number) for number in range(len(document))]


def page_lines(pdf: bytes) -> list[str]:
    """The words of each page, line by line, as a golden text is kept."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [
            document[number].get_textpage().get_text_range() for number in range(len(document))
        ]
    return ["\n".join(line.rstrip() for line in text.splitlines()) + "\n" for text in texts]


def elements(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Kind and words for the blind of every element of the structure, page by page."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            with closing(document[number]) as page:
                tree = raw.FPDF_StructTree_GetForPage(page.raw)
                for place in range(raw.FPDF_StructTree_CountChildren(tree)):
                    yield from _elements(raw.FPDF_StructTree_GetChildAtIndex(tree, place))
                raw.FPDF_StructTree_Close(tree)


def _elements(element: object) -> Iterator[tuple[str, str]]:
    if not element:
        return
    kind = _string(raw.FPDF_StructElement_GetType, element)
    yield kind, _string(raw.FPDF_StructElement_GetAltText, element)
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        yield from _elements(raw.FPDF_StructElement_GetChildAtIndex(element, place))


def _string(get: object, element: object) -> str:
    size = get(element, None, 0)  # ty: ignore[not-callable]
    buffer = ctypes.create_string_buffer(max(size, 2))
    get(element, buffer, size)  # ty: ignore[not-callable]
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")
