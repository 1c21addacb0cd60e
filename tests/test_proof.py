"""What an officer sees of a report, and of a night, before deciding."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from flows import files, listings, proof, summary
from flows.proof import Proof
from flows.steps.night import Night
from flows.steps.publishing import facts, letters, preview
from flows.steps.publishing.approval import Edition
from reports.model import Text
from tests.given import Given
from tests.press import PERIOD, Press

PICTURE = "data:image/png;base64,"


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """An office in which the city's edition waits."""
    given = Given(tmp_path_factory.mktemp("rows"))
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path_factory.mktemp("home"))
    press.publishes_one("funder")
    yield press
    given.close()


@pytest.fixture
def edition(press: Press) -> Edition:
    return press.newest("funder")


@pytest.fixture
def shown(press: Press, edition: Edition) -> Proof:
    folder = press.files(edition)
    return Proof(
        edition.path,
        letters.frozen(folder),
        ["Primăria"],
        edition.doubts,
        folder / "report.pdf",
        files.links(press.settings, folder),
    )


def test_every_page_of_the_pdf_is_there_to_be_read_and_small_enough_to_keep(shown: Proof) -> None:
    pages = proof.pages(shown.file)
    assert len(pages) == shown.letter["pages"]
    for page in pages:
        content = base64.b64decode(page.removeprefix(PICTURE))
        assert Image.open(BytesIO(content)).width == 800
        assert len(content) < 120_000


def test_the_page_says_which_edition_it_is_who_gets_it_and_leads_to_its_files(shown: Proof) -> None:
    page = proof.markdown(shown, "Hotărâți. · Decide.")
    assert shown.letter["headline"] in page
    assert "| Cine primește · Who gets it | Primăria |" in page
    assert f"| Fișiere · Files | {shown.links} |" in page
    assert page.count(PICTURE) == shown.letter["pages"]


def test_the_mail_is_shown_as_its_readers_will_see_it(
    press: Press, edition: Edition, shown: Proof
) -> None:
    picture = preview.shown(press.settings, press.catalogue, edition)
    assert picture.startswith("data:image/svg+xml;base64,")
    page = proof.markdown(replace(shown, mail=picture), "Hotărâți. · Decide.")
    assert f"]({picture})" in page
    assert shown.letter["subject"] in page
    assert "## Mesajul" not in proof.markdown(shown, "")


def test_a_pdf_that_does_not_open_is_no_reason_to_show_nothing(
    shown: Proof, tmp_path: Path
) -> None:
    broken = tmp_path / "report.pdf"
    broken.write_bytes(b"%PDF-")
    assert proof.pages(broken) == []
    assert proof.pages(tmp_path / "lost.pdf") == []


def test_a_held_edition_says_why_in_both_languages(press: Press, tmp_path: Path) -> None:
    office = press.copied(tmp_path)
    held = office.holds(office.newest("funder"), "Așteptăm directorul.")
    said = proof.doubts(held.doubts)[1]
    romanian, english = said.split("\n")
    assert romanian.startswith("- Așteptăm directorul. Când motivul nu mai stă în picioare")
    assert english.startswith("- *Așteptăm directorul. Once the reason no longer holds")
    assert said.count(f"reper release {held.path} --reason") == 2


def test_the_night_leads_to_each_edition_that_waits(press: Press, edition: Edition) -> None:
    night = Night(press.settings, press.catalogue, press.ledger)
    status = {"period_id": PERIOD, "partners": []}
    said = {"publish": Text("nicio ediție", "no edition")}
    page = summary.markdown(night, said, status, {edition.path: "/v2/runs/1"})
    assert f"| [{edition.path}](/v2/runs/1) | așteaptă aprobarea · waits for approval |" in page
    assert "| publicare · publish | nicio ediție | no edition |" in page
    folder = f"/files/published/{edition.path}"
    assert f"| [PDF]({folder}/report.pdf) · [Excel]({folder}/report.xlsx) |" in page


def test_what_was_decided_waits_no_more_and_neither_does_an_old_version(
    press: Press, tmp_path: Path
) -> None:
    office = press.copied(tmp_path)
    night = Night(office.settings, office.catalogue, office.ledger)
    first = office.newest("funder")
    assert [one.path for one in summary.waiting(night)] == [first.path]
    office.rejects(first)
    assert summary.waiting(night) == []


def test_figures_stand_beside_their_targets_in_words(press: Press) -> None:
    period = press.catalogue.period("2020")
    collected = facts.collect(
        press.given.connection,
        press.catalogue,
        press.given.known,
        "team",
        period,
        1,
        press.settings.sql,
    )
    delivered = listings.targets(collected)[0]
    assert delivered["Indicator"] == "Activități culturale derulate"
    assert (delivered["Valoare · Value"], delivered["Țintă · Target"]) == ("1", "200")
    assert delivered["Stare · State"] == "În urmă · Behind"


def test_a_table_of_a_page_keeps_its_columns_whatever_is_typed_in_a_cell() -> None:
    rows = [{"a": "one | two\nthree", "b": 1}]
    assert listings.markdown(rows).splitlines()[-1] == r"| one \| two three | 1 |"
    assert listings.markdown([]) == "Nimic. · Nothing."
