"""Every rule fires where it should, is silent on the good twin, and says what to do about it."""

import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.steps import catalogue as catalogues
from flows.steps import quality, warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.findings import CheckedFile, Finding, quarantined, to_json, verdict
from flows.steps.rules import KEPT_BACK
from flows.steps.settings import CHECKOUT
from flows.steps.submissions import Submission
from flows.steps.warehouse import Connection
from flows.steps.wording import Wording, sentences

Row = Mapping[str, str | None]
Sheets = Mapping[str, Sequence[Row]]
SQL = CHECKOUT / "sql"
SENDER, SENDERS_PROJECT = "TM-P001", "TM-PR001"
OTHER, OTHERS_PROJECT = "TM-P002", "TM-PR002"
GOOD: dict[str, dict[str, str | None]] = {
    "raport": {
        "schema_version": "2020.1",
        "partner_id": SENDER,
        "partner_name": "Asociația Exemplu",
        "period": "2020-Q4",
        "submission_kind": "prima raportare",
        "artists_unique_declared": "5",
        "volunteers_unique_declared": "6",
        "narrative_progress": "Am ținut patru ateliere.",
        "declaration": "da",
    },
    "activitati": {
        "activity_id": "ACT-1",
        "project_id": SENDERS_PROJECT,
        "programme": "Spații Vii",
        "title_ro": "Atelier de lumină",
        "status": "realizată",
        "start_date": "17.10.2020",
        "end_date": "18.10.2020",
        "events_count": "2",
        "activity_type": "atelier",
        "primary_discipline": "arte vizuale",
        "format": "față în față",
        "venue_name": "Parcul Rozelor",
        "venue_type": "spațiu public",
        "locality_siruta": "155243",
        "district_code": "Fabric",
        "country": "RO",
        "objectives": "D1; D4",
        "european_dimension": "fără",
        "artists_local": "4",
        "artists_national": "1",
        "artists_international": "0",
        "attendance_in_person": "180",
        "count_method": "bilete",
        "volunteers": "6",
        "pricing": "gratuit",
    },
    "apeluri": {
        "call_id": "TM-A01",
        "call_title": "Apel pentru artiști",
        "programme": "MultipleXity",
        "opened_on": "2020-10-01",
        "closed_on": "2020-11-15",
        "applications_received": "40",
        "applicants_unique": "36",
        "team_call": "nu",
        "applications_selected": "8",
        "applicants_selected": "8",
    },
    "buget": {
        "project_id": SENDERS_PROJECT,
        "source_type": "Primăria",
        "amount_approved": "25000",
        "amount_spent_period": "8200,50",
        "amount_spent_cumulative": "14350,50",
    },
    "artisti": {"person_key": "a" * 32, "activity_id": "ACT-1", "origin": "local"},
    "voluntari": {"person_key": "b" * 32, "activity_id": "ACT-1", "hours": "12,5"},
}
ONLINE = {"format": "online", "venue_name": None, "district_code": None, "venue_type": "online"}
ONLINE |= {"attendance_in_person": None, "count_method": None, "attendance_online_live": "65"}


@dataclass(frozen=True)
class Case:
    """A change of a good file that breaks one rule, and a change as near that breaks none."""

    rule: str
    sheet: str
    column: str
    bad: Row
    good: Row = field(default_factory=dict)
    severity: str = "reject"
    says: tuple[str, str] = ("", "")
    sender: str = SENDER


def cell(
    rule: str,
    sheet: str,
    column: str,
    bad: str | None,
    good: str | None,
    *,
    severity: str = "reject",
    says: tuple[str, str] = ("", ""),
) -> Case:
    return Case(rule, sheet, column, {column: bad}, {column: good}, severity, says)


