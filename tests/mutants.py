"""One good workbook, and what people, programs and accidents do to it."""

import io
import unicodedata
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.sax.saxutils import escape

from openpyxl import Workbook

from flows.steps.catalogue import Catalogue
from flows.steps.reading.places import column_letters
from tests import workbooks
from tests.quality_cases import GOOD
from tests.workbooks import Cell, Raw

RAPORT, ACTIVITIES, BUDGET, ARTISTS = "Raport", "Activități", "Buget", "Artiști"
_IDS = {RAPORT: "raport", ACTIVITIES: "activitati", BUDGET: "buget", ARTISTS: "artisti"}
_REPORT = GOOD["raport"] | {"contact_name": "Ana Exemplu", "contact_email": "ana@example.org"}
_ORIGINS = ("local", "national", "international")
_ERROR, _UNCALCULATED = Raw('t="e"|<v>#REF!</v>'), Raw("|<f>SUM(Z1:Z9)</f>")
_FOUR_YEARS = timedelta(1462)

# A rule, and the row and the field that it asks about.
Ask = tuple[str, int | None, str | None]


@dataclass(frozen=True)
class Header:
    """What a column may be called."""

    ro: str
    en: str
    name: str


@dataclass
class Book:
    """Worksheets by title, each a list of rows of cells; and what each field may be called."""

    headers: dict[tuple[str, str], Header]
    sheets: dict[str, list[list[Cell]]] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[list[Cell]]:
        """The sheet of activities, header included."""
        return self.sheets[ACTIVITIES]

    def column(self, name: str) -> int:
        return self.rows[0].index(self.headers["activitati", name].ro)

    def row(self, **cells: Cell) -> list[Cell]:
        """A row of activities with nothing but these cells."""
        row: list[Cell] = [None] * len(self.rows[0])
        for name, cell in cells.items():
            row[self.column(name)] = cell
        return row

    def content(self) -> bytes:
        return workbooks.xlsx(self.sheets, self.hidden)


@dataclass(frozen=True)
class Mutation:
    """A change of the good workbook, and all that is asked about it.

    The change may answer with the bytes of the file. What nothing is asked about loads as it
    would have unchanged.
    """

    name: str
    change: Callable[[Book], object]
    asks: frozenset[Ask] = frozenset()
    file_name: str = "raport.xlsx"
    # Fields whose values the change changes.
    changes: tuple[str, ...] = ()

    def content(self, book: Book) -> bytes:
        changed = self.change(book)
        return changed if isinstance(changed, bytes) else book.content()


def good(tables: Catalogue, partner: str, project: str) -> Book:
    """Three activities, two lines of a budget and two artists, as Excel keeps them."""
    headers = {
        (row["sheet"], row["field"]): Header(row["label_ro"], row["label_en"], row["field"])
        for row in tables["form_fields"]
    }
    book = Book(headers)
    answers = _REPORT | {"partner_id": partner}
    book.sheets[RAPORT] = [[headers["raport", name].ro, text] for name, text in answers.items()]
    usual = GOOD["activitati"] | {"project_id": project, "venue_name": f"Sala {partner}"}
    usual |= {"volunteers": "2", "volunteer_hours": "12,5", "notes": None}
    usual |= {"attendance_online_live": None, "platform": None}
    activities = [
        usual | {"activity_id": "ACT-1", "title_ro": "Înțelegere, iarnă și vară"},
        usual | {"activity_id": "ACT-2", "title_ro": "Lumini", "attendance_in_person": "1800"},
        usual | {"activity_id": "007", "title_ro": "Spioni", "format": "hibrid"},
    ]
    activities[2] |= {"attendance_online_live": "65", "platform": "YouTube"}
    budget = [GOOD["buget"] | {"project_id": project, "chapter": text} for text in ("spații", None)]
    artists = [
        {"person_email": f"om{n}@example.org", "activity_id": code, "origin": "local"}
        for n, code in enumerate(("ACT-1", "007"))
    ]
    for title, rows in ((ACTIVITIES, activities), (BUDGET, budget), (ARTISTS, artists)):
        header: list[Cell] = [headers[_IDS[title], name].ro for name in rows[0]]
        book.sheets[title] = [header, *([_typed(text) for text in row.values()] for row in rows)]
    return book


