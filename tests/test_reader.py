import csv
import io
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.steps.reading import contents, reader
from flows.steps.reading.cells import cell_to_text, clean
from flows.steps.reading.form import fold, from_tables, to_tables
from flows.steps.reading.reader import ToRead
from flows.steps.reading.rows import person_key
from flows.steps.settings import CHECKOUT
from tests import kept_rows
from tests.workbooks import (
    ACTIVITY,
    FORM,
    HEADER,
    RAPORT,
    Cell,
    Raw,
    honest,
    ods,
    package,
    parts,
    sheet,
    xlsx,
)

KEY = b"k" * 32
CSV_HEADER = "Cod activitate", "Titlu", "Data începerii", "Public prezent (total)"


class Read:
    """What the reading of one file gave, with the questions that tests ask about it."""

    def __init__(self, parquet: bytes | None, summary: dict[str, Any]) -> None:
        self.parquet = parquet
        self.summary = summary
        self.findings = summary["findings"]
        self.rules = [finding["rule"] for finding in summary["findings"]]

    def rows(self, wanted: str = "activitati") -> list[dict[str, Any]]:
        assert self.parquet is not None
        return [
            {name: value for name, value in row.items() if value is not None and name != "sheet"}
            for row in kept_rows.read(self.parquet)
            if row["sheet"] == wanted
        ]

    def finding(self, rule: str) -> dict[str, Any]:
        (found,) = [finding for finding in self.findings if finding["rule"] == rule]
        return found


def understood(content: bytes, name: str = "TM-P042.xlsx") -> Read:
    return Read(*contents.read_bytes(content, name, FORM, KEY))


def with_activities(*rows: Iterable[Cell]) -> Read:
    return understood(honest(Activități=rows))


def csv_of(*rows: Iterable[str], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


ReadAll = Callable[..., dict[str, Read]]


@pytest.fixture
def read(tmp_path: Path) -> ReadAll:
    """Reads files as a night does: by path, in child processes."""

    def read_all(**contents: bytes) -> dict[str, Read]:
        files = []
        for name, content in contents.items():
            path = tmp_path / name
            path.write_bytes(content)
            files.append(ToRead(path, name, f"{name}.xlsx"))
        return {r.sha256: Read(r.parquet, r.summary) for r in reader.read(files, FORM, KEY)}

    return read_all


# --- Where things stand -------------------------------------------------------------------------


def test_an_honest_workbook_reads_without_a_finding() -> None:
    got = understood(honest())
    assert got.findings == []
    assert got.rows() == [
        {
            "row_number": 2,
            "activity_id": "A1",
            "title_ro": "Lumini pe Bega",
            "start_date": "2020-10-03",
            "attendance": "120",
        }
    ]
    assert got.summary["kind"] == "xlsx"
    assert got.summary["form_version"] == "2020.1"
    assert got.summary["sheets"]["activitati"] == {
        "name": "Activități",
        "seen": 1,
        "set_aside": 0,
        "columns": {"activity_id": "A", "title_ro": "B", "start_date": "C", "attendance": "D"},
    }


def test_row_numbers_stay_true_under_notes_and_between_blank_rows() -> None:
    got = with_activities(
        ["Completați numai rândurile albe"], [], [], HEADER, [], ACTIVITY, [], ACTIVITY
    )
    assert [row["row_number"] for row in got.rows()] == [6, 8]
    assert got.summary["sheets"]["activitati"]["seen"] == 2


def test_a_report_written_downwards_names_the_cell_of_each_answer() -> None:
    got = understood(honest(Raport=[["Notă"], [], *[[None, *row] for row in RAPORT]]))
    raport = got.summary["sheets"]["raport"]
    assert (raport["columns"]["period"], raport["rows"]["period"]) == ("C", 5)
    assert got.rows("raport")[0]["period"] == "2020-Q4"


def test_help_beside_a_blank_question_is_no_answer() -> None:
    rows = [[*row, "Scrieți ce știți."] for row in RAPORT]
    got = understood(honest(Raport=[*rows, ["Rezultate deosebite", None, "Cel mult o pagină."]]))
    assert "narrative" not in got.rows("raport")[0]


def test_a_report_written_across_reads_the_same() -> None:
    across = [list(column) for column in zip(*RAPORT, strict=True)]
    got = understood(honest(Raport=across))
    assert got.findings == []
    assert got.rows("raport")[0] == {**understood(honest()).rows("raport")[0], "row_number": 2}


@pytest.mark.parametrize(
    "title", ["Activities", "activitati", "ACTIVITĂȚI", "Activitati ", "Foaie1"]
)
def test_a_sheet_is_found_by_its_title_in_either_language_or_by_its_headers(title: str) -> None:
    got = understood(xlsx({"Report": RAPORT, title: [HEADER, ACTIVITY]}))
    assert got.findings == []
    assert got.summary["sheets"]["activitati"]["name"] == title
    assert len(got.rows()) == 1


@pytest.mark.parametrize(
    "header",
    [
        ["Attendance", "Title", "Start date", "Activity code"],
        ["attendance", "title_ro", "start_date", "activity_id"],
        ["PUBLIC PREZENT", "titlu*", "Data inceperii:", "Cod  activitate"],
        [
            "Public prezent (total) / Attendance",
            "Titlu\nTitle",
            "Data începerii (ZZ.LL.AAAA)",
            "Cod activitate",
        ],
    ],
)
def test_columns_are_found_by_their_words_in_any_order(header: list[str]) -> None:
    got = with_activities(header, [120.0, "Lumini pe Bega", date(2020, 10, 3), "A1"])
    assert got.rules == []
    assert got.rows() == understood(honest()).rows()


def test_a_second_header_in_the_other_language_is_no_row() -> None:
    got = with_activities(HEADER, ["Activity code", "Title", "Start date", "Attendance"], ACTIVITY)
    assert [row["row_number"] for row in got.rows()] == [3]


def test_an_ods_keeps_its_row_numbers() -> None:
    def cells(*texts: str) -> str:
        return "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>"
            for text in texts
        )

    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    rows = (
        f"{blank}<table:table-row>{cells(*CSV_HEADER)}</table:table-row>{blank}"
        f"<table:table-row>{cells('A1', 'Lumini', '3.10.2020')}</table:table-row>"
    )
    got = understood(ods(rows), "raport.ods")
    assert got.rows() == [
        {"row_number": 8, "activity_id": "A1", "title_ro": "Lumini", "start_date": "3.10.2020"}
    ]
    assert got.rules == ["missing_sheet"]


