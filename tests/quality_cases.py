"""Files that break one rule each, beside files as near to them that break none."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, str | None]
Sheets = Mapping[str, Sequence[Row]]
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
ONLINE |= {
    "platform": "YouTube",
    "attendance_in_person": None,
    "count_method": None,
    "attendance_online_live": "65",
}


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
    cell("date_as_number", "activitati", "end_date", "44122", "18/10/2020"),
    cell(
        "far_date",
        "activitati",
        "end_date",
        "18.10.2200",
        "18.10.2020",
        says=("01.01.2010 și 31.12.2033", "01.01.2010 and 31.12.2033"),
    ),
    cell("code_mangled", "activitati", "locality_siruta", "155243.0", "155243"),
    cell("says_nothing", "activitati", "venue_name", "nu este cazul", "Nu"),
    cell("says_nothing", "activitati", "networks", "Novi Sad 2022; -", "Novi Sad 2022; A–Z"),
    cell("says_nothing", "activitati", "schools", "nu", "Nicolae Nu"),
    cell("code_as_date", "activitati", "venue_name", "2020-02-01", "Sala 2-1"),
    cell("not_a_whole_number", "activitati", "new_works", "vreo 100", "1.200"),
    cell("not_a_whole_number", "activitati", "new_works", "1234567890123", "12"),
    cell("too_large", "activitati", "new_works", "722123456", "99999"),
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
    Case(
        "no_platform",
        "activitati",
        "platform",
        {**ONLINE, "platform": None},
        {**ONLINE, "platform": "alta"},
        severity="warn",
        says=("verificare nouă, din 01.01.2021", "new check, since 01.01.2021"),
    ),
    Case(
        "no_tickets",
        "activitati",
        "tickets_sold",
        {"pricing": "cu plată", "tickets_sold": None},
        {"pricing": "mixt", "tickets_sold": None},
        severity="warn",
    ),
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
SHORT = ACTIVITY | dict.fromkeys(("events_count", "format", "country", "venue_type"))
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
        "columns taken out of the form",
        {"raport": [REPORT], "activitati": [SHORT]},
        {
            ("activitati", "events_count", "column_left_out"),
            ("activitati", "format", "expected_left_out"),
        },
        {"form_version": "2020.1"},
        {"activitati": {"columns": {"title_ro": "D"}}},
    ),
    Whole(
        "columns that an older form did not have",
        {"raport": [REPORT], "activitati": [SHORT]},
        summary={"form_version": "2019.1"},
        layout={"activitati": {"columns": {"title_ro": "D"}}},
    ),
    Whole(
        "dates that begin with the month",
        {
            "raport": [REPORT],
            "activitati": [ACTIVITY | {"start_date": "10/11/2020", "end_date": "11/13/2020"}],
        },
        {("activitati", "start_date", "day_or_month"), ("activitati", "end_date", "not_a_date")},
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


@dataclass(frozen=True)
class Story:
    """Files that came one after the other, and all that is to be found in the last of them."""

    name: str
    files: Sequence[tuple[str, Sheets]]
    found: set[tuple[str | None, str | None, str]] = field(default_factory=set)
    says: tuple[str, str] = ("", "")


def told(sender: str, quarter: int, *activities: Row) -> tuple[str, Sheets]:
    """A report of a partner of its own, who is where nobody else is."""
    day = f"17.{3 * quarter - 1:02}.2020"
    usual = {
        **ACTIVITY,
        "project_id": sender.replace("P", "PR"),
        "venue_name": f"Sala {sender}",
        "start_date": day,
        "end_date": day,
        "volunteers": "0",
    }
    report = {
        **REPORT,
        "partner_id": sender,
        "period": f"2020-Q{quarter}",
        "artists_unique_declared": "0",
        "volunteers_unique_declared": "0",
    }
    rows = [{**usual, "activity_id": f"ACT-{n}", **row} for n, row in enumerate(activities, 1)]
    return sender, {"raport": [report], "activitati": rows}


def with_sheets(sender: str, **sheets: Sequence[Row]) -> tuple[str, Sheets]:
    """A report of the last quarter with one activity, and with these sheets."""
    own = [{**row, "project_id": sender.replace("P", "PR")} for row in sheets.pop("buget", ())]
    lines = {"buget": own} if own else {}
    return sender, {**told(sender, 4, {})[1], **lines, **sheets}


def registers(*people: str) -> dict[str, Sequence[Row]]:
    return {
        sheet: [{**GOOD[sheet], "person_key": one * 32} for one in people]
        for sheet in ("artisti", "voluntari")
    }


CALL = GOOD["apeluri"]
LINE = GOOD["buget"] | {"amount_spent_period": "100", "amount_spent_cumulative": "100"}


def _visits(*counts: int) -> list[Row]:
    return [{"attendance_in_person": str(count)} for count in counts]


def _total(name: str, text: str) -> Row:
    return {"set_aside": "total", **dict.fromkeys(ACTIVITY, None), name: text}


VISITS = ("activitati", "attendance_in_person")
LIGHTS: Row = {"title_ro": "Lumini pe Bega", "venue_name": "Malul Begăi"}
STORIES = [
    Story(
        "an activity is gone",
        [told("TM-P003", 4, {}, {"title_ro": "Lumini"}), told("TM-P003", 4, {})],
        {(None, None, "activity_gone")},
        ("„ACT-2” („Lumini”)", "“ACT-2” (“Lumini”)"),
    ),
    Story(
        "a call, a line of the budget and people of both registers are gone",
        [
            with_sheets("TM-P026", apeluri=[CALL], buget=[LINE], **registers("a", "b", "c")),
            with_sheets(
                "TM-P026",
                apeluri=[CALL | {"call_id": "TM-A02"}],
                buget=[LINE | {"chapter": "promovare"}],
                **registers("a"),
            ),
        ],
        {
            (None, None, rule)
            for rule in ("call_gone", "line_gone", "artists_gone", "volunteers_gone")
        },
    ),
    Story(
        "a register that is left out stays as it was",
        [
            with_sheets("TM-P027", **registers("a", "b")),
            with_sheets("TM-P027", artisti=[], voluntari=[]),
        ],
    ),
    Story(
        "an activity was for one quarter only",
        [told("TM-P004", 3, {}, {}), told("TM-P004", 4, {"title_ro": "Altceva"})],
    ),
    Story(
        "an activity is gone, but the file has no sheet of activities",
        [told("TM-P005", 4, {}), ("TM-P005", {"raport": told("TM-P005", 4)[1]["raport"]})],
        {(*KIND, "empty_report")},
    ),
    Story(
        "a note below the table",
        [
            told(
                "TM-P019",
                4,
                {},
                dict.fromkeys(ACTIVITY, None) | {"activity_id": None, "notes": "ok"},
            )
        ],
        {("activitati", "activity_id", "stray_row")},
    ),
    Story(
        "a code lost its zeros",
        [told("TM-P006", 3, {"activity_id": "007"}), told("TM-P006", 4, {"activity_id": "7"})],
        {("activitati", "activity_id", "code_changed")},
        ("„007”", "“007”"),
    ),
    Story(
        "a code in other letters",
        [
            told("TM-P061", 3, {"activity_id": "ACT-1"}),
            told("TM-P061", 4, {"activity_id": "act–1"}),
        ],
        {("activitati", "activity_id", "code_changed")},
        ("„ACT-1”", "“ACT-1”"),
    ),
    Story(
        "two codes that differ in a dash, both reported before",
        [
            told("TM-P062", 3, {"activity_id": "A-1"}, {"activity_id": "A 1"}),
            told("TM-P062", 4, {"activity_id": "A-1"}, {"activity_id": "A 1"}),
        ],
    ),
    Story(
        "far above the usual number",
        [told("TM-P007", 3, *_visits(90, 100, 100, 100, 5000)), told("TM-P007", 4, *_visits(301))],
        {(*VISITS, "far_above_usual")},
        ("obișnuit al activităților raportate de dumneavoastră: 100", "you reported: 100"),
    ),
    Story(
        "not far above the usual number",
        [told("TM-P008", 3, *_visits(90, 100, 100, 100, 5000)), told("TM-P008", 4, *_visits(300))],
    ),
    Story(
        "no usual number yet",
        [told("TM-P009", 3, *_visits(90, 100, 100, 100)), told("TM-P009", 4, *_visits(900))],
    ),
    Story(
        "a running total",
        [
            told("TM-P010", 3, {"attendance_in_person": "100", "events_count": "2"}),
            told("TM-P010", 4, {"attendance_in_person": "150", "events_count": "3"}),
        ],
        {(*VISITS, "running_total")},
        ("atunci erau 100", "then there were 100"),
    ),
    Story(
        "more visits to as many events",
        [
            told("TM-P011", 3, {"attendance_in_person": "100", "events_count": "2"}),
            told("TM-P011", 4, {"attendance_in_person": "150", "events_count": "2"}),
        ],
    ),
    Story(
        "two partners, one activity",
        [told("TM-P012", 4, LIGHTS), told("TM-P013", 4, LIGHTS | {"title_ro": "Lumini pe Béga!"})],
        {("activitati", "title_ro", "reported_by_two")},
        ("(codul dumneavoastră: „ACT-1”)", "(your code: “ACT-1”)"),
    ),
    Story(
        "two partners, one activity, and said so",
        [
            told("TM-P014", 3, LIGHTS),
            told("TM-P015", 3, LIGHTS | {"reported_by_other": "TM-P014 ACT-1"}),
        ],
    ),
    Story(
        "a right total, and a right total of a part",
        [
            told(
                "TM-P016",
                4,
                *_visits(100, 50),
                _total("attendance_in_person", "150"),
                *_visits(30, 20),
                _total("attendance_in_person", "50"),
                _total("attendance_in_person", "200,0"),
            )
        ],
    ),
    Story(
        "a wrong total",
        [told("TM-P017", 4, *_visits(1000, 50), _total("attendance_in_person", "1.500"))],
        {(*VISITS, "total_differs")},
        ("suma rândurilor de deasupra este 1.050", "the sum of the rows above is 1,050"),
    ),
    Story(
        "a total of numbers that are not understood",
        [
            told(
                "TM-P018",
                4,
                *_visits(100),
                {"attendance_in_person": "peste 60"},
                _total("attendance_in_person", "100"),
            )
        ],
        {(*VISITS, "not_a_whole_number")},
    ),
]
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
    {
        "rule": "second_header",
        "sheet": "Activități",
        "row": 40,
        "column": "title_ro",
        "cell": "C40",
        "value": "Titlu",
    },
    {
        "rule": "above_header",
        "sheet": "Activități",
        "row": 3,
        "column": "activity_id",
        "cell": "A3",
        "severity": "reject",
    },
    {
        "rule": "merged_cell",
        "sheet": "Activități",
        "row": 6,
        "column": "title_ro",
        "cell": "D6",
        "arguments": {"cells": "D5:D7"},
        "severity": "reject",
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