def mutations() -> list[Mutation]:
    """All of them, each under a name of its own."""
    return [
        *_layouts(),
        *_tables(),
        *_worksheets(),
        *_headers(),
        *_files(),
        *_numbers(),
        *_days(),
        *_choices(),
        *_names(),
        *_answers(),
    ]


def _layouts() -> Iterator[Mutation]:
    """Rows and columns that are not where the form has them."""
    yield _is("the columns in reverse", lambda b: _each(b, lambda row: row[::-1]))
    yield _is("the table begins at C", lambda b: _each(b, lambda row: [None, None, *row]))
    yield _is("an empty column between", lambda b: _each(b, lambda row: [*row[:3], None, *row[3:]]))
    yield _is("the rows in reverse", lambda b: b.rows.extend([b.rows.pop(n) for n in (3, 2, 1)]))
    yield _is("notes above", lambda b: _insert(b, 0, ["Notă"], [], ["Scrieți mai jos"]))
    yield _is("headings over groups", lambda b: _insert(b, 0, ["Ce", None, None, "Unde"]))
    yield _is("empty rows between", lambda b: _insert(b, 2, [], [" "], []))
    yield _is("blanks far below", lambda b: b.rows.extend([*[[]] * 300, [None, " "]]))
    yield _is("rows of hard blanks", lambda b: _insert(b, 2, ["\u00a0"] * 9, ["\u3000", "\t"]))
    yield _is("a row of nothing visible", lambda b: _insert(b, 3, ["\u200b", "\ufeff", "\u2060"]))
    yield _is("the example row", lambda b: _insert(b, 1, b.row(activity_id="EXEMPLU-1")))
    yield _is(
        "the report across",
        lambda b: b.sheets.update({RAPORT: [*map(list, zip(*b.sheets[RAPORT], strict=True))]}),
    )
    yield _is("help beside the answers", lambda b: [row.append("?") for row in b.sheets[RAPORT]])
    yield _is("questions in another order", lambda b: b.sheets[RAPORT].reverse())
    yield _is("a right total", lambda b: _total(b, attendance_in_person=2160.0, volunteers=6.0))
    yield _is("a right total as text", lambda b: _total(b, attendance_in_person="2.160"))
    yield _is("a total never calculated", lambda b: _total(b, volunteers=_UNCALCULATED))
    yield _is(
        "a wrong total",
        lambda b: _total(b, attendance_in_person=2161.0),
        ("total_differs", 5, "attendance_in_person"),
    )
    yield _is("a column more", lambda b: _column(b, "Culoare"), ("unknown_column", 1, None))
    yield _is("a column without a name", lambda b: _column(b, None), ("unnamed_column", 1, None))
    yield _is("a column twice", lambda b: _column(b, "Title"), ("duplicate_column", 1, "title_ro"))
    yield _is("no column of titles", lambda b: _drop(b, 3), ("missing_column", 1, "title_ro"))
    yield _is(
        "no column of the audience",
        lambda b: _drop(b, b.column("attendance_in_person")),
        *(("column_left_out", row, "attendance_in_person") for row in (2, 3, 4)),
    )
    yield _is(
        "the column of the audience renamed",
        lambda b: b.rows[0].__setitem__(b.column("attendance_in_person"), "Spectatori"),
        ("unknown_column", 1, None),
        *(("column_left_out", row, "attendance_in_person") for row in (2, 3, 4)),
    )
    yield _is(
        "no column of formats",
        lambda b: _drop(b, b.column("format")),
        ("expected_left_out", None, "format"),
        changes=("format",),
    )
    yield _is(
        "a header over two rows, the artists below their group",
        _grouped_header,
        ("unknown_column", 1, None),
        ("unnamed_column", 1, None),
        *(("column_left_out", row, f"artists_{of}") for row in (3, 4, 5) for of in _ORIGINS),
    )
    yield _is("no column of notes", lambda b: _drop(b, b.column("notes")))
    yield _is(
        "a project merged down three rows",
        lambda b: [row.__setitem__(1, None) for row in b.rows[2:]],
        ("required", 3, "project_id"),
        ("required", 4, "project_id"),
    )
    yield _is(
        "a full stop far below",
        lambda b: b.rows.extend([*[[]] * 300, b.row(notes=".")]),
        ("stray_row", 305, "activity_id"),
    )
    yield _is("no header", lambda b: b.rows.pop(0), ("no_header", None, None))