# --- CSV ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_csv_reads_in_every_encoding_and_delimiter_that_office_programs_write(
    encoding: str, delimiter: str
) -> None:
    text = csv_of(
        ("Notă",), CSV_HEADER, ("A1", "Înţelegere", "2020-10-03", "120"), delimiter=delimiter
    )
    got = understood(text.encode(encoding), "activitati.csv")
    assert got.findings == []
    assert got.rows() == [
        {
            "row_number": 3,
            "activity_id": "A1",
            "title_ro": "Înțelegere",
            "start_date": "2020-10-03",
            "attendance": "120",
        }
    ]
    assert got.summary["sheets"]["activitati"]["columns"]["title_ro"] is None


def test_a_row_of_a_csv_is_numbered_by_its_first_physical_line() -> None:
    text = csv_of(CSV_HEADER, ("A1", '"două\r\nrânduri"', "", "1"), (), ("A2", "b", "", "2"))
    got = understood(text.encode(), "x.csv")
    assert [(row["row_number"], row["title_ro"]) for row in got.rows()] == [
        (2, "două rânduri"),
        (5, "b"),
    ]


def test_a_comma_without_quotes_shifts_no_figure_in_silence() -> None:
    text = csv_of(CSV_HEADER, ("A1", "Bega, iarna", "2020-10-03", "120"), ("A2", "b", "", "3"))
    got = understood(text.encode(), "x.csv")
    found = got.finding("ragged_row")
    assert (found["row"], found["cell"], found["severity"]) == (2, None, "reject")
    assert found["arguments"] == {"expected": 4, "found": 5}


def test_a_quote_that_never_closes_refuses_the_csv() -> None:
    text = csv_of(CSV_HEADER, ("A1", '"Bega', "", "120"), *[("A2", "b", "", "3")] * 30)
    got = understood(text.encode(), "x.csv")
    assert got.finding("damaged_csv")["severity"] == "stop"
    assert got.parquet is None


