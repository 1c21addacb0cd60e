"""What an officer looks at before an edition goes is what its readers then get."""

import base64
import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from flows.cli import main
from flows.steps.publishing import preview
from tests.given import Given
from tests.press import Press


@pytest.fixture
def press(given: Given, tmp_path: Path) -> Press:
    given.activity("a1", received_at="2020-04-10")
    return Press(given, tmp_path)


def written(press: Press, audience: str, folder: Path) -> list[dict[str, str]]:
    edition = press.newest(audience)
    return preview.write(press.settings, press.catalogue, press.ledger, edition.path, folder)


def test_it_shows_the_very_message_that_is_sent_but_for_its_date(
    press: Press, tmp_path: Path
) -> None:
    edition = press.publishes_one()
    (shown,) = written(press, "funder", tmp_path / "shown")
    press.it_is("2020-05-21T10:00:00+03:00")
    press.approves(edition)
    press.delivers(edition)
    (sent,) = press.settings.outbox.glob("funder-*.eml")
    lines = Path(shown["eml"]).read_bytes().splitlines(), sent.read_bytes().splitlines()
    different = [one for one, other in zip(*lines, strict=True) if one != other]
    assert [line.partition(b":")[0] for line in different] == [b"Date"]
    assert Path(shown["eml"]).name == sent.name
    assert shown["recipient"] == "city"


def test_looking_changes_nothing_and_sends_nothing(press: Press, tmp_path: Path) -> None:
    press.publishes_one()
    head = press.ledger.head()
    written(press, "funder", tmp_path / "shown")
    assert press.ledger.head() == head
    assert not list(press.settings.outbox.iterdir())


def test_each_reader_is_shown_and_without_readers_the_contact(press: Press, tmp_path: Path) -> None:
    press.publishes_one("team")
    assert [one["recipient"] for one in written(press, "team", tmp_path / "a")] == ["ana", "ion"]
    press.settings.recipients.write_text("recipient_id,name,address,audience,language\n", "utf-8")
    (nobody,) = written(press, "team", tmp_path / "b")
    message = message_from_bytes(Path(nobody["eml"]).read_bytes(), policy=default)
    assert message["To"].addresses[0].addr_spec == press.catalogue.programme.contact


def test_the_picture_is_the_mails_own_page_and_fetches_nothing(
    press: Press, tmp_path: Path
) -> None:
    press.publishes_one()
    (shown,) = written(press, "funder", tmp_path / "shown")
    page = Path(shown["html"]).read_text("utf-8")
    assert page == preview.page_of(Path(shown["eml"]).read_bytes())
    scheme, _, content = preview.picture(page).partition(",")
    assert scheme == "data:image/svg+xml;base64"
    drawn = ET.fromstring(base64.b64decode(content))  # noqa: S314 - our own
    words = " ".join(" ".join(drawn.itertext()).split())
    assert " ".join(shown["subject"].partition(": ")[2].split()) in words
    assert not drawn.findall(".//{*}img") + drawn.findall(".//{*}script")


def test_the_command_names_all_that_it_wrote(
    press: Press, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = press.publishes_one()
    home, folder = ["--home", str(press.settings.home)], tmp_path / "shown"
    command = ["outbox", "--preview", edition.path, "-o", str(folder), "--json", *home]
    assert main(command) == 0
    answer, complaint = capsys.readouterr()
    (one,) = json.loads(answer)
    named = [one["eml"], one["html"], *one["pictures"]]
    assert sorted(named) == sorted(str(file) for file in folder.iterdir())
    assert complaint == ""


def test_the_pictures_are_for_a_desk_and_for_a_telephone(press: Press, tmp_path: Path) -> None:
    press.publishes_one()
    (shown,) = written(press, "funder", tmp_path / "shown")
    desk, phone = (_picture(path) for path in shown["pictures"])
    assert (desk.width, phone.width) == (1400, 720)
    assert 800 < desk.height < phone.height < 4000
    assert len(desk.getcolors(1 << 20) or []) > 50


def _picture(path: str) -> Image.Image:
    with Image.open(path) as opened:
        return opened.convert("RGB")
