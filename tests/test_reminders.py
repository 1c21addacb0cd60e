"""Who has not reported is reminded before and after the deadline, each time once."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from flows.steps import night, reminders, standing, submissions
from flows.steps.mail import outbox
from flows.steps.mail.outbox import Mail
from flows.steps.night import INTAKE, Night
from flows.steps.settings import Settings
from tests.given import with_indicators
from tests.mail_office import opened as mail_server
from tests.quality_cases import GOOD, SENDER
from tests.sendings import WRONG, workbook

OTHER = "TM-P048"
HEAD = "recipient_id,name,address,audience,language,for\n"
RECIPIENTS = f"""{HEAD}ana,Ana,ana@example.org,partner,ro,{SENDER}
john,John,john@example.org,partner,en,{OTHER}
ofi,Ofițerul,ofi@example.org,officer,ro,
boss,Boss,boss@example.org,operator,en,
"""
# Reports about the last quarter of 2020 are due on 15 January 2021.
PERIOD = "2020-Q4"
OCCASIONS = ["before-14", "before-7", "before-1", "after-1", "after-7", "after-21"]


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00+02:00")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home to which nothing was sent yet, built on New Year's Day."""
    home = tmp_path_factory.mktemp("built") / "home"
    home.mkdir()
    (home / "recipients.csv").write_text(RECIPIENTS, "utf-8")
    # No indicator is looked at here, and all of them take most of a build's time.
    sql = with_indicators(home.parent / "sql")
    opened = night.begin(Settings("timisoara2023", home, at("2021-01-01"), sql=sql))
    for step in INTAKE:
        step(opened)
    opened.ledger.close()
    return home


@pytest.fixture
def opened(built: Path, tmp_path: Path) -> Iterator[Night]:
    home = shutil.copytree(built, tmp_path / "home")
    sql = built.parent / "sql"
    opened = night.begin(Settings("timisoara2023", home, at("2021-01-01"), sql=sql))
    yield opened
    opened.ledger.close()


def reminds(opened: Night, day: str, *, dry_run: bool = False) -> list[str]:
    """Remind on this day; what is planned anew, as partner and occasion."""
    opened.settings = replace(opened.settings, now=at(day))
    before = reminded(opened)
    standing.remind(opened, dry_run=dry_run)
    return [one for one in reminded(opened) if one not in before]


def reminded(opened: Night) -> list[str]:
    found = (mail.edition for mail in outbox.mails(opened.ledger) if reminders.is_reminder(mail))
    return [path.removeprefix("reminder/").replace(f"{PERIOD}/", "") for path in found]


def take_in(opened: Night, day: str) -> None:
    """All that came until this day, in the warehouse."""
    opened.settings = replace(opened.settings, now=at(day))
    for step in INTAKE:
        step(opened)


def sends(opened: Night, file: bytes, partner: str = SENDER) -> Path:
    path = opened.settings.inbox / partner / "raport.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file)
    return path


def said_to(opened: Night, recipient: str) -> tuple[str, str]:
    """Subject and words of the last mail that was written to somebody."""
    night.deliver(opened)
    paths = opened.settings.outbox.glob(f"*--{recipient}.eml")
    newest = max(paths, key=lambda path: path.stat().st_mtime_ns)
    message = message_from_bytes(newest.read_bytes(), policy=default)
    subject, said = message["Subject"], message.get_content()
    return " ".join(subject.split()), " ".join(said.split())


def test_each_occasion_is_told_once_though_the_year_is_gone_through_day_by_day(
    opened: Night,
) -> None:
    days = [f"2020-12-{day}" for day in range(25, 32)]
    days += [f"2021-01-{day:02}" for day in range(1, 32)]
    days += [f"2021-02-{day:02}" for day in range(1, 28)]
    for day in days:
        if reminds(opened, day):
            assert reminds(opened, day) == []
    told = [one for one in reminded(opened) if one.startswith(SENDER)]
    assert told == [f"{SENDER}/{occasion}" for occasion in OCCASIONS]


def test_after_a_pause_only_the_latest_that_is_due_goes_out(opened: Night) -> None:
    assert reminds(opened, "2021-01-09") == [f"{SENDER}/before-7", f"{OTHER}/before-7"]
    assert reminds(opened, "2021-01-24") == [f"{SENDER}/after-7", f"{OTHER}/after-7"]


def test_a_machine_that_starts_long_after_a_deadline_reminds_of_nothing(opened: Night) -> None:
    assert reminds(opened, "2021-02-20") == []


def test_a_dry_run_names_everybody_and_plans_nothing(opened: Night) -> None:
    opened.settings = replace(opened.settings, now=at("2021-01-08"))
    found = {row["partner_id"]: row for row in standing.remind(opened, dry_run=True)}
    assert len(found) == len(opened.catalogue["partners"])
    assert (found[SENDER]["recipients"], found["TM-P003"]["recipients"]) == (["ana"], [])
    assert outbox.mails(opened.ledger) == []


