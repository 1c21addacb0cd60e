"""Each reply goes to its partner by mail, once; without an address it waits in its folder alone."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from pathlib import Path

import pytest

from flows.steps import night, submissions
from flows.steps.mail import outbox
from flows.steps.night import Night
from flows.steps.replying import posting
from flows.steps.settings import Settings
from tests.given import catalogue
from tests.quality_cases import SENDER
from tests.sendings import RECEIVED, WRONG, drop, workbook

OTHER, SILENT = "TM-P048", "TM-P003"


def project_of(partner: str) -> str:
    return next(p["project_id"] for p in catalogue()["projects"] if p["partner_id"] == partner)


HEAD = "recipient_id,name,address,audience,language,for\n"
ANA = f"ana,Ana,ana@example.org,partner,ro,{SENDER}\n"
JOHN = f"john,John,john@example.org,partner,en,{OTHER}\n"
EVERYBODY = "all,All,all@example.org,partner,ro,\n"
FILES = {
    SENDER: workbook(WRONG),
    OTHER: workbook(
        {("raport", "partner_id"): OTHER, ("activitati", "title_ro"): "Mostovi"}
        | {(sheet, "project_id"): project_of(OTHER) for sheet in ("activitati", "buget")}
    ),
    SILENT: workbook({("raport", "partner_id"): SILENT}),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which three files were checked, and none was answered."""
    home = tmp_path_factory.mktemp("home")
    (home / "recipients.csv").write_text(HEAD + ANA + JOHN + EVERYBODY, "utf-8")
    opened = night.begin(Settings("timisoara2023", home, RECEIVED))
    for partner, file in FILES.items():
        drop(opened, partner, f"{partner}.xlsx", file)
    night.read(opened)
    night.check(opened)
    opened.ledger.close()
    return home


@pytest.fixture
def opened(checked: Path, tmp_path: Path) -> Iterator[Night]:
    home = shutil.copytree(checked, tmp_path / "home")
    opened = night.begin(Settings("timisoara2023", home, RECEIVED))
    night.read(opened)
    night.check(opened)
    yield opened
    opened.ledger.close()


def planned(opened: Night) -> list[tuple[str, str]]:
    """The partner and the recipient of every mail."""
    found = outbox.mails(opened.ledger)
    return [(mail.edition.split("/")[1], mail.recipient) for mail in found]


def mail_to(opened: Night, recipient: str) -> EmailMessage:
    night.deliver(opened)
    (path,) = opened.settings.outbox.glob(f"returned-*--{recipient}.eml")
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def said_in(message: EmailMessage) -> list[str]:
    """What the text says, and what the page says."""
    bodies = (message.get_body((kind,)) for kind in ("plain", "html"))
    return [" ".join(body.get_content().split()) for body in bodies if body is not None]


def folder(opened: Night, partner: str) -> Path:
    (found,) = (opened.settings.returned / partner).iterdir()
    return found


def test_a_reply_goes_to_its_own_partner_and_to_nobody_else(opened: Night) -> None:
    said = night.reply(opened)
    assert planned(opened) == [(SENDER, "ana"), (OTHER, "john")]
    assert "3 submissions answered, 2 of them by mail" in said
    assert "partners without an address: 1" in said


def test_a_reply_is_mailed_once_however_often_a_night_is_run(opened: Night) -> None:
    for _ in range(3):
        night.reply(opened)
        night.deliver(opened)
    assert planned(opened) == [(SENDER, "ana"), (OTHER, "john")]


def test_a_night_that_died_before_it_planned_a_mail_is_made_up_for(
    opened: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "plan", _dies)
        with pytest.raises(KeyboardInterrupt):
            night.reply(opened)
    assert planned(opened) == []
    night.reply(opened)
    assert planned(opened) == [(SENDER, "ana"), (OTHER, "john")]


