"""IND36 experiments, IND37 green measures, IND42 venues, IND43 what goes on."""

from tests.given import Given


def test_an_experiment_of_two_kinds_is_one_activity(given: Given) -> None:
    given.activity("a1", innovation="digital_technology; experimental_format")
    given.activity("a2", innovation="none")
    activities = given.figure("IND36", "2020-Q1")
    assert (activities["value"], activities["precision"]) == (1, "exact")
    kinds = given.split("IND36", "2020-Q1", "innovation")
    assert kinds == {"digital_technology": 1, "experimental_format": 1}
    given.activity("a3", innovation=None)
    assert given.figure("IND36", "2020-Q1")["precision"] == "at_least"


def test_green_activities_stand_over_those_that_answered(given: Given) -> None:
    for number in range(3):
        given.activity(f"g{number}", green_measures="reuse; low_energy")
    for number in range(9):
        given.activity(f"n{number}", green_measures="none")
    given.activity("blank", green_measures=None)
    assert given.total("IND37", "2020-Q1") == 0.25
    assert given.split("IND37", "2020-Q1", "green_measure")["reuse"] == 0.25


def test_a_venue_is_the_same_however_it_is_spelt_and_online_has_none(given: Given) -> None:
    given.activity("a1", venue_name="Parcul Rozelor")
    given.activity("a2", venue_name="parcul  rozelor", period="2020-Q2")
    given.activity("a3", venue_name="Bastion", period="2020-Q2")
    given.activity("a4", venue_name="internet", format="online")
    venues = [given.total("IND42", p, "venues") for p in ("2020-Q1", "2020-Q2", "2020")]
    assert venues == [1, 2, 2]
    given.activity("a5", venue_name=None)
    assert given.figure("IND42", "2020-Q1", measure="venues")["precision"] == "at_least"


def test_what_goes_on_is_what_has_the_money_to(given: Given) -> None:
    given.activity("a1", legacy="funded")
    given.activity("a2", legacy="planned")
    given.activity("a3", legacy="none")
    activities = given.figure("IND43", "2020-Q1")
    assert (activities["value"], activities["precision"]) == (1, "exact")


def test_an_activity_of_unknown_format_may_have_been_elsewhere(given: Given) -> None:
    given.activity("a1", venue_name="Muzeul Satului", district_code="fabric")
    given.activity("a2", format=None, venue_name="Muzeul Satului", district_code="fabric")
    places = (("IND42", "venues"), ("IND25", "districts"))
    found = [given.figure(name, "2020-Q1", measure=measure) for name, measure in places]
    assert [(one["value"], one["precision"]) for one in found] == [(1, "exact"), (1, "exact")]
    given.activity("a3", format=None, venue_name="Parcul Rozelor", district_code="cetate")
    found = [given.figure(name, "2020-Q1", measure=measure) for name, measure in places]
    assert [(one["value"], one["precision"]) for one in found] == [(1, "at_least"), (1, "at_least")]
