"""What a run tells in Prefect's page: Romanian first, whatever happened."""

from pathlib import Path

import pytest

from flows import story
from flows.forms import FormError
from flows.steps.archive import Receipt
from flows.steps.durable import BusyError
from flows.steps.errors import CatalogueError, OperatorError, ReperError, UsageError
from flows.steps.night import NIGHT, Night
from reports.model import Text
from tests.given import Given
from tests.press import Press


@pytest.fixture
def night(given: Given, tmp_path: Path) -> Night:
    press = Press(given, tmp_path)
    return Night(press.settings, press.catalogue, press.ledger)


def test_every_step_of_a_night_is_told_in_romanian_before_its_own_words(night: Night) -> None:
    for step in NIGHT:
        told = story.step(night, step.__name__, "its own words")
        said = story.line(step.__name__, told)
        assert said.endswith(" / its own words")
        romanian = told.ro.replace("\u00a0", " ")
        assert said.startswith(f"{story.STEPS[step.__name__].ro} · {step.__name__}: {romanian}")


def test_what_came_is_counted_as_a_romanian_counts(night: Night) -> None:
    night.receipts = [
        Receipt("TM-P001", "a.xlsx", outcome)
        for outcome in ("received", "repeated", "waiting", "waiting")
    ]
    told = story.step(night, "receive", "1 received, 1 repeated, 2 waiting")
    assert told.ro == "1\u00a0fișier primit, 1 repetate, 2 lăsate în așteptare"


def test_that_nobody_is_told_of_failures_is_said(night: Night) -> None:
    assert "niciun operator" in story.step(night, "deliver", "no mail waits").ro


@pytest.mark.parametrize(
    ("error", "in_romanian"),
    [
        (BusyError("Another run works."), "O altă rulare lucrează"),
        (CatalogueError("partners.csv, row 3."), "Tabelele programului au o greșeală"),
        (OperatorError("No space left."), "anunțați administratorul"),
        (UsageError("There is no such period."), "Nu se poate face ce s-a cerut"),
        (ReperError("A fault."), "greșeli în Reper"),
    ],
)
def test_an_error_says_in_romanian_who_has_to_act_and_then_its_own_words(
    error: ReperError, in_romanian: str
) -> None:
    romanian, english = story.trouble(error).split(" / ")
    assert in_romanian in romanian
    assert english == str(error)


def test_what_a_form_refuses_is_said_in_both_languages_once() -> None:
    assert story.trouble(FormError("Alegeți alta. / Choose another.")) == (
        "Alegeți alta. / Choose another."
    )


def test_a_run_that_lists_only_says_that_nothing_was_sent() -> None:
    assert story.reminded(3, None) == (
        "raportări așteptate: 3; nu s-a trimis nimic / 3 reports are waited for; nothing was sent"
    )
    assert "1 trimis" in story.reminded(3, Text("1 trimis", "1 sent"))
