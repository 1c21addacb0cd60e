"""What is published is frozen, once, and again only when it says something new."""

import json
from pathlib import Path

import pytest

from flows.steps.errors import UsageError
from tests.given import Given
from tests.press import PERIOD, Press


@pytest.fixture
def press(given: Given, tmp_path: Path) -> Press:
    given.activity("a1", received_at="2020-04-10")
    return Press(given, tmp_path)


def test_an_edition_is_a_folder_with_the_report_its_figures_and_their_workbook(
    press: Press,
) -> None:
    edition = press.publishes_one("team")
    assert edition.path == f"team/{PERIOD}/ro-v1"
    names = sorted(path.name for path in press.files(edition).iterdir())
    assert names == ["figures.json", "report.pdf", "report.xlsx"]
    assert press.files(edition).joinpath("report.pdf").read_bytes().startswith(b"%PDF-")


def test_a_funders_edition_lies_under_the_funders_name(press: Press) -> None:
    paths = [edition.path for edition in press.publishes("funder")]
    assert paths == [
        f"funder/municipality/{PERIOD}/ro-v1",
        f"funder/county_council/{PERIOD}/ro-v1",
        f"funder/ministry_of_culture/{PERIOD}/ro-v1",
    ]


def test_an_audience_is_published_in_the_languages_that_it_is_read_in(press: Press) -> None:
    with press.settings.recipients.open("a", encoding="utf-8") as file:
        file.write("eve,Eve,eve@example.org,team,en,\n")
    paths = [edition.path for edition in press.publishes("team")]
    assert paths == [f"team/{PERIOD}/ro-v1", f"team/{PERIOD}/en-v1"]


def test_publishing_again_without_news_adds_nothing(press: Press) -> None:
    press.publishes("team")
    head = press.ledger.head()
    assert press.publishes("team") == []
    assert press.ledger.head() == head


def test_that_an_edition_went_out_is_itself_no_news(press: Press, given: Given) -> None:
    press.publishes("team")
    given.published("IND01", 1)
    assert given.total("Q03", PERIOD) == 0
    assert press.publishes("team") == []


def test_that_values_were_corrected_holds_no_edition(given: Given, tmp_path: Path) -> None:
    given.activity("a1", received_at="2020-04-10")
    given.published("IND01", 1)
    press = Press(given, tmp_path, largest_move_share=0.1)
    assert press.publishes_one("team").state == "approved"
    given.published("IND16", 999)
    given.activity("a1", programme="bega", received_at="2020-05-02")
    assert given.total("Q03", PERIOD) == 1
    assert press.publishes_one("team").state == "approved"


def test_a_changed_figure_makes_a_second_version_and_leaves_the_first_as_it_was(
    press: Press, given: Given
) -> None:
    first = press.publishes_one("team")
    before = press.files(first).joinpath("report.pdf").read_bytes()
    given.activity("a2", partner="TM-P002", received_at="2020-05-02")
    second = press.publishes_one("team")
    assert second.path == f"team/{PERIOD}/ro-v2"
    assert press.files(first).joinpath("report.pdf").read_bytes() == before


def test_a_killed_run_that_froze_but_did_not_enter_is_made_up_for(press: Press) -> None:
    left = press.settings.published / f"team/{PERIOD}/ro-v1"
    left.mkdir(parents=True)
    left.joinpath("report.pdf").write_bytes(b"half a report")
    edition = press.publishes_one("team")
    assert min(path.name for path in press.files(edition).iterdir()) == "figures.json"


def test_an_edition_is_due_once_its_deadline_and_its_wait_are_over(press: Press) -> None:
    press.it_is("2020-04-15T05:00:00+03:00")
    assert press.due() == []
    press.it_is("2020-04-16T05:00:00+03:00")
    assert [audience for audience, *_ in press.due()] == ["team"]
    press.it_is("2020-04-25T05:00:00+03:00")
    assert [audience for audience, *_ in press.due()] == ["team", "funder"]
    press.it_is("2020-05-05T05:00:00+03:00")
    assert [audience for audience, *_ in press.due()] == ["team", "funder", "public"]


def test_what_is_published_is_due_no_more_and_what_a_kill_left_out_still_is(press: Press) -> None:
    press.publishes("team")
    press.publishes("public")
    press.publishes("funder", "municipality")
    ((audience, period, parts),) = press.due()
    assert (audience, period) == ("funder", PERIOD)
    assert parts == [("county_council", "ro"), ("ministry_of_culture", "ro")]


def test_what_the_gate_holds_stays_due_and_goes_when_the_data_are_better(
    given: Given, tmp_path: Path
) -> None:
    given.report("TM-P001", received_at="2020-04-10")
    press = Press(given, tmp_path, coverage_floor=0.02)
    assert press.publishes_one("team").state == "held"
    assert "team" in [audience for audience, *_ in press.due()]
    assert press.publishes("team") == []
    given.report("TM-P002", received_at="2020-05-19")
    better = press.publishes_one("team")
    assert (better.version, better.state) == (2, "approved")
    assert press.delivers(better) == {"ana": "written", "ion": "written"}


def test_what_an_officer_holds_or_rejects_is_not_published_over_by_a_night(press: Press) -> None:
    press.holds(press.publishes_one("team"))
    press.rejects(press.publishes_one("funder"))
    press.publishes("public")
    assert [(audience, parts) for audience, _, parts in press.due()] == [
        ("funder", [("county_council", "ro"), ("ministry_of_culture", "ro")])
    ]


def test_a_rejected_edition_can_be_published_anew(press: Press) -> None:
    press.rejects(press.publishes_one())
    assert press.publishes_one().version == 2


@pytest.mark.parametrize(
    ("audience", "for_id", "what"),
    [
        ("everybody", None, "There is no audience 'everybody'"),
        ("funder", "nobody", "has no 'nobody'. Choose one of: municipality"),
        ("team", "municipality", "has no 'municipality'. Leave it out"),
    ],
)
def test_an_audience_that_there_is_not_is_answered_in_words(
    press: Press, audience: str, for_id: str | None, what: str
) -> None:
    with pytest.raises(UsageError, match=what):
        press.publishes(audience, for_id)


def test_a_period_that_is_not_over_is_not_published(press: Press) -> None:
    press.it_is("2020-03-31T05:00:00+03:00")
    with pytest.raises(UsageError, match="ends on 2020-03-31"):
        press.publishes("team")


def test_the_mail_says_what_was_frozen_with_the_edition(press: Press) -> None:
    edition = press.publishes_one("team")
    said = json.loads(press.files(edition).joinpath("figures.json").read_text("utf-8"))["letter"]
    press.delivers(edition)
    mail = press.settings.outbox.joinpath(f"team-{PERIOD}-ro-v1--ana.eml").read_bytes()
    assert said["headline"]
    assert b"application/pdf" in mail