def _tables() -> Iterator[Mutation]:
    """Headers, totals, notes and merged cells where a table does not expect them."""
    yield _is("the header once more among the rows", lambda b: _insert(b, 2, [*b.rows[0]]))
    yield _is("the header once more in English", lambda b: _insert(b, 3, _english(b)))
    yield _is(
        "a second table with two columns exchanged",
        lambda b: _insert(b, 2, _exchanged(b, "artists_local", "artists_national")),
        ("second_header", 3, "artists_national"),
        *_below(3),
    )
    yield _is(
        "a second header right below with two columns exchanged",
        lambda b: _insert(b, 1, _exchanged(b, "artists_local", "artists_national")),
        ("second_header", 2, "artists_national"),
        *_below(2, 3),
    )
    yield _is(
        "a second table that begins one column to the right",
        lambda b: _insert(b, 3, [None, *b.rows[0]]),
        ("second_header", 4, "activity_id"),
        *_below(3),
        ("unnamed_column", 1, None),
    )
    yield _is(
        "sorted with the header among the rows",
        lambda b: b.rows.insert(1, b.rows.pop(0)),
        ("above_header", 1, "activity_id"),
    )
    yield _is(
        "the header below all rows",
        lambda b: b.rows.append(b.rows.pop(0)),
        *(("above_header", row, "activity_id") for row in (1, 2, 3)),
    )
    yield _is(
        "columns numbered below the header",
        lambda b: _insert(b, 1, [float(n) for n, _ in enumerate(b.rows[0], start=1)]),
    )
    yield _is(
        "columns numbered above the header",
        lambda b: _insert(b, 0, [str(n) for n, _ in enumerate(b.rows[0])]),
    )
    for word in (
        "Total general:", "TOTAL T4 2020", "Total activități", "Sub-total", "Totalul perioadei",
        "T O T A L", "Total: 3 activități", "În total", "TOTAL (lei)", "Suma totală", "SUMĂ",
    ):  # fmt: skip
        yield _is(
            f"a total called {word!r}",
            lambda b, word=word: b.rows.append(
                b.row(activity_id=word, attendance_in_person=2160.0)
            ),
        )
    yield _is(
        "a total of a part, and one of all",
        lambda b: (
            _insert(b, 2, b.row(activity_id="Subtotal", attendance_in_person=180.0)),
            _total(b, attendance_in_person=2160.0),
        ),
    )
    yield _is(
        "a total beside a column of numbers",
        lambda b: (
            _each(b, lambda row: [None, *row]),
            [row.__setitem__(0, "Nr." if n == 0 else float(n)) for n, row in enumerate(b.rows)],
            b.rows.append(["TOTAL", *b.row(attendance_in_person=2160.0)[1:]]),
        ),
        ("unknown_column", 1, None),
    )
    yield _is(
        "words merged down three rows",
        lambda b: _merged(b, "languages", 2, 4),
        ("merged_cell", 3, "languages"),
        ("merged_cell", 4, "languages"),
        changes=("languages",),
    )
    yield _is(
        "a place merged down two rows",
        lambda b: _merged(b, "venue_name", 2, 3),
        ("merged_cell", 3, "venue_name"),
    )
    yield _is(
        "numbers merged side by side",
        lambda b: _merged(b, "artists_local", 2, 2, wide=3),
        ("merged_cell", 2, "artists_national"),
        ("merged_cell", 2, "artists_international"),
    )
    yield _is("a header merged over two rows", lambda b: _merged_header(b))
    yield _is("a note merged below", lambda b: _merged_note(b), ("stray_row", 6, "activity_id"))