CASES = [
    cell("required", "activitati", "title_ro", None, "Titlu", says=("goală", "blank")),
    cell("required", "raport", "partner_id", None, SENDER, severity="stop"),
    cell("required", "raport", "period", None, "2020-Q4", severity="stop"),
    cell("required", "raport", "submission_kind", None, "prima raportare", severity="warn"),
    cell(
        "required_when",
        "activitati",
        "events_count",
        None,
        "1",
        says=("când activitatea este realizată", "when the activity is delivered"),
    ),
    cell("expected", "activitati", "venue_type", None, "școală", severity="warn"),
    cell("not_a_date", "activitati", "end_date", "31.02.2020", "29.02.2024"),
    cell("not_a_whole_number", "activitati", "new_works", "vreo 100", "1.200"),
    cell("not_an_amount", "buget", "amount_approved", "25.000 lei", "25.000,00"),
    cell("not_yes_or_no", "apeluri", "is_in_situ", "poate", "nu"),
    cell("not_a_web_address", "activitati", "evidence_link", "pe Facebook", "https://example.org"),
    cell(
        "not_in_list",
        "activitati",
        "primary_discipline",
        "arte vizuala",
        "Visual arts",
        says=("Poate ați vrut „arte vizuale”?", "Perhaps you meant “visual arts”?"),
    ),
    cell("not_in_list", "activitati", "languages", "română; klingoniană", "română; engleză"),
    cell("not_in_list", "activitati", "country", "Atlantida", "France"),
    cell(
        "not_in_list",
        "activitati",
        "project_id",
        "TM-PR999",
        SENDERS_PROJECT,
        says=(SENDERS_PROJECT, SENDERS_PROJECT),
    ),
    cell("not_in_list", "raport", "submission_kind", "completare", "first", severity="warn"),
    cell("too_small", "activitati", "new_works", "-1", "0"),
    cell("too_long", "activitati", "notes", "ă" * 1001, "ă" * 1000, says=("1.000", "1,000")),
    cell("too_many_answers", "activitati", "objectives", "D1; D2; D3; D4", "D1; D2; A6"),
    cell("project_of_another", "activitati", "project_id", OTHERS_PROJECT, SENDERS_PROJECT),
    cell("project_of_another", "buget", "project_id", OTHERS_PROJECT, SENDERS_PROJECT),
    cell("ends_before_start", "activitati", "end_date", "16.10.2020", "17.10.2020"),
    Case(
        "outside_period",
        "activitati",
        "start_date",
        {"start_date": "01.01.2021", "end_date": "02.01.2021"},
        {"start_date": "31.12.2020", "end_date": "02.01.2021"},
        says=("01.10.2020 – 31.12.2020", "01.10.2020 – 31.12.2020"),
    ),
    Case(
        "in_person_when_online",
        "activitati",
        "attendance_in_person",
        {**ONLINE, "attendance_in_person": "5", "count_method": "bilete"},
        {**ONLINE, "attendance_in_person": "0"},
    ),
    cell("online_when_in_person", "activitati", "attendance_online_live", "65", "0"),
    cell("part_above_total", "activitati", "artists_women", "6", "5"),
    cell("part_above_total", "apeluri", "applications_eligible", "41", "40"),
    cell("part_above_total", "apeluri", "women_selected", "9", "8"),
    cell("more_applicants_than_files", "apeluri", "applicants_unique", "41", "40"),
    cell("tickets_above_attendance", "activitati", "tickets_sold", "181", "180", severity="warn"),
    cell("too_many_hours", "activitati", "volunteer_hours", "288,5", "288"),
    cell(
        "none_with_others",
        "activitati",
        "accessibility",
        "fără; acces fără trepte",
        "fără",
        severity="warn",
    ),
    cell("closes_before_opening", "apeluri", "closed_on", "2020-09-30", "2020-10-01"),
    Case(
        "cumulative_below_period",
        "buget",
        "amount_spent_cumulative",
        {"amount_spent_cumulative": "8200,49"},
        {"amount_spent_cumulative": "8200,50"},
        says=("8.200,50", "8,200.50"),
    ),
    Case(
        "cumulative_differs",
        "buget",
        "amount_spent_cumulative",
        {"project_id": OTHERS_PROJECT, "amount_spent_cumulative": "14352"},
        {"project_id": OTHERS_PROJECT, "amount_spent_cumulative": "14351"},
        says=("6.150 + 8.200,50 = 14.350,50", "6,150 + 8,200.50 = 14,350.50"),
        sender=OTHER,
    ),
    cell(
        "spent_above_approved",
        "buget",
        "amount_spent_cumulative",
        "25001",
        "25000",
        severity="warn",
    ),
    cell("unknown_activity", "artisti", "activity_id", "ACT-404", "ACT-1"),
    cell("unknown_activity", "voluntari", "activity_id", "ACT-404", None),
    Case(
        "unknown_activity",
        "artisti",
        "activity_id",
        {"activity_id": "ACT-4O4"},
        {"activity_id": "ACT-EARLIER"},
        sender=OTHER,
    ),
    cell("foreign_partner", "raport", "partner_id", OTHER, SENDER, severity="stop"),
    cell(
        "unknown_period",
        "raport",
        "period",
        "2020 Q4",
        "2020-Q4",
        severity="stop",
        says=("Poate ați vrut „2020-Q4”?", "Perhaps you meant “2020-Q4”?"),
    ),
    cell("unknown_period", "raport", "period", "2020-M12", "2020-Q4", severity="stop"),
    cell(
        "nil_with_activity",
        "raport",
        "submission_kind",
        "fără activitate",
        "corecție",
        severity="stop",
    ),
    cell("not_declared", "raport", "declaration", "nu", "da", severity="warn"),
    cell("declared_above_sum", "raport", "artists_unique_declared", "6", "5", severity="warn"),
    cell("declared_above_sum", "raport", "volunteers_unique_declared", "7", "6", severity="warn"),
]
CASES = [
    dataclasses.replace(case, good={**case.good, "correction_reason": "Bilete numărate."})
    if "corecție" in case.good.values()
    else case
    for case in CASES
]


