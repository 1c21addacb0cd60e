"""IND04 to IND08: Europe in what was delivered. IND09: the city's own heritage."""

from tests.given import Given


def test_activities_with_a_european_dimension_and_their_share_of_those_that_answered(
    given: Given,
) -> None:
    for number in range(6):
        given.activity(f"e{number}", european_dimension="european_theme")
    given.activity("both", european_dimension="european_theme; transnational_cooperation")
    for number in range(3):
        given.activity(f"n{number}", european_dimension="none")
    assert given.total("IND04", "2020-Q1", "activities") == 7
    assert given.total("IND04", "2020-Q1", "share") == 0.7
    kinds = given.split("IND04", "2020-Q1", "european_dimension", "activities")
    assert kinds == {"european_theme": 7, "transnational_cooperation": 1}


def test_a_blank_european_dimension_is_not_none(given: Given) -> None:
    given.activity("european", european_dimension="european_theme")
    given.activity("blank", european_dimension=None)
    assert given.figure("IND04", "2020-Q1", measure="activities")["precision"] == "at_least"
    assert given.figure("IND04", "2020-Q1", measure="share")["denominator"] == 1


def test_activities_with_partners_abroad_count_once_and_in_each_country(given: Given) -> None:
    abroad = "transnational_cooperation"
    given.activity("a1", european_dimension=abroad, partner_countries="DE; FR")
    given.activity("a2", european_dimension=abroad, partner_countries="DE; RO")
    given.activity("a3", european_dimension=abroad, partner_countries="RO")
    given.activity("a4", european_dimension="none")
    together = given.figure("IND05", "2020-Q1")
    assert (together["value"], together["precision"]) == (2, "exact")
    assert given.split("IND05", "2020-Q1", "country") == {"DE": 2, "FR": 1}


def test_partner_countries_are_distinct_and_romania_is_left_out(given: Given) -> None:
    abroad = "transnational_cooperation"
    given.activity("a1", european_dimension=abroad, partner_countries="DE; FR; RO")
    given.activity("a2", period="2020-Q2", european_dimension=abroad, partner_countries="DE; IT")
    countries = [given.total("IND06", period) for period in ("2020-Q1", "2020-Q2", "2020")]
    assert countries == [2, 2, 3]


def test_a_network_is_the_same_however_it_is_spelt(given: Given) -> None:
    given.activity("a1", networks="Culture Next; Eurocities")
    given.activity("a2", networks="culture  next")
    networks = given.figure("IND07", "2020-Q1")
    assert (networks["value"], networks["precision"]) == (2, "exact")
    given.activity("a3", networks=None)
    assert given.figure("IND07", "2020-Q1")["precision"] == "at_least"


def test_activities_on_roma_culture_go_by_their_theme(given: Given) -> None:
    given.activity("a1", themes="roma_culture; memory")
    given.activity("a2", themes="memory", target_groups="roma")
    activities = given.figure("IND08", "2020-Q1")
    assert (activities["value"], activities["precision"]) == (1, "exact")


def test_activities_on_heritage_go_by_theme_or_discipline_and_count_once(given: Given) -> None:
    given.activity("both", themes="city_heritage", primary_discipline="heritage")
    given.activity("theme", themes="city_heritage")
    given.activity("discipline", themes=None, primary_discipline="heritage")
    given.activity("neither", themes="memory")
    activities = given.figure("IND09", "2020-Q1")
    assert (activities["value"], activities["precision"]) == (3, "exact")
