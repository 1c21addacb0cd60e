"""IND32 open calls, IND33 applicants, IND34 selected, IND35 the selection rate."""

import pytest

from tests.given import Given


def test_a_call_counts_in_the_period_in_which_it_closed(given: Given) -> None:
    given.open_call("c1", period="2020-Q2", opened_on="2020-02-01", closed_on="2020-05-10")
    given.open_call("c2", period="2020-Q2", closed_on="2020-06-30")
    given.report(period="2020-Q1")
    closed = {p: given.total("IND32", p) for p in ("2020-Q1", "2020-M05", "2020-Q2", "2020")}
    assert closed == {"2020-Q1": 0, "2020-M05": 1, "2020-Q2": 2, "2020": 2}


def test_a_call_that_closes_on_the_first_day_of_a_quarter_belongs_to_that_quarter(
    given: Given,
) -> None:
    given.open_call("c1", period="2020-Q1", closed_on="2020-03-31", applicants_unique=20)
    given.open_call("c2", period="2020-Q2", closed_on="2020-04-01", applicants_unique=40)
    for period, applicants in (("2020-Q1", 20), ("2020-Q2", 40)):
        assert given.total("IND32", period) == 1
        assert given.total("IND33", period, "applicants") == applicants
        assert given.total("IND34", period, "applicants") == 8
        assert given.total("IND35", period) == 8 / applicants


def test_a_call_that_is_reported_again_counts_once_as_reported_last(given: Given) -> None:
    given.open_call("c1", received_at="2020-04-02", applicants_selected=8)
    given.open_call("c1", received_at="2020-05-02", applicants_selected=9)
    assert given.total("IND32", "2020-Q1") == 1
    assert given.total("IND34", "2020-Q1", "applicants") == 9


def test_a_reported_period_with_no_call_is_zero_and_an_unreported_one_is_no_data(
    given: Given,
) -> None:
    given.report(period="2020-Q1")
    reported, unreported = (given.figure("IND32", p) for p in ("2020-Q1", "2020-Q2"))
    assert (reported["value"], reported["precision"]) == (0, "exact")
    assert (unreported["value"], unreported["precision"]) == (None, "no_data")


def test_files_and_people_are_told_apart(given: Given) -> None:
    given.open_call("c1", applications_received=50, applicants_unique=40)
    given.open_call("c2", applications_received=30, applicants_unique=30, programme="bega")
    assert given.total("IND33", "2020-Q1", "applications") == 80
    assert given.total("IND33", "2020-Q1", "applicants") == 70
    assert given.split("IND33", "2020-Q1", "call", "applicants") == {"c1": 40, "c2": 30}
    by_programme = given.split("IND33", "2020-Q1", "programme", "applications")
    assert by_programme == {"spatii_vii": 50, "bega": 30}


def test_selected_people_and_the_files_behind_them(given: Given) -> None:
    given.open_call("c1", applications_selected=6, applicants_selected=5)
    given.open_call("c2", applications_selected=2, applicants_selected=4)
    assert given.total("IND34", "2020-Q1", "applications") == 8
    assert given.total("IND34", "2020-Q1", "applicants") == 9


def test_the_selection_rate_is_people_over_people(given: Given) -> None:
    given.open_call("c1", applications_received=240, applicants_unique=191, applicants_selected=42)
    rate = given.figure("IND35", "2020-Q1")
    assert (rate["numerator"], rate["denominator"]) == (42, 191)
    assert rate["value"] == pytest.approx(42 / 191)


def test_the_rate_of_several_calls_is_not_the_mean_of_their_rates(given: Given) -> None:
    given.open_call("c1", applicants_unique=10, applicants_selected=10)
    given.open_call("c2", applicants_unique=90, applicants_selected=0)
    assert given.split("IND35", "2020-Q1", "call") == {"c1": 1, "c2": 0}
    assert given.total("IND35", "2020-Q1") == 0.1


def test_a_rate_without_applicants_is_no_data_and_no_division_by_zero(given: Given) -> None:
    given.open_call("c1", applicants_unique=0, applicants_selected=0)
    rate = given.figure("IND35", "2020-Q1")
    assert (rate["value"], rate["precision"]) == (None, "no_data")
