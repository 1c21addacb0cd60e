"""Every rule fires where it should, is silent on the good twin, and says what to do about it."""

import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.steps import catalogue as catalogues
from flows.steps import warehouse
from flows.steps.catalogue import Catalogue
from flows.steps.checking import corrections, quality
from flows.steps.checking.answers import Answers
from flows.steps.checking.findings import CheckedFile, Finding, quarantined, to_json, verdict
from flows.steps.checking.wording import Wording, sentences
from flows.steps.filling import loading
from flows.steps.settings import CHECKOUT
from flows.steps.submissions import Submission
from flows.steps.warehouse import Connection
from tests import kept_rows
from tests.quality_cases import (
    CASES,
    GOOD,
    OTHER,
    OTHERS_PROJECT,
    PLAIN,
    READ,
    SENDER,
    STORIES,
    WHOLES,
    Case,
    Row,
    Sheets,
    Story,
)

SQL = CHECKOUT / "sql"


@dataclass
class Files:
    """Submissions as the reader would hand them on, in the order in which they came."""

    catalogue: Catalogue
    folder: Path
    submissions: list[Submission] = field(default_factory=list)
    files: list[CheckedFile] = field(default_factory=list)
    others: list[Submission] = field(default_factory=list)
    parquet: dict[str, Path] = field(default_factory=dict)
    received_on: date = date(2021, 1, 11)

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
        self.files.append(CheckedFile(submission_id, sender, said, self.received_on))
        self.parquet[sha256] = self.folder / f"{sha256}.parquet"
        rows = [
            {"row_number": 5 + n, **row, "sheet": sheet}
            for sheet, listed in sheets.items()
            for n, row in enumerate(listed)
        ]
        self.parquet[sha256].write_bytes(kept_rows.written(rows))
        return submission_id

    def check(self, catalogue: Catalogue | None = None) -> list[Finding]:
        with warehouse.connect() as connection:
            self.load(connection)
            found = quality.check(connection, catalogue or self.catalogue, self.files, SQL)
        return [*sentences(Wording(self.catalogue), self.files), *found]

    def load(self, connection: Connection) -> None:
        loading.load(connection, self.catalogue, self.submissions, self.parquet, SQL)
        loading.load_others(connection, self.others, self.parquet)


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
    story: dict[str, list[Finding]]

    def everything(self) -> list[Finding]:
        told = (*self.bad, *self.whole.values(), *self.story.values())
        return [finding for found in told for finding in found]


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
    story = {
        one.name: [files.add(sender, sheets) for sender, sheets in one.files][-1] for one in STORIES
    }
    found: dict[str, list[Finding]] = {file.submission_id: [] for file in files.files}
    for finding in files.check():
        found[finding.submission_id].append(finding)
    # Each case is a newer file of the same quarter: a changed code makes the one before it go.
    return Outcome(
        [[f for f in found[one] if not f.rule.endswith("_gone")] for one in bad],
        [[f for f in found[one] if not f.rule.endswith("_gone")] for one in good],
        {name: found[one] for name, one in whole.items()},
        {name: found[one] for name, one in story.items()},
    )


def changed(case: Case, change: Row) -> dict[str, list[Row]]:
    sheets = {name: dict(row) for name, row in GOOD.items()}
    if case.sender == OTHER:
        sheets["raport"]["partner_id"] = OTHER
        sheets["activitati"]["project_id"] = sheets["buget"]["project_id"] = OTHERS_PROJECT
        sheets["activitati"]["venue_name"] = "Parcul Copiilor"
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
    sources = (path.read_text("utf-8") for path in (CHECKOUT / "flows" / "steps").rglob("*.py"))
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


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_what_only_earlier_files_and_other_rows_show(story: Story, outcome: Outcome) -> None:
    found = outcome.story[story.name]
    assert places(found) == story.found
    for finding in found:
        assert story.says[0] in finding.message_ro
        assert story.says[1] in finding.message_en


def test_a_rule_that_is_new_only_warns(catalogue: Catalogue) -> None:
    new = [row for row in catalogue["rules"] if row["since"]]
    assert {row["severity"] for row in new} == {"warn"}