def test_letters_lost_on_the_way_are_told_once() -> None:
    text = csv_of(CSV_HEADER, ("A1", "Ac?iune", "", ""), ("A2", "Pove?ti?", "", ""))
    got = understood(text.encode("cp1250"), "x.csv")
    found = got.finding("letters_lost")
    assert (found["row"], found["column"], found["value"]) == (2, "title_ro", "Ac?iune")
    assert found["arguments"] == {"count": 2}


def test_bytes_in_no_known_encoding_are_refused() -> None:
    assert understood(b"Cod activitate,Titlu\n\x81\x83,x\n", "x.csv").rules == ["unreadable_text"]


def test_the_name_of_a_csv_decides_between_two_sheets_with_the_same_headers() -> None:
    text = csv_of(("E-mail", "Cod activitate"), ("ana@x.example", "A1")).encode()
    assert list(understood(text, "Voluntari.csv").summary["sheets"]) == ["voluntari"]
    assert understood(text, "export.csv").rules == ["no_such_sheet"]


# --- What is not as it should be ----------------------------------------------------------------


def test_a_file_without_any_sheet_of_ours_says_what_was_expected() -> None:
    got = understood(xlsx({"Sheet1": [["id", "name"], [1.0, "x"]]}))
    expected = got.finding("no_such_sheet")["arguments"]["expected_en"]
    assert expected == "Report, Activities, Artists, Volunteers"
    assert got.parquet is None


def test_a_needed_sheet_that_is_missing_stops_the_file() -> None:
    got = understood(xlsx({"Raport": RAPORT}))
    assert got.finding("missing_sheet")["arguments"]["expected"] == "Activități"


def test_two_sheets_for_the_same_thing_stop_the_file() -> None:
    got = understood(honest(Activities=[HEADER, ACTIVITY]))
    assert got.finding("duplicate_sheet")["arguments"]["sheets"] == "Activități, Activities"


def test_a_copy_of_a_sheet_is_not_read_and_said_so() -> None:
    got = understood(honest(Ciornă=[HEADER, ACTIVITY, ACTIVITY]))
    assert got.finding("ignored_sheet")["sheet"] == "Ciornă"
    assert len(got.rows()) == 1


def test_lists_and_explanations_are_ignored() -> None:
    explained = [["Câmp", "Explicație"], *[[label, "…"] for label in CSV_HEADER]]
    got = understood(honest(liste=[["da", "nu"]], Explicații=explained))
    assert got.findings == []


def test_a_hidden_sheet_is_not_read_and_its_absence_is_told() -> None:
    content = xlsx(
        {"Raport": RAPORT, "Activități": [HEADER, ACTIVITY], "Artiști": [["E-mail"]]}, ["Artiști"]
    )
    assert understood(content).rules == ["hidden_sheet"]


def test_a_missing_column_stops_the_file_and_the_rows_are_still_counted() -> None:
    got = with_activities(["Cod activitate", "Data începerii"], ["A1", date(2020, 1, 1)])
    found = got.finding("missing_column")
    assert (found["severity"], found["sheet"], found["row"], found["column"], found["cell"]) == (
        "stop",
        "Activități",
        1,
        "title_ro",
        None,
    )
    assert got.summary["sheets"]["activitati"]["seen"] == 1


def test_two_columns_for_the_same_question_stop_the_file() -> None:
    got = with_activities([*HEADER, "Title"], [*ACTIVITY, "Lights"])
    found = got.finding("duplicate_column")
    assert (found["cell"], found["value"], found["arguments"]) == (
        "E1",
        "Title",
        {"cells": "B1, E1"},
    )


def test_a_sheet_of_ours_without_headers_stops_the_file() -> None:
    assert with_activities(["A1", "Lumini"]).finding("no_header")["sheet"] == "Activități"


def test_an_unknown_column_is_named_and_its_content_is_not_kept() -> None:
    got = with_activities([*HEADER, "CNP"], [*ACTIVITY, "2800101123456"])
    found = got.finding("unknown_column")
    assert (found["severity"], found["cell"], found["value"]) == ("warn", "E1", "CNP")
    assert b"2800101123456" not in (got.parquet or b"")
    assert "2800101123456" not in json.dumps(got.summary)


