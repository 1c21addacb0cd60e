"""One night, end to end, as a user runs it: the commands, in a home of their own."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from flows.steps.demonstration import Delivery

REPER = Path(sys.executable).with_name("reper")
# What was published of the real year; the made-up workbooks of the demonstration add up to it.
PUBLISHED = {
    ("IND01", None, None, None): 203,
    ("IND01", None, "format", "in_person"): 66,
    ("IND01", None, "format", "online"): 115,
    ("IND01", None, "format", "not_stated"): 22,
    ("IND12", None, None, None): 142,
    ("IND27", None, None, None): 280,
    ("IND29", None, None, None): 62,
    ("IND32", None, None, None): 4,
    ("IND33", "applicants", None, None): 191,
    ("IND34", "applicants", None, None): 42,
}


def reper(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [REPER, *words, "--home", home],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def answer(home: Path, *words: str, **environment: str) -> Any:  # noqa: ANN401 - JSON
    done = reper(home, *words, "--json", **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def figures(home: Path, *words: str) -> dict[tuple[str | None, ...], dict[str, Any]]:
    key = ("indicator_id", "measure", "dimension", "category", "source")
    found = answer(home, "figures", "--period", "2020", *words)
    return {tuple(row[name] for name in key): row for row in found}


def left_behind(home: Path) -> tuple[dict[str, str], Any]:
    """Archive, published files and mails by hash, and the last line of the ledger."""
    files = {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("archive", "published", "outbox", "returned")
        for path in sorted((home / folder).rglob("*"))
        if path.is_file()
    }
    with sqlite3.connect(home / "ledger.sqlite") as book:
        last = book.execute("select seq, hash from entries order by seq desc limit 1").fetchone()
    book.close()
    return files, last


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("night") / "home"
    done = reper(home, "demo")
    assert done.returncode == 0, done.stderr
    return home


def test_the_demonstration_gives_the_published_figures_exactly(home: Path) -> None:
    found = figures(home)
    for key, value in PUBLISHED.items():
        row = found[*key, "computed"]
        assert (row["value"], row["precision"]) == (value, "exact"), key
    rate = found["IND35", None, None, None, "computed"]
    assert (rate["numerator"], rate["denominator"]) == (42, 191)
    assert f"{rate['value']:.1%}" == "22.0%"


def test_shares_by_format_stand_over_the_classified(home: Path) -> None:
    found = figures(home, "--indicator", "IND03")
    for category, count in (("in_person", 66), ("online", 115)):
        row = found["IND03", "share", "format", category, "computed"]
        assert (row["numerator"], row["denominator"]) == (count, 181)
    assert ("IND03", "share", "format", "not_stated", "computed") not in found
    assert found["IND03", "activities", "format", "not_stated", "computed"]["value"] == 22


def test_what_others_published_stands_beside_and_is_marked(home: Path) -> None:
    published = figures(home)["IND01", None, None, None, "external"]
    assert (published["value"], published["precision"]) == (201, "at_least")
    assert published["stated_by"]


def test_single_quarters_have_late_nil_excused_and_missing_partners(home: Path) -> None:
    states = {
        partner["state"]
        for quarter in ("2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4")
        for partner in answer(home, "status", "--period", quarter)["partners"]
    }
    assert {"REPORTED", "LATE", "NIL", "EXCUSED", "MISSING"} <= states


def test_a_second_night_changes_nothing(home: Path) -> None:
    before, known = left_behind(home), figures(home)
    assert reper(home, "nightly").returncode == 0
    assert reper(home, "nightly").returncode == 0
    assert left_behind(home) == before
    assert figures(home) == known


def test_a_deleted_warehouse_comes_back_with_the_same_figures(home: Path) -> None:
    known = figures(home)
    (home / "warehouse.duckdb").unlink()
    assert reper(home, "nightly").returncode == 0
    assert figures(home) == known


def test_lost_caches_come_back_with_the_same_figures(home: Path, tmp_path: Path) -> None:
    known = figures(home)
    copy = tmp_path / "home"
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("parsed", "checked", "*.duckdb"))
    assert reper(copy, "rebuild").returncode == 0
    assert figures(copy) == known


def test_the_same_report_has_the_same_bytes_anywhere(home: Path, tmp_path: Path) -> None:
    drawn = []
    for seed, zone in (("1", "UTC"), ("77", "Pacific/Auckland")):
        target = tmp_path / f"{seed}.pdf"
        words = ("report", "team", "--period", "2020", "-o", str(target))
        assert reper(home, *words, PYTHONHASHSEED=seed, TZ=zone).returncode == 0
        drawn.append(target.read_bytes())
    assert drawn[0] == drawn[1]


def test_each_reader_has_one_mail_for_each_edition(home: Path) -> None:
    mails = answer(home, "outbox")
    assert {mail["state"] for mail in mails} == {"written"}
    keys = [(mail["edition"], mail["recipient"]) for mail in mails]
    assert len(keys) == len(set(keys)) == len(list((home / "outbox").glob("*.eml")))


def test_a_past_day_knows_only_what_had_come_by_then(home: Path) -> None:
    then = figures(home, "--as-known-on", "2020-09-01")
    now = figures(home)
    key = ("IND01", None, None, None, "computed")
    assert 0 < then[key]["value"] < now[key]["value"]


def test_wrong_workbooks_are_answered_and_the_others_unharmed(
    home: Path, deliveries: list[Delivery], tmp_path: Path
) -> None:
    inbox = tmp_path / "TM-P001"
    inbox.mkdir()
    sent = deliveries[0].path.parents[1]
    good = sent / "TM-P001" / "TM-P001_2020-Q1.xlsx"
    shutil.copy(good, inbox / "good.xlsx")
    shutil.copy(sent / "TM-P005" / "TM-P005_2020-Q1.xlsx", inbox / "foreign.xlsx")
    (inbox / "empty.xlsx").touch()
    (inbox / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n made up")
    Workbook().save(inbox / "no_sheet.xlsx")
    book = load_workbook(good)
    sheet = book["Activități"]
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(3, column["Data începerii"]).value = "31/02/2020"
    sheet.cell(3, column["Număr de evenimente/reprezentații"]).value = "multe"
    book.save(inbox / "wrong.xlsx")

    files = sorted(inbox.iterdir())
    done = reper(home, "check", *map(str, files), "--json")
    assert done.returncode == 4
    of = {Path(one["file"]).stem: one for one in json.loads(done.stdout)}

    assert of["good"]["verdict"] == "accepted"
    assert of["good"]["findings"] == []
    for name in ("foreign", "empty", "picture", "no_sheet"):
        assert of[name]["verdict"] == "rejected", name
        assert of[name]["findings"], name
    assert of["wrong"]["verdict"] == "partly_accepted"
    told = {(f["value"], f["row"], bool(f["cell"])) for f in of["wrong"]["findings"]}
    assert {("31/02/2020", 3, True), ("multe", 3, True)} <= told
    for one in of.values():
        for finding in one["findings"]:
            assert finding["message_ro"] != finding["message_en"]
        for count in one["rows"].values():
            parts = count["stored"] + count["quarantined"] + count["set_aside"]
            assert count["seen"] == parts


def test_a_demonstration_never_replaces_real_work(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    done = reper(tmp_path, "demo")
    assert done.returncode == 3
    assert "nothing was touched" in done.stderr
    assert (tmp_path / "inbox").is_dir()
