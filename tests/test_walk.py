"""An officer's way through Prefect's page, in a real browser, to the reader's post box.

Server, worker, browser, SMTP and IMAP are real; the year is the demonstration's.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Generator
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from flows.steps.settings import CHECKOUT
from tests import post_office
from tests.machine import Machine, until
from tests.post_office import PostOffice

pytestmark = pytest.mark.full

NOW = "2021-02-26T06:00:00+02:00"
EDITION = "funder/municipality/2020-Q3/ro-v1"
RUN = "publish · funder · 2020-Q3 · municipality"
TITLE = "Raport de monitorizare trimestrul 3, 2020"
PATIENCE_MS = 240_000
BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Generator[PostOffice]:
    with post_office.opened(tmp_path_factory.mktemp("post")) as office:
        yield office


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, office: PostOffice) -> Generator[Machine]:
    """The demonstration's year, with `reper up` on it and a mail server set."""
    machine = Machine(tmp_path_factory.mktemp("walk") / "home")
    command = [sys.executable, "-c", "import sys; from flows.cli import main; sys.exit(main())"]
    home = str(machine.settings.home)
    subprocess.run([*command, "demo", "--home", home], cwd=CHECKOUT, check=True, timeout=600)
    machine.up(NOW, REPER_SMTP_URL=office.smtp_url)
    try:
        assert machine.says().startswith("Ready: ")
        yield machine
    finally:
        machine.down()


@pytest.fixture(scope="module")
def page(machine: Machine) -> Generator[Page]:
    """A browser that has just been opened; what it shows is in Romania's time."""
    with sync_playwright() as driver:
        chromium = shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=list(BROWSER))
        page = browser.new_page(
            base_url=f"http://127.0.0.1:{machine.port}",
            viewport={"width": 1400, "height": 1100},
            timezone_id="Europe/Bucharest",
            locale="ro-RO",
        )
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        yield page
        browser.close()


def test_an_officer_publishes_looks_approves_and_the_reader_has_the_mail(
    page: Page, machine: Machine, office: PostOffice, tmp_path: Path
) -> None:
    _fill_in_the_form_and_start_it(page, tmp_path)
    run = _open_the_run_that_waits(page, tmp_path)
    assert machine.state(EDITION) == "waiting"
    assert office.letters() == []
    _look_at_every_page(page, run, machine.settings.published / EDITION / "report.pdf", tmp_path)
    _approve(page, run, tmp_path)
    (letter,) = until(office.letters)
    _is_the_report(letter, machine.settings.published / EDITION / "report.pdf")
    assert machine.state(EDITION) == "approved"


def _fill_in_the_form_and_start_it(page: Page, shots: Path) -> None:
    page.goto("/v2/deployments")
    page.get_by_role("link", name="publish", exact=True).first.click()
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Custom run").click()
    _choose(page, "Pentru cine · Audience", "funder")
    _choose(page, "Perioada · Period", "2020-Q3")
    _choose(page, "Destinatarul · Reader", "municipality")
    page.screenshot(path=shots / "1-form.png", full_page=True)
    until(lambda: _is_sent(page, "Submit", "/create_flow_run$"))


def _open_the_run_that_waits(page: Page, shots: Path) -> str:
    """The address of the run, once it says that it waits."""
    page.goto("/v2/runs")
    waits = page.get_by_role("listitem").filter(has_text=RUN).filter(has_text="Suspended").last
    expect(waits).to_be_visible()
    page.screenshot(path=shots / "2-runs.png", full_page=True)
    waits.get_by_role("link", name=RUN).click()
    expect(page).to_have_url(re.compile("/runs/flow-run/"))
    page.screenshot(path=shots / "3-run.png", full_page=True)
    return page.url


def _look_at_every_page(page: Page, run: str, published: Path, shots: Path) -> None:
    _open_the_question(page, run)
    page.get_by_role("link", name="Vedeți paginile").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    pictures = page.locator("img[src^='data:image/png']")
    expect(pictures.nth(5)).to_be_attached()
    page.screenshot(path=shots / "4-edition.png", full_page=True)
    assert all(pictures.evaluate_all("found => found.map(one => one.naturalWidth)"))
    with page.expect_response(re.compile(r"/report\.pdf$")) as answer:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert answer.value.headers["content-type"] == "application/pdf"
    assert int(answer.value.headers["content-length"]) == published.stat().st_size
    expect(page).to_have_url(re.compile(f"/files/published/{EDITION}/report.pdf$"))
    page.screenshot(path=shots / "4-pdf.png")


def _approve(page: Page, run: str, shots: Path) -> None:
    def is_decided() -> bool:
        _open_the_question(page, run)
        _choose(page, "Hotărârea · Decision", "aprob · approve")
        page.get_by_role("textbox", name="Numele dumneavoastră").fill("Ana Pop")
        page.screenshot(path=shots / "5-decision.png")
        return _is_sent(page, "Resume", "/resume$")

    until(is_decided)
    expect(page.get_by_text("Completed", exact=True).first).to_be_visible()
    page.screenshot(path=shots / "6-done.png", full_page=True)


def _is_sent(page: Page, button: str, where: str) -> bool:
    """Whether what a button sends was taken; a busy database refuses it, and one presses again.

    Left before its answer is there, the page would never send it.
    """
    with page.expect_response(re.compile(where)) as answer:
        page.get_by_role("button", name=button).click()
    return answer.value.ok


def _open_the_question(page: Page, run: str) -> None:
    page.goto(run)
    page.get_by_role("button", name="Open menu").click()
    page.get_by_role("menuitem", name="Resume").click()
    expect(page.get_by_role("dialog")).to_contain_text(TITLE)


def _choose(page: Page, field: str, value: str) -> None:
    page.get_by_role("button", name=f"Select {field}").click()
    page.get_by_role("option", name=value, exact=True).click()


def _is_the_report(letter: EmailMessage, published: Path) -> None:
    """It is for that reader alone, and brings the very file that was published, which opens."""
    assert letter["To"].addresses[0].addr_spec == "primaria@example.org"
    assert letter["Cc"] is letter["Bcc"] is None
    assert letter["Subject"].startswith("Raport T3 2020: ")
    (pdf,) = letter.iter_attachments()
    assert pdf.get_content_type() == "application/pdf"
    assert pdf.get_content() == published.read_bytes()
    with pypdfium2.PdfDocument(pdf.get_content()) as document:
        assert TITLE.split()[0] in document[0].get_textpage().get_text_range()