def test_values_under_a_blank_header_are_told() -> None:
    found = with_activities([*HEADER, None], [*ACTIVITY, "atenție!"]).finding("unnamed_column")
    assert (found["cell"], found["value"], found["arguments"]) == ("E1", None, {"letter": "E"})


def test_error_cells_and_uncalculated_formulas_reject_their_rows_by_address() -> None:
    got = with_activities(
        HEADER,
        [*ACTIVITY[:3], Raw('t="e"|<v>#REF!</v>')],
        [*ACTIVITY[:3], Raw("|<f>SUM(F1:F9)</f>")],
        [None, None, None, Raw('t="e"|<v>#N/A</v>')],
    )
    assert [
        (f["rule"], f["severity"], f["cell"], f["column"], f["value"]) for f in got.findings
    ] == [
        ("error_cell", "reject", "D2", "attendance", "#REF!"),
        ("uncalculated_formula", "reject", "D3", "attendance", "=SUM(F1:F9)"),
        ("error_cell", "reject", "D4", "attendance", "#N/A"),
    ]
    assert got.summary["sheets"]["activitati"]["seen"] == 3
    assert all("attendance" not in row for row in got.rows())


def test_an_error_that_the_parser_does_not_know_costs_its_row_only() -> None:
    got = with_activities(HEADER, ACTIVITY, [*ACTIVITY[:3], Raw('t="e"|<v>#SPILL!</v>')])
    assert got.finding("error_cell")["value"] == "#SPILL!"
    assert len(got.rows()) == 2


def test_the_example_and_totals_are_set_aside() -> None:
    got = with_activities(
        HEADER,
        ["EXEMPLU-01", "Atelier de lumină", date(2020, 1, 1), 30.0],
        ACTIVITY,
        ["Total general", None, None, Raw("|<f>SUM(D1:D9)</f>")],
        ["A2", "TOTAL", date(2020, 1, 1), 5.0],
    )
    assert [row.get("set_aside") for row in got.rows()] == ["example", None, "total", None]
    assert got.findings == []
    assert got.summary["sheets"]["activitati"]["seen"] == 4
    assert got.summary["sheets"]["activitati"]["set_aside"] == 2


# --- People -------------------------------------------------------------------------------------


def test_names_and_addresses_of_people_are_found_nowhere() -> None:
    register: list[list[Cell]] = [
        ["E-mail (nu se păstrează)", "Cod activitate", "Nume", "ion@ascuns.example"],
        ["Maria.Pop@teatru.example", "A1", "Maria Pop", None],
        [Raw('t="e"|<v>#N/A</v>'), "A1", None, None],
        [Raw('|<f>CONCATENATE("dan","@teatru.example")</f>'), "A1", None, None],
        ["fără", "A1", None, None],
    ]
    got = understood(honest(Artiști=register))
    stored = (got.parquet or b"") + json.dumps(got.summary, ensure_ascii=False).encode()
    secrets = ("maria", "pop", "teatru.example", "ascuns", "fără", "ana.popescu", "ana popescu")
    assert [word for word in secrets if word.encode() in stored.lower()] == []
    keys = [row.get("person_key") for row in got.rows("artisti")]
    assert keys == [person_key(KEY, "artist", "maria.pop@teatru.example"), None, None, None]


def test_a_register_row_without_an_address_is_rejected_and_shows_nothing() -> None:
    got = understood(honest(Voluntari=[["E-mail", "Ore", "Cod activitate"], [None, 3.0, "A1"]]))
    found = got.finding("no_email")
    assert (found["severity"], found["cell"], found["value"]) == ("reject", "A2", None)


def test_a_person_has_one_key_a_purpose() -> None:
    one = person_key(KEY, "artist", "Ana@x.example")
    assert one == person_key(KEY, "artist", "  ana@X.example ")
    assert one != person_key(KEY, "volunteer", "ana@x.example")
    assert one != person_key(b"other", "artist", "ana@x.example")
    assert len(one or "") == 32