def _dies(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_night_that_died_after_it_planned_a_mail_plans_no_second_one(opened: Night) -> None:
    night.reply(opened)
    (folder(opened, SENDER) / "receipt.txt").unlink()
    night.reply(opened)
    assert planned(opened) == [(SENDER, "ana"), (OTHER, "john")]


def test_replies_from_before_somebody_was_on_the_list_are_not_mailed(opened: Night) -> None:
    (opened.settings.home / "recipients.csv").write_text(HEAD, "utf-8")
    night.reply(opened)
    (opened.settings.home / "recipients.csv").write_text(HEAD + ANA, "utf-8")
    night.reply(opened)
    assert planned(opened) == []


def test_a_lost_reply_is_written_again_and_not_mailed_again_nor_to_a_newcomer(
    opened: Night,
) -> None:
    night.reply(opened)
    before = planned(opened)
    shutil.rmtree(opened.settings.returned)
    (opened.settings.home / "recipients.csv").write_text(
        HEAD + ANA + JOHN + ANA.replace("ana", "ion"), "utf-8"
    )
    night.reply(opened)
    assert planned(opened) == before


def test_a_mail_says_what_arrived_and_when_and_brings_the_marked_up_workbook(
    opened: Night,
) -> None:
    night.reply(opened)
    message = mail_to(opened, "ana")
    assert message["Subject"] == f"Raport preluat în parte: {SENDER}.xlsx"
    for said in said_in(message):
        assert sha256(FILES[SENDER]).hexdigest() in said
        assert "11 ianuarie 2021, ora 10:30:00 (ora României)" in said
        assert "Activități" in said
        assert "Receipt" not in said
    (attached,) = message.iter_attachments()
    (returned,) = folder(opened, SENDER).glob("*.xlsx")
    assert attached.get_filename() == returned.name == f"{SENDER}_de-corectat.xlsx"
    assert attached.get_content() == returned.read_bytes()


def test_a_good_file_is_thanked_for_in_the_readers_language_with_nothing_attached(
    opened: Night,
) -> None:
    night.reply(opened)
    message = mail_to(opened, "john")
    assert message["Subject"] == f"Report taken in: {OTHER}.xlsx"
    assert all("all that you wrote has been taken in" in said for said in said_in(message))
    assert list(message.iter_attachments()) == []


def test_a_workbook_too_large_for_a_mail_stays_behind_and_the_mail_says_so(opened: Night) -> None:
    night.reply(opened)
    (mail,) = (one for one in outbox.mails(opened.ledger) if one.recipient == "ana")
    whole = posting.letter(opened.settings, opened.catalogue, mail)
    smaller = posting.letter(opened.settings, opened.catalogue, mail, largest=len(whole) - 1)
    message = message_from_bytes(smaller, policy=default)
    assert isinstance(message, EmailMessage)
    assert list(message.iter_attachments()) == []
    assert all("Fișierul marcat nu este atașat" in said for said in said_in(message))


def test_a_mail_has_the_same_bytes_whenever_it_is_composed(opened: Night) -> None:
    night.reply(opened)
    (mail,) = (one for one in outbox.mails(opened.ledger) if one.recipient == "ana")
    later = replace(opened.settings, now=RECEIVED + timedelta(days=9))
    first, second = (
        posting.letter(settings, opened.catalogue, mail) for settings in (opened.settings, later)
    )
    assert first == second


def sends_again(opened: Night) -> Night:
    """The first partner's file comes once more, and is answered."""
    drop(opened, SENDER, "iar.xlsx", FILES[SENDER])
    opened.known = None
    night.reply(opened)
    return opened


def test_whoever_sends_the_same_file_again_hears_once_that_it_is_here(opened: Night) -> None:
    night.reply(opened)
    for _ in range(3):
        sends_again(opened)
        night.deliver(opened)
    assert planned(opened) == [(SENDER, "ana"), (OTHER, "john"), (SENDER, "ana")]
    (path,) = opened.settings.outbox.glob("returned-*-again-answered--ana.eml")
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == "Fișier primit deja: iar.xlsx"
    for said in said_in(message):
        assert f"cu „{SENDER}.xlsx”, pe care l-am primit deja pe 11 ianuarie 2021" in said
        assert "răspunsul de atunci rămâne valabil" in said
        assert sha256(FILES[SENDER]).hexdigest() in said
    assert len(list(folder(opened, SENDER).glob("received-again-*.txt"))) == 3


def test_whose_file_was_withdrawn_is_not_told_that_it_counts_when_it_comes_again(
    opened: Night,
) -> None:
    night.reply(opened)
    first = folder(opened, SENDER)
    submissions.withdraw(opened.ledger, first.name, "Fișier greșit.", RECEIVED)
    sends_again(opened)
    (again,) = first.glob("received-again-*.txt")
    said = " ".join(again.read_text("utf-8").split())
    assert "Fișierul de atunci a fost însă retras, așa că nici acesta nu se numără" in said
    assert "was withdrawn, so this one does not count either" in said
    assert "rămâne valabil" not in said
    assert any(mail.edition.endswith("/again-withdrawn") for mail in outbox.mails(opened.ledger))


def test_a_file_that_a_newer_one_has_replaced_is_not_said_to_count_when_it_comes_again(
    opened: Night,
) -> None:
    night.reply(opened)
    first = folder(opened, SENDER)
    drop(opened, SENDER, "nou.xlsx", workbook({("raport", "submission_kind"): "corecție"}))
    opened.known = None
    night.read(opened)
    night.check(opened)
    sends_again(opened)
    (again,) = first.glob("received-again-*.txt")
    said = " ".join(again.read_text("utf-8").split())
    assert "i-a luat locul „nou.xlsx”, primit pe 11 ianuarie 2021" in said
    assert "that one counts, and this one does not" in said


def test_a_wrong_row_in_the_list_stops_no_reply_and_the_operator_hears_of_it(
    opened: Night,
) -> None:
    listed = opened.settings.home / "recipients.csv"
    operator = "boss,Boss,boss@example.org,operator,ro,\n"
    listed.write_text(HEAD + ANA + JOHN.replace("@", " at ") + operator, "utf-8")
    for _ in range(2):
        assert "recipients.csv, row 3" in night.reply(opened)
    for partner in FILES:
        assert (folder(opened, partner) / "receipt.txt").exists()
    assert [mail.recipient for mail in outbox.mails(opened.ledger)] == ["ana", "boss"]
    (alert,) = opened.settings.outbox.glob("operator-*--boss.eml")
    message = message_from_bytes(alert.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert "recipients.csv, row 3" in " ".join(message.get_content().split())


def test_what_could_not_be_addressed_goes_once_when_the_list_is_right(opened: Night) -> None:
    listed = opened.settings.home / "recipients.csv"
    listed.write_text("no,such,columns\n", "utf-8")
    night.reply(opened)
    assert planned(opened) == []
    listed.write_text(HEAD + ANA + JOHN, "utf-8")
    night.reply(opened)
    assert planned(opened) == [(SENDER, "ana"), (OTHER, "john")]
    listed.write_text(HEAD + ANA + JOHN + ANA.replace("ana", "ion"), "utf-8")
    night.reply(opened)
    assert planned(opened) == [(SENDER, "ana"), (OTHER, "john")]
    assert mail_to(opened, "john")["Subject"] == f"Report taken in: {OTHER}.xlsx"
