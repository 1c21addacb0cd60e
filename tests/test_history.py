"""From one edition to the next: every changed figure, what in the ledger moved it, and why."""

import json
import shutil
from pathlib import Path

import pytest

from flows import cli
from flows.steps import building, issued, warehouse
from flows.steps.errors import UsageError
from flows.steps.publishing import approval, drawing, history, restated
from flows.steps.publishing.approval import Edition
from flows.steps.publishing.changes import Change
from tests.offices import Office
from tests.quality_cases import SENDER
from tests.reading_pdf import pages

PERIOD = "2020-Q4"
REASON = "Am numărat de două ori seara de închidere."
NOW = "2021-03-01T06:00:00+00:00"


class Told:
    """Two editions about a quarter, with five entries between them of which three matter."""

    def __init__(self, home: Path) -> None:
        office = Office(home)
        first = {"period": PERIOD}
        office.sends("2021-01-10T09:00:00+00:00", first, {}, {"activity_id": "ACT-2"})
        self.first = office.publishes("2021-02-01T06:00:00+00:00", "team", PERIOD)
        corrected = {
            "period": PERIOD,
            "submission_kind": "corecție",
            "correction_reason": REASON,
            "artists_unique_declared": "5",
        }
        fewer = {"attendance_in_person": "150"}
        self.correction = office.sends(
            "2021-02-10T09:00:00+00:00", corrected, fewer, {"activity_id": "ACT-2"}
        )
        office.sends(
            "2021-02-11T09:00:00+00:00",
            {"period": "2020-Q1"},
            {"activity_id": "ACT-9", "start_date": "02.03.2020", "end_date": "02.03.2020"},
        )
        office.excuses("2021-02-12T09:00:00+00:00", "TM-P002", "2020-Q2")
        office.excuses("2021-02-13T09:00:00+00:00", "TM-P002", PERIOD)
        more = {"activity_id": "ACT-3", "attendance_in_person": "20"}
        self.more = office.sends(
            "2021-02-14T09:00:00+00:00", corrected, fewer, {"activity_id": "ACT-2"}, more
        )
        self.second = office.publishes(NOW, "team", PERIOD)
        self.office = office

    def between(self) -> list[Change]:
        at = self.office.night
        return history.between(
            at.settings, at.catalogue, at.ledger, self.first, self.second, lambda _done, _of: None
        )

    def so_far(self, most_builds: int) -> list[Change]:
        at = self.office.night
        with warehouse.connect(at.settings.warehouse, read_only=True) as connection:
            return history.so_far(
                at.settings,
                at.catalogue,
                at.ledger,
                connection,
                self.first,
                at.knowledge().seq,
                most_builds,
            )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("office") / "home")


@pytest.fixture(scope="module")
def changed(told: Told) -> list[Change]:
    return told.between()


def total(changed: list[Change], indicator_id: str) -> Change:
    return next(
        change
        for change in changed
        if change.figure["indicator_id"] == indicator_id and change.figure["dimension"] is None
    )


def test_the_moves_of_every_figure_add_up_to_its_change(changed: list[Change]) -> None:
    assert changed
    for change in changed:
        assert sum(move.delta for move in change.moves) == pytest.approx(change.delta)


def test_each_move_names_the_submission_its_partner_and_its_reason(
    told: Told, changed: list[Change]
) -> None:
    visits = total(changed, "IND16")
    assert visits.old is not None
    assert visits.new is not None
    assert (visits.old["value"], visits.new["value"]) == (360, 350)
    assert [
        (move.delta, move.cause.submission_id, move.cause.partner_id, move.cause.reason)
        for move in visits.moves
    ] == [(-30, told.correction, SENDER, REASON), (20, told.more, SENDER, REASON)]


def test_an_act_of_an_officer_is_a_cause_with_its_reason(changed: list[Change]) -> None:
    (move,) = total(changed, "Q01").moves
    assert (move.cause.kind, move.cause.partner_id) == ("partner_excused", "TM-P002")
    assert move.cause.reason == "Sediul a fost inundat."


