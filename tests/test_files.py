"""The files that Prefect's pages lead to, and nothing else of a home, over HTTP."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import METHOD_NOT_ALLOWED, NOT_FOUND, OK, HTTPConnection
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from flows import files
from flows.steps.settings import Settings, load

EDITION = "team/2020-Q4/ro-v1"
PDF, XLSX = b"%PDF-1.7 the report", b"PK the workbook"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes


class Browser:
    """Asks for exactly what it is told to ask for, without putting it right first."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, address: str, method: str = "GET") -> Answer:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, f"/files/{address}")
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = load(tmp_path_factory.mktemp("files") / "home", "timisoara2023", {})
    folder = settings.published / EDITION
    for file, content in (
        (folder / "report.pdf", PDF),
        (folder / "report.xlsx", XLSX),
        (folder / "figures.json", b"{}"),
        (settings.drafts / "team-2020-ro.pdf", PDF),
        (settings.archive / "original.xlsx", XLSX),
        (settings.returned / "TM-P001" / "reply.xlsx", XLSX),
        (settings.home / "report.pdf", PDF),
        (settings.ledger_file, b"the book"),
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (settings.drafts / "out.pdf").symlink_to(settings.home / "report.pdf")
    (settings.drafts / "folder").symlink_to(settings.archive)
    return settings


@pytest.fixture(scope="module")
def browser(settings: Settings) -> Generator[Browser]:
    with served(settings) as browser:
        yield browser


@contextmanager
def served(settings: Settings) -> Generator[Browser]:
    """A real server on a port of its own, as long as somebody asks it."""
    app = Starlette(routes=[files.served(settings)])
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off")
    server, listens = uvicorn.Server(config), config.bind_socket()
    # Whoever asks before it serves waits, and is not refused.
    listens.listen()
    thread = threading.Thread(target=server.run, args=([listens],))
    thread.start()
    try:
        yield Browser(listens.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
        listens.close()


def test_each_link_of_a_page_opens(settings: Settings, browser: Browser) -> None:
    folder = settings.published / EDITION
    assert files.links(settings, folder) == (
        f"[PDF](/files/published/{EDITION}/report.pdf) · "
        f"[Excel](/files/published/{EDITION}/report.xlsx)"
    )
    draft = settings.drafts / "team-2020-ro.pdf"
    assert files.link(settings, draft) == "[PDF](/files/drafts/team-2020-ro.pdf)"
    for address, content in (
        (f"published/{EDITION}/report.pdf", PDF),
        (f"published/{EDITION}/report.xlsx", XLSX),
        ("drafts/team-2020-ro.pdf", PDF),
    ):
        answer = browser.ask(address)
        assert (answer.status, answer.content) == (OK, content)


def test_a_browser_is_told_what_a_file_is_and_how_to_call_it(browser: Browser) -> None:
    pdf = browser.ask(f"published/{EDITION}/report.pdf").headers
    assert pdf["content-type"] == "application/pdf"
    assert pdf["content-disposition"] == 'inline; filename="team-2020-Q4-ro-v1.pdf"'
    assert pdf["x-content-type-options"] == "nosniff"
    assert pdf["cache-control"] == "private, no-cache"
    workbook = browser.ask(f"published/{EDITION}/report.xlsx").headers
    assert workbook["content-type"].endswith("spreadsheetml.sheet")
    assert workbook["content-disposition"] == 'attachment; filename="team-2020-Q4-ro-v1.xlsx"'


@pytest.mark.parametrize(
    "address",
    [
        f"published/{EDITION}/figures.json",
        f"published/{EDITION}",
        f"published/{EDITION}/",
        "published/",
        "published",
        "",
        "archive/original.xlsx",
        "returned/TM-P001/reply.xlsx",
        "ledger.sqlite",
        "report.pdf",
        "published/../report.pdf",
        "published/%2e%2e/report.pdf",
        "published/..%2f..%2fhome/report.pdf",
        "published/%2e%2e/archive/original.xlsx",
        "drafts/../published/../archive/original.xlsx",
        "published//etc/passwd",
        "published/{home}/report.pdf",
        "published/a%00.pdf",
        "published/%ff%fe.pdf",
        f"published/{EDITION}/report.pdf%20",
        f"published/team/./2020-Q4/../{'a' * 5000}.pdf",
        "secret/person.key",
    ],
)
def test_nothing_else_of_a_home_has_an_address(
    settings: Settings, browser: Browser, address: str
) -> None:
    answer = browser.ask(address.format(home=settings.home))
    assert answer.status == NOT_FOUND
    assert b"%PDF" not in answer.content
    assert str(settings.home).encode() not in answer.content


@pytest.mark.parametrize("address", ["drafts/out.pdf", "drafts/folder/original.xlsx"])
def test_a_link_that_leads_out_of_the_folder_leads_nowhere(browser: Browser, address: str) -> None:
    assert browser.ask(address).status == NOT_FOUND


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(browser: Browser, settings: Settings, method: str) -> None:
    answer = browser.ask(f"published/{EDITION}/report.pdf", method)
    assert answer.status == METHOD_NOT_ALLOWED
    assert (settings.published / EDITION / "report.pdf").read_bytes() == PDF


def test_a_home_that_published_nothing_yet_answers_as_well(tmp_path: Path) -> None:
    fresh = load(tmp_path / "fresh", "timisoara2023", {})
    with served(fresh) as browser:
        answer = browser.ask("published/team/2020/ro-v1/report.pdf")
    assert answer.status == NOT_FOUND
    assert answer.content.decode() == "Fișierul nu există. / There is no such file."