def test_a_missing_contact_is_a_warning_that_names_the_cell() -> None:
    got = understood(honest(Raport=[*RAPORT[:4], ["E-mail", "nu am"]]))
    found = got.finding("no_contact")
    assert (found["severity"], found["cell"], found["value"]) == ("warn", "B5", None)


# --- Values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1200.0, "1200"),
        (1.5, "1,5"),
        (-0.25, "-0,25"),
        (0.1 + 0.2, "0,3"),
        (0.0, "0"),
        (1e-7, "0,0000001"),
        (1e21, "1000000000000000000000"),
        (12345678901234567.0, "12345678901234568"),
        (float("nan"), "NaN"),
        (float("-inf"), "-inf"),
        (True, "da"),
        (False, "nu"),
        (date(2020, 3, 17), "2020-03-17"),
        (datetime(2020, 3, 17), "2020-03-17"),  # noqa: DTZ001 - as cells have it
        (datetime(2020, 3, 17, 14, 30), "2020-03-17 14:30:00"),  # noqa: DTZ001
        (time(14, 30), "14:30:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
        ("  două \t cuvinte\n", "două cuvinte"),
        ("Timişoara, oraşul Ţării", "Timișoara, orașul Țării"),
        ("s\u0326i s\u0327i", "și și"),
        ("a\x00b", "a b"),
        ("007001", "007001"),
        ("=1+1", "=1+1"),
        ("31 Feb", "31 Feb"),
        (" \u00a0 ", None),
        ("", None),
    ],
)
def test_a_cell_becomes_text_and_nothing_is_repaired(cell: object, text: str | None) -> None:
    assert cell_to_text(cell) == text


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text("aăâîșțşAZ 0;,\"'|\t?\n=@+-", max_size=20),
            st.integers(-(10**12), 10**12).map(lambda cents: cents / 100) | st.none(),
        ),
        max_size=12,
    ),
    st.sampled_from(",;\t|"),
)
def test_a_workbook_and_a_csv_say_what_was_typed_into_them(
    typed: list[tuple[str, float | None]], delimiter: str
) -> None:
    rows = [[f"A{n}", title, None, figure] for n, (title, figure) in enumerate(typed)]
    expected = [(row[0], cell_to_text(row[1]), cell_to_text(row[3])) for row in rows]
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(HEADER)
    writer.writerows([*row[:3], cell_to_text(row[3])] for row in rows)
    for got in (
        understood(honest(Activități=[HEADER, *rows])),
        understood(file.getvalue().encode(), "activitati.csv"),
    ):
        assert "ragged_row" not in got.rules
        assert [
            (row["activity_id"], row.get("title_ro"), row.get("attendance")) for row in got.rows()
        ] == expected


def test_the_same_bytes_give_the_same_bytes() -> None:
    assert understood(honest()).parquet == understood(honest()).parquet


def test_no_name_and_no_address_of_a_person_is_kept() -> None:
    person = [["E-mail (nu se păstrează)", "Cod activitate"], ["ana@teatru.example", "A1"]]
    example = [["E-mail (nu se păstrează)", "Cod activitate"], ["exemplu@teatru.example", "A1"]]
    for got in (
        understood(honest(Artiști=person)),
        understood(honest(Artiști=example)),
        understood(csv_of(*person).encode(), "artisti.csv"),
    ):
        assert got.parquet is not None
        kept = kept_rows.read(got.parquet)
        fields = {name for row in kept for name in row}
        assert fields.isdisjoint({"person_email", "contact_name", "contact_email"})
        assert not [text for row in kept for text in row.values() if "@" in str(text)]
    assert "person_key" in understood(honest(Artiști=person)).rows("artisti")[0]


def test_a_form_survives_its_way_to_the_child() -> None:
    assert from_tables(**json.loads(json.dumps(to_tables(FORM)))) == FORM


# --- Child processes ----------------------------------------------------------------------------