@dataclass(frozen=True)
class Whole:
    """A file that is told by more than one of its rows, and all that is to be found in it."""

    name: str
    sheets: Sheets
    found: set[tuple[str | None, str | None, str]] = field(default_factory=set)
    summary: Mapping[str, Any] = field(default_factory=dict)
    layout: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


REPORT, ACTIVITY = GOOD["raport"], GOOD["activitati"]
NIL = REPORT | {
    "submission_kind": "fără activitate",
    "artists_unique_declared": None,
    "volunteers_unique_declared": None,
    "narrative_progress": None,
}
KIND = ("raport", "submission_kind")
ERROR_CELL = {
    "rule": "error_cell",
    "sheet": "Activități",
    "row": 5,
    "column": "events_count",
    "cell": "I5",
    "value": "#REF!",
    "severity": "reject",
    "arguments": {},
}
CSV = {"kind": "csv", "file_name": "activitati_2020-Q4.csv"}
WHOLES = [
    Whole(
        "two reports",
        {"raport": [REPORT, REPORT], "activitati": [ACTIVITY]},
        {(None, None, "several_reports")},
    ),
    Whole("no report", {"activitati": [ACTIVITY]}, {(None, None, "no_period")}),
    Whole("a CSV without a period", {"activitati": [ACTIVITY]}, {(None, None, "no_period")}),
    Whole("a CSV named after its period", {"activitati": [ACTIVITY]}, set(), CSV),
    Whole(
        "a CSV with a wrong date",
        {"activitati": [ACTIVITY | {"end_date": "ieri"}]},
        {("activitati", "end_date", "not_a_date")},
        CSV,
    ),
    Whole("a CSV of the report", {"raport": [REPORT]}, set(), CSV),
    Whole(
        "no word and no row",
        {"raport": [REPORT | {"submission_kind": None}]},
        {(*KIND, "required"), (*KIND, "nothing_stated")},
    ),
    Whole("no row", {"raport": [REPORT]}, {(*KIND, "empty_report")}),
    Whole("nil", {"raport": [NIL]}),
    Whole(
        "nil with a plan", {"raport": [NIL], "activitati": [ACTIVITY | {"status": "planificată"}]}
    ),
    Whole(
        "a code on three rows",
        {"raport": [REPORT | {"volunteers_unique_declared": "0"}], "activitati": [ACTIVITY] * 3},
        {("activitati", "activity_id", "repeated_code")},
    ),
    Whole(
        "a line of the budget twice",
        {"raport": [REPORT], "activitati": [ACTIVITY], "buget": [GOOD["buget"]] * 2},
        {("buget", "project_id", "repeated_line")},
    ),
    Whole(
        "a chapter of its own for each line",
        {
            "raport": [REPORT],
            "activitati": [ACTIVITY],
            "buget": [GOOD["buget"], GOOD["buget"] | {"chapter": "producție"}],
        },
    ),
    Whole(
        "a person twice",
        {"raport": [REPORT], "activitati": [ACTIVITY], "artisti": [GOOD["artisti"]] * 2},
        {("artisti", "activity_id", "repeated_person")},
    ),
    Whole(
        "an example row",
        {
            "raport": [REPORT],
            "activitati": [ACTIVITY, ACTIVITY | {"set_aside": "example", "title_ro": None}],
        },
    ),
    Whole(
        "two wrong cells in a row",
        {"raport": [REPORT], "activitati": [ACTIVITY | {"title_ro": None, "new_works": "-1"}]},
        {("activitati", "title_ro", "required"), ("activitati", "new_works", "too_small")},
    ),
    Whole(
        "a short form",
        {"raport": [REPORT], "activitati": [ACTIVITY | {"country": None, "venue_type": None}]},
        layout={"activitati": {"columns": {"title_ro": "D"}}},
    ),
    Whole(
        "questions below each other",
        {"raport": [REPORT | {"declaration": "nu"}], "activitati": [ACTIVITY]},
        {("raport", "declaration", "not_declared")},
        layout={"raport": {"rows": {"declaration": 12}, "columns": {"declaration": "C"}}},
    ),
    Whole(
        "an error cell",
        {"raport": [REPORT], "activitati": [ACTIVITY | {"events_count": None}]},
        {("activitati", "events_count", "error_cell")},
        {"findings": [ERROR_CELL]},
    ),
    Whole(
        "an error cell for a period",
        {"raport": [REPORT | {"period": None}], "activitati": [ACTIVITY]},
        {("raport", "period", "error_cell")},
        {"findings": [ERROR_CELL | {"sheet": "Raport", "column": "period", "cell": "D5"}]},
    ),
]


