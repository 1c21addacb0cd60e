"""The outbox against a real server: what the server holds and what the ledger says agree."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from flows.steps.errors import CatalogueError, OperatorError, UsageError
from flows.steps.ledger import Ledger
from flows.steps.mail.message import LARGEST, compose
from flows.steps.mail.outbox import Mail, deliver, mail_id_of, mails, plan, resolve
from flows.steps.mail.recipients import Recipient, reachable, recipients
from flows.steps.mail.smtp import Patience
from flows.steps.settings import Settings
from tests.mail_office import HASTE, PATIENT, Office, envelope, free_port, opened, silent

EDITION = "team/2020-Q4/ro-v1"
NOW = datetime(2021, 1, 25, 3, 0, tzinfo=UTC)


def address(recipient_id: str) -> str:
    return f"{recipient_id}@example.org"


def letter_to(mail: Mail, largest: int = LARGEST) -> bytes:
    return compose(
        envelope(
            mail_id=mail.mail_id,
            edition=mail.edition,
            recipient_name=mail.recipient.title(),
            recipient_address=address(mail.recipient),
        ),
        largest,
    )


class Night:
    """One home with its ledger; what a night does to its mails."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings("timisoara2023", home, NOW)
        self.ledger = Ledger(self.settings.ledger_url)

    def plans(self, *recipient_ids: str, edition: str = EDITION) -> list[str]:
        to = [Recipient(i, i.title(), address(i), "team", "ro") for i in recipient_ids]
        with self.ledger.together():
            return plan(self.ledger, edition, to, NOW)

    def delivers(
        self, url: str | None = None, minutes: float = 0, patience: Patience = PATIENT
    ) -> list[Mail]:
        now = NOW + timedelta(minutes=minutes)
        settings = replace(self.settings, smtp_url=url, now=now)
        return deliver(self.ledger, settings, letter_to, patience)

    def states(self) -> dict[str, str]:
        return {mail.recipient: mail.state for mail in mails(self.ledger)}

    def mail(self, recipient_id: str) -> Mail:
        return next(mail for mail in mails(self.ledger) if mail.recipient == recipient_id)

    def resolves(self, recipient_id: str, *, sent: bool) -> Mail:
        mail_id = mail_id_of(EDITION, recipient_id)
        return resolve(self.ledger, mail_id, sent=sent, at=NOW, by="officer")


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    night = Night(tmp_path)
    yield night
    night.ledger.close()


@pytest.fixture
def office() -> Iterator[Office]:
    with opened() as office:
        yield office


def test_each_recipient_of_an_edition_is_planned_once(night: Night) -> None:
    assert len(night.plans("ana", "ion")) == 2
    assert night.plans("ana", "ion", "eva") == [mail_id_of(EDITION, "eva")]
    assert night.states() == dict.fromkeys(["ana", "ion", "eva"], "pending")


def test_a_mail_is_planned_with_its_edition_or_not_at_all(night: Night) -> None:
    ana = Recipient("ana", "Ana", address("ana"), "team", "ro")
    with suppress(KeyError), night.ledger.together():
        plan(night.ledger, EDITION, [ana], NOW)
        raise KeyError
    assert mails(night.ledger) == []


def test_without_a_server_mails_become_files(night: Night) -> None:
    night.plans("ion", "ana")
    night.delivers()
    names = [path.name for path in sorted(night.settings.outbox.iterdir())]
    assert names == ["team-2020-Q4-ro-v1--ana.eml", "team-2020-Q4-ro-v1--ion.eml"]
    assert set(night.states().values()) == {"written"}


def test_the_file_is_the_message_to_the_byte(night: Night) -> None:
    night.plans("ana")
    night.delivers()
    written = night.settings.outbox / "team-2020-Q4-ro-v1--ana.eml"
    assert written.read_bytes() == letter_to(night.mail("ana"))


def test_a_written_mail_is_never_sent_later(night: Night, office: Office) -> None:
    night.plans("ana")
    night.delivers()
    assert night.delivers(office.url) == []
    night.plans("ion")
    night.delivers(office.url, minutes=60)
    assert night.states() == {"ana": "written", "ion": "sent"}
    assert [to for to, _ in office.received] == [address("ion")]
    with pytest.raises(UsageError, match="is written"):
        night.resolves("ana", sent=False)


