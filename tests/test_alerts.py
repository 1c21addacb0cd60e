"""When something fails the operator, and nobody else, hears of it: once, then once a week."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from flows.steps import failures, night, periods
from flows.steps.alerts.causes import is_alert
from flows.steps.errors import CatalogueError, OperatorError, UsageError
from flows.steps.mail import outbox
from flows.steps.night import Night, watched
from tests.given import Given
from tests.mail_office import Office, free_port, opened
from tests.press import RECIPIENTS, Press

FULL = "Cannot write /srv/warehouse: no space left, 4096 bytes missing. Free some disk space."


OPERATOR = "root,Root,root@example.org,operator,ro,\n"


class Home:
    """A home with an operator, in which steps fail."""

    def __init__(self, press: Press) -> None:
        self.press = press
        press.settings.recipients.write_text(RECIPIENTS + OPERATOR, "utf-8")

    def fails(self, error: Exception, step: str = "build") -> None:
        opened = Night(self.press.settings, self.press.catalogue, self.press.ledger)
        with pytest.raises(type(error)), watched(opened, step):
            raise error

    def alerts(self) -> list[str]:
        """What was written to the operator."""
        files = sorted(self.press.settings.outbox.glob("operator-*.eml"))
        return [_text(path.read_bytes()) for path in files]

    def sends_to(self, url: str) -> None:
        self.press.settings = replace(self.press.settings, smtp_url=url)

    def delivers(self) -> None:
        night.deliver(Night(self.press.settings, self.press.catalogue, self.press.ledger))

    def nights(self, count: int) -> Iterator[datetime]:
        """Each of so many nights, and after it the tries of the day."""
        first = self.press.settings.now
        for day in range(count):
            self.press.it_is((first + timedelta(days=day)).isoformat())
            yield self.press.settings.now
            for hours in (3, 7, 11, 15):
                self.press.it_is((first + timedelta(days=day, hours=hours)).isoformat())
                self.delivers()

    def readers(self) -> set[str]:
        return {m.recipient for m in outbox.mails(self.press.ledger) if is_alert(m)}


@pytest.fixture
def office() -> Iterator[Office]:
    with opened() as office:
        yield office


@pytest.fixture
def home(given: Given, tmp_path: Path) -> Home:
    return Home(Press(given, tmp_path))


def test_a_failure_is_told_at_once_with_step_cause_and_remedy(home: Home) -> None:
    home.fails(OperatorError(FULL))
    (said,) = home.alerts()
    assert "la pasul build" in said
    assert FULL in said
    assert home.readers() == {"root"}


def test_thirty_failing_nights_are_one_alert_and_a_digest_each_monday(
    home: Home, office: Office, given: Given
) -> None:
    given.activity("a1", received_at="2020-04-10")
    waits = home.press.publishes_one("funder")
    home.sends_to(office.url)
    for _ in home.nights(30):
        for free in ("4096", "512"):
            home.fails(OperatorError(FULL.replace("4096", free)))
    subjects = [(day, subject) for day, subject in _subjects(office)]
    assert subjects == [
        ("2020-05-20", "Reper cere atenție: la pasul build"),
        *(
            (monday, "Încă nerezolvat în Reper: la pasul build")
            for monday in ("2020-05-25", "2020-06-01", "2020-06-08", "2020-06-15")
        ),
    ]
    assert "De 7\u00a0ori, ultima dată pe 07.06.2020 05:00" in _text(office.received[3][1])
    assert {to for to, _ in office.received} == {"root@example.org"}
    assert home.press.state(waits) == "waiting"


def test_a_cause_that_has_gone_is_told_anew_when_it_comes_back_after_weeks(home: Home) -> None:
    home.fails(OperatorError(FULL))
    home.press.it_is("2020-06-10T05:00:00+03:00")
    home.fails(OperatorError(FULL))
    assert len(home.alerts()) == 2
    assert "cere atenție" in home.alerts()[1]


def test_another_cause_is_told_at_once_too(home: Home) -> None:
    home.fails(OperatorError(FULL))
    home.fails(OperatorError("The archive is damaged. Restore it."), "read")
    assert len(home.alerts()) == 2


def test_a_bug_is_named_by_its_place_and_quotes_no_row(home: Home) -> None:
    home.fails(KeyError("ana@example.org"))
    (said,) = home.alerts()
    assert "KeyError at tests/test_alerts.py:" in said
    assert "ana@" not in said


def test_a_failure_sends_no_reader_anything(home: Home, given: Given) -> None:
    given.activity("a1", received_at="2020-04-10")
    edition = home.press.publishes_one("team")
    home.fails(OperatorError(FULL))
    files = [path.name for path in home.press.settings.outbox.iterdir()]
    assert all(name.startswith("operator-") for name in files)
    assert home.press.delivers(edition) == {"ana": "written", "ion": "written"}


def test_who_typed_something_wrong_troubles_no_operator(home: Home) -> None:
    home.fails(UsageError("There is no such period."))
    assert home.alerts() == []


def test_a_held_edition_is_told_once_and_to_no_reader(given: Given, tmp_path: Path) -> None:
    given.report("TM-P001", received_at="2020-04-10")
    home = Home(Press(given, tmp_path, coverage_floor=0.6))
    edition = home.press.publishes_one("team")
    assert home.press.delivers(edition) == {}
    head = home.press.ledger.head()
    assert home.press.delivers(edition) == {}
    (said,) = home.alerts()
    assert edition.path in said
    assert home.readers() == {"root"}
    assert home.press.ledger.head() == head


def test_what_is_held_is_told_again_each_week_until_somebody_acts(
    given: Given, tmp_path: Path, office: Office
) -> None:
    given.report("TM-P001", received_at="2020-04-10")
    home = Home(Press(given, tmp_path, coverage_floor=0.6))
    edition = home.press.publishes_one("team")
    home.sends_to(office.url)
    for now in home.nights(25):
        if now.day == 3:
            home.press.releases(edition)
    told = [day for day, _ in _subjects(office, "root")]
    assert told == ["2020-05-20", "2020-05-25", "2020-06-01"]
    assert "au venit 1 din 57" in _text(office.received[0][1])
    assert [day for day, _ in _subjects(office, "ana")] == ["2020-06-03"]


def test_mails_that_did_not_arrive_are_told_with_what_to_do(
    home: Home, given: Given, office: Office
) -> None:
    given.activity("a1", received_at="2020-04-10")
    office.orders = {"ana@example.org": ["550"], "ion@example.org": ["lost"]}
    edition = home.press.publishes_one("team")
    home.sends_to(office.url)
    home.delivers()
    home.delivers()
    (told,) = [_text(text) for to, text in office.received if to == "root@example.org"]
    for recipient, remedy in (("ana", "--resend"), ("ion", "--sent sau --resend")):
        assert f"reper resolve {outbox.mail_id_of(edition.path, recipient)} {remedy}" in told
    assert "@example.org" not in told


def test_a_mail_put_off_for_days_is_told_after_one_and_again_when_it_is_given_up(
    home: Home, given: Given, office: Office
) -> None:
    given.activity("a1", received_at="2020-04-10")
    office.orders = {"ana@example.org": ["450"] * 200}
    home.press.publishes_one("team")
    home.sends_to(office.url)
    for _ in home.nights(10):
        home.delivers()
    days = [day for day, _ in _subjects(office, "root")]
    # Put off for more than a day; and given up after five, before the digest of that week.
    assert days == ["2020-05-21", "2020-05-25"]
    assert "1\u00a0mesaj așteaptă de mai mult de o zi" in _text(office.received[1][1])
    assert "nu a putut fi trimis: 450" in _text(office.received[-1][1])
    assert office.holds("ana@example.org") == 0


def test_a_mail_server_away_for_weeks_brings_one_alert_when_it_is_back(
    home: Home, given: Given, office: Office
) -> None:
    given.activity("a1", received_at="2020-04-10")
    home.sends_to(f"smtp://127.0.0.1:{free_port()}")
    home.press.publishes_one("team")
    for now in home.nights(20):
        home.fails(OperatorError(FULL))
        if now.day == 5:
            home.fails(OperatorError("The archive is damaged. Restore it."), "read")
    home.sends_to(office.url)
    for _ in home.nights(2):
        home.delivers()
    alert, digest = [_text(text) for to, text in office.received if to == "root@example.org"]
    assert "pasul build" in alert
    assert "The archive is damaged" in alert
    assert "2\u00a0mesaje așteaptă de mai mult de o zi" in alert
    assert "De 18\u00a0ori, ultima dată pe 07.06.2020" in digest
    assert [office.holds(f"{who}@example.org") for who in ("ana", "ion")] == [1, 1]


def test_who_becomes_an_operator_later_is_not_told_of_old_weeks(home: Home) -> None:
    home.fails(OperatorError(FULL))
    home.press.it_is("2020-05-23T05:00:00+03:00")
    home.fails(OperatorError(FULL))
    home.press.it_is("2020-05-25T05:00:00+03:00")
    home.delivers()
    assert len(home.alerts()) == 2
    with home.press.settings.recipients.open("a", encoding="utf-8") as file:
        file.write(OPERATOR.replace("root", "new"))
    home.press.it_is("2021-05-25T05:00:00+03:00")
    home.delivers()
    assert home.readers() == {"root"}


def test_a_wrong_row_in_the_list_is_told_to_the_operator_in_it(home: Home) -> None:
    home.press.settings.recipients.write_text(
        RECIPIENTS + "eva,Eva,fara-at,team,ro,\n" + OPERATOR, "utf-8"
    )
    home.fails(CatalogueError("recipients.csv, row 6: address is no e-mail address."), "publish")
    (said,) = home.alerts()
    assert "row 6" in said


def test_tables_that_cannot_be_used_stop_a_run_and_are_told(home: Home, tmp_path: Path) -> None:
    data, programme = tmp_path / "data", Path("programmes") / "timisoara2023"
    for folder in ("catalogue", programme):
        shutil.copytree(home.press.settings.data / folder, data / folder)
    settings = replace(home.press.settings, data=data)
    partners = data / programme / "partners.csv"
    whole = partners.read_text("utf-8")
    partners.write_text(whole.replace("TM-P002", "TM-P001"), "utf-8")
    for _ in range(2):
        with pytest.raises(CatalogueError):
            night.begin_run(settings)
    (said,) = home.alerts()
    assert "la pasul tables: timisoara2023/partners.csv, row 3" in said
    partners.write_text(whole, "utf-8")
    night.begin_run(settings)
    assert failures.standing(home.press.ledger) == []


def test_a_list_without_an_operator_is_named_by_whatever_sends(
    given: Given, tmp_path: Path
) -> None:
    press = Press(given, tmp_path)
    said = night.deliver(Night(press.settings, press.catalogue, press.ledger))
    assert said == (
        "no mail waits; recipients.csv names no operator, so nobody is told when something fails"
    )


def _subjects(office: Office, to: str = "root") -> list[tuple[str, str]]:
    """Day and subject of what somebody got."""
    read = [
        message_from_bytes(text, policy=default)
        for who, text in office.received
        if who == f"{to}@example.org"
    ]
    return [
        (f"{one['Date'].datetime.astimezone(periods.LOCAL):%Y-%m-%d}", str(one["Subject"]))
        for one in read
    ]


def _text(content: bytes) -> str:
    body = message_from_bytes(content, policy=default).get_body()
    assert body is not None
    return " ".join(body.get_content().replace("\u00a0", "~").split()).replace("~", "\u00a0")
