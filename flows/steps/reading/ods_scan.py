"""What the parser hides in an .ods: error cells, formulas never calculated, absurd extents.

Every function takes the chunks of a part and raises Refused for what no office program writes.
"""

from flows.steps.reading.marks import Extent, Marks, add_mark, add_merge
from flows.steps.reading.places import LAST_COLUMN, LAST_ROW
from flows.steps.reading.refused import Refused
from flows.steps.reading.xml_walk import Chunks, bare, local, pairs, parse


def is_encrypted(chunks: Chunks) -> bool:
    """Whether the manifest of an .ods says that its parts are encrypted."""
    found = False

    def start(tag: str, _attributes: list[str]) -> None:
        nonlocal found
        found = found or bare(tag) == "encryption-data"

    parse(chunks, start)
    return found


def content(chunks: Chunks) -> dict[str, Marks]:
    """Marks of each worksheet of an .ods, by title, in their order."""
    scan = _Content()
    parse(chunks, scan.start, scan.text, end=scan.end)
    return scan.sheets


class _Content:
    """The state of a walk through content.xml of an .ods."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self._marks = Marks()
        self._extent = Extent("")
        self._row = self._row_repeated = 0
        self._column = self._column_repeated = 0
        self._is_error = self._is_in_cell = False
        self._formula: str | None = None
        self._text: list[str] = []

    def start(self, tag: str, attributes: list[str]) -> None:
        tag = bare(tag)
        if tag == "table":
            title = local(attributes).get("name", "")
            if title in self.sheets:
                raise Refused("damaged_workbook", title, reason="workbook")
            self._marks = self.sheets[title] = Marks()
            self._extent = Extent(title)
            self._row = self._row_repeated = 0
        elif tag == "table-row":
            self._row += self._row_repeated or 1
            self._row_repeated = self._repeated(attributes, "number-rows-repeated", LAST_ROW)
            self._column = self._column_repeated = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._column += self._column_repeated or 1
            self._start_cell(attributes)

    def end(self, tag: str) -> None:
        if bare(tag) in ("table-cell", "covered-table-cell"):
            self._finish_cell()

    def text(self, text: str) -> None:
        if self._is_in_cell and self._is_error:
            self._text.append(text)

    def _start_cell(self, attributes: list[str]) -> None:
        given = local(attributes)
        self._column_repeated = self._repeated(attributes, "number-columns-repeated", LAST_COLUMN)
        kinds = [value for name, value in pairs(attributes) if bare(name) == "value-type"]
        self._is_error = "error" in kinds
        self._formula = given.get("formula") if not kinds else None
        self._text = []
        self._is_in_cell = True
        if any(name.endswith("-spanned") for name in given):
            self._note_merge(attributes)
        if kinds or self._formula is not None:
            last = self._column + self._column_repeated - 1
            self._extent.add(self._row, last, self._row_repeated)

    def _finish_cell(self) -> None:
        self._is_in_cell = False
        if not self._is_error and self._formula is None:
            return
        marks = self._marks.errors if self._is_error else self._marks.uncalculated
        text = ("".join(self._text).strip() or "#?") if self._is_error else self._formula or "="
        for row in range(self._row, self._row + self._row_repeated):
            for column in range(self._column, self._column + self._column_repeated):
                add_mark(self._marks, marks, (row, column), text)

    def _note_merge(self, attributes: list[str]) -> None:
        rows = self._repeated(attributes, "number-rows-spanned", LAST_ROW)
        columns = self._repeated(attributes, "number-columns-spanned", LAST_COLUMN)
        last = self._row + rows - 1, self._column + columns - 1
        add_merge(self._marks, self._extent.title, (self._row, self._column), last)

    def _repeated(self, attributes: list[str], name: str, most: int) -> int:
        text = local(attributes).get(name, "1")
        if not text.isdecimal() or len(text) > 7 or not 1 <= int(text) <= most:
            raise Refused("damaged_workbook", self._extent.title, reason="reference")
        return int(text)