def test_hostile_files_cost_only_themselves(read: ReadAll) -> None:
    laughs = (
        '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData/></worksheet>'
    )
    far = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    made = parts({"Activități": sheet([HEADER])})
    part = "xl/worksheets/sheet1.xml"
    readings = read(
        bomb=package({**made, "xl/x.xml": b" " * (128 * 2**20)}),
        far=package({**made, part: sheet([]).replace("<sheetData>", f"<sheetData>{far}").encode()}),
        column=package({**made, part: sheet([["x"]]).replace('"A1"', '"ZZZZZZZZZZ2"').encode()}),
        laughs=package({**made, part: laughs.encode()}),
        cut=honest()[:700],
        picture=b"\x89PNG\r\n\x1a\n\0\0\0\0",
        empty=b"",
        honest=honest(),
    )
    assert {name: got.rules for name, got in readings.items()} == {
        "bomb": ["unsafe_workbook"],
        "far": ["too_large_sheet"],
        "column": ["damaged_workbook"],
        "laughs": ["unsafe_workbook"],
        "cut": ["damaged_workbook"],
        "picture": ["not_a_workbook"],
        "empty": ["empty_file"],
        "honest": [],
    }
    assert readings["honest"].rows() == understood(honest()).rows()
    assert readings["honest"].summary["reader_version"] == reader.READER_VERSION


def test_links_and_pipes_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(honest())
    (tmp_path / "link").symlink_to(tmp_path / "real")
    os.mkfifo(tmp_path / "pipe")
    files = [ToRead(tmp_path / name, name, "a.xlsx") for name in ("link", "pipe", "real")]
    rules = [Read(r.parquet, r.summary).rules for r in reader.read(files, FORM, KEY)]
    assert rules == [["unreadable"], ["unreadable"], []]


def test_readings_come_in_the_order_of_the_files(read: ReadAll) -> None:
    names = [f"f{number}" for number in range(30)]
    assert list(read(**dict.fromkeys(names, honest()))) == names


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(honest())
    file = ToRead(tmp_path / "a", "a", "a.xlsx")
    pool = reader._Pool(FORM, KEY, 1, 0.2)
    try:
        child = pool._start()
        pool._idle.get()
        pool._idle.put(child)
        # A child that stands still takes too long on any machine, however fast.
        os.kill(child._process.pid, signal.SIGSTOP)
        got = pool.read(file)
    finally:
        pool.close()
    (found,) = got.summary["findings"]
    assert (found["rule"], found["arguments"]["reason"]) == ("unreadable", "time")
    assert got.parquet is None


def test_a_child_that_dies_costs_one_file_and_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(honest())
    pool = reader._Pool(FORM, KEY, 1, 30)
    file = ToRead(tmp_path / "a", "a", "a.xlsx")
    try:
        assert pool.read(file).parquet
        (child,) = pool._alive
        os.kill(child._process.pid, 9)
        (found,) = pool.read(file).summary["findings"]
        assert (found["rule"], found["arguments"]["reason"]) == ("unreadable", "crashed")
        assert pool.read(file).parquet
    finally:
        pool.close()


def abandon(folder: Path) -> None:
    (folder / "a").write_bytes(honest())
    readings = reader.read([ToRead(folder / "a", "a", "a.xlsx")] * 20, FORM, KEY)
    next(readings)
    readings.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_no_child_outlives_a_reading_that_was_abandoned(tmp_path: Path) -> None:
    # In a process of its own: the one of the tests may have other children.
    program = f"from tests.test_reader import Path, abandon; abandon(Path({str(tmp_path)!r}))"
    subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, check=True)


def test_a_child_can_open_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(honest())
    pool = reader._Pool(FORM, KEY, 1, 30)
    try:
        pool.read(ToRead(tmp_path / "a", "a", "a.xlsx"))
        (child,) = pool._alive
        limits = Path(f"/proc/{child._process.pid}/limits").read_text()
        by_name = {line[:25].strip(): line[25:].split()[0] for line in limits.splitlines()[1:]}
        assert by_name["Max open files"] == "0"
        assert by_name["Max file size"] == "0"
        assert by_name["Max core file size"] == "0"
        assert by_name["Max address space"] == str(2**30)
        assert int(by_name["Max cpu time"]) < 60
        assert Path(f"/proc/{child._process.pid}/environ").read_bytes() in (b"", b"\0")
    finally:
        pool.close()
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 0


def test_reading_imports_no_parser_into_the_parent() -> None:
    code = "import flows.steps.reading.reader, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert {"pyarrow", "python_calamine", "pandas"}.isdisjoint(loaded.stdout.split())
