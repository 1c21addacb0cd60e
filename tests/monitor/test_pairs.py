"""A co-production is proposed to an officer, counted once when merged, and both are printed."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from flows.steps import pairs, submissions
from flows.steps.errors import UsageError
from flows.steps.ledger import Ledger
from flows.steps.publishing import facts
from flows.steps.submissions import Known
from reports.model import Coproductions
from tests.given import NOW, SQL, Given, catalogue

PERIOD = "2020-Q1"
SAME = {"title_ro": "Concert pe Bega", "venue_name": "Malul Begăi", "start_date": "2020-02-14"}


class Office(Given):
    """A programme with an officer, whose decisions are in a ledger."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.ledger = Ledger(f"sqlite:///{folder / 'ledger.sqlite'}")

    @property
    def known(self) -> Known:
        told = submissions.known(self.ledger)
        return replace(super().known, merged=told.merged, decided=told.decided)

    def pairs(self) -> list[dict[str, object]]:
        return pairs.pairs(self.connection, self.ledger)

    def merges(self, pair_id: object, lead: str | None = None, at: datetime = NOW) -> bool:
        was_new = pairs.merge(self.connection, self.ledger, str(pair_id), at, lead)
        self._changed()
        return was_new

    def rejects(self, pair_id: object, at: datetime = NOW) -> bool:
        was_new = pairs.reject(self.connection, self.ledger, str(pair_id), at)
        self._changed()
        return was_new

    def coproduced(self, number: str = "", **cells: str) -> None:
        """One activity that two partners tell of, in their own words."""
        told = {**SAME, "end_date": SAME["start_date"], **cells}
        self.activity(f"a{number}", partner="TM-P001", attendance_in_person=100, **told)
        told |= {"title_ro": f"  {told['title_ro'].upper()}!", "venue_name": "malul begai"}
        self.activity(f"b{number}", partner="TM-P002", attendance_in_person=90, **told)


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()
    opened.ledger.close()


def test_the_same_day_place_and_title_make_a_pair(office: Office) -> None:
    office.coproduced()
    (pair,) = office.pairs()
    assert (pair["state"], pair["first_activity"], pair["second_activity"]) == (
        "proposed",
        "a",
        "b",
    )
    assert pair["begins_on"] == "2020-02-14"


@pytest.mark.parametrize(
    "other",
    [
        {"start_date": "2020-02-15", "end_date": "2020-02-15"},
        {"venue_name": "Piața Unirii"},
        {"title_ro": "Atelier de olărit"},
        {"partner": "TM-P001"},
        {"status": "cancelled"},
    ],
)
def test_another_day_place_title_or_the_same_partner_make_none(
    office: Office, other: dict[str, str]
) -> None:
    told = {**SAME, "end_date": SAME["start_date"]}
    office.activity("a", partner="TM-P001", **told)
    office.activity("b", **{"partner": "TM-P002", **told, **other})
    assert office.pairs() == []


@pytest.mark.parametrize("says", ["TM-P001 ACT-a", "tm-p001/act-a", " TM-P001,  ACT-a"])
@pytest.mark.parametrize("came_first", ["TM-P001", "TM-P002"])
def test_a_partner_that_names_the_others_code_makes_a_pair_whatever_the_title(
    office: Office, says: str, came_first: str
) -> None:
    when = {came_first: "2020-04-02"}
    for partner, code, words in (
        ("TM-P001", "ACT-a", {"title_ro": "Concert"}),
        ("TM-P002", "ACT-b", {"title_ro": "Lumini pe apă", "reported_by_other": says}),
    ):
        office.activity(code, partner=partner, received_at=when.get(partner, "2020-04-09"), **words)
    (pair,) = office.pairs()
    assert {pair["first_partner"], pair["second_partner"]} == {"TM-P001", "TM-P002"}
    assert pair["first_partner"] == came_first


def test_a_partner_that_names_nobody_we_know_makes_no_pair(office: Office) -> None:
    office.activity("a", partner="TM-P001")
    office.activity("b", partner="TM-P002", reported_by_other="Muzeul Satului")
    assert office.pairs() == []


def test_nothing_is_merged_before_an_officer_says_so(office: Office) -> None:
    office.coproduced()
    assert office.total("IND01", PERIOD) == 2


def test_a_merged_pair_counts_once_with_the_figures_of_its_lead(office: Office) -> None:
    office.coproduced()
    office.merges(office.pairs()[0]["pair_id"], lead="TM-P002")
    assert office.total("IND01", PERIOD) == 1
    assert office.total("IND16", PERIOD) == 90
    assert office.split("IND01", PERIOD, "partner") == {"TM-P002": 1}


