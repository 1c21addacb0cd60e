"""What a page is to those who do not see it: headings, paragraphs, tables, pictures with words.

reportlab draws but does not tag. This adds the structure tree of PDF 1.7 (14.7, 14.8): whoever
draws says inside which element; what is decoration is an artifact. Nothing here claims
conformance with PDF/UA or PDF/A: only a validator could say so.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFPage,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

_ROOT = "StructureRoot"
# Keys of links in the parent tree come after those of all pages.
_FIRST_LINK_KEY = 1_000_000

Box = tuple[float, float, float, float]


@dataclass
class Element:
    """One element of the tree. kids are elements, (page, mark) pairs, or references to links."""

    kind: str
    parent: "Element | None" = None
    alt: str | None = None
    attributes: dict[str, object] = field(default_factory=dict)
    kids: "list[Element | tuple[int, int] | PDFDictionary]" = field(default_factory=list)
    name: str = ""


class TaggedCanvas(Canvas):
    """A canvas that knows which element is being drawn, and writes the tree when it is saved."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._root = Element("Document")
        self._open = self._root
        self._is_marked = False
        self._marks: dict[int, list[Element]] = {}
        self._links: dict[int, Element] = {}
        self._shared: dict[object, Element] = {}

    @contextmanager
    def element(self, kind: str, shared: object = None, **attributes: object) -> Generator[Element]:
        """Everything drawn meanwhile belongs to this element.

        The same shared key opens the same element again: a table that goes on overleaf is one.
        """
        outer = self._open
        inner = self._shared.get(shared) if shared is not None else None
        if inner is None:
            inner = Element(kind, outer, attributes=attributes)
            outer.kids.append(inner)
            if shared is not None:
                self._shared[shared] = inner
        self._open = inner
        try:
            yield inner
        finally:
            self._open = outer

    @contextmanager
    def content(
        self, kind: str, alt: str | None = None, box: Box | None = None
    ) -> Generator[Element | None]:
        """What is drawn meanwhile is the content of one element; inside another it adds nothing."""
        if self._is_marked:
            yield None
            return
        with self.element(kind) as element:
            element.alt = alt
            if box is not None:
                corners = PDFArray([round(v, 2) for v in self._absRect(box, 1)])
                element.attributes |= {
                    "O": PDFName("Layout"),
                    "Placement": PDFName("Block"),
                    "BBox": corners,
                }
            page = self.getPageNumber() - 1
            marks = self._marks.setdefault(page, [])
            element.kids.append((page, len(marks)))
            with self._marked(f"/{kind} <</MCID {len(marks)}>> BDC"):
                marks.append(element)
                yield element

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Generator[None]:
        """Decoration: drawn, but never read aloud."""
        if self._is_marked:
            yield
            return
        with self._marked(f"/Artifact <</Type /{kind}>> BDC"):
            yield

    def link(self, element: Element, box: Box, words: str, *, to: str) -> None:
        """A link from this place to a bookmark of the same file; none leads out of it."""
        key = _FIRST_LINK_KEY + len(self._links)
        link = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray(self._absRect(box, 1)),
            "Border": "[0 0 0]",
            "F": 4,
            "Contents": PDFString(words),
            "StructParent": key,
            "Dest": self._bookmarkReference(to),
        }
        self._addAnnotation(PDFDictionary(link))
        self._links[key] = element
        page = PDFObjectReference(f"Page{self.getPageNumber()}")
        reference = {"Type": PDFName("OBJR"), "Pg": page, "Obj": self._annotationrefs[-1]}
        element.kids.append(PDFDictionary(reference))

    def save(self) -> None:
        """Write the tree into the catalogue, then the file."""
        self._write_tree()
        super().save()

    @contextmanager
    def _marked(self, opening: str) -> Generator[None]:
        self.addLiteral(opening)
        self._is_marked = True
        try:
            yield
        finally:
            self._is_marked = False
            self.addLiteral("EMC")

    def _setAnnotations(self, page: PDFPage) -> None:  # noqa: N802 - a hook of reportlab's
        super()._setAnnotations(page)
        # On this page alone: the class's own list is shared by every PDF of the process.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        vars(page).update(StructParents=self.getPageNumber() - 1, Tabs=PDFName("S"))

    def _write_tree(self) -> None:
        elements = list(_walk(self._root))
        for number, element in enumerate(elements):
            element.name = f"Element{number}"
        for element in elements:
            self._doc.Reference(_dictionary(element), element.name)
        numbers: list[object] = []
        for page, marks in sorted(self._marks.items()):
            numbers += [page, PDFArray([PDFObjectReference(e.name) for e in marks])]
        for key, element in sorted(self._links.items()):
            numbers += [key, PDFObjectReference(element.name)]
        root = {
            "Type": PDFName("StructTreeRoot"),
            "K": PDFArray([PDFObjectReference(self._root.name)]),
            "ParentTree": PDFDictionary({"Nums": PDFArray(numbers)}),
            "ParentTreeNextKey": _FIRST_LINK_KEY + len(self._links),
        }
        tree = PDFDictionary(root)
        vars(tree).update(__RefOnly__=1)
        self._doc.Reference(tree, _ROOT)
        vars(self._doc.Catalog).update(
            StructTreeRoot=PDFObjectReference(_ROOT),
            MarkInfo=PDFDictionary({"Marked": "true"}),
        )


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _walk(kid)


def _dictionary(element: Element) -> PDFDictionary:
    marks = [kid for kid in element.kids if isinstance(kid, tuple)]
    page = marks[0][0] if marks else None
    kids: list[object] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(PDFObjectReference(kid.name))
        elif isinstance(kid, tuple) and kid[0] == page:
            kids.append(kid[1])
        elif isinstance(kid, tuple):
            where = PDFObjectReference(f"Page{kid[0] + 1}")
            kids.append(PDFDictionary({"Type": PDFName("MCR"), "Pg": where, "MCID": kid[1]}))
        else:
            kids.append(kid)
    parent = element.parent.name if element.parent else _ROOT
    entries: dict[str, object] = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.kind),
        "P": PDFObjectReference(parent),
        "K": PDFArray(kids),
    }
    if page is not None:
        entries["Pg"] = PDFObjectReference(f"Page{page + 1}")
    if element.alt:
        entries["Alt"] = PDFString(element.alt)
    if element.attributes:
        entries["A"] = PDFDictionary(element.attributes)
    return PDFDictionary(entries)