def _worksheets() -> Iterator[Mutation]:
    """Worksheets renamed, added, hidden, missing."""
    for title in ("Activities", "ACTIVITATI", " activitati ", "Foaie1", "Acţiuni 2020"):
        yield _is(f"the sheet is called {title!r}", lambda b, title=title: _rename(b, title))
    yield _is("worksheets in reverse", lambda b: b.sheets.update(_taken_out(b, reverse=True)))
    yield _is("lists beside", lambda b: b.sheets.update({"liste": [["da", "nu"], ["yes", "no"]]}))
    yield _is(
        "a hidden worksheet", lambda b: (b.sheets.update(Note=[["x"]]), b.hidden.append("Note"))
    )
    yield _is("a draft beside", lambda b: _copy(b, "Ciornă"), ("ignored_sheet", None, None))
    yield _is(
        "a page more without a header",
        lambda b: b.sheets.update({"Activități 2": [b.row(activity_id="ACT-4")]}),
        ("ignored_sheet", None, None),
    )
    yield _is("the sheet twice", lambda b: _copy(b, "Activities"), ("duplicate_sheet", None, None))
    yield _is(
        "the sheet hidden",
        lambda b: b.hidden.append(ACTIVITIES),
        ("hidden_sheet", None, None),
        ("missing_sheet", None, None),
    )
    yield _is("no activities", lambda b: b.sheets.pop(ACTIVITIES), ("missing_sheet", None, None))
    yield _is("no report", lambda b: b.sheets.pop(RAPORT), ("missing_sheet", None, None))
    yield _is(
        "an older form: a column that is gone, one that came later, another version",
        lambda b: (_column(b, "Cod poștal"), _drop(b, b.column("platform")), _old_version(b)),
        ("unknown_column", 1, None),
        changes=("platform", "schema_version"),
    )


def _headers() -> Iterator[Mutation]:
    """Headers in other words."""
    yield _is("headers in English", lambda b: _relabel(b, lambda header: header.en))
    yield _is(
        "headers in both languages",
        lambda b: _relabel(b, lambda header: f"{header.ro} / {header.en}"),
    )
    yield _is("headers by their ids", lambda b: _relabel(b, lambda header: header.name))
    yield _is("headers in capitals", lambda b: _relabel(b, lambda header: f"{header.ro.upper()} *"))
    yield _is("headers in bare letters", lambda b: _relabel(b, lambda header: _bare(header.ro)))
    yield _is("headers with cedillas", lambda b: _relabel(b, lambda header: _cedillas(header.ro)))
    yield _is(
        "headers on two lines",
        lambda b: _relabel(b, lambda header: header.ro.replace(" ", "\n", 1)),
    )
    yield _is(
        "headers with marks that nobody sees",
        lambda b: _relabel(b, lambda header: f"\u200b{header.ro[:3]}\u00ad{header.ro[3:]}\ufeff"),
    )
    yield _is("headers in letters apart", lambda b: _relabel(b, lambda h: _apart(h.ro)))
    yield _is("headers with I of other languages", lambda b: _relabel(b, lambda h: _dotted(h.ro)))
    yield _is(
        "headers with hard blanks and remarks",
        lambda b: _relabel(b, lambda h: f"{h.ro} (completați) :".replace(" ", "\u00a0")),
    )
    yield _is("a second header in English", lambda b: _insert(b, 1, _english(b)))