def test_twice_is_once(night: Night, office: Office) -> None:
    night.plans("ana", "ion")
    assert len(night.delivers(office.url)) == 2
    head = night.ledger.head()
    assert night.delivers(office.url) == []
    night.plans("ana", "ion")
    assert night.delivers(office.url, minutes=600) == []
    assert night.ledger.head() == head
    assert sorted(to for to, _ in office.received) == [address("ana"), address("ion")]


def test_what_is_sent_is_what_stands_in_the_outbox(night: Night, office: Office) -> None:
    night.plans("ana")
    night.delivers(office.url)
    ((_, stored),) = office.received
    assert stored == (night.settings.outbox / "team-2020-Q4-ro-v1--ana.eml").read_bytes()
    assert night.mail("ana").last_reply == "250 2.0.0 Ok: queued as 4XyZ"


def test_one_refusal_of_twenty_concerns_nobody_else(night: Night, office: Office) -> None:
    ids = [f"r{n:02d}" for n in range(20)]
    office.orders[address("r07")] = ["550"]
    night.plans(*ids)
    night.delivers(office.url)
    night.delivers(office.url, minutes=600)
    assert night.states() == {i: "failed" if i == "r07" else "sent" for i in ids}
    assert [office.holds(address(i)) for i in ids] == [int(i != "r07") for i in ids]
    assert night.mail("r07").last_reply == "550 <…> is not for … now"
    assert night.mail("r07").attempts == 1


def test_whatever_a_server_does_book_and_server_agree(night: Night, office: Office) -> None:
    words = ["ok", "slow", "450", "421", "451 dot", "shy", "lost", "550", "554 dot"]
    chance = Random(20)  # noqa: S311 - only a mixture that is the same each time
    ids = [f"r{n:02d}" for n in range(40)]
    office.orders = {address(i): chance.choices(words, k=4) for i in ids}
    told = {i: list(office.orders[address(i)]) for i in ids}
    night.plans(*ids)
    for hours in range(0, 8 * 24, 4):
        night.delivers(office.url, minutes=60 * hours)
        for i, state in night.states().items():
            held = office.holds(address(i))
            assert held == {"sent": 1, "uncertain": 1}.get(state, 0), (i, state, told[i])
    ends = Counter(night.states().values())
    assert set(ends) == {"sent", "failed", "uncertain"}
    for i, state in night.states().items():
        decisive = next((o for o in told[i] if o in (*_TAKEN, *_LOST, *_FOR_GOOD)), "ok")
        assert state == {**_TAKEN, **_LOST, **_FOR_GOOD}[decisive], told[i]


_TAKEN = {"ok": "sent", "slow": "sent"}
_LOST = {"lost": "uncertain"}
_FOR_GOOD = {"550": "failed", "554 dot": "failed"}


@pytest.mark.parametrize(
    ("most", "order", "state"),
    [
        (20_000, "ok", "sent"),
        (None, "552", "sent"),
        (None, "552 dot", "sent"),
        (4_000, "ok", "failed"),
    ],
)
def test_what_is_too_large_for_the_server_goes_without_the_report_and_says_so(
    night: Night, most: int | None, order: str, state: str
) -> None:
    night.plans("ana")
    with opened(data_size_limit=most) as office:
        office.orders[address("ana")] = [order]
        settings = replace(night.settings, smtp_url=office.url)
        deliver(
            night.ledger,
            settings,
            letter_to,
            PATIENT,
            smaller=lambda mail: letter_to(mail, largest=0),
        )
    assert (night.mail("ana").state, night.mail("ana").attempts) == (state, 2)
    assert office.holds(address("ana")) == (state == "sent")
    for _, message in office.received:
        assert b"application/pdf" not in message
        assert b"nu este ata" in message


def test_each_recipient_sees_no_other(night: Night, office: Office) -> None:
    night.plans("ana", "ion")
    night.delivers(office.url)
    for to, message in office.received:
        other = address("ion") if to == address("ana") else address("ana")
        assert other.encode() not in message