@dataclass
class Files:
    """Submissions as the reader would hand them on, in the order in which they came."""

    catalogue: Catalogue
    folder: Path
    submissions: list[Submission] = field(default_factory=list)
    files: list[CheckedFile] = field(default_factory=list)
    parquet: dict[str, Path] = field(default_factory=dict)

    def add(
        self,
        sender: str,
        sheets: Sheets,
        layout: Mapping[str, Mapping[str, Any]] | None = None,
        **summary: object,
    ) -> str:
        """A file of a partner, its rows from row 5 on; the submission's id.

        layout says what is unusual about a sheet, summary about the file.
        """
        seq = len(self.submissions) + 1
        sha256 = f"{seq:064x}"
        submission_id = f"{sender}-{seq}"
        received_at = datetime(2021, 1, 11, tzinfo=UTC) + timedelta(seconds=seq)
        name = str(summary.pop("file_name", "raport.xlsx"))
        self.submissions.append(Submission(submission_id, sender, sha256, name, received_at, seq))
        said = {"kind": "xlsx", "findings": [], **summary}
        has_cells = said["kind"] != "csv"
        said["sheets"] = {
            sheet: usual | (layout or {}).get(sheet, {})
            for sheet, usual in summary_of(self.catalogue, sheets, has_cells=has_cells).items()
        }
        self.files.append(CheckedFile(submission_id, sender, said))
        self.parquet[sha256] = self.folder / f"{sha256}.parquet"
        write_rows(self.catalogue, self.parquet[sha256], sheets)
        return submission_id

    def check(self, catalogue: Catalogue | None = None) -> list[Finding]:
        with warehouse.connect() as connection:
            self.load(connection)
            found = quality.check(connection, catalogue or self.catalogue, self.files, SQL)
        return [*sentences(Wording(self.catalogue), self.files), *found]

    def load(self, connection: Connection) -> None:
        warehouse.load(connection, self.catalogue, self.submissions, self.parquet, SQL)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return catalogues.load(
        CHECKOUT / "data" / "catalogue", CHECKOUT / "data" / "programmes" / "timisoara2023"
    )


@pytest.fixture
def files(catalogue: Catalogue, tmp_path: Path) -> Files:
    return Files(catalogue, tmp_path)


@dataclass
class Outcome:
    """What came of the bad file and of the good file of every case, checked in one batch."""

    bad: list[list[Finding]]
    good: list[list[Finding]]
    whole: dict[str, list[Finding]]


@pytest.fixture(scope="module")
def outcome(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    files = Files(catalogue, tmp_path_factory.mktemp("files"))
    earlier = {
        "raport": [{**GOOD["raport"], "partner_id": OTHER, "period": "2020-Q3"}],
        "activitati": [
            {
                **GOOD["activitati"],
                "project_id": OTHERS_PROJECT,
                "activity_id": "ACT-EARLIER",
                "start_date": "2020-09-01",
                "end_date": "2020-09-01",
            }
        ],
        "buget": [
            {
                **GOOD["buget"],
                "project_id": OTHERS_PROJECT,
                "amount_spent_period": "6150",
                "amount_spent_cumulative": "6150",
            }
        ],
    }
    files.add(OTHER, earlier)
    bad = [files.add(case.sender, changed(case, case.bad)) for case in CASES]
    good = [files.add(case.sender, changed(case, case.good)) for case in CASES]
    whole = {one.name: files.add(SENDER, one.sheets, one.layout, **one.summary) for one in WHOLES}
    found: dict[str, list[Finding]] = {file.submission_id: [] for file in files.files}
    for finding in files.check():
        found[finding.submission_id].append(finding)
    return Outcome(
        [found[one] for one in bad],
        [found[one] for one in good],
        {name: found[one] for name, one in whole.items()},
    )


def changed(case: Case, change: Row) -> dict[str, list[Row]]:
    sheets = {name: dict(row) for name, row in GOOD.items()}
    if case.sender == OTHER:
        sheets["raport"]["partner_id"] = OTHER
        sheets["activitati"]["project_id"] = sheets["buget"]["project_id"] = OTHERS_PROJECT
        sheets["buget"]["amount_spent_cumulative"] = "14350,50"
    sheets[case.sheet] |= change
    return {name: [row] for name, row in sheets.items()}


def summary_of(
    catalogue: Catalogue,
    sheets: Sheets,
    *,
    has_cells: bool = True,
) -> dict[str, Any]:
    letters = {
        sheet: [row["field"] for row in catalogue["form_fields"] if row["sheet"] == sheet]
        for sheet in sheets
    }
    labels = {row["sheet"]: row["label_ro"] for row in catalogue["sheets"]}
    return {
        sheet: {
            "name": labels[sheet],
            "seen": len(rows),
            "set_aside": 0,
            "columns": {
                name: letter(n) if has_cells else None for n, name in enumerate(letters[sheet])
            },
        }
        for sheet, rows in sheets.items()
    }


def letter(number: int) -> str:
    tens, ones = divmod(number, 26)
    return (chr(64 + tens) if tens else "") + chr(65 + ones)


def write_rows(catalogue: Catalogue, path: Path, sheets: Sheets) -> None:
    names = sorted({row["field"] for row in catalogue["form_fields"]} - KEPT_BACK | {"person_key"})
    schema = pa.schema(
        [
            pa.field("sheet", pa.string()),
            pa.field("row_number", pa.int32()),
            pa.field("set_aside", pa.string()),
            *(pa.field(name, pa.string()) for name in names),
        ]
    )
    rows = [
        {"row_number": 5 + n, **row, "sheet": sheet}
        for sheet, listed in sheets.items()
        for n, row in enumerate(listed)
    ]
    table = pa.Table.from_pylist([{n: r.get(n) for n in schema.names} for r in rows], schema)
    pq.write_table(table, path)


def places(found: list[Finding]) -> set[tuple[str | None, str | None, str]]:
    return {(finding.sheet_id, finding.column, finding.rule) for finding in found}


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: CASES[n].rule)
def test_each_rule_fires_and_nothing_else_does(number: int, outcome: Outcome) -> None:
    case, found = CASES[number], outcome.bad[number]
    assert places(found) == {(case.sheet, case.column, case.rule)}
    [hit] = found
    assert hit.severity == case.severity
    assert (hit.row, hit.value) == (5, case.bad[case.column])
    assert hit.cell is not None
    assert re.fullmatch(r"[A-Z]+5", hit.cell)
    for message, said in zip((hit.message_ro, hit.message_en), case.says, strict=True):
        assert said in message
    assert verdict(found) != "accepted"


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: CASES[n].rule)
def test_each_rule_is_silent_on_its_good_twin(number: int, outcome: Outcome) -> None:
    assert outcome.good[number] == []


