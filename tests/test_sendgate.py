"""What is doubtful is held, with reason and way out, and leaks no mail; released, it goes once."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from flows.steps.errors import OperatorError, UsageError
from flows.steps.mail import outbox
from flows.steps.publishing import approval
from flows.steps.publishing.approval import Edition
from reports import build
from tests.given import Given
from tests.press import Press


def _stale(given: Given, home: Path) -> Press:
    press = Press(given, home, oldest_data_days=30)
    press.it_is("2020-06-20T05:00:00+03:00")
    return press


def _thin(given: Given, home: Path) -> Press:
    return Press(given, home, coverage_floor=0.6)


def _unstated(given: Given, home: Path) -> Press:
    given.activity("a2", format=None, received_at="2020-04-10")
    return Press(given, home, not_stated_hold_share=0.15)


def _moved(given: Given, home: Path) -> Press:
    press = Press(given, home, largest_move_share=0.1)
    press.approves(press.publishes_one())
    given.activity("a3", received_at="2020-05-02")
    return press


def _failed(given: Given, home: Path) -> Press:
    press = Press(given, home)
    press.night_stops("receive", OperatorError("The inbox cannot be read. Give the right to."))
    return press


CAUSES = {
    "run_failed": _failed,
    "stale": _stale,
    "coverage": _thin,
    "not_stated": _unstated,
    "moved": _moved,
}
READERS = {"team": ["ana", "ion"], "funder": ["city"]}
# The team reads its own report to find out what is not stated.
SEEDED = [
    (cause, audience)
    for cause in CAUSES
    for audience in READERS
    if (cause, audience) != ("not_stated", "team")
]


@pytest.mark.parametrize(("cause", "audience"), SEEDED)
def test_a_doubtful_edition_is_held_leaks_nothing_and_goes_once_when_released(
    given: Given, tmp_path: Path, cause: str, audience: str
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = CAUSES[cause](given, tmp_path)
    edition = press.publishes_one(audience)
    (doubt,) = edition.doubts
    assert (edition.state, doubt.cause) == ("held", cause)
    assert f"reper release {edition.path} --reason" in doubt.step_ro
    assert f"reper release {edition.path} --reason" in doubt.step_en
    _goes_once_when_released(press, edition, READERS[audience])


@pytest.mark.parametrize("audience", READERS)
def test_a_report_that_lacks_a_figure_is_held_and_the_figure_named(
    given: Given, tmp_path: Path, audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path)
    _prints(monkeypatch, _first_page)
    edition = press.publishes_one(audience)
    (doubt,) = edition.doubts
    assert doubt.cause == "pdf"
    assert "IND01" in doubt.reason_ro
    assert "nu este tipărită" in doubt.reason_ro
    assert "is not printed" in doubt.reason_en
    _goes_once_when_released(press, edition, READERS[audience])


@pytest.mark.parametrize("audience", READERS)
def test_a_report_that_does_not_open_is_held_and_only_a_whole_one_goes(
    given: Given, tmp_path: Path, audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path)
    _prints(monkeypatch, lambda pdf: pdf[:2000])
    edition = press.publishes_one(audience)
    assert (edition.state, edition.doubts[0].cause) == ("held", "pdf")
    with pytest.raises(UsageError, match="stays held"):
        press.releases(edition)
    assert press.delivers(edition) == {}
    monkeypatch.undo()
    whole = press.publishes_one(audience)
    press.approves(whole)
    assert press.delivers(whole) == dict.fromkeys(READERS[audience], "written")
    assert press.delivers(edition) == {}


def _goes_once_when_released(press: Press, edition: Edition, readers: list[str]) -> None:
    with pytest.raises(UsageError, match="is held"):
        press.approves(edition)
    assert press.delivers(edition) == {}
    press.releases(edition, "Știm, e bine așa.")
    press.approves(edition)
    assert press.delivers(edition) == dict.fromkeys(readers, "written")
    head = press.ledger.head()
    assert press.delivers(edition) == dict.fromkeys(readers, "written")
    assert press.ledger.head() == head


def _prints(monkeypatch: pytest.MonkeyPatch, spoiled: Callable[[bytes], bytes]) -> None:
    """Seed a defect: what is printed comes out spoiled."""
    whole = build.build
    monkeypatch.setattr(build, "build", lambda *what: spoiled(whole(*what)))


def _first_page(pdf: bytes) -> bytes:
    kept, content = pypdfium2.PdfDocument.new(), BytesIO()
    with pypdfium2.PdfDocument(pdf) as document, kept:
        kept.import_pages(document, [0])
        kept.save(content)
    return content.getvalue()


def test_a_held_team_edition_goes_with_its_one_release(given: Given, tmp_path: Path) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = _thin(given, tmp_path)
    edition = press.publishes_one("team")
    assert edition.state == "held"
    assert press.delivers(edition) == {}
    press.releases(edition)
    press.releases(edition)
    assert press.delivers(edition) == {"ana": "written", "ion": "written"}


def test_the_reason_is_said_with_its_numbers_in_both_languages(
    given: Given, tmp_path: Path
) -> None:
    given.report("TM-P001", received_at="2020-04-10")
    (doubt,) = _thin(given, tmp_path).publishes_one("team").doubts
    assert "au venit 1 din 57\u00a0de rapoarte (1,8\u00a0%)" in doubt.reason_ro
    assert "pragul este 60,0\u00a0%" in doubt.reason_ro
    assert "1 of 57\u00a0reports have come (1.8%)" in doubt.reason_en


def test_the_team_reads_how_much_is_not_stated_and_is_not_kept_from_it(
    given: Given, tmp_path: Path
) -> None:
    press = _unstated(given, tmp_path)
    assert press.publishes_one("team").state == "approved"


def test_a_move_with_a_note_is_no_doubt_and_the_note_is_kept(given: Given, tmp_path: Path) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = _moved(given, tmp_path)
    edition = press.publishes_one(note="TM-P001 a raportat o activitate uitată.")
    assert edition.state == "waiting"
    assert edition.note == "TM-P001 a raportat o activitate uitată."


def test_a_move_that_is_held_names_the_figures_and_goes_on_with_a_note(
    given: Given, tmp_path: Path
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = _moved(given, tmp_path)
    (doubt,) = press.publishes_one().doubts
    assert "1 → 2" in doubt.reason_ro
    assert press.publishes_one(note="O activitate uitată.").state == "waiting"


def test_a_damaged_report_is_held_at_its_approval(given: Given, tmp_path: Path) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path)
    edition = press.publishes_one()
    _overwrite(press.files(edition) / "report.pdf")
    held = press.approves(edition)
    assert (held.state, held.doubts[0].cause) == ("held", "pdf")
    assert press.delivers(edition) == {}


def test_a_report_damaged_after_its_approval_is_held_until_it_is_restored(
    given: Given, tmp_path: Path
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path)
    edition = press.publishes_one()
    press.approves(edition)
    pdf = press.files(edition) / "report.pdf"
    whole = pdf.read_bytes()
    _overwrite(pdf)
    assert press.delivers(edition) == {"city": "pending"}
    assert press.state(edition) == "held"
    with pytest.raises(UsageError, match="stays held"):
        press.releases(edition)
    _overwrite(pdf, whole)
    press.releases(edition)
    assert press.delivers(edition) == {"city": "written"}


@pytest.mark.parametrize("is_published_before", [True, False])
def test_an_excuse_or_a_withdrawal_makes_no_data_newer(
    given: Given, tmp_path: Path, is_published_before: bool
) -> None:
    given.activity("a1", received_at="2020-04-10")
    given.activity("a2", partner="TM-P002", received_at="2020-05-25")
    given.withdrawn("TM-P002", received_at="2020-05-25")
    press = Press(given, tmp_path, oldest_data_days=60)
    press.it_is("2020-06-01T05:00:00+03:00" if is_published_before else "2020-06-20T05:00:00+03:00")
    edition = press.publishes_one()
    press.it_is("2020-06-20T05:00:00+03:00")
    held = press.approves(edition) if is_published_before else edition
    assert [doubt.cause for doubt in held.doubts] == ["stale"]
    assert "10 aprilie 2020" in held.doubts[0].reason_ro.replace("\u00a0", " ")


def test_weeks_later_an_approval_finds_the_data_too_old(given: Given, tmp_path: Path) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path, oldest_data_days=60)
    edition = press.publishes_one()
    assert edition.state == "waiting"
    press.it_is("2020-09-01T05:00:00+03:00")
    assert press.approves(edition).state == "held"
    assert press.delivers(edition) == {}


def test_after_a_night_that_stopped_an_approval_is_held_until_one_goes_well(
    given: Given, tmp_path: Path
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path)
    edition = press.publishes_one()
    press.night_stops("build", OperatorError("The disk is full. Free some space."))
    (doubt,) = press.approves(edition).doubts
    assert "s-a oprit pe 20\u00a0mai\u00a02020 la calculul indicatorilor" in doubt.reason_ro
    assert "stopped on 20\u00a0May\u00a02020 at computing the indicators" in doubt.reason_en
    press.night_goes_well("build")
    again = press.publishes_one()
    assert (again.version, press.approves(again).state) == (2, "approved")


def test_what_a_run_published_before_it_stopped_is_held_before_any_of_it_is_sent(
    given: Given, tmp_path: Path
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path)
    edition = press.publishes_one("team")
    press.night_stops("publish", OperatorError("The disk is full. Free some space."))
    press.it_is("2020-05-20T08:00:00+03:00")
    assert press.delivers(edition) == {"ana": "pending", "ion": "pending"}
    assert press.state(edition) == "held"
    press.releases(edition)
    assert press.delivers(edition) == {"ana": "written", "ion": "written"}


def test_a_mail_that_waited_until_its_data_were_too_old_is_held(
    given: Given, tmp_path: Path
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path, oldest_data_days=60)
    edition = press.publishes_one("team")
    press.it_is("2020-09-01T05:00:00+03:00")
    assert press.delivers(edition) == {"ana": "pending", "ion": "pending"}
    assert [doubt.cause for doubt in approval.edition(press.ledger, edition.path).doubts] == [
        "stale"
    ]


def test_readers_get_the_newer_edition_and_not_the_one_that_it_overtook(
    given: Given, tmp_path: Path
) -> None:
    given.activity("a1", received_at="2020-04-10")
    press = Press(given, tmp_path)
    first = press.publishes_one("team")
    given.activity("a2", partner="TM-P002", received_at="2020-05-02")
    second = press.publishes_one("team", note="O activitate uitată.")
    assert press.delivers(second) == {"ana": "written", "ion": "written"}
    assert press.delivers(first) == {"ana": "failed", "ion": "failed"}
    replies = {mail.last_reply for mail in outbox.mails(press.ledger) if mail.edition == first.path}
    assert replies == {f"no longer needed: {second.path} goes to the same readers."}


def _overwrite(path: Path, content: bytes = b"%PDF-1.7 damaged") -> None:
    path.chmod(0o644)
    path.write_bytes(content)
