"""IND21 to IND26: for whom, at what price, and where in the city."""

from tests.given import Given, catalogue

CENTRE = next(row["district_code"] for row in catalogue()["districts"] if row["zone"] == "centre")


def test_activities_for_priority_groups_and_their_share_of_those_that_answered(
    given: Given,
) -> None:
    given.activity("a1", target_groups="roma; children")
    given.activity("a2", target_groups="children")
    for number in range(8):
        given.activity(f"g{number}", target_groups="general")
    given.activity("blank", target_groups=None)
    activities = given.figure("IND21", "2020-Q1", measure="activities")
    assert (activities["value"], activities["precision"]) == (2, "at_least")
    assert given.total("IND21", "2020-Q1", "share") == 0.2
    groups = given.split("IND21", "2020-Q1", "target_group", "activities")
    assert (groups["roma"], groups["children"]) == (1, 2)


def test_accessible_activities_stand_over_those_that_answered(given: Given) -> None:
    given.activity("a1", accessibility="step_free; captions")
    for number in range(4):
        given.activity(f"s{number}", accessibility="step_free")
    for number in range(5):
        given.activity(f"n{number}", accessibility="none")
    given.activity("blank", accessibility=None)
    assert given.total("IND22", "2020-Q1") == 0.5
    measures = given.split("IND22", "2020-Q1", "accessibility")
    assert (measures["step_free"], measures["captions"]) == (0.5, 0.1)


def test_free_is_free_for_anyone(given: Given) -> None:
    for number, pricing in enumerate(["free"] * 6 + ["paid"] * 2 + ["mixed", "invitation", None]):
        given.activity(f"a{number}", pricing=pricing)
    assert given.total("IND23", "2020-Q1") == 0.6


def test_schools_are_distinct_and_pupils_add_up(given: Given) -> None:
    given.activity("a1", schools="Școala 1; Liceul „Ana”", pupils=25)
    given.activity("a2", schools="scoala 1", pupils=30, period="2020-Q2")
    assert [given.total("IND24", p, "schools") for p in ("2020-Q1", "2020-Q2", "2020")] == [2, 1, 2]
    assert given.total("IND24", "2020", "pupils") == 55


def test_neighbourhoods_are_reached_on_site_and_the_centre_is_one_of_them(given: Given) -> None:
    for number in range(5):
        given.activity(f"c{number}", district_code=CENTRE)
    for number, district in enumerate(["fabric"] * 4 + ["iosefin"]):
        given.activity(f"o{number}", district_code=district)
    given.activity("online", format="online")
    given.activity("blank", district_code=None)
    districts = given.figure("IND25", "2020-Q1", measure="districts")
    assert (districts["value"], districts["precision"]) == (3, "at_least")
    assert given.total("IND25", "2020-Q1", "share") == 0.5


def test_activities_in_public_space(given: Given) -> None:
    given.activity("a1", venue_type="public_space")
    given.activity("a2", venue_type="cultural_venue")
    given.activity("a3", venue_type=None, format="online")
    activities = given.figure("IND26", "2020-Q1")
    assert (activities["value"], activities["precision"]) == (1, "exact")
    given.activity("a4", venue_type=None)
    assert given.figure("IND26", "2020-Q1")["precision"] == "at_least"