# What the reader says, with the arguments that it gives; sentences are all that is ours in these.
READ: list[dict[str, Any]] = [
    {"rule": "empty_file"},
    {"rule": "not_a_workbook", "arguments": {"found": "png", "extension": ".xlsx"}},
    {"rule": "save_as_xlsx", "arguments": {"found": "ole"}},
    {"rule": "password_protected"},
    {"rule": "file_too_large", "arguments": {"limit_mb": 10}},
    {"rule": "damaged_workbook", "arguments": {"reason": "xml", "part": "xl/workbook.xml"}},
    {"rule": "unsafe_workbook", "arguments": {"reason": "zip_ratio", "part": None}},
    {"rule": "too_large_sheet", "arguments": {"reason": "rows", "limit": 100_000}},
    {"rule": "too_many_errors", "arguments": {"limit": 20_000}},
    {"rule": "unreadable", "arguments": {"reason": "crashed", "where": "TypeError rows.py:12"}},
    {"rule": "unreadable_text"},
    {"rule": "damaged_csv", "row": 17, "sheet": "Activități", "arguments": {"reason": "quotes"}},
    {
        "rule": "no_such_sheet",
        "arguments": {"expected": "Raport, Activități", "expected_en": "Report, Activities"},
    },
    {
        "rule": "missing_sheet",
        "arguments": {"expected": "Activități", "expected_en": "Activities"},
    },
    {
        "rule": "duplicate_sheet",
        "arguments": {
            "sheets": "Activități, Activities",
            "expected": "Activități",
            "expected_en": "Activities",
        },
    },
    {
        "rule": "no_header",
        "sheet": "Activități",
        "arguments": {"expected": "Cod activitate, Titlu", "expected_en": "Activity code, Title"},
    },
    {
        "rule": "missing_column",
        "sheet": "Activități",
        "row": 4,
        "column": "title_ro",
        "arguments": {"expected": "Titlu", "expected_en": "Title"},
    },
    {
        "rule": "duplicate_column",
        "sheet": "Activități",
        "row": 4,
        "column": "title_ro",
        "cell": "H4",
        "value": "Titlu",
        "arguments": {"cells": "D4, H4"},
    },
    ERROR_CELL,
    ERROR_CELL | {"rule": "uncalculated_formula", "value": "=SUM(A1:A3)"},
    {
        "rule": "no_email",
        "sheet": "Artiști",
        "row": 5,
        "column": "person_email",
        "cell": "A5",
        "severity": "reject",
    },
    {
        "rule": "ragged_row",
        "sheet": "Activități",
        "row": 5,
        "arguments": {"expected": 12, "found": 13},
        "severity": "reject",
    },
    {
        "rule": "unknown_column",
        "sheet": "Activități",
        "row": 4,
        "cell": "Z4",
        "value": "Culoare",
        "severity": "warn",
    },
    {
        "rule": "unnamed_column",
        "sheet": "Activități",
        "row": 4,
        "cell": "Z4",
        "arguments": {"letter": "Z"},
        "severity": "warn",
    },
    {
        "rule": "hidden_sheet",
        "sheet": "Activități",
        "arguments": {"expected": "Activități", "expected_en": "Activities"},
        "severity": "warn",
    },
    {
        "rule": "ignored_sheet",
        "sheet": "Foaie1",
        "arguments": {"expected": "Activități", "expected_en": "Activities"},
        "severity": "warn",
    },
    {
        "rule": "letters_lost",
        "sheet": "Activități",
        "row": 5,
        "column": "title_ro",
        "value": "?coala",
        "arguments": {"count": 3},
        "severity": "warn",
    },
    {
        "rule": "no_contact",
        "sheet": "Raport",
        "row": 5,
        "column": "contact_email",
        "cell": "H5",
        "severity": "warn",
    },
]
NOWHERE = {"sheet": None, "row": None, "column": None, "cell": None, "value": None}
PLAIN = {**NOWHERE, "severity": "stop", "arguments": {}}


