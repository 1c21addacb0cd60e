"""The examples of docs/examples, tried with the real programs: nginx before a server, systemd."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Generator
from pathlib import Path

import httpx
import pytest

from flows.steps.settings import CHECKOUT
from tests.machine import PATIENCE, Machine, until

pytestmark = pytest.mark.full

EXAMPLES = CHECKOUT / "docs" / "examples"
NOW = "2021-01-25T05:00:00+02:00"
PATH = os.pathsep.join((os.environ["PATH"], "/usr/sbin"))
PASSWORD = ("ana", "parola")
_MAIN = """
daemon off;
pid {folder}/pid;
error_log {folder}/errors;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/reper.conf;
}}
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Generator[Machine]:
    machine = Machine(tmp_path_factory.mktemp("home"))
    machine.up(NOW)
    assert machine.says().startswith("Ready: ")
    yield machine
    machine.down()


@pytest.fixture(scope="module")
def proxy(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The example as it stands, with ports, certificate and passwords of the test; its address."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    certificate = ("-keyout", folder / "reper.key", "-out", folder / "reper.pem")
    _run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/", *certificate)
    scrambled = _run("openssl", "passwd", "-6", PASSWORD[1]).strip()
    (folder / "reper.passwords").write_text(f"{PASSWORD[0]}:{scrambled}\n")
    example = (EXAMPLES / "nginx.conf").read_text("utf-8")
    for there, here in (
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("127.0.0.1:4200", f"127.0.0.1:{machine.port}"),
        ("/etc/nginx", str(folder)),
    ):
        assert there in example
        example = example.replace(there, here)
    (folder / "reper.conf").write_text(example)
    (folder / "main.conf").write_text(_MAIN.format(folder=folder))
    for readable in (folder, *folder.iterdir()):
        readable.chmod(0o755)
    nginx = shutil.which("nginx", path=PATH)
    assert nginx, "nginx is missing (Debian: apt-get install nginx-light)."
    # The certificate is nobody's, and nginx's workers run as nobody: one process is enough here.
    command = [nginx, "-c", folder / "main.conf", "-g", "master_process off;"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        until(lambda: _answers(port))
        yield f"https://127.0.0.1:{port}"
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def test_without_a_password_nothing_is_told(proxy: str) -> None:
    with _client(proxy, None) as client:
        for place in ("/v2/", "/api/health", "/api/admin/version"):
            assert client.get(place).status_code == httpx.codes.UNAUTHORIZED
        wrong = client.get("/v2/", auth=("ana", "alta"))
        assert wrong.status_code == httpx.codes.UNAUTHORIZED


def test_with_it_the_page_comes_and_asks_only_where_it_came_from(proxy: str) -> None:
    with _client(proxy, PASSWORD) as client:
        page = client.get("/v2/")
        assert page.is_success
        assert "connect-src 'self'" in page.headers["content-security-policy"]
        assert client.get("/ui-settings").json()["api_url"] == "/api"
        found = client.post("/api/deployments/filter", json={})
        assert {one["name"] for one in found.json()} >= {"nightly", "publish"}


def test_a_file_that_a_page_names_opens_under_the_same_password(
    proxy: str, machine: Machine
) -> None:
    draft = machine.settings.drafts / "team-2020-ro.pdf"
    draft.parent.mkdir()
    draft.write_bytes(b"%PDF-1.7")
    for password, status in ((None, httpx.codes.UNAUTHORIZED), (PASSWORD, httpx.codes.OK)):
        with _client(proxy, password) as client:
            answer = client.get("/files/drafts/team-2020-ro.pdf")
            assert answer.status_code == status
            assert (answer.content == draft.read_bytes()) is (password is not None)


def test_events_pass_through_it_as_a_websocket(proxy: str) -> None:
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "cmVwZXItcmVwZXItcmVwZQ==",
        "Sec-WebSocket-Protocol": "prefect",
    }
    with (
        _client(proxy, PASSWORD) as client,
        client.stream("GET", "/api/events/out", headers=asked) as answer,
    ):
        assert answer.status_code == httpx.codes.SWITCHING_PROTOCOLS


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in EXAMPLES.glob("reper*"):
        # What the units start is in its place on the server, not here.
        text = unit.read_text("utf-8").replace("/srv/reper/.venv/bin/reper", "/bin/true")
        (tmp_path / unit.name).write_text(text.replace("User=reper\n", ""))
    units = sorted(tmp_path.iterdir())
    assert len(units) == 3
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert not [line for line in done.stderr.splitlines() if "reper" in line]


def _client(proxy: str, password: tuple[str, str] | None) -> httpx.Client:
    # The certificate was made for this test alone, so nobody vouches for it.
    return httpx.Client(base_url=proxy, auth=password, verify=False)  # noqa: S501


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _run(*command: object) -> str:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, check=True, text=True).stdout