def _files() -> Iterator[Mutation]:
    """The same rows in other containers, and containers that broke."""
    refused = None, None
    yield _is("written by another program", _by_another_program)
    yield _is("with macros", _with_macros, file_name="raport.xlsm")
    yield _is("days counted from 1904", _from_1904)
    yield _is("rows hidden by a filter", lambda b: _xml(b, "<row ", '<row hidden="1" '))
    yield _is("OpenDocument", _ods, file_name="raport.ods")
    yield _is("a workbook named .csv", lambda b: b.content(), file_name="raport.csv")
    yield _is("cut off", lambda book: book.content()[:-200], ("damaged_workbook", *refused))
    yield _is("empty", lambda _: b"", ("empty_file", *refused))
    yield _is("a PDF", lambda _: b"%PDF-1.7", ("save_as_xlsx", *refused), file_name="raport.pdf")
    yield _is("an old .xls", lambda _: b"\xd0\xcf\x11\xe0", ("save_as_xlsx", *refused))
    yield _is(
        "merged over the whole sheet",
        lambda b: _xml(
            b, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:Z9"/></mergeCells>'
        ),
    )


def _numbers() -> Iterator[Mutation]:
    """Numbers as people and programs write them."""
    for same in ("180", "180,0", " 180 ", "180\u200b", "\u200e180\u00a0", "00180", "180,00"):
        yield _cell("attendance_in_person", same)
    for same in ("1800", "1.800", "1.800,00"):
        yield _cell("attendance_in_person", same, row=3)
    for asked in (
        "cca. 60", "60+", ">60", "~60", "60 pers.", "180*", "3-4", "18O", "zero", "nu e cazul", "x",
        "1 234,5", "1’234", "'180", "180%", "180.0", "１８０", "+180", "−180", "1,8E+02",
        "180 / 190",
        "=SUM(A1:A3)", "1.8 mii", "NaN", Raw("|<v>1E+400</v>"), Raw('t="d"|<v>2020-10-17</v>'),
        "peste 60", "≈150", "100-150", "circa 180", "180 persoane", "180?", "1,800", "1 800", "1.8",
        "1,000", "N/A", "-", "o sută", True, date(2020, 1, 31), 180.5, 1e15,
    ):  # fmt: skip
        yield _cell("attendance_in_person", asked, "not_a_whole_number")
    yield _cell("attendance_in_person", Raw("|<v>180.00000000000003</v>"))
    yield _cell("attendance_in_person", Raw("|<f>90*2</f><v>180</v>"))
    yield _cell("attendance_in_person", Raw('t="str"|<f>"18"&amp;"0"</f><v>180</v>'))
    yield _cell("attendance_in_person", Raw('t="str"|<f>""</f><v></v>'), "required_when")
    yield _cell("attendance_in_person", Raw('t="e"|<v>#SPILL!</v>'), "error_cell")
    yield _cell("attendance_in_person", -180.0, "too_small")
    yield _cell("attendance_in_person", 40722123456.0, "too_large")
    yield _cell("attendance_in_person", None, "required_when")
    yield _cell("attendance_in_person", _ERROR, "error_cell")
    yield _cell("attendance_in_person", _UNCALCULATED, "uncalculated_formula")
    for same in ("12,50", "12,5"):
        yield _cell("volunteer_hours", same)
    for asked in ("12.5", "12,500", "12 ore", "12:30"):
        yield _cell("volunteer_hours", asked, "not_an_amount")