def read_findings(catalogue: Catalogue) -> list[Finding]:
    sheets: dict[str, list[Row]] = {n: [row] for n, row in GOOD.items()}
    summary = {
        "kind": "xlsx",
        "sheets": summary_of(catalogue, sheets),
        "findings": [PLAIN | read for read in READ],
    }
    return sentences(Wording(catalogue), [CheckedFile("TM-P001-1", SENDER, summary)])


def test_what_the_reader_found_keeps_its_place_and_severity(catalogue: Catalogue) -> None:
    for read, finding in zip(READ, read_findings(catalogue), strict=True):
        expected = PLAIN | read
        assert (finding.rule, finding.severity) == (expected["rule"], expected["severity"])
        kept = ("sheet", "row", "column", "cell", "value")
        assert all(getattr(finding, name) == expected[name] for name in kept)


def test_the_reader_finds_nothing_that_has_no_sentence(catalogue: Catalogue) -> None:
    sources = (path.read_text("utf-8") for path in (CHECKOUT / "flows" / "steps").glob("*.py"))
    emitted = {
        rule
        for source in sources
        for rule in re.findall(r'(?:Refused|\bfinding|_finding)\(\s*"(\w+)"', source)
    }
    assert len(emitted) > 20
    assert emitted <= {row["rule"] for row in catalogue["rules"]}


def test_a_file_that_could_not_be_opened_is_refused_without_its_rows(files: Files) -> None:
    files.add(SENDER, {}, findings=[PLAIN | {"rule": "password_protected"}])
    [finding] = files.check()
    assert (finding.rule, finding.severity, finding.sheet) == ("password_protected", "stop", None)


def test_what_the_reader_said_of_a_cell_is_not_said_again(outcome: Outcome) -> None:
    [finding] = outcome.whole["an error cell"]
    assert (finding.rule, finding.cell, finding.severity) == ("error_cell", "I5", "reject")


def test_an_error_where_the_period_should_be_stops_the_file(outcome: Outcome) -> None:
    assert verdict(outcome.whole["an error cell for a period"]) == "rejected"


@pytest.mark.parametrize("name", [whole.name for whole in WHOLES])
def test_what_only_the_whole_file_shows(name: str, outcome: Outcome) -> None:
    [whole] = [one for one in WHOLES if one.name == name]
    assert places(outcome.whole[name]) == whole.found


def test_every_row_of_a_repeated_code_is_named_with_the_others(outcome: Outcome) -> None:
    first, second, third = outcome.whole["a code on three rows"]
    assert [f.row for f in (first, second, third)] == [5, 6, 7]
    assert "rândurile 6 și 7" in first.message_ro
    assert "rows 5 and 7" in second.message_en


def test_a_question_below_a_question_has_a_row_of_its_own(outcome: Outcome) -> None:
    [finding] = outcome.whole["questions below each other"]
    assert (finding.row, finding.cell) == (12, "C12")


def test_a_cell_of_a_csv_has_no_name(outcome: Outcome) -> None:
    [finding] = outcome.whole["a CSV with a wrong date"]
    assert (finding.row, finding.cell) == (5, None)
    assert "rândul 5, coloana „Data încheierii”: „ieri”" in finding.message_ro


def test_a_report_alone_is_never_quarantined(outcome: Outcome) -> None:
    everything = [f for found in (*outcome.bad, *outcome.whole.values()) for f in found]
    rejected = {finding.sheet_id for finding in everything if finding.severity == "reject"}
    assert rejected == {"activitati", "apeluri", "buget", "artisti", "voluntari"}


def test_a_row_with_several_rejections_is_quarantined_once(outcome: Outcome) -> None:
    found = outcome.whole["two wrong cells in a row"]
    assert len(found) == 2
    assert quarantined(found) == {(found[0].submission_id, "activitati", 5)}


