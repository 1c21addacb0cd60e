"""What a partner sends again, takes back, or sent before the tables knew of it; on real nights."""

import io
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from flows import story, summary
from flows.steps import night, standing, submissions, warehouse
from flows.steps.night import Night
from flows.steps.settings import CHECKOUT, Settings
from tests.given import catalogue, with_indicators
from tests.quality_cases import GOOD, SENDER
from tests.sendings import saved, workbook

PERIOD = "2020-Q4"
CORRECTION = {
    ("raport", "submission_kind"): "corecție",
    ("raport", "correction_reason"): "Am primit numărul final de bilete.",
}
NIL = {(sheet, name): None for sheet, row in GOOD.items() for name in row if sheet != "raport"}
NIL |= {(sheet, "person_email"): None for sheet in ("artisti", "voluntari")}
NIL |= {("raport", "submission_kind"): "fără activitate"}
# Replies have tests of their own.
STEPS = (night.receive, *night.UP_TO_DATE)
CLEAN = ("reports", "activities", "budget_lines", "engagements", "open_calls")


@dataclass
class Home:
    """One home with tables of its own; each night is a day after the one before."""

    settings: Settings
    opened: Night | None = None

    def night(self) -> dict[str, str]:
        """Take in what came, by the tables as they stand; what each step said."""
        self.close()
        self.settings = replace(self.settings, now=self.settings.now + timedelta(days=1))
        self.opened = night.begin(self.settings)
        return {step.__name__: step(self.opened) for step in STEPS}

    def sends(self, file: bytes, partner: str = SENDER) -> dict[str, str]:
        path = self.settings.inbox / partner / "raport.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file)
        return self.night()

    def adds(self, table: str, row: str) -> dict[str, str]:
        """Somebody adds a row to a table of the programme; and the night after it."""
        path = self.settings.programme / f"{table}.csv"
        path.write_text(path.read_text("utf-8").rstrip("\n") + f"\n{row}\n", "utf-8")
        return self.night()

    def withdraws(self, number: int) -> dict[str, str]:
        """Take back the submission that came as this one, counted from 0."""
        one = self.book.knowledge().submissions[number]
        now = self.settings.now
        submissions.withdraw(self.book.ledger, one.submission_id, "Fișier greșit.", now)
        return self.night()

    @property
    def book(self) -> Night:
        assert self.opened is not None
        return self.opened

    def ask(self, query: str) -> list[dict[str, Any]]:
        with warehouse.connect(self.settings.warehouse, read_only=True) as connection:
            return warehouse.rows(connection, query)

    def visits(self) -> dict[str, int]:
        found = self.ask("select activity_id, attendance_in_person from clean.activities")
        return {row["activity_id"]: row["attendance_in_person"] for row in found}

    def counts(self) -> dict[str, int]:
        """How many rows of each kind count."""
        return {name: len(self.ask(f"select 1 from clean.{name}")) for name in CLEAN}  # noqa: S608

    def state(self) -> str:
        with warehouse.connect(self.settings.warehouse, read_only=True) as connection:
            found = standing.status(self.book, connection, PERIOD)["partners"]
        return next(row["state"] for row in found if row["partner_id"] == SENDER)

    def summary(self, said: Mapping[str, str]) -> str:
        """The page of the night, for the officer."""
        with warehouse.connect(self.settings.warehouse, read_only=True) as connection:
            status = standing.status(self.book, connection, PERIOD)
        told = {step: story.step(self.book, step, one) for step, one in said.items()}
        return summary.markdown(self.book, told, status, {})

    def told(self) -> list[Mapping[str, Any]]:
        """What was judged anew, as the book has it."""
        return [entry.body for entry in self.book.ledger.entries("rows_judged_anew")]

    def close(self) -> None:
        if self.opened is not None:
            self.opened.ledger.close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    data = tmp_path / "data"
    shutil.copytree(CHECKOUT / "data" / "catalogue", data / "catalogue")
    tables = CHECKOUT / "data" / "programmes" / "timisoara2023"
    shutil.copytree(tables, data / "programmes" / "timisoara2023")
    now = datetime.fromisoformat("2021-01-10T05:00:00+02:00")
    # No indicator is looked at here, and all of them take most of a build's time.
    sql = with_indicators(tmp_path / "sql")
    home = Home(Settings("timisoara2023", tmp_path / "home", now, sql=sql, data=data))
    yield home
    home.close()