def _days() -> Iterator[Mutation]:
    """Days as people and programs write them."""
    for same in ("17.10.2020", "17/10/2020", "17-10-2020", "2020-10-17", "17.10.2020 "):
        yield _cell("start_date", same)
    yield _cell("start_date", Raw('s="1"|<v>44121.75</v>'))
    for asked in (
        "12.III.2020", "1-3 mai 2020", "mai 2020", "17.10.2020 19:00", "17.10.2020.", "2020.10.17",
        "01.10.2020 - 31.10.2020", "17–10–2020", "vineri, 17.10.2020", "17.10.2020\nora 19",
        "-", 1e5,
    ):  # fmt: skip
        yield _cell("start_date", asked, "not_a_date")
    yield _cell("start_date", "44121,5", "date_as_number")
    for asked in ("31.02.2020", "10/17/2020", "17 octombrie", "17.10.20", "17-18.10.2020", 2020.0):
        yield _cell("start_date", asked, "not_a_date")
    yield _cell("start_date", 44121.0, "date_as_number")
    yield _cell("start_date", "44121", "date_as_number")
    yield _cell("start_date", "17.10.0202", "far_date")
    yield _cell("start_date", "19.10.2020", ("ends_before_start", 2, "end_date"))


def _choices() -> Iterator[Mutation]:
    """Words that stand in a list, or nearly."""
    for same in ("REALIZATĂ", "realizata", "Delivered", "delivered"):
        yield _cell("status", same)
    yield _cell("status", "gata", "not_in_list")
    yield _cell("primary_discipline", "arte vizuala", "not_in_list")
    yield _cell("primary_discipline", None, "required")
    yield _cell("format", "faţă în faţă")
    for same in ("D1;D4", "d1; d4", " D1 ;; D4 "):
        yield _cell("objectives", same)
    for asked in ("D1, D4", "D1; X9"):
        yield _cell("objectives", asked, "not_in_list")
    yield _cell("objectives", "D1; D2; D3; D4", "too_many_answers")


def _names() -> Iterator[Mutation]:
    """Names and codes, and what stands in their place."""
    yield _cell("title_ro", "Înţelegere,\n iarnă  şi\u00a0vară")
    yield _cell("title_ro", "\ufeffÎnțe\u00adlegere, iarnă\u200b și vară")
    yield _cell("title_ro", date(2020, 2, 1), "code_as_date")
    yield _cell("venue_name", date(2020, 2, 1), "code_as_date")
    for sign in (
        "-",
        "—",
        ".",
        "?",
        "N/A",
        "n.a.",
        "nu e cazul",
        "Nu este cazul",
        "idem",
        '"',
        "la fel",
    ):
        yield _cell("venue_name", sign, "says_nothing")
    for sign in ("155243.0", 155243.5, "12:30"):
        yield _cell("locality_siruta", sign, "code_mangled")
    yield _cell("project_id", "TM-PR999", "not_in_list")
    unknown = "unknown_activity", 2, "activity_id"
    twice = "repeated_code", 3, "activity_id"
    yield _cell("activity_id", date(2020, 2, 1), "code_as_date", unknown)
    for code in ('="ACT-1"', "'ACT-1", "12:30", "1E+03", 7.5):
        yield _cell("activity_id", code, "code_mangled", unknown)
    for code in ("act-1", "ACT 1", "ACT–1"):
        yield _cell("activity_id", code, "code_changed", unknown)
    yield _cell("activity_id", "-", "says_nothing", unknown)
    yield _cell("activity_id", "ACT-2", "repeated_code", twice, unknown)
    yield _cell("activity_id", 7.0, "code_changed", ("unknown_activity", 3, "activity_id"), row=4)


def _answers() -> Iterator[Mutation]:
    """What stands beside a question of the report."""
    yield _answer("partner_id", "TM-P099", "foreign_partner")
    yield _answer("period", "T4 2020", "unknown_period")
    yield _answer("period", None, "required")
    yield _answer("declaration", True)
    yield _answer("declaration", "Yes")
    yield _answer("declaration", "NU", "not_declared")
    yield _answer("declaration", "poate", "not_yes_or_no")
    yield _answer("submission_kind", "First report")
    yield _answer("submission_kind", "fără activitate", "nil_with_activity")
    yield _answer("contact_email", "nu am", "no_contact")


