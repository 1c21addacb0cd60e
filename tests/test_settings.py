"""Where things are and what time it is: said on the command line, else in the environment."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.steps import settings
from flows.steps.errors import OperatorError, UsageError


def test_without_a_word_it_is_the_default_programme_in_its_own_home() -> None:
    found = settings.load(environment={})
    assert found.programme_id == "timisoara2023"
    assert found.home == settings.CHECKOUT / "data" / "home" / "timisoara2023"
    assert found.smtp_url is None


def test_the_environment_is_followed_and_the_command_line_goes_before_it(tmp_path: Path) -> None:
    environment = {
        "REPER_HOME": str(tmp_path / "there"),
        "REPER_PROGRAMME": "bucharest2021",
        "REPER_SMTP_URL": "smtp://localhost",
    }
    found = settings.load(environment=environment)
    assert (found.home, found.programme_id) == (tmp_path / "there", "bucharest2021")
    assert found.smtp_url == "smtp://localhost"
    found = settings.load(tmp_path / "here", "timisoara2023", environment)
    assert (found.home, found.programme_id) == (tmp_path / "here", "timisoara2023")


def test_memory_is_a_number_of_megabytes() -> None:
    assert settings.load(environment={}).memory_mb == 750
    assert settings.load(environment={"REPER_MEMORY_MB": "2000"}).memory_mb == 2000
    for wrong in ("2 GB", "-5", "100", "1.5"):
        with pytest.raises(OperatorError, match="megabytes"):
            settings.load(environment={"REPER_MEMORY_MB": wrong})


def test_blank_variables_are_no_variables() -> None:
    blank = dict.fromkeys(("REPER_HOME", "REPER_PROGRAMME", "REPER_SMTP_URL", "REPER_NOW"), "")
    assert settings.load(environment=blank).home == settings.load(environment={}).home


@pytest.mark.parametrize("programme_id", ["timisoara", "../programmes", ".", "timisoara2023/"])
def test_an_unknown_programme_is_refused_with_the_known_ones(programme_id: str) -> None:
    with pytest.raises(UsageError, match="timisoara2023"):
        settings.load(programme_id=programme_id, environment={})


def test_a_stated_moment_stands_for_the_clock_and_is_kept_in_utc() -> None:
    stated = {"REPER_NOW": "2021-01-25T05:00:00+02:00"}
    found = settings.load(environment=stated)
    assert found.now == datetime(2021, 1, 25, 3, tzinfo=UTC)
    assert found.now.tzinfo is UTC


@pytest.mark.parametrize("stated", ["2021-01-25T05:00:00", "2021-01-25", "yesterday", "1611543600"])
def test_a_moment_without_an_offset_is_refused_with_an_example(stated: str) -> None:
    with pytest.raises(OperatorError, match=r"2021-01-25T05:00:00\+02:00"):
        settings.load(environment={"REPER_NOW": stated})


def test_a_relative_home_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings.load(Path("home"), environment={}).home == tmp_path / "home"


def test_the_teams_own_recipients_go_before_the_example(tmp_path: Path) -> None:
    found = settings.load(tmp_path, environment={})
    assert found.recipients == found.programme / "recipients.example.csv"
    (tmp_path / "recipients.csv").write_text("recipient_id\n", "utf-8")
    assert found.recipients == tmp_path / "recipients.csv"