@pytest.mark.parametrize("kind", ["first", "nil"])
def test_who_has_reported_or_said_that_there_was_nothing_is_reminded_no_more(
    opened: Night, kind: str
) -> None:
    assert f"{SENDER}/before-14" in reminds(opened, "2021-01-02")
    nothing = {(sheet, name): "" for sheet, row in GOOD.items() for name in row}
    answers = {("raport", name): text for name, text in GOOD["raport"].items()}
    nil = workbook(nothing | answers | {("raport", "submission_kind"): kind})
    sends(opened, nil if kind == "nil" else workbook({}))
    take_in(opened, "2021-01-05")
    assert reminds(opened, "2021-01-08") == [f"{OTHER}/before-7"]
    assert reminds(opened, "2021-01-16") == [f"{OTHER}/after-1"]


def test_who_is_excused_is_not_reminded(opened: Night) -> None:
    submissions.excuse(opened.ledger, SENDER, PERIOD, "Închis pentru renovare.", at("2021-01-02"))
    opened.known = None
    take_in(opened, "2021-01-02")
    assert reminds(opened, "2021-01-16") == [f"{OTHER}/after-1"]


def test_whose_file_still_lies_in_the_inbox_is_left_alone(opened: Night) -> None:
    sends(opened, b"being written")
    assert reminds(opened, "2021-01-16") == [f"{OTHER}/after-1"]


def test_a_reminder_that_could_not_go_before_the_report_came_never_goes(opened: Night) -> None:
    reminds(opened, "2021-01-14")
    sends(opened, workbook({}))
    take_in(opened, "2021-01-15")
    (mail,) = (one for one in delivered(opened) if one.edition.startswith(f"reminder/{SENDER}"))
    assert (mail.state, mail.is_moot) == ("failed", True)
    assert mail.last_reply is not None
    assert "nobody has to be reminded" in mail.last_reply
    assert not any(one.recipient == "boss" for one in outbox.mails(opened.ledger))


def delivered(opened: Night) -> list[Mail]:
    """What became of all mails, and no reminder reached the partner that has reported."""
    with mail_server() as office:
        opened.settings = replace(opened.settings, smtp_url=office.url)
        night.deliver(opened)
        to_ana = [mail for to, mail in office.received if to == "ana@example.org"]
    subjects = [message_from_bytes(mail, policy=default)["Subject"] for mail in to_ana]
    assert [subject.split(":")[0] for subject in subjects] == ["Raport preluat"]
    return outbox.mails(opened.ledger)


def test_before_the_deadline_a_reminder_says_the_day_and_that_nothing_is_a_report_too(
    opened: Night,
) -> None:
    reminds(opened, "2021-01-08")
    subject, said = said_to(opened, "ana")
    assert subject == "Raportul pentru trimestrul 4, 2020 se așteaptă până la 15 ianuarie 2021"
    assert "este tot un raport" in said
    subject, said = said_to(opened, "john")
    assert subject == "The report on quarter 4, 2020 is due by 15 January 2021"


def test_after_the_deadline_it_asks_kindly_and_the_last_one_says_that_it_is_the_last(
    opened: Night,
) -> None:
    reminds(opened, "2021-01-16")
    subject, said = said_to(opened, "ana")
    assert subject == "Așteptăm raportul dumneavoastră pentru trimestrul 4, 2020"
    assert "Termenul a fost 15 ianuarie 2021" in said
    assert "nu vă mai reamintim" not in said
    reminds(opened, "2021-02-05")
    assert "nu vă mai reamintim" in said_to(opened, "ana")[1]


def test_whose_file_was_refused_is_not_told_that_nothing_came(opened: Night) -> None:
    sends(opened, workbook({("raport", "partner_id"): OTHER}))
    take_in(opened, "2021-01-10")
    reminds(opened, "2021-01-16")
    _, said = said_to(opened, "ana")
    assert "Un fișier de la dumneavoastră a ajuns, dar nu l-am putut prelua încă" in said


def digests(opened: Night) -> list[str]:
    return [mail.edition for mail in outbox.mails(opened.ledger) if mail.recipient == "ofi"]


def test_the_officer_has_a_digest_only_on_days_with_news(opened: Night) -> None:
    for day in ("2021-01-01", "2021-01-02", "2021-01-03"):
        reminds(opened, day)
        reminds(opened, day)
    assert digests(opened) == ["digest/2021-01-01"]
    sends(opened, workbook(WRONG))
    take_in(opened, "2021-01-04")
    reminds(opened, "2021-01-04")
    take_in(opened, "2021-01-16")
    reminds(opened, "2021-01-16")
    assert digests(opened) == ["digest/2021-01-01", "digest/2021-01-04", "digest/2021-01-16"]


def test_the_digest_says_who_is_late_who_has_findings_and_who_has_no_address(
    opened: Night,
) -> None:
    sends(opened, workbook(WRONG))
    take_in(opened, "2021-01-16")
    reminds(opened, "2021-01-16")
    subject, said = said_to(opened, "ofi")
    assert subject.startswith("Situația raportărilor: ")
    assert "întârziați: 61; cu observații: 1; fără adresă: 60" in subject
    assert f"- {OTHER} Asociația Sârbă „Most” pentru Cultură: 2020-Q4, termenul a fost" in said
    assert "2020-Q4, observații: 5" in said
    assert "- TM-P003" in said
