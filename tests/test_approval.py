"""Nothing leaves that nobody let go, and what was let go leaves once."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from flows.steps.alerts import causes
from flows.steps.alerts.causes import Cause
from flows.steps.errors import CatalogueError, UsageError
from flows.steps.mail import outbox
from flows.steps.publishing import approval
from flows.steps.publishing.approval import Edition
from tests.given import Given
from tests.press import RECIPIENTS, Press


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """An office in which the team's and the city's editions were published, drawn once for all."""
    given = Given(tmp_path_factory.mktemp("rows"))
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path_factory.mktemp("home"))
    press.publishes_one("team")
    press.publishes_one("funder")
    yield press
    given.close()


@pytest.fixture
def press(printed: Press, tmp_path: Path) -> Press:
    return printed.copied(tmp_path)


@pytest.fixture
def team(press: Press) -> Edition:
    """The team's edition, which goes out by itself."""
    return press.newest("team")


@pytest.fixture
def city(press: Press) -> Edition:
    """The city's edition, which waits for an officer."""
    return press.newest("funder")


def test_a_team_edition_goes_out_by_itself(press: Press, team: Edition) -> None:
    assert (team.state, team.by) == ("approved", "publications.csv")
    assert press.delivers(team) == {"ana": "written", "ion": "written"}


def test_a_funders_edition_waits_and_no_mail_of_it_is_planned(press: Press, city: Edition) -> None:
    assert city.state == "waiting"
    assert press.delivers(city) == {}


def test_approval_sends_a_funders_edition_to_that_funder_alone_and_once(
    press: Press, city: Edition
) -> None:
    assert press.approves(city).state == "approved"
    assert press.delivers(city) == {"city": "written"}
    head = press.ledger.head()
    assert press.approves(city).state == "approved"
    assert press.delivers(city) == {"city": "written"}
    assert press.ledger.head() == head


def test_an_approval_and_its_mails_stand_in_the_book_together_or_not_at_all(
    press: Press, city: Edition
) -> None:
    with suppress(KeyError), press.ledger.together():
        press.approves(city)
        raise KeyError
    assert press.state(city) == "waiting"
    assert press.delivers(city) == {}


def test_readers_are_those_of_the_day_of_the_approval(press: Press, city: Edition) -> None:
    late = "mayor,Primarul,mayor@example.org,funder,ro,municipality\n"
    press.settings.recipients.write_text(RECIPIENTS + late, "utf-8")
    press.approves(city)
    assert press.delivers(city) == {"city": "written", "mayor": "written"}


def test_a_list_without_the_column_for_is_read_by_every_funder(press: Press, city: Edition) -> None:
    short = "recipient_id,name,address,audience,language\nall,Toți,all@example.org,funder,ro\n"
    press.settings.recipients.write_text(short, "utf-8")
    press.approves(city)
    assert press.delivers(city) == {"all": "written"}


def test_a_rejected_edition_is_never_sent(press: Press, city: Edition) -> None:
    rejected = press.rejects(city, "Suma pe proiecte lipsește.")
    assert (rejected.state, rejected.reason) == ("rejected", "Suma pe proiecte lipsește.")
    assert press.rejects(city, "Din nou.").reason == "Suma pe proiecte lipsește."
    with pytest.raises(UsageError, match="is rejected: Suma pe proiecte"):
        press.approves(city)
    with pytest.raises(UsageError, match="goes nowhere"):
        press.holds(city)
    assert press.delivers(city) == {}


@pytest.mark.parametrize("act", ["rejects", "holds", "releases"])
def test_an_act_without_a_reason_is_refused(press: Press, city: Edition, act: str) -> None:
    with pytest.raises(UsageError, match="Say why"):
        getattr(press, act)(city, "  ")
    assert press.state(city) == "waiting"


def test_a_held_edition_waits_as_before_once_it_is_released(press: Press, city: Edition) -> None:
    (doubt,) = press.holds(city, "Așteptăm directorul.").doubts
    assert doubt.reason_ro == "Așteptăm directorul."
    assert "reper release" in doubt.step_en
    with pytest.raises(UsageError, match="Release it first"):
        press.approves(city)
    assert press.releases(city).state == "waiting"
    assert press.delivers(city) == {}
    press.approves(city)
    assert press.delivers(city) == {"city": "written"}


