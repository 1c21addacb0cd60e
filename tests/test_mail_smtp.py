"""The wire against a real server: how far a message came is told apart, and secrets stay secret."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from flows.steps.errors import OperatorError
from flows.steps.mail import smtp
from flows.steps.mail.smtp import Outcome, Patience, Reply
from tests.mail_office import HASTE, PATIENT, Office, free_port, opened, silent

MESSAGE = b"Subject: x\r\n\r\nOne\r\n.\r\n..Two\r\n"


@pytest.fixture
def office() -> Iterator[Office]:
    with opened() as office:
        yield office


def sent(
    url: str,
    message: bytes = MESSAGE,
    claims: list[str] | None = None,
    patience: Patience = PATIENT,
) -> Reply:
    claim = (claims if claims is not None else []).append
    return smtp.send(
        url, "m@example.org", "ana.pop@example.org", message, lambda: claim("claimed"), patience
    )


def test_an_accepted_message_arrives_as_it_was(office: Office) -> None:
    reply = sent(office.url)
    assert reply == Reply(Outcome.ACCEPTED, "250 2.0.0 Ok: queued as 4XyZ")
    assert office.received == [("ana.pop@example.org", MESSAGE)]


def test_no_line_of_a_message_can_end_it(office: Office) -> None:
    smuggled = b"Subject: x\r\n\r\nOne\n.\nMAIL FROM:<v@evil.invalid>\r.\rTwo"
    assert sent(office.url, smuggled).outcome is Outcome.ACCEPTED
    ((_, stored),) = office.received
    assert stored.splitlines() == smuggled.splitlines()
    assert stored.count(b"\r\n") == stored.count(b"\n") == stored.count(b"\r")


@pytest.mark.parametrize(
    ("order", "outcome", "claims"),
    [
        ("450", Outcome.REFUSED_NOW, 0),
        ("421", Outcome.REFUSED_NOW, 0),
        ("550", Outcome.REFUSED_FOR_GOOD, 0),
        ("530", Outcome.NO_SERVICE, 0),
        ("shy", Outcome.LOST_BEFORE_DOT, 0),
        ("451 dot", Outcome.REFUSED_NOW, 1),
        ("554 dot", Outcome.REFUSED_FOR_GOOD, 1),
        ("lost", Outcome.LOST_AFTER_DOT, 1),
        ("mute", Outcome.LOST_AFTER_DOT, 1),
    ],
)
def test_how_far_it_came_is_told_apart(
    office: Office, order: str, outcome: Outcome, claims: int
) -> None:
    office.orders["ana.pop@example.org"] = [order]
    made: list[str] = []
    patience = HASTE if order == "mute" else PATIENT
    assert sent(office.url, claims=made, patience=patience).outcome is outcome
    assert len(made) == claims
    assert len(office.received) == (order in ("lost", "mute"))


def test_a_line_lost_in_the_payload_is_lost_before_the_dot(office: Office) -> None:
    office.orders["ana.pop@example.org"] = ["deaf"]
    made: list[str] = []
    # More than the kernel holds for a reader that does not read.
    reply = sent(office.url, b"x" * 70 + b"\r\n" + b"y" * 30_000_000, made)
    assert (reply.outcome, made) == (Outcome.LOST_BEFORE_DOT, [])


def test_nobody_at_the_port_is_no_service() -> None:
    assert sent(f"smtp://127.0.0.1:{free_port()}").outcome is Outcome.NO_SERVICE


def test_a_server_without_a_greeting_is_no_service() -> None:
    with silent() as port:
        reply = sent(f"smtp://127.0.0.1:{port}", patience=Patience(connect=0.2))
    assert reply.outcome is Outcome.NO_SERVICE


def test_when_the_book_cannot_be_written_the_dot_is_not_sent(office: Office) -> None:
    def claim() -> None:
        msg = "disk full"
        raise OperatorError(msg)

    with pytest.raises(OperatorError, match="disk full"):
        smtp.send(office.url, "m@example.org", "ana@example.org", MESSAGE, claim, PATIENT)
    assert sent(office.url).outcome is Outcome.ACCEPTED
    assert office.holds("ana@example.org") == 0


def test_what_the_server_repeats_is_kept_without_the_address(office: Office) -> None:
    office.orders["ana.pop@example.org"] = ["550"]
    assert sent(office.url).text == "550 <…> is not for … now"


def test_a_server_has_ten_minutes_after_the_dot() -> None:
    assert Patience() == Patience(connect=30, answer=300, after_dot=600)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", smtp.Server("mail.example.org", 587, False)),
        ("smtps://mail.example.org/", smtp.Server("mail.example.org", 465, True)),
        (
            "smtp://ana%40example.org:s%3Acret%2F@mail.example.org:25",
            smtp.Server("mail.example.org", 25, False, "ana@example.org", "s:cret/"),
        ),
    ],
)
def test_an_url_is_understood(url: str, server: smtp.Server) -> None:
    assert smtp.server(url) == server
    assert "cret" not in repr(smtp.server(url))


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "mail.example.org:587",
            "http://mail.example.org",
            "smtp://",
            "smtp://u@h",
            "smtp://:p@h",
        ),
        *("smtp://u:cret@h:port", "smtp://u:cr/et@h", "smtp://u:cr#et@h", "smtp://u:cr?et@h"),
        *("smtp://u:cret%C8%9B@h", "smtp://[u:cret@h", "smtp://u:cret@h:99999"),
    ],
)
def test_an_unusable_url_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(OperatorError, match="REPER_SMTP_URL") as refused:
        smtp.server(url)
    assert "cr" not in str(refused.value).replace("…", "")
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of `localhost`, for the time of these tests."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def guarded(certificate: Path) -> Iterator[Office]:
    """A server that wants STARTTLS and the login ana@example.org with s:cret/."""

    def judged(*args: object) -> AuthResult:
        login = args[-1]
        assert isinstance(login, LoginPassword)
        is_right = login == LoginPassword(b"ana@example.org", b"s:cret/")
        return AuthResult(success=is_right, handled=is_right)

    wants = {"require_starttls": True, "auth_required": True, "authenticator": judged}
    with opened(tls_context=server_side(certificate), **wants) as office:
        yield office


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_a_login_goes_encrypted(
    guarded: Office, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    url = f"smtp://ana%40example.org:s%3Acret%2F@localhost:{guarded.port}"
    assert sent(url).outcome is Outcome.ACCEPTED


def test_a_wrong_login_is_no_verdict_on_the_mail_and_stays_secret(
    guarded: Office, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    reply = sent(f"smtp://ana%40example.org:wr0ng@localhost:{guarded.port}")
    assert reply.outcome is Outcome.NO_SERVICE
    assert reply.text.startswith("535")
    assert "wr0ng" not in reply.text


def test_no_password_is_told_to_a_server_that_cannot_prove_its_name(guarded: Office) -> None:
    reply = sent(f"smtp://ana%40example.org:s%3Acret%2F@localhost:{guarded.port}")
    assert reply.outcome is Outcome.NO_SERVICE
    assert "certificate" in reply.text.lower()
    assert guarded.received == []


def test_smtps_is_encrypted_from_the_first_word(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(ssl_context=server_side(certificate)) as office:
        assert sent(f"smtps://localhost:{office.port}").outcome is Outcome.NO_SERVICE
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert sent(f"smtps://localhost:{office.port}").outcome is Outcome.ACCEPTED


def test_no_password_travels_in_the_clear() -> None:
    heard: list[object] = []

    def overheard(*args: object) -> AuthResult:
        heard.append(args[-1])
        return AuthResult(success=True)

    with opened(authenticator=overheard, auth_require_tls=False) as office:
        # This machine by a name that does not say so.
        reply = sent(f"smtp://ana:s3cret@127.1:{office.port}")
        assert (reply.outcome, heard) == (Outcome.NO_SERVICE, [])
        assert "no encryption" in reply.text
        assert sent(f"smtp://ana:s3cret@127.0.0.1:{office.port}").outcome is Outcome.ACCEPTED
        assert len(heard) == 1