def test_a_mail_put_off_waits_and_is_then_sent(night: Night, office: Office) -> None:
    office.orders[address("ana")] = ["450"]
    night.plans("ana")
    night.delivers(office.url)
    assert night.mail("ana").next_at == NOW + timedelta(minutes=5)
    assert night.delivers(office.url, minutes=4.9) == []
    night.delivers(office.url, minutes=5)
    assert (night.mail("ana").state, night.mail("ana").attempts) == ("sent", 2)
    assert office.holds(address("ana")) == 1


def test_a_book_of_before_reads_on(night: Night, office: Office) -> None:
    (mail_id,) = night.plans("ana")
    answered = {"attempts": 1, "refusals": 1, "reply": "450 later", "next_at": None}
    night.ledger.append("mail_pending", {"mail_id": mail_id, **answered}, NOW)
    night.delivers(office.url)
    assert (night.mail("ana").state, night.mail("ana").attempts) == ("sent", 2)


def test_put_off_for_five_days_it_has_failed(night: Night, office: Office) -> None:
    office.orders[address("ana")] = ["450", "451 dot", "452"] + ["450"] * 100
    night.plans("ana")
    waits, at = [], 0.0
    while night.mail("ana").state == "pending":
        night.delivers(office.url, minutes=at)
        if next_at := night.mail("ana").next_at:
            waits.append((next_at - NOW) / timedelta(minutes=1) - at)
            at += waits[-1]
    assert waits[:7] == [5, 10, 20, 40, 80, 160, 240]
    assert set(waits[6:]) == {240}
    assert 5 * 24 * 60 <= at < 5 * 24 * 60 + 240
    assert night.mail("ana").state == "failed"
    assert night.delivers(office.url, minutes=60_000) == []
    assert office.received == []


@pytest.mark.parametrize(
    ("order", "state"), [("451 dot", "pending"), ("554 dot", "failed"), ("shy", "pending")]
)
def test_a_clear_answer_is_never_uncertain(
    night: Night, office: Office, order: str, state: str
) -> None:
    office.orders[address("ana")] = [order]
    night.plans("ana")
    night.delivers(office.url)
    assert night.states() == {"ana": state}
    night.delivers(office.url, minutes=5)
    assert office.holds(address("ana")) == (state == "pending")


@pytest.mark.parametrize(("order", "patience"), [("lost", PATIENT), ("mute", HASTE)])
def test_a_mail_lost_after_the_dot_waits_for_a_person(
    night: Night, office: Office, order: str, patience: Patience
) -> None:
    office.orders[address("ana")] = [order]
    night.plans("ana")
    night.delivers(office.url, patience=patience)
    night.plans("ion")
    night.delivers(office.url)
    assert night.states() == {"ana": "uncertain", "ion": "sent"}
    assert night.delivers(office.url, minutes=6000) == []
    assert office.holds(address("ana")) == 1


def test_a_person_settles_an_uncertain_mail(night: Night, office: Office) -> None:
    office.orders = {address("ana"): ["lost"], address("ion"): ["lost"]}
    night.plans("ana", "ion")
    night.delivers(office.url)
    assert night.resolves("ana", sent=True) == night.mail("ana")
    assert night.resolves("ion", sent=False) == night.mail("ion")
    assert night.states() == {"ana": "sent", "ion": "pending"}
    night.delivers(office.url)
    assert night.states() == {"ana": "sent", "ion": "sent"}
    first, again = [message for to, message in office.received if to == address("ion")]
    # The same Message-ID, and all else, so that most servers drop the second.
    assert first == again


def test_a_failed_mail_can_be_sent_again_and_no_other_be_settled(
    night: Night, office: Office
) -> None:
    office.orders[address("ana")] = ["550"]
    night.plans("ana", "ion")
    night.delivers(office.url)
    for recipient_id, sent in [("ion", True), ("ion", False), ("nobody", True)]:
        with pytest.raises(UsageError):
            night.resolves(recipient_id, sent=sent)
    night.resolves("ana", sent=False)
    night.delivers(office.url)
    assert night.states() == {"ana": "sent", "ion": "sent"}