def test_an_approved_edition_that_is_held_stays_and_leaves_once_when_it_is_released(
    press: Press, team: Edition
) -> None:
    press.holds(team)
    assert press.delivers(team) == {"ana": "pending", "ion": "pending"}
    assert not list(press.settings.outbox.iterdir())
    for _ in range(2):
        assert press.releases(team).state == "released"
        assert press.delivers(team) == {"ana": "written", "ion": "written"}


def test_an_approved_edition_cannot_be_rejected(press: Press, team: Edition) -> None:
    with pytest.raises(UsageError, match="Hold it instead"):
        press.rejects(team)


def test_what_is_not_held_cannot_be_released(press: Press, city: Edition) -> None:
    with pytest.raises(UsageError, match="waiting, not held"):
        press.releases(city)


def test_an_old_version_goes_nowhere_once_there_is_a_new_one(given: Given, tmp_path: Path) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path)
    first, held = press.publishes_one(), press.publishes_one("team")
    press.holds(held)
    given.activity("a2", partner="TM-P002", received_at="2020-05-02")
    press.publishes_one()
    press.publishes_one("team")
    with pytest.raises(UsageError, match="newer version"):
        press.approves(first)
    with pytest.raises(UsageError, match="newer version"):
        press.releases(held)


def test_who_left_the_list_after_the_planning_gets_no_mail_and_troubles_nobody(
    press: Press, team: Edition
) -> None:
    path = press.settings.recipients
    path.write_text(path.read_text("utf-8").replace("ana,Ana,ana@example.org,team,ro,\n", ""))
    assert press.delivers(team) == {"ana": "failed", "ion": "written"}
    left = next(mail for mail in outbox.mails(press.ledger) if mail.recipient == "ana")
    assert left.is_moot
    assert _waiting(press) == []


def test_who_reads_another_language_by_now_gets_one_letter_in_one_language(
    press: Press, team: Edition
) -> None:
    path = press.settings.recipients
    path.write_text(
        path.read_text("utf-8").replace("ana@example.org,team,ro", "ana@example.org,team,en")
    )
    press.delivers(team)
    ana, ion = [
        file.read_bytes().split(b"\r\n\r\n", 1)
        for file in sorted(press.settings.outbox.glob("team-*.eml"))
    ]
    assert ana[1] == ion[1]
    assert b"Content-Language: ro" in ana[0]


@pytest.mark.parametrize("spoilt", ["recipient_id;name;address\n", RECIPIENTS + "x,y\n"])
def test_a_list_that_cannot_be_read_fails_no_mail(press: Press, team: Edition, spoilt: str) -> None:
    path = press.settings.recipients
    whole, head = path.read_bytes(), press.ledger.head()
    path.write_text(spoilt, "utf-8")
    with pytest.raises(CatalogueError):
        press.delivers(team)
    assert press.ledger.head() == head
    path.write_bytes(whole)
    assert press.delivers(team) == {"ana": "written", "ion": "written"}


@pytest.mark.parametrize("is_there", [True, False])
def test_a_list_that_names_nobody_or_is_gone_is_no_reader_leaving_it(
    press: Press, team: Edition, is_there: bool
) -> None:
    path = press.settings.recipients
    path.write_text(RECIPIENTS.splitlines()[0] + "\n", "utf-8") if is_there else path.unlink()
    press.delivers(team)
    assert [cause.where.en.partition(" ")[0] for cause in _waiting(press)] == ["mail", "mail"]


def test_what_can_no_longer_be_released_troubles_the_operator_no_longer(
    given: Given, tmp_path: Path
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path, coverage_floor=0.6)
    first = press.publishes_one()
    given.activity("a2", partner="TM-P002", received_at="2020-05-02")
    second = press.publishes_one()
    assert {first.state, second.state} == {"held"}
    assert [cause.where.en for cause in _waiting(press)] == [f"edition {second.path}"]


def _waiting(press: Press) -> list[Cause]:
    return causes.waiting(press.settings, press.ledger)


def test_an_unknown_edition_is_answered_in_words(press: Press) -> None:
    with pytest.raises(UsageError, match="no edition 'team/1999'"):
        approval.edition(press.ledger, "team/1999")
