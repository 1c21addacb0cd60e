"""`reper up`, as an administrator starts it, and a report published and approved in Prefect.

The tests stand in the order of one machine's life: its first start, its falls, its second start,
its end.
"""

import os
import re
import shutil
import signal
import sqlite3
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.cli import main
from flows.steps.durable import only_writer
from flows.steps.ledger import Ledger
from flows.steps.mail import outbox
from flows.steps.mail.recipients import Recipient
from flows.steps.settings import CHECKOUT
from tests.machine import PATIENCE, Machine, until

NOW, THREE_DAYS_LATER = "2021-02-26T05:00:00+02:00", "2021-03-01T06:00:00+02:00"
PERIOD = "2020-Q4"
APPROVED = {"decision": "aprob · approve", "your_name": "Ana"}


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Generator[Machine]:
    machine = Machine(tmp_path_factory.mktemp("home"), _copied(tmp_path_factory.mktemp("copy")))
    machine.up(NOW)
    try:
        assert machine.says().startswith("Ready: http://127.0.0.1:")
        yield machine
    finally:
        machine.down()


def test_a_report_waits_for_an_officer_and_is_mailed_once_it_is_approved(machine: Machine) -> None:
    run = machine.starts("publish", audience="funder", period=PERIOD, reader="municipality")
    rests = machine.rests(run)
    assert rests["name"] == f"publish · funder · {PERIOD} · municipality"
    assert rests["state"]["name"] == "Suspended", rests["state"]["message"]
    edition = f"funder/municipality/{PERIOD}/ro-v1"
    assert machine.state(edition) == "held"
    (page,) = machine.pages(run)
    (address,) = re.findall(r"\[PDF\]\((\S+)\)", page)
    pdf = machine.get(address)
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content == (machine.settings.published / edition / "report.pdf").read_bytes()
    assert not list(machine.settings.outbox.glob("funder-*"))
    # Nobody reported, so the gate holds it, and to let it pass needs a reason: it asks again.
    assert machine.answers(run, **APPROVED)["state"]["name"] == "Suspended"
    assert machine.state(edition) == "held"
    done = machine.answers(run, **APPROVED, reason="O repetiție.")
    assert done["state"]["type"] == "COMPLETED", done["state"]["message"]
    assert machine.state(edition) == "approved"
    (mail,) = machine.settings.outbox.glob("funder-*")
    assert mail.name == f"funder-municipality-{PERIOD}-ro-v1--funder-municipality.eml"