def test_a_failed_mail_whose_reader_got_it_by_another_way_is_settled(
    night: Night, office: Office
) -> None:
    office.orders[address("ana")] = ["550"]
    night.plans("ana")
    night.delivers(office.url)
    night.resolves("ana", sent=True)
    night.delivers(office.url, minutes=600)
    assert night.states() == {"ana": "sent"}
    assert office.holds(address("ana")) == 0


def test_a_wait_noted_by_a_clock_that_ran_ahead_ends_with_it(night: Night, office: Office) -> None:
    year = 365 * 24 * 60
    office.orders[address("ana")] = ["450", "450", "450"]
    night.plans("ana")
    night.delivers(office.url, minutes=year)
    night.delivers(office.url, minutes=10)
    assert night.mail("ana").refused_since == NOW + timedelta(minutes=10)
    night.delivers(office.url, minutes=11)
    assert night.mail("ana").attempts == 2
    night.delivers(office.url, minutes=60)
    night.delivers(office.url, minutes=300)
    assert night.states() == {"ana": "sent"}
    assert office.holds(address("ana")) == 1


def test_a_server_that_is_away_costs_no_mail(night: Night, office: Office) -> None:
    night.plans("ana", "ion", "eva", "dan")
    away = f"smtp://127.0.0.1:{free_port()}"
    for minutes in range(0, 9000, 240):
        night.delivers(away, minutes=minutes)
    assert set(night.states().values()) == {"pending"}
    # Not being served is no refusal, so that this first one is not the last straw.
    office.orders[address("ana")] = ["450"]
    night.delivers(office.url, minutes=9120)
    assert night.states() == {"ana": "pending", "ion": "sent", "eva": "sent", "dan": "sent"}
    night.delivers(office.url, minutes=9360)
    assert night.states()["ana"] == "sent"
    assert len(office.received) == 4


def test_a_server_that_does_not_serve_is_asked_three_times_and_not_for_each(night: Night) -> None:
    night.plans("ana", "ion", "eva", "dan", "leo")
    with silent() as port:
        night.delivers(f"smtp://127.0.0.1:{port}", patience=Patience(connect=0.1))
    assert [mail.attempts for mail in mails(night.ledger)] == [1, 1, 1, 0, 0]


def test_a_killed_run_leaves_an_uncertain_mail_and_no_second_one(
    night: Night, office: Office, tmp_path: Path
) -> None:
    office.orders[address("ana")] = ["mute"]
    night.plans("ana", "ion")
    program = (
        "import sys; from pathlib import Path; from tests.test_mail_outbox import Night, Patience;"
        "Night(Path(sys.argv[1])).delivers(sys.argv[2], patience=Patience())"
    )
    root = Path(__file__).resolve().parents[1]
    command = [sys.executable, "-c", program, str(tmp_path), office.url]
    with subprocess.Popen(command, cwd=root) as run:
        while not office.received and run.poll() is None:
            time.sleep(0.02)
        run.send_signal(signal.SIGKILL)
    assert night.states() == {"ana": "sending", "ion": "pending"}
    night.delivers(office.url, minutes=1)
    assert night.states() == {"ana": "uncertain", "ion": "sent"}
    assert office.holds(address("ana")) == 1


def test_two_runs_at_once_send_once(night: Night, office: Office, tmp_path: Path) -> None:
    night.plans("ana")
    other = Night(tmp_path)

    def overtaken(mail: Mail) -> bytes:
        if office.received == []:
            other.delivers(office.url)
        return letter_to(mail)

    settings = replace(night.settings, smtp_url=office.url)
    with pytest.raises(OperatorError, match="Another run"):
        deliver(night.ledger, settings, overtaken, PATIENT)
    other.ledger.close()
    assert night.states() == {"ana": "sent"}
    assert office.holds(address("ana")) == 1