def test_the_worst_finding_gives_the_verdict(outcome: Outcome) -> None:
    stop, reject, warn = (
        next(f for found in outcome.bad for f in found if f.severity == severity)
        for severity in ("stop", "reject", "warn")
    )
    assert verdict([]) == "accepted"
    assert verdict([warn]) == "accepted_with_warnings"
    assert verdict([warn, reject]) == "partly_accepted"
    assert verdict([reject, stop, warn]) == "rejected"
    assert quarantined([stop, warn]) == set()


def test_a_finding_answers_with_what_the_front_door_promises(outcome: Outcome) -> None:
    answer = json.loads(json.dumps(to_json(outcome.bad[0][0])))
    promised = {"sheet", "row", "column", "cell", "value", "rule", "severity"}
    assert answer.keys() >= promised | {"message_ro", "message_en"}
    assert answer["column"] == CASES[0].column


def test_every_rule_of_the_catalogue_is_fired_here(
    catalogue: Catalogue, outcome: Outcome, extended: list[Finding]
) -> None:
    fired = {finding.rule for finding in everything_said(catalogue, outcome, extended)}
    assert fired == {row["rule"] for row in catalogue["rules"]}


def test_a_sentence_says_where_what_and_what_else(
    catalogue: Catalogue, outcome: Outcome, extended: list[Finding]
) -> None:
    labels = {(row["sheet"], row["field"]): row for row in catalogue["form_fields"]}
    for finding in everything_said(catalogue, outcome, extended):
        for message, opening, closing, language in (
            (finding.message_ro, "„", "”", "ro"),
            (finding.message_en, "“", "”", "en"),
        ):
            quotes = re.findall(f"{opening}([^{closing}]*){closing}", message)
            assert quotes, message
            if finding.sheet is not None:
                assert finding.sheet in quotes
            if finding.row is not None:
                assert re.search(rf"(rândul|row) {finding.row}\b", message)
            if finding.cell is not None:
                assert finding.cell in message
            form_field = labels.get((finding.sheet_id or "", finding.column or ""))
            if form_field is not None:
                assert form_field[f"label_{language}"] in quotes
            if finding.value is not None and finding.rule != "not_in_list":
                assert any(finding.value[:79] in quote for quote in quotes), message
            assert message.endswith((".", "?"))


def test_no_sentence_shows_the_insides(
    catalogue: Catalogue, outcome: Outcome, extended: list[Finding]
) -> None:
    fields = {row["field"] for row in catalogue["form_fields"] if "_" in row["field"]}
    words = {*fields, *(row["rule"] for row in catalogue["rules"] if "_" in row["rule"])}
    insides = re.compile(rf"\b({'|'.join(words)})\b|None|[{{}}\\^]|Error|null|\bNaN\b")
    for finding in everything_said(catalogue, outcome, extended):
        for message in (finding.message_ro, finding.message_en):
            assert not insides.search(message.replace("TM-P", "")), message
        assert not re.search('[şţŞŢ]|"', finding.message_ro), finding.message_ro