def test_what_a_sentence_says_to_write_is_understood_when_it_is_written(outcome: Outcome) -> None:
    asked = [
        re.findall(r"[„“]([\d.,]*\d)”", corrections.correction(finding, language).remedy)
        for finding in outcome.everything()
        for language in ("ro", "en")
    ]
    written = {one for found in asked for one in found}
    numbers = {one for one in written if not re.fullmatch(r"\d\d\.\d\d\.\d{4}", one)}
    assert {"14350,50", "1050", "50"} <= numbers
    with warehouse.connect() as connection:
        connection.execute((SQL / "typing" / "macros.sql").read_text("utf-8"))
        for number in numbers:
            [[value]] = connection.execute("select as_decimal(?)", [number]).fetchall()
            assert value is not None, number


@pytest.mark.parametrize(("received_on", "is_new"), [("2021-06-29", True), ("2021-06-30", False)])
def test_a_rule_is_called_new_for_as_long_as_the_programme_says(
    files: Files, received_on: str, *, is_new: bool
) -> None:
    assert files.catalogue.programme.new_rule_days == 180
    files.received_on = date.fromisoformat(received_on)
    [case] = [case for case in CASES if case.rule == "no_platform"]
    files.add(SENDER, changed(case, case.bad))
    [finding] = files.check()
    assert finding.rule == "no_platform"
    assert finding.message_ro.endswith("din 01.01.2021.") is is_new
    assert finding.message_en.endswith("since 01.01.2021.") is is_new


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
    rejected = {f.sheet_id for f in outcome.everything() if f.severity == "reject"}
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
    max_examples=8,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
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


def test_a_rule_that_crashes_is_no_finding(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    files.add(SENDER, {"raport": [GOOD["raport"]], "activitati": [GOOD["activitati"]]})
    day_for_a_number = ("ExpectColumnValuesToBeBetween", {"min_value": date(2020, 1, 1)})
    monkeypatch.setitem(vars(quality)["_EXPECTED"], "room", day_for_a_number)
    with pytest.raises(quality.RuleError, match="room_"):
        files.check()


def test_a_list_of_rows_that_ends_early_is_no_answer(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    untitled = GOOD["activitati"] | {"title_ro": None}
    many = [untitled | {"activity_id": f"A-{n}"} for n in range(30)]
    files.add(SENDER, {"raport": [GOOD["raport"]], "activitati": many})
    assert sum(f.rule == "required" for f in files.check()) == 30
    monkeypatch.delitem(quality._RESULT_FORMAT, "partial_unexpected_count")
    with pytest.raises(quality.RuleError, match="30 rows do not meet them, 20 are named"):
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
from flows.steps import catalogue, settings
from flows.steps.checking import quality

folders = settings.CHECKOUT / "data" / "catalogue", settings.CHECKOUT / "data" / "programmes"
loaded = catalogue.load(folders[0], folders[1] / "timisoara2023")
assert quality.check(None, loaded, [], Path()) == []
assert "great_expectations" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=CHECKOUT)


def test_what_nobody_asks_of_the_library_is_not_loaded_with_it() -> None:
    program = """
import gc
import sys
from flows.steps.checking import quality

quality._library()
assert gc.isenabled()
assert "great_expectations" in sys.modules
for name in "scipy.stats._stats_py", "altair.vegalite":
    assert name not in sys.modules, name
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=CHECKOUT)


def test_what_was_not_loaded_is_there_when_somebody_uses_it() -> None:
    program = """
import sys
from flows.steps.checking import quality

quality._library()
import altair
from scipy import stats
from altair.vegalite import v6

assert altair.Chart is v6.Chart
assert stats.norm.cdf(0) == 0.5
assert "scipy.stats._stats_py" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=CHECKOUT)


@pytest.mark.parametrize("programme", ["timisoara2023", "bucharest2021"])
def test_every_example_is_an_answer_that_the_form_allows(programme: str) -> None:
    folders = CHECKOUT / "data" / "catalogue", CHECKOUT / "data" / "programmes" / programme
    loaded = catalogues.load(*folders)
    answers, sender = Answers(loaded), loaded["projects"][0]["partner_id"]
    for form_field in loaded["form_fields"]:
        allowed = answers.allowed(form_field, sender, "en")
        example = answers.example(form_field, sender, "en")
        assert example
        if allowed:
            assert all(part.strip() in allowed.values() for part in example.split(";"))


def everything_said(
    catalogue: Catalogue, outcome: Outcome, extended: list[Finding]
) -> list[Finding]:
    return [*outcome.everything(), *extended, *read_findings(catalogue)]


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