def test_the_night_asks_about_what_waits_and_a_decision_by_command_ends_the_question(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def command(*words: str) -> None:
        assert main([*words, "--home", str(machine.settings.home)]) == 0

    def night() -> None:
        assert machine.rests(machine.starts("nightly"))["state"]["type"] == "COMPLETED"

    monkeypatch.setenv("REPER_NOW", NOW)
    edition = f"funder/county_council/{PERIOD}/ro-v1"
    command("publish", "funder", "--period", PERIOD, "--for", "county_council")
    night()
    night()
    (asks,) = machine.runs(name={"like_": "county_council"})
    assert asks["name"] == f"publish · funder · {PERIOD} · county_council · ro"
    assert machine.rests(asks["id"])["state"]["name"] == "Suspended"
    command("reject", edition, "--reason", "Titlul este greșit.")
    night()
    until(lambda: machine.ask(f"flow_runs/{asks['id']}")["state"]["type"] == "COMPLETED")
    assert machine.state(edition) == "rejected"


def test_a_doubtful_mail_is_settled_from_the_form(machine: Machine) -> None:
    ledger, now = Ledger(machine.settings.ledger_url), machine.settings.now
    ana = Recipient("ana", "Ana", "ana@example.org", "team", "ro")
    (mail_id,) = outbox.plan(ledger, "team/2020-Q1/ro-v1", [ana], now)
    body = {"mail_id": mail_id, "attempts": 1, "refused_since": None, "reply": "", "next_at": None}
    ledger.append("mail_uncertain", body, now)
    settled = {"mail": mail_id, "fate": "a ajuns · it arrived", "your_name": "Ana"}
    rests = machine.rests(machine.starts("deliver", **settled))
    assert rests["state"]["type"] == "COMPLETED", rests["state"]["message"]
    found = {mail.mail_id: mail for mail in outbox.mails(ledger)}[mail_id]
    assert (found.state, found.last_reply) == ("sent", "Ana says that the recipient has it")
    ledger.close()


def test_a_period_that_is_not_over_is_answered_in_words(machine: Machine) -> None:
    rests = machine.rests(machine.starts("publish", audience="team", period="2023-Q4"))
    assert rests["state"]["type"] == "FAILED"
    assert "it cannot be published yet" in rests["state"]["message"]


def test_what_a_table_says_now_is_offered_by_the_forms_without_a_restart(
    machine: Machine,
) -> None:
    table = machine.checkout / "data" / "programmes" / "timisoara2023" / "partners.csv"
    before = table.read_bytes()
    assert "TM-P099" not in machine.offers("remind", "PartnerId")
    new = before.splitlines()[-1].replace(b"TM-P062", b"TM-P099") + b"\n"
    table.write_bytes(before + new)
    assert machine.says().endswith("have changed: the forms offer what they say now.\n")
    assert "TM-P099" in machine.offers("remind", "PartnerId")
    # Tables that contradict each other must not empty the lists.
    table.write_bytes(before + new + new)
    assert "partners.csv, row 65: partner_id TM-P099" in machine.says()
    assert "TM-P099" in machine.offers("remind", "PartnerId")
    table.write_bytes(before)
    assert machine.says().endswith("have changed: the forms offer what they say now.\n")
    assert "TM-P099" not in machine.offers("remind", "PartnerId")


def test_a_page_of_somebody_else_may_not_read_what_the_server_says(machine: Machine) -> None:
    for address in ("/api/deployments/name/publish/publish", "/files/drafts/any.pdf"):
        answer = machine.get(address, Origin="https://example.org")
        assert "access-control-allow-origin" not in answer.headers


def test_a_second_start_in_the_same_home_leaves_with_a_sentence(machine: Machine) -> None:
    second = Machine(machine.settings.home)
    second.up(NOW)
    assert "Reper is up already in" in second.process.communicate(timeout=PATIENCE)[0]
    assert second.process.returncode == 3
    assert machine.is_answering()


def test_a_server_that_was_killed_is_started_again(machine: Machine) -> None:
    # A worker that is still starting would fall with its server, and be started again as well.
    assert machine.rests(machine.starts("deliver"))["state"]["type"] == "COMPLETED"
    machine.kill("server")
    assert machine.says().startswith("Prefect's server ended by itself (-9) and is started again")
    assert machine.says() == "Prefect's server is back.\n"
    assert machine.rests(machine.starts("deliver"))["state"]["type"] == "COMPLETED"


def test_a_run_killed_with_its_worker_is_said_to_have_crashed_and_the_next_one_works(
    machine: Machine,
) -> None:
    with only_writer(machine.settings.lock):
        run = machine.starts("nightly")
        until(lambda: machine.is_at_work(run))
        machine.kill("worker")
        assert machine.says().startswith("Prefect's worker ended by itself (-9)")
        assert machine.says() == "Prefect's worker is back.\n"
        killed = machine.rests(run)["state"]
        assert killed["type"] == "CRASHED"
        assert killed["message"].startswith("Rularea s-a oprit brusc")
    # Its slot is free again at once, not only when Prefect's lease of five minutes ends.
    assert machine.rests(machine.starts("nightly"))["state"]["type"] == "COMPLETED"


def test_what_a_killed_start_left_behind_is_ended_by_the_next_one(machine: Machine) -> None:
    with only_writer(machine.settings.lock):
        run = machine.starts("nightly")
        until(lambda: machine.is_at_work(run))
        os.kill(machine.watcher(), signal.SIGKILL)
        machine.process.kill()
        machine.process.communicate()
        assert machine.is_answering()
        machine.up(THREE_DAYS_LATER)
        assert machine.says().endswith("programs that an earlier start had left behind.\n")
        assert machine.says().startswith("Ready: ")
        assert machine.rests(run)["state"]["type"] == "CRASHED"
    assert not machine.runs(state={"type": {"any_": ["PENDING", "CANCELLING"]}})


def test_what_was_missed_meanwhile_is_done_once(machine: Machine) -> None:
    caught_up = machine.runs(tags={"all_": ["caught up"]})
    ended = [machine.rests(run["id"]) for run in caught_up]
    names = {run["name"].partition(" ")[0] for run in ended}
    assert names == {"nightly", "intake", "deliver", "remind"}
    assert {run["state"]["type"] for run in ended} == {"COMPLETED"}
    again = machine.rests(machine.starts("nightly", due_at="2021-02-28T05:00:00+02:00"))
    assert again["state"]["message"].endswith(
        "Nothing to do: what was due at 2021-02-28 05:00 was done by the run "
        "that began at 2021-03-01 06:00."
    )


def test_its_end_leaves_nothing_running(machine: Machine) -> None:
    assert len(machine.programs()) >= 2
    assert machine.down() == 0
    assert machine.programs() == []


def test_what_is_older_than_the_retention_is_forgotten_and_the_rest_is_kept(
    machine: Machine,
) -> None:
    with closing(sqlite3.connect(machine.settings.home / "prefect" / "prefect.db")) as history:
        (old,), (kept,) = history.execute(_TWO_NIGHTS).fetchall()
        long_ago = datetime.now(UTC) - timedelta(days=91)
        history.execute("update flow_run set end_time = ? where id = ?", (f"{long_ago:%F %T}", old))
        history.commit()
    machine.up(THREE_DAYS_LATER)
    assert machine.says().startswith("Ready: ")
    until(lambda: not machine.pages(old))
    assert [run["id"] for run in machine.runs(id={"any_": [old, kept]})] == [kept]
    assert machine.pages(kept)
    assert machine.down() == 0


_TWO_NIGHTS = """
select flow_run.id
from flow_run inner join artifact on artifact.flow_run_id = flow_run.id
where state_type = 'COMPLETED' and key like 'night-%'
order by end_time limit 2
"""


def test_killed_itself_it_leaves_nothing_running_either(machine: Machine) -> None:
    machine.up(THREE_DAYS_LATER)
    until(machine.is_answering)
    machine.process.kill()
    machine.process.communicate()
    until(lambda: not machine.programs())


def _copied(folder: Path) -> Path:
    """A checkout whose tables a test may change."""
    for part in ("flows", "reports", "sql", "data/catalogue", "data/programmes"):
        shutil.copytree(CHECKOUT / part, folder / part)
    shutil.copy(CHECKOUT / "prefect.yaml", folder)
    return folder