def test_a_mail_that_cannot_be_composed_keeps_no_other_back(night: Night, office: Office) -> None:
    night.plans("ana", "ion", "eva")

    def strict(mail: Mail) -> bytes:
        if mail.recipient == "ana":
            msg = "recipients.csv, row 2: ana is gone. Add her again."
            raise CatalogueError(msg)
        if mail.recipient == "ion":
            msg = "report.pdf is no PDF. Run reper verify."
            raise OperatorError(msg)
        return letter_to(mail)

    settings = replace(night.settings, smtp_url=office.url)
    for _ in range(2):
        deliver(night.ledger, settings, strict, PATIENT)
    assert night.states() == {"ana": "failed", "ion": "pending", "eva": "sent"}
    assert night.mail("ion").last_reply == "report.pdf is no PDF. Run reper verify."
    assert len(night.ledger.entries("mail_pending")) == 1


def test_an_unusable_server_url_changes_nothing(night: Night) -> None:
    night.plans("ana")
    head = night.ledger.head()
    with pytest.raises(OperatorError, match="REPER_SMTP_URL"):
        night.delivers("smtp://user:secret")
    assert night.ledger.head() == head


def test_neither_addresses_nor_the_password_enter_the_book(night: Night, office: Office) -> None:
    office.orders = {address("canary"): ["550"], address("ion"): ["450"]}
    night.plans("canary", "ion", "eva")
    night.delivers(office.url.replace("://", "://user:s3cret@"))
    night.delivers(office.url, minutes=60)
    book = json.dumps([entry.body for entry in night.ledger.entries()])
    assert "@" not in book
    assert "s3cret" not in book


HEADER = "recipient_id,name,address,audience,language\n"


def listed(tmp_path: Path, rows: str, audience: str = "team") -> list[Recipient]:
    path = tmp_path / "recipients.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return recipients(path, audience)


def test_nobody_is_listed_for_all_funders_and_for_one(tmp_path: Path) -> None:
    path = tmp_path / "recipients.csv"
    row = "{0},Ana,ana@example.org,funder,ro,{1}\n"
    path.write_text(HEADER.strip() + ",for\n" + row.format("a", "") + row.format("b", "city"))
    with pytest.raises(CatalogueError, match="row 3: the same recipient stands in row 2"):
        recipients(path, "funder", "city")
    path.write_text(HEADER.strip() + ",for\n" + row.format("a", "x") + row.format("b", "city"))
    assert [one.recipient_id for one in recipients(path, "funder", "city")] == ["b"]


def test_a_wrong_row_keeps_no_planned_mail_of_another_back(tmp_path: Path) -> None:
    path = tmp_path / "recipients.csv"
    path.write_text(HEADER + "ana,Ana,ana@example.org,team,ro\nion,Ion,fara-at,team,ro\n")
    assert [one.recipient_id for one in reachable(path, "team")] == ["ana"]


def test_recipients_are_those_of_the_audience(tmp_path: Path) -> None:
    rows = 'ana,"Pop, Ana",ana@example.org,team,ro\nana,Ana,ana@example.org,funder,en\n'
    assert listed(tmp_path, rows) == [Recipient("ana", "Pop, Ana", "ana@example.org", "team", "ro")]
    assert listed(tmp_path, rows, "nobody") == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a/b,Ana,ana@example.org,team,ro", "recipient_id"),
        ("ana,=?utf-8?q?x?=,ana@example.org,team,ro", "name"),
        ('ana,"Ana\nBcc: v",ana@example.org,team,ro', "name"),
        ("ana,Ana,fara-at,team,ro", "address"),
        ("ana,Ana,ana@example.org,,ro", "audience"),
        ("ana,Ana,ana@example.org,team,fr", "language"),
        ("ana,Ana,ana@example.org,team", "cells"),
        ("ion,Ana,other@example.org,team,ro", "row 2"),
        ("ana,Ana,ION@example.org,team,ro", "row 2"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, row: str, column: str) -> None:
    with pytest.raises(CatalogueError, match=r"recipients\.csv, row [34].*") as refused:
        listed(tmp_path, f"ion,Ion,ion@example.org,team,ro\n{row}\n", "other")
    assert column in str(refused.value)
    assert "@example.org" not in str(refused.value).replace("ana@example.org", "")