def _is(
    name: str,
    change: Callable[[Book], object],
    *asks: Ask,
    file_name: str = "raport.xlsx",
    changes: tuple[str, ...] = (),
) -> Mutation:
    return Mutation(name, change, frozenset(asks), file_name, changes)


def _cell(name: str, cell: Cell, *asks: str | Ask, row: int = 2) -> Mutation:
    said = frozenset((ask, row, name) if isinstance(ask, str) else ask for ask in asks)

    def change(book: Book) -> None:
        book.rows[row - 1][book.column(name)] = cell

    return Mutation(f"{name} in row {row}: {cell!r}", change, said)


def _answer(name: str, cell: Cell, *asks: str) -> Mutation:
    row = list(_REPORT).index(name)

    def change(book: Book) -> None:
        book.sheets[RAPORT][row][1] = cell

    return Mutation(f"{name}: {cell!r}", change, frozenset((ask, row + 1, name) for ask in asks))


def _typed(text: str | None) -> Cell:
    """A text as Excel keeps it once it is typed into a cell."""
    if text is None or text.startswith("0"):
        return text
    if text.replace(",", "").isdecimal():
        return float(text.replace(",", "."))
    day, _, rest = text.partition(".")
    month, _, year = rest.partition(".")
    return date(int(year), int(month), int(day)) if len(year) == 4 else text


def _each(book: Book, change: Callable[[list[Cell]], list[Cell]]) -> None:
    book.rows[:] = map(change, book.rows)


def _insert(book: Book, index: int, *rows: list[Cell]) -> None:
    book.rows[index:index] = rows


def _total(book: Book, **cells: Cell) -> None:
    book.rows.append(book.row(activity_id="TOTAL", **cells))


def _column(book: Book, header: str | None) -> None:
    for row, cell in zip(book.rows, (header, "roșu", None, "alb"), strict=True):
        row.append(cell)


def _drop(book: Book, column: int) -> None:
    for row in book.rows:
        del row[column]


def _copy(book: Book, title: str) -> None:
    book.sheets[title] = deepcopy(book.rows)


def _taken_out(book: Book, *, reverse: bool = False) -> dict[str, list[list[Cell]]]:
    taken = list(book.sheets.items())
    book.sheets.clear()
    return dict(taken[::-1] if reverse else taken)


def _rename(book: Book, new: str) -> None:
    taken = _taken_out(book)
    book.sheets.update({new if old == ACTIVITIES else old: taken[old] for old in taken})


def _relabel(book: Book, word: Callable[[Header], str]) -> None:
    """Give every header another wording."""
    for title, sheet in _IDS.items():
        new = {header.ro: word(header) for (of, _), header in book.headers.items() if of == sheet}
        for row in book.sheets[title] if title == RAPORT else book.sheets[title][:1]:
            row[:] = [new.get(cell, cell) if isinstance(cell, str) else cell for cell in row]


def _grouped_header(book: Book) -> None:
    """Three columns share a cell above, which says what they have in common."""
    first, below = book.column("artists_local"), book.row()
    for column in range(first, first + len(_ORIGINS)):
        below[column], book.rows[0][column] = book.rows[0][column], None
    book.rows[0][first] = "Artiști"
    _insert(book, 1, below)


def _below(*artists: int) -> list[Ask]:
    """What follows when activities below a second header are not read: those of these artists."""
    asked: list[Ask] = [("unknown_activity", row, "activity_id") for row in artists]
    few: list[Ask] = [("declared_above_sum", 7, "volunteers_unique_declared")]
    return asked + few * (len(artists) == 1)


def _exchanged(book: Book, *names: str) -> list[Cell]:
    """The header of the activities with two columns exchanged."""
    header, (one, other) = [*book.rows[0]], map(book.column, names)
    header[one], header[other] = header[other], header[one]
    return header