def test_what_is_about_another_time_moves_nothing(changed: list[Change]) -> None:
    moved_by = {move.cause.submission_id for change in changed for move in change.moves}
    assert len(moved_by - {None}) == 2


def test_the_changes_are_those_between_the_frozen_figures(
    told: Told, changed: list[Change]
) -> None:
    def frozen(edition: Edition) -> dict[str, object]:
        found = issued.figures(told.office.night.settings.published, edition.path)
        return {row["code"]: row["value"] for row in found if row["indicator_id"] != "Q03"}

    old, new = frozen(told.first), frozen(told.second)
    listed = {
        change.figure["code"]
        for change in changed
        if (change.old or {}).get("value") != (change.new or {}).get("value")
    }
    assert listed == {code for code in {**old, **new} if old.get(code) != new.get(code)}


def test_the_values_corrected_since_the_last_report_are_as_many_as_totals_are_listed(
    told: Told, changed: list[Change]
) -> None:
    (corrected,) = (
        row["value"]
        for row in issued.figures(told.office.night.settings.published, told.second.path)
        if (row["indicator_id"], row["dimension"]) == ("Q03", None)
    )
    totals = [
        change
        for change in changed
        if change.figure["dimension"] is None and change.figure["source"] == "computed"
    ]
    assert corrected == len(totals) > 0


def test_with_builds_enough_the_causes_are_the_same_as_without_a_limit(
    told: Told, changed: list[Change]
) -> None:
    assert told.so_far(most_builds=8) == changed


def test_with_few_builds_a_cause_stands_for_several_entries_and_still_adds_up(told: Told) -> None:
    few = told.so_far(most_builds=1)
    assert any(move.cause.entries > 1 for change in few for move in change.moves)
    for change in few:
        assert sum(move.delta for move in change.moves) == pytest.approx(change.delta)


def test_the_second_edition_prints_what_changed_and_the_first_does_not(told: Told) -> None:
    def printed(edition: Edition) -> str:
        folder = told.office.night.settings.published / edition.path
        return " ".join(pages((folder / "report.pdf").read_bytes()))

    assert REASON in printed(told.second)
    assert "· CE S-A SCHIMBAT" in printed(told.second)
    assert "CE S-A SCHIMBAT" not in printed(told.first)


def test_an_edition_drawn_again_from_ledger_and_archive_has_the_same_bytes(told: Told) -> None:
    at = told.office.on(NOW)
    for folder in (at.settings.parsed, at.settings.checked):
        shutil.rmtree(folder)
    past = building.as_of_entry(
        at.settings, at.catalogue, at.ledger, told.second.known_seq, told.second.published_at
    )
    with past as (known, connection):
        changed = restated.so_far(
            at.settings, at.catalogue, at.ledger, connection, told.first, known.seq
        )
        drawn = drawing.draw(
            connection,
            at.settings,
            at.catalogue,
            at.ledger,
            known,
            "team",
            at.catalogue.period(PERIOD),
            (None, "ro"),
            told.second.version,
            restatement=changed,
        )
    frozen = at.settings.published / told.second.path / "report.pdf"
    assert drawn.pdf == frozen.read_bytes()


def test_an_edition_is_compared_with_the_one_that_its_readers_got(told: Told) -> None:
    ledger = told.office.night.ledger
    assert history.before(ledger, told.second) == approval.edition(ledger, told.first.path)
    with pytest.raises(UsageError, match="is the first of its kind"):
        history.before(ledger, told.first)


def test_the_command_lists_them(
    told: Told,
    changed: list[Change],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("REPER_NOW", NOW)
    words = ("changes", told.second.path, "--home", str(told.office.home))
    assert cli.main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["edition"], answer["since"]) == (told.second.path, told.first.path)
    assert answer["changes"] == [change.as_json() for change in changed]
    assert cli.main(words) == 0
    printed = capsys.readouterr().out
    assert "IND16" in printed
    assert " pp " in printed
    assert told.correction in printed
