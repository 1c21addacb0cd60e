"""Killed at any point, from publishing to the last answer, a night sends nobody a report twice.

The mail server is real and keeps the truth, and the kill is the kernel's. Other runs then finish
the work, and each of them may be killed too.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.steps.alerts.causes import is_alert
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.outbox import Mail
from flows.steps.publishing import approval, sendgate
from flows.steps.settings import Settings
from tests.doomed import Life
from tests.given import Given
from tests.mail_office import Office, opened
from tests.press import Press

READERS = """recipient_id,name,address,audience,language,for
ana,Ana,ana@example.org,team,ro,
city,Primăria,city@example.org,funder,ro,municipality
root,Root,root@example.org,operator,ro,
"""
# The team's edition is due on the first of these days, the funder's on the second.
TEAM_DUE = datetime.fromisoformat("2020-04-16T05:00:00+03:00")
FUNDER_DUE = datetime.fromisoformat("2020-04-25T05:00:00+03:00")


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with opened() as office:
        yield office


@pytest.fixture(scope="module")
def due(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Iterator[Life]:
    """A home in which the team's edition is due, and nothing is published yet."""
    given = Given(tmp_path_factory.mktemp("rows"))
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path_factory.mktemp("due"))
    press.settings.recipients.write_text(READERS, "utf-8")
    given.connection.execute(f"attach '{press.settings.warehouse}' as file")
    given.connection.execute("copy from database memory to file; detach file")
    settings = replace(press.settings, now=TEAM_DUE, smtp_url=office.url)
    yield Life(settings, press.catalogue, given.known)
    press.ledger.close()
    given.close()


@pytest.fixture(scope="module")
def waiting(due: Life, tmp_path_factory: pytest.TempPathFactory) -> Life:
    """A home in which all is published: the team's mail is planned, the funders' editions wait."""
    life = _elsewhere(due, tmp_path_factory.mktemp("waiting"))
    Life(life.settings, life.catalogue, life.known, until="publish").lived()
    later = _later(life, FUNDER_DUE - TEAM_DUE)
    Life(later.settings, later.catalogue, later.known, until="publish").lived()
    return later


def test_killed_while_it_publishes_it_leaves_no_half_edition_and_sends_once(
    due: Life, office: Office, tmp_path: Path
) -> None:
    points = _elsewhere(due, tmp_path / "whole").lived()
    publishing = points[: points.index("open .team-2020-Q1-ro-v1--ana.eml.partial")]
    assert {"open .report.pdf.partial", "rename .ro-v1.building", "commit"} <= set(publishing)
    for at in range(1, len(publishing) + 1):
        office.forgets()
        life = _elsewhere(due, tmp_path / str(at))
        assert life.killed(at)
        _later(life).lived()
        _refuse_half_editions(life.settings)
        assert office.holds("ana@example.org") == 1
        assert _states(life.settings) == {"ana": "sent"}


def test_killed_while_it_approves_and_sends_it_sends_nobody_twice_and_flags_what_is_ambiguous(
    waiting: Life, office: Office, tmp_path: Path
) -> None:
    office.orders["ana@example.org"] = ["451"]
    points = _elsewhere(waiting, tmp_path / "whole").lived()
    assert {"say rcpt", "say .", "hear", "say the message"} <= set(points)
    ends = set()
    for at in range(1, len(points) + 1):
        office.forgets()
        # The first server is a cautious one, and the second run may be killed as well.
        office.orders["ana@example.org"] = ["451"]
        life = _elsewhere(waiting, tmp_path / str(at))
        assert life.killed(at)
        _audit(life.settings, office)
        again = _later(life)
        again.killed(at * 7 % len(points) + 1)
        _audit(life.settings, office)
        _finish(life)
        _audit(life.settings, office)
        ends |= {_end_of(mail, office) for mail in _mails(life.settings)}
        if _settle(life.settings, office):
            _finish(life)
        assert _states(life.settings) == {"ana": "sent", "city": "sent"}
        assert [office.holds(f"{who}@example.org") for who in ("ana", "city")] == [1, 1]
    assert ends == {("sent", 1), ("uncertain", 0), ("uncertain", 1)}


def _elsewhere(life: Life, home: Path) -> Life:
    """The same life in a copy of its home."""
    shutil.copytree(life.settings.home, home, dirs_exist_ok=True)
    return replace(life, settings=replace(life.settings, home=home))


def _later(life: Life, by: timedelta = timedelta(minutes=10)) -> Life:
    return replace(life, settings=replace(life.settings, now=life.settings.now + by))


def _finish(life: Life) -> None:
    """Whole runs, hours apart, until nothing waits any more for the server."""
    for hours in (1, 2):
        _later(life, timedelta(hours=hours)).lived()
        if "pending" not in _states(life.settings).values():
            return


def _mails(settings: Settings) -> list[Mail]:
    """All mails but the operator's, as they stand in the book."""
    ledger = Ledger(settings.ledger_url)
    found = [mail for mail in outbox.mails(ledger) if not is_alert(mail)]
    ledger.close()
    return found


def _states(settings: Settings) -> dict[str, str]:
    return {mail.recipient: mail.state for mail in _mails(settings)}


def _end_of(mail: Mail, office: Office) -> tuple[str, int]:
    return mail.state, office.holds(f"{mail.recipient}@example.org")


def _audit(settings: Settings, office: Office) -> None:
    """None twice, none called sent that is not there, none there that the book calls unsent."""
    office.settles()
    for mail in _mails(settings):
        state, held = _end_of(mail, office)
        assert held <= 1
        assert held == 1 or state != "sent"
        assert held == 0 or state in ("sent", "sending", "uncertain")


def _settle(settings: Settings, office: Office) -> bool:
    """Ask each recipient of a mail that waits for a person, and say so; whether one is sent again.

    The operator was told of each of them.
    """
    doubtful = [mail for mail in _mails(settings) if mail.state == "uncertain"]
    told = b"".join(text for to, text in office.received if to == "root@example.org")
    is_any_missing = False
    ledger = Ledger(settings.ledger_url)
    for mail in doubtful:
        assert mail.mail_id.encode() in told
        is_there = office.holds(f"{mail.recipient}@example.org") == 1
        outbox.resolve(ledger, mail.mail_id, sent=is_there, at=settings.now, by="Ana")
        is_any_missing |= not is_there
    ledger.close()
    return is_any_missing


def _refuse_half_editions(settings: Settings) -> None:
    ledger = Ledger(settings.ledger_url)
    entered = {settings.published / edition.path for edition in approval.editions(ledger)}
    ledger.close()
    folders = {path.parent for path in settings.published.rglob("*") if path.is_file()}
    assert folders == entered
    assert [sendgate.damage(folder) for folder in folders] == [[]]
