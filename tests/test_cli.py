"""The command: thin, quick to say what it can do, and true to its exit status and its streams."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows import cli
from flows.steps.durable import only_writer
from flows.steps.night import NIGHT

NOW = "2021-01-25T05:00:00+02:00"
HEAVY = ("prefect", "great_expectations", "pandas", "duckdb", "pyarrow", "reportlab", "openpyxl")
HELP = """
import sys
from flows.cli import main
try:
    main(["--help"])
except SystemExit as end:
    assert end.code == 0
print(*sys.modules, file=sys.stderr)
"""


@dataclass
class Quiet:
    """A home after a night in which nothing came, and what the night said."""

    home: Path
    night: subprocess.CompletedProcess[str]

    def ask(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:  # noqa: ANN401
        assert cli.main([*arguments, "--home", str(self.home), "--json"]) == 0
        return json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Quiet:
    home = tmp_path_factory.mktemp("home")
    program = "import sys; from flows.cli import main; sys.exit(main())"
    night = subprocess.run(
        [sys.executable, "-c", program, "nightly", "--json", "--home", str(home)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "REPER_NOW": NOW},
    )
    return Quiet(home, night)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REPER_HOME", "REPER_PROGRAMME", "REPER_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REPER_NOW", NOW)


def test_help_answers_without_loading_what_is_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)
    assert "COMMAND" in done.stdout
    assert "nightly" in done.stdout
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert loaded.isdisjoint(HEAVY)


def test_a_quiet_night_answers_with_one_document_and_tells_the_rest_to_whoever_watches(
    quiet: Quiet,
) -> None:
    assert quiet.night.returncode == 0, quiet.night.stderr
    assert list(json.loads(quiet.night.stdout)) == [step.__name__ for step in NIGHT]
    assert "0 received" in quiet.night.stderr


def test_questions_are_answered_from_the_warehouse(
    quiet: Quiet, capsys: pytest.CaptureFixture[str]
) -> None:
    (figure,) = quiet.ask(capsys, "figures", "--indicator", "IND01", "--period", "2020")
    assert (figure["value"], figure["precision"], figure["reported"]) == (None, "no_data", 0)
    stands = quiet.ask(capsys, "status")
    assert stands["period_id"] == "2020-Q4"
    assert {partner["state"] for partner in stands["partners"]} == {"MISSING"}
    assert quiet.ask(capsys, "outbox") == []


def test_status_says_in_a_few_lines_how_many_stand_where_and_what_waits(
    quiet: Quiet, capsys: pytest.CaptureFixture[str]
) -> None:
    waits = quiet.ask(capsys, "status")["waits"]
    assert waits["partners_overdue"] > 0
    assert cli.main(["status", "--home", str(quiet.home)]) == 0
    out = capsys.readouterr().out
    assert re.search(rf"{waits['partners_overdue']} +MISSING", out)
    assert re.search(rf"{waits['partners_overdue']} +partners overdue", out)
    assert "uncertain" not in out


def test_an_unknown_period_or_indicator_is_wrong_usage(
    quiet: Quiet, capsys: pytest.CaptureFixture[str]
) -> None:
    for option, value in (("--period", "2020-Q5"), ("--period", "2031"), ("--indicator", "IND99")):
        assert cli.main(["figures", option, value, "--home", str(quiet.home), "--json"]) == 2
        assert value in said(capsys)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["figures", "--period"],
        ["report", "team"],
        ["report", "team", "--period", "2020", "--language", "de"],
    ],
)
def test_wrong_usage_is_told_by_the_exit_status(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().out == ""


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that whoever typed the command gets; nothing on standard output."""
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line


def test_a_programme_that_there_is_not_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["status", "--home", str(tmp_path), "--programme", "paris1900"]) == 2
    assert "timisoara2023" in said(capsys)


def test_a_file_of_nobody_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "raport.xlsx"
    file.write_bytes(b"")
    assert cli.main(["check", str(file), "--home", str(tmp_path / "home"), "--json"]) == 2
    assert "--partner" in said(capsys)


def test_no_warehouse_yet_is_the_operators_and_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["figures", "--home", str(tmp_path), "--json"]) == 3
    assert "reper rebuild" in said(capsys)


def test_a_home_at_work_is_the_operators_and_nothing_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with only_writer(tmp_path / ".lock"):
        assert cli.main(["deliver", "--home", str(tmp_path), "--json"]) == 3
    assert f"process {os.getpid()}" in said(capsys)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_clock_without_an_offset_is_the_operators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPER_NOW", "2021-01-25T05:00:00")
    assert cli.main(["status", "--home", str(tmp_path)]) == 3
    assert "REPER_NOW" in said(capsys)


def test_a_reader_that_has_seen_enough_gets_no_traceback(quiet: Quiet) -> None:
    program = "import sys; from flows.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "figures", "--json", "--home", str(quiet.home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.close()
        assert asked.stderr.read() == b""
    assert asked.returncode == 0
