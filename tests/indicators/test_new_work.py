"""IND10 new works, IND11 engagements, IND13 to IND15 whose they are."""

from tests.given import Given


def test_new_works_are_added_up(given: Given) -> None:
    given.activity("a1", new_works=3)
    given.activity("a2", new_works=0, primary_discipline="heritage")
    works = given.figure("IND10", "2020-Q1")
    assert (works["value"], works["precision"]) == (3, "exact")
    assert given.split("IND10", "2020-Q1", "discipline") == {"visual_arts": 3, "heritage": 0}
    given.activity("a3", new_works=None)
    assert given.figure("IND10", "2020-Q1")["precision"] == "at_least"


def test_an_artist_in_two_activities_is_two_engagements(given: Given) -> None:
    for name in ("a1", "a2"):
        given.artist("Ana", name)
        given.activity(
            name,
            artists_local=4,
            artists_national=2,
            artists_international=1,
            artists_origin_unknown=3,
        )
    assert given.total("IND11", "2020-Q1") == 20
    parts = {"local": 8, "national": 4, "international": 2, "not_stated": 6}
    assert given.split("IND11", "2020-Q1", "origin") == parts
    assert given.total("IND12", "2020-Q1") == 1


def test_shares_of_origin_stand_over_engagements_of_known_origin(given: Given) -> None:
    given.activity("a1", artists_local=5, artists_national=2, artists_international=3)
    given.activity("a2", artists_local=0, artists_national=0, artists_international=10)
    given.activity("unknown", artists_local=0, artists_origin_unknown=80)
    given.activity("blank", artists_local=9, artists_international=None)
    assert given.total("IND13", "2020-Q1") == 13 / 20
    assert given.total("IND14", "2020-Q1") == 5 / 20


def test_an_emerging_artist_can_be_independent_too(given: Given) -> None:
    given.activity("a1", artists_local=5, artists_emerging=4, artists_independent=5)
    given.activity("a2", artists_local=5, artists_emerging=1, artists_independent=None)
    assert given.total("IND15", "2020-Q1", "emerging") == 5
    independent = given.figure("IND15", "2020-Q1", measure="independent")
    assert (independent["value"], independent["precision"]) == (5, "at_least")
