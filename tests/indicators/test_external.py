"""Figures from surveys, statistics and the press: IND38, IND44, EXT01 to EXT06, and investment."""

import pytest

from tests.given import Given, catalogue

EXTERNAL = sorted(
    (str(row["indicator_id"]), row["measure"])
    for row in catalogue()["indicators"]
    if row["additivity"] == "external"
)


@pytest.mark.parametrize(("indicator_id", "measure"), EXTERNAL)
def test_what_comes_from_elsewhere_is_told_as_such_and_by_whom(
    given: Given, indicator_id: str, measure: str | None
) -> None:
    figures = [row for row in given.by_key.values() if row["indicator_id"] == indicator_id]
    shown = [row for row in figures if row["measure"] == measure]
    assert [(row["source"], row["period_id"]) for row in shown] == [("external", "2020")]
    assert shown[0]["value"] is not None
    assert "made-up" in shown[0]["stated_by"]


def test_a_survey_says_how_many_it_asked_and_what(given: Given) -> None:
    survey = given.by_key["EXT03", "2020", None, None, None, "external"]
    assert survey["sample"] == "800 de locuitori (residents)"
    assert "Ați participat" in survey["note"]


def test_investment_is_entered_by_the_team_and_never_computed_beside_the_venues(
    given: Given,
) -> None:
    given.activity("a1", venue_name="Turnul de Apă")
    assert given.total("IND42", "2020", "venues") == 1
    invested = given.figure("IND42", "2020", measure="investment", source="external")
    assert (invested["value"], invested["unit"]) == (3_500_000, "RON")
    with pytest.raises(LookupError):
        given.figure("IND42", "2020", measure="investment")


def test_what_was_observed_later_is_not_known_yet(given: Given) -> None:
    given.it_is("2020-12-01T05:00+02:00")
    assert "EXT03" not in {figure["indicator_id"] for figure in given.by_key.values()}