def second(file: bytes, **changes: str) -> bytes:
    """The workbook with a second activity, like the first but for these fields."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    fields = [f for f in catalogue()["form_fields"] if f["sheet"] == "activitati"]
    page = book["Activități"]
    for column, field in enumerate(fields, start=1):
        value = changes.get(field["field"], page.cell(2, column).value)
        page.cell(3, column, value)
    return saved(book)


def test_a_correction_with_a_reason_takes_the_place_of_what_it_corrects(home: Home) -> None:
    home.sends(workbook({}))
    assert (home.visits(), home.state()) == ({"ACT-1": 180}, "REPORTED")
    before = home.counts()
    home.sends(workbook(CORRECTION | {("activitati", "attendance_in_person"): "195"}))
    assert home.visits() == {"ACT-1": 195}
    assert home.counts() == before
    (kind,) = home.ask(
        "select correction_reason from quality.submissions where submission_kind = 'correction'"
    )
    assert kind == {"correction_reason": "Am primit numărul final de bilete."}


def test_what_is_withdrawn_takes_along_all_that_came_from_it(home: Home) -> None:
    home.sends(workbook({}))
    before = home.counts()
    assert all(before.values())
    home.sends(workbook(CORRECTION | {("activitati", "attendance_in_person"): "195"}))
    home.withdraws(1)
    assert (home.visits(), home.counts()) == ({"ACT-1": 180}, before)
    home.withdraws(0)
    assert home.counts() == dict.fromkeys(CLEAN, 0)
    assert home.ask("select 1 from quality.stored_rows") == []
    assert home.state() == "NOT_DUE"


def test_nothing_to_report_is_an_answer_and_adds_nothing(home: Home) -> None:
    home.sends(workbook(NIL))
    assert home.state() == "NIL"
    assert home.counts() == dict.fromkeys(CLEAN, 0) | {"reports": 1}


def test_who_says_after_a_report_that_there_was_nothing_has_reported_until_it_takes_that_back(
    home: Home,
) -> None:
    home.sends(workbook({}))
    home.sends(workbook(NIL))
    rules = [one.rule for one in home.book.checked[-1].findings]
    assert rules == ["activity_gone", "call_gone", "line_gone"]
    assert (home.state(), home.visits()) == ("REPORTED", {"ACT-1": 180})
    home.withdraws(0)
    assert (home.state(), home.visits()) == ("NIL", {})


def test_an_activity_that_is_gone_is_asked_about_and_counts_on(home: Home) -> None:
    home.sends(second(workbook({}), activity_id="ACT-2", title_ro="Lumini"))
    home.sends(workbook(CORRECTION))
    assert set(home.visits()) == {"ACT-1", "ACT-2"}
    found = home.book.checked[-1].findings
    assert [one.rule for one in found] == ["activity_gone"]
    assert "„ACT-2” („Lumini”)" in found[0].message_ro


def test_rows_that_wait_for_a_project_come_in_by_themselves_exactly_once(home: Home) -> None:
    # The first activity waits, too, and goes on waiting: there is no such day.
    file = workbook({("activitati", "end_date"): "31.02.2020"})
    right = {"activity_id": "ACT-2", "title_ro": "Lumini", "end_date": "18.10.2020"}
    home.sends(second(file, **right, project_id="TM-PR777"))
    assert home.visits() == {}
    (waiting,) = home.book.checked
    said = home.adds("projects", f"TM-PR777,{SENDER},spatii_vii,Lumini noi")
    assert set(home.visits()) == {"ACT-2"}
    assert "judged anew: rows that waited came in: 1" in said["build"]
    assert home.told() == [
        {
            "submission_id": waiting.submission_id,
            "sheet": "activitati",
            "came_in": [3],
            "went_out": [],
            "is_taken": False,
        }
    ]
    assert "fără un fișier nou, rânduri intrate: 1, rânduri ieșite: 0" in home.summary(said)
    home.night()
    assert (len(home.told()), len(home.visits())) == (1, 1)


def test_rows_that_wait_for_a_district_come_in_by_themselves(home: Home) -> None:
    home.sends(workbook({("activitati", "district_code"): "Cartier Nou"}))
    assert home.visits() == {}
    home.adds("districts", "cartier_nou,Cartier Nou,other,")
    assert home.visits() == {"ACT-1": 180}
    assert [(one["sheet"], one["came_in"]) for one in home.told()] == [("activitati", [2])]


def test_a_file_of_a_partner_that_nobody_knows_waits_until_it_is_known(home: Home) -> None:
    file = workbook({("raport", "partner_id"): "TM-P777"})
    said = home.sends(file, "TM-P777")
    assert said["receive"].endswith("1 waiting")
    home.adds("partners", "TM-P777,Asociația Nouă,association,independent,ro,2020-01-01,")
    assert [one.partner_id for one in home.book.knowledge().submissions] == ["TM-P777"]


def test_rows_of_a_project_that_is_taken_off_the_list_go_out_and_the_officer_is_told(
    home: Home,
) -> None:
    home.adds("projects", f"TM-PR777,{SENDER},spatii_vii,Lumini noi")
    projects = {(sheet, "project_id"): "TM-PR777" for sheet in ("activitati", "buget")}
    home.sends(workbook(projects))
    assert home.visits() == {"ACT-1": 180}
    path = home.settings.programme / "projects.csv"
    path.write_text(path.read_text("utf-8").replace("TM-PR777", "TM-PR778"), "utf-8")
    said = home.night()
    assert home.visits() == {}
    assert "judged anew: rows went out: 2" in said["build"]


def test_the_officer_reads_of_what_was_judged_anew_once(home: Home) -> None:
    home.sends(workbook({("activitati", "district_code"): "Cartier Nou"}))
    home.adds("districts", "cartier_nou,Cartier Nou,other,")
    standing.remind(home.book)
    night.deliver(home.book)
    (mail,) = home.settings.outbox.glob("digest-*.eml")
    said = mail.read_text("utf-8")
    assert "rows that came in" in said or "r=C3=A2nduri intrate 2" in said
    home.night()
    standing.remind(home.book)
    assert len(home.book.ledger.entries("digest_planned")) == 1