def test_who_reported_first_leads_when_nobody_is_named(office: Office) -> None:
    office.coproduced()
    office.merges(office.pairs()[0]["pair_id"])
    assert office.total("IND16", PERIOD) == 100


def test_a_merger_is_taken_back_by_rejecting_and_a_rejection_by_merging(office: Office) -> None:
    office.coproduced()
    pair_id = office.pairs()[0]["pair_id"]
    assert office.merges(pair_id)
    assert not office.merges(pair_id)
    assert office.rejects(pair_id)
    assert office.total("IND01", PERIOD) == 2
    assert not office.rejects(pair_id)
    assert office.merges(pair_id)
    assert office.total("IND01", PERIOD) == 1


def test_a_rejected_pair_is_never_proposed_again(office: Office) -> None:
    office.coproduced()
    office.rejects(office.pairs()[0]["pair_id"])
    office.activity(
        "a", partner="TM-P001", received_at="2020-06-01", **SAME, end_date=SAME["start_date"]
    )
    assert [pair["state"] for pair in office.pairs()] == ["rejected"]


def test_a_merged_pair_stays_listed_when_a_correction_has_made_it_unlikely(office: Office) -> None:
    office.coproduced()
    office.merges(office.pairs()[0]["pair_id"])
    other_title = {**SAME, "title_ro": "Altceva", "end_date": SAME["start_date"]}
    office.activity("b", partner="TM-P002", received_at="2020-06-01", **other_title)
    assert [pair["state"] for pair in office.pairs()] == ["merged"]
    assert office.total("IND01", PERIOD) == 1


def test_when_the_lead_no_longer_tells_of_it_the_other_counts(office: Office) -> None:
    office.coproduced()
    office.merges(office.pairs()[0]["pair_id"], lead="TM-P001")
    office.withdrawn("TM-P001", PERIOD)
    assert office.total("IND16", PERIOD) == 90


def test_when_the_lead_says_that_it_was_cancelled_the_other_counts(office: Office) -> None:
    office.coproduced()
    office.merges(office.pairs()[0]["pair_id"], lead="TM-P001")
    told = {**SAME, "end_date": SAME["start_date"], "status": "cancelled"}
    office.activity("a", partner="TM-P001", received_at="2020-06-01", **told)
    assert office.total("IND16", PERIOD) == 90


def test_net_is_gross_less_thirty_merged_co_productions(office: Office) -> None:
    for number in range(30):
        day = f"2020-03-{number % 30 + 1:02d}"
        office.coproduced(str(number), start_date=day, end_date=day)
    office.activity("alone", partner="TM-P003")
    for pair in office.pairs():
        pairs.merge(office.connection, office.ledger, str(pair["pair_id"]), NOW)
    office._changed()
    period = catalogue().period(PERIOD)
    office.computes("IND01", "IND03", "IND33", "IND34", "IND35", "IND29")
    collected = facts.collect(office.connection, catalogue(), office.known, "team", period, 1, SQL)
    assert collected.coproductions == Coproductions(net=31, gross=61, pairs_waiting=0)
    assert office.total("IND01", PERIOD) == 31


def test_pairs_that_no_officer_has_decided_about_are_counted_in_the_report(
    office: Office,
) -> None:
    def waiting(period_id: str) -> int | None:
        period = catalogue().period(period_id)
        collected = facts.collect(
            office.connection, catalogue(), office.known, "team", period, 1, SQL
        )
        return collected.coproductions.pairs_waiting

    office.computes("IND01", "IND03", "IND29", "IND33", "IND34", "IND35")
    for title in ("Concert pe Bega", "Fotografii vechi", "Atelier de umbre"):
        office.coproduced(title[0], title_ro=title)
    assert (waiting("2020-Q1"), waiting("2020-Q2")) == (3, 0)
    first, second, _ = office.pairs()
    office.merges(first["pair_id"])
    office.rejects(second["pair_id"])
    assert waiting("2020-Q1") == 1


def test_an_unknown_pair_and_a_stranger_as_lead_are_refused(office: Office) -> None:
    office.coproduced()
    with pytest.raises(UsageError, match="no pair 'PAIR-0'"):
        office.merges("PAIR-0")
    with pytest.raises(UsageError, match="TM-P009"):
        office.merges(office.pairs()[0]["pair_id"], lead="TM-P009")