def _merged(book: Book, name: str, top: int, bottom: int, wide: int = 1) -> bytes:
    """Cells merged into one, as programs write it: only the first of them keeps its answer."""
    if book.headers["activitati", name].ro not in book.rows[0]:
        for row, cell in zip(
            book.rows, (book.headers["activitati", name].ro, "română"), strict=False
        ):
            row.append(cell)
        for row in book.rows[2:]:
            row.append(None)
    left = book.column(name)
    for row in range(top, bottom + 1):
        for column in range(left, left + wide):
            if (row, column) != (top, left):
                book.rows[row - 1][column] = None
    first, last = column_letters(left + 1), column_letters(left + wide)
    return _with_merge(book, f"{first}{top}:{last}{bottom}")


def _merged_header(book: Book) -> bytes:
    _insert(book, 1, [])
    return _with_merge(book, "A1:A2")


def _merged_note(book: Book) -> bytes:
    book.rows.extend(([], book.row(activity_id="Cifrele sunt estimări.")))
    return _with_merge(book, "A6:H6")


def _with_merge(book: Book, cells: str) -> bytes:
    merged = f'</sheetData><mergeCells><mergeCell ref="{cells}"/></mergeCells>'
    parts = _parts(book)
    part = f"xl/worksheets/sheet{1 + [*book.sheets].index(ACTIVITIES)}.xml"
    parts[part] = parts[part].replace(b"</sheetData>", merged.encode())
    return workbooks.package(parts)


def _english(book: Book) -> list[Cell]:
    """The header of the activities in English."""
    words = {h.ro: h.en for (sheet, _), h in book.headers.items() if sheet == "activitati"}
    return [words[str(cell)] for cell in book.rows[0]]


def _old_version(book: Book) -> None:
    book.sheets[RAPORT][0][1] = "2019.1"


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _dotted(text: str) -> str:
    return text.upper().replace("I", "İ")


def _cedillas(text: str) -> str:
    return text.translate(str.maketrans("șțȘȚ", "şţŞŢ"))


def _parts(book: Book) -> dict[str, bytes]:
    return workbooks.parts({title: workbooks.sheet(rows) for title, rows in book.sheets.items()})


def _xml(book: Book, old: str, new: str) -> bytes:
    """The workbook with another wording of its worksheets' XML."""
    return workbooks.package(
        {
            name: part.replace(old.encode(), new.encode()) if "worksheets/" in name else part
            for name, part in _parts(book).items()
        }
    )


def _with_macros(book: Book) -> bytes:
    return workbooks.package({**_parts(book), "xl/vbaProject.bin": b"a macro"})


def _from_1904(book: Book) -> bytes:
    """As old Macs count: the same days under smaller numbers."""
    for row in book.rows:
        row[:] = [cell - _FOUR_YEARS if isinstance(cell, date) else cell for cell in row]
    parts = _parts(book)
    workbook = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = workbook.replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    return workbooks.package(parts)


def _by_another_program(book: Book) -> bytes:
    other = Workbook()
    other.remove(other.worksheets[0])
    for title, rows in book.sheets.items():
        page = other.create_sheet(title)
        for row in rows:
            page.append(row)
    target = io.BytesIO()
    other.save(target)
    return target.getvalue()


def _ods(book: Book) -> bytes:
    tables = [
        (
            title,
            "".join(
                f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
            ),
        )
        for title, rows in book.sheets.items()
    ]
    (first, rows_xml), *others = tables
    for title, more in others:
        rows_xml += f'</table:table><table:table table:name="{title}">{more}'
    return workbooks.ods(rows_xml, first)


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    kind, value = "string", ""
    if isinstance(cell, date):
        kind, value = "date", f' office:date-value="{cell}"'
    elif isinstance(cell, float):
        kind, value = "float", f' office:value="{cell}"'
    text = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}"{value}>{text}</table:table-cell>'
