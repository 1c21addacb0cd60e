"""A home is copied while it works, put back whole, and damage to either is found and named."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.steps.demonstration import Delivery

REPER = Path(sys.executable).with_name("reper")
NOW = "2021-01-25T05:00:00+02:00"


@dataclass
class Home:
    """A home, and the commands as one types them for it."""

    path: Path

    def start(self, *words: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [REPER, *map(str, words), "--home", self.path, "--json"],
            env={**os.environ, "REPER_NOW": NOW},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def does(self, *words: object, ends_with: int = 0) -> Any:  # noqa: ANN401 - JSON
        """What a command answers, or says on standard error when it does not end with 0."""
        with self.start(*words) as process:
            said, complained = process.communicate()
        assert process.returncode == ends_with, complained
        return json.loads(said) if said else complained

    def figures(self) -> list[dict[str, Any]]:
        return self.does("figures", "--period", "2020")

    def problems(self) -> list[tuple[str, str]]:
        """What is damaged, and the name of the file that it is said of."""
        found = self.does("verify", ends_with=4)
        assert not found["ok"]
        assert all(problem["why"] for problem in found["problems"])
        return [(one["what"], Path(one["where"]).name) for one in found["problems"]]


@pytest.fixture(scope="module")
def at_work(
    tmp_path_factory: pytest.TempPathFactory, deliveries: list[Delivery]
) -> tuple[Home, Path]:
    """A home after a night, and a backup of it taken while that night ran."""
    folder = tmp_path_factory.mktemp("backup")
    home = Home(folder / "home")
    for number, one in enumerate(one for one in deliveries if one.partner_id == "TM-P001"):
        inbox = home.path / "inbox" / one.partner_id
        inbox.mkdir(parents=True, exist_ok=True)
        shutil.copy(one.path, inbox / f"{number}-{one.file_name}")
    home.does("intake")
    another = next(one for one in deliveries if one.partner_id == "TM-P018")
    (home.path / "inbox" / "TM-P018").mkdir()
    shutil.copy(another.path, home.path / "inbox" / "TM-P018")
    with home.start("nightly") as night:
        home.does("backup", folder / "copy")
        assert night.poll() is None, "The night was over before the backup was."
        night.communicate()
    assert night.returncode == 0
    return home, folder / "copy"


def test_a_backup_taken_while_a_night_runs_gives_the_same_figures_when_it_is_put_back(
    at_work: tuple[Home, Path], tmp_path: Path
) -> None:
    home, copy = at_work
    restored = Home(tmp_path / "restored")
    assert restored.does("restore", copy)["files"] > 0
    assert restored.does("verify")["ok"]
    restored.does("nightly")
    expected = home.figures()
    assert any(figure["value"] for figure in expected)
    assert restored.figures() == expected
    assert restored.does("verify")["ok"]


def test_a_backup_is_new_whole_and_goes_only_into_an_empty_home(
    at_work: tuple[Home, Path], tmp_path: Path
) -> None:
    home, copy = at_work
    assert "is there already" in home.does("backup", copy, ends_with=3)
    assert "holds something" in home.does("restore", copy, ends_with=3)
    assert "is no backup" in Home(tmp_path / "a").does("restore", home.path, ends_with=3)
    assert "nothing to back up" in Home(tmp_path / "b").does("backup", tmp_path / "c", ends_with=3)
    damaged = tmp_path / "damaged"
    shutil.copytree(copy, damaged)
    (damaged / "secret" / "person.key").unlink()
    assert "is not whole" in Home(tmp_path / "a").does("restore", damaged, ends_with=3)
    assert not (tmp_path / "a").exists()
    found = home.does("verify", damaged, ends_with=4)
    assert [one["where"] for one in found["problems"]] == ["secret/person.key"]
    assert home.does("verify", copy)["ok"]


def _change(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")


def _entry(home: Path) -> None:
    import sqlite3

    with sqlite3.connect(home / "ledger.sqlite") as book:
        book.execute("update entries set at = '2020-01-01T00:00:00+00:00' where seq = 2")
    book.close()


def _original(home: Path) -> Path:
    return min((home / "archive").iterdir())


def _report(home: Path) -> Path:
    return min((home / "published").rglob("report.pdf"))


def _figures(home: Path) -> None:
    path = _report(home).with_name("figures.json")
    path.chmod(0o600)
    path.write_text(path.read_text("utf-8").replace('"value": 0', '"value": 1'), "utf-8")


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (_entry, "ledger"),
        (lambda home: _change(_original(home)), "original"),
        (lambda home: _original(home).unlink(), "original"),
        (lambda home: _change(_report(home)), "edition"),
        (lambda home: shutil.rmtree(_report(home).parent), "edition"),
        (_figures, "edition"),
        (lambda home: (home / "secret" / "person.key").unlink(), "key"),
    ],
    ids=["entry", "original", "lost original", "report", "lost edition", "figures", "key"],
)
def test_each_kind_of_damage_is_named(
    at_work: tuple[Home, Path], tmp_path: Path, damage: Callable[[Path], None], what: str
) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(at_work[0].path, copy.path)
    assert copy.does("verify")["checked"] > 3
    damage(copy.path)
    ((found, _name),) = copy.problems()
    assert found == what


def test_a_home_that_holds_nothing_yet_is_whole(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert home.does("verify") == {"ok": True, "checked": 0, "problems": []}
    assert not home.path.exists()
    assert "neither a backup nor an edition" in home.does("verify", tmp_path, ends_with=2)