def test_a_count_takes_de_where_romanian_asks_for_it(catalogue: Catalogue) -> None:
    def said(limit: int) -> str:
        read = PLAIN | {"rule": "too_large_sheet", "arguments": {"reason": "rows", "limit": limit}}
        file = CheckedFile("s", SENDER, {"kind": "xlsx", "sheets": {}, "findings": [read]})
        return sentences(Wording(catalogue), [file])[0].message_ro

    assert "peste 19 rânduri" in said(19)
    assert "peste 20 de rânduri" in said(20)
    assert "peste 101 rânduri" in said(101)
    assert "peste 1.000 de rânduri" in said(1000)


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "activity_id": st.sampled_from(["A-1", "A-2", "A-3", "A-4", None]),
                "status": st.sampled_from(["realizată", "planificată", "gata", None]),
                "start_date": st.sampled_from(["2020-10-05", "05.11.2020", "31.02.2020", None]),
                "end_date": st.sampled_from(["2020-10-07", "2020-11-01", "mâine", None]),
                "events_count": st.sampled_from(["0", "1", "două", None]),
                "notes": st.sampled_from(["", "ț" * 1000, "ț" * 1001]).map(lambda t: t or None),
            }
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(
    max_examples=3,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_library_finds_what_plain_sql_finds(
    catalogue: Catalogue, tmp_path: Path, rows: list[dict[str, str | None]]
) -> None:
    files = Files(catalogue, tmp_path)
    for start in range(0, len(rows), 4):
        part: list[Row] = [GOOD["activitati"] | row for row in rows[start : start + 4]]
        files.add(SENDER, {"raport": [GOOD["raport"]], "activitati": part})
    twins = {
        ("required", "activity_id"): "activity_id_raw is null",
        ("required", "status"): "status_raw is null",
        ("required_when", "events_count"): "status = 'delivered' and events_count_raw is null",
        ("not_in_list", "status"): "status_raw is not null and status is null",
        ("not_a_date", "start_date"): "start_date_raw is not null and start_date is null",
        ("not_a_date", "end_date"): "end_date_raw is not null and end_date is null",
        ("not_a_whole_number", "events_count"): (
            "events_count_raw is not null and events_count is null"
        ),
        ("too_small", "events_count"): "events_count < 1",
        ("too_long", "notes"): "length(notes_raw) > 1000",
        ("ends_before_start", "end_date"): "end_date < start_date",
        ("repeated_code", "activity_id"): (
            "activity_id in (select twin.activity_id from typed.activitati as twin"
            " where twin.submission_id = activitati.submission_id"
            " group by twin.activity_id having count(*) > 1)"
        ),
    }
    with warehouse.connect() as connection:
        files.load(connection)
        found = quality.check(connection, catalogue, files.files, SQL)
        plain = {
            (submission_id, row, rule, column)
            for (rule, column), condition in twins.items()
            for submission_id, row in connection.execute(
                f"select submission_id, row_number from typed.activitati where {condition}"  # noqa: S608
            ).fetchall()
        }
    ours = {(f.submission_id, f.row, f.rule, f.column) for f in found}
    assert {one for one in ours if (one[2], one[3]) in twins} == plain


def test_a_rule_that_crashes_is_no_finding(files: Files) -> None:
    files.add(SENDER, {"raport": [GOOD["raport"]], "activitati": [GOOD["activitati"]]})
    titles_as_numbers = altered(
        files.catalogue, "activitati", "title_ro", type="integer", minimum=0
    )
    with pytest.raises(quality.RuleError, match="too_small, title_ro"):
        files.check(titles_as_numbers)


def test_a_list_of_rows_that_ends_early_is_no_answer(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    untitled = GOOD["activitati"] | {"title_ro": None}
    many = [untitled | {"activity_id": f"A-{n}"} for n in range(30)]
    files.add(SENDER, {"raport": [GOOD["raport"]], "activitati": many})
    assert sum(f.rule == "required" for f in files.check()) == 30
    monkeypatch.delitem(quality._RESULT_FORMAT, "partial_unexpected_count")
    with pytest.raises(quality.RuleError, match="30 rows do not meet it, but 20 are named"):
        files.check()


def test_nothing_is_left_behind_in_a_warehouse_or_on_a_terminal(
    files: Files, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files.add(SENDER, {"raport": [GOOD["raport"]]})
    path = tmp_path / "warehouse.duckdb"
    with warehouse.replacing(path) as connection:
        files.load(connection)
        quality.check(connection, files.catalogue, files.files, SQL)
    assert [p.name for p in tmp_path.glob("*.wal")] == []
    with warehouse.connect(path, read_only=True) as connection:
        schemas = connection.execute("select schema_name from duckdb_schemas()").fetchall()
        assert ("staging",) not in schemas
        assert connection.execute("select count(*) from typed.raport").fetchall() == [(1,)]
    assert capfd.readouterr() == ("", "")


def test_without_files_the_library_is_not_even_loaded() -> None:
    program = """
import sys
from pathlib import Path
from flows.steps import catalogue, quality, settings

folders = settings.CHECKOUT / "data" / "catalogue", settings.CHECKOUT / "data" / "programmes"
loaded = catalogue.load(folders[0], folders[1] / "timisoara2023")
assert quality.check(None, loaded, [], Path()) == []
assert "great_expectations" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=CHECKOUT)


def everything_said(
    catalogue: Catalogue, outcome: Outcome, extended: list[Finding]
) -> list[Finding]:
    ours = [f for found in (*outcome.bad, *outcome.whole.values()) for f in found]
    return [*ours, *extended, *read_findings(catalogue)]


def altered(catalogue: Catalogue, sheet: str, name: str, **changes: object) -> Catalogue:
    """The catalogue with one field of the form changed."""
    fields = tuple(
        {**row, **changes} if (row["sheet"], row["field"]) == (sheet, name) else row
        for row in catalogue["form_fields"]
    )
    return dataclasses.replace(catalogue, tables={**catalogue.tables, "form_fields": fields})


@pytest.fixture(scope="module")
def extended(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """Findings under a form with a field for an address, and a most that may be counted."""
    form = altered(catalogue, "activitati", "notes", type="email", example="sala@example.org")
    form = altered(form, "activitati", "events_count", maximum=500)
    files = Files(form, tmp_path_factory.mktemp("extended"))
    row = GOOD["activitati"] | {"notes": "la recepție", "events_count": "501"}
    files.add(SENDER, {"raport": [GOOD["raport"]], "activitati": [row]})
    return files.check()


def test_a_form_that_asks_for_more_is_checked_for_more(extended: list[Finding]) -> None:
    assert places(extended) == {
        ("activitati", "notes", "not_an_email"),
        ("activitati", "events_count", "too_large"),
    }
