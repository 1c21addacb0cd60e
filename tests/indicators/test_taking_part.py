"""IND18 views, IND19 active participants, IND20 how visits were counted, IND28 to IND31."""

from tests.given import Given


def test_views_are_never_added_to_viewers(given: Given) -> None:
    given.activity("a1", format="online", attendance_online_live=65, online_views_30d=900)
    given.activity("a2", format="online", online_views_30d=100, platform="facebook")
    given.activity("a3", format="in_person")
    views = given.figure("IND18", "2020-Q1")
    assert (views["value"], views["precision"]) == (1000, "exact")
    assert given.split("IND18", "2020-Q1", "platform")["youtube"] == 900
    assert given.total("IND17", "2020-Q1") == 75


def test_active_participants_are_added_up_and_stand_in_each_of_their_groups(given: Given) -> None:
    given.activity("a1", participants_active=12, target_groups="children; roma")
    given.activity("a2", participants_active=5, target_groups="children")
    assert given.total("IND19", "2020-Q1") == 17
    assert given.split("IND19", "2020-Q1", "target_group") == {"children": 17, "roma": 12}


def test_visits_that_were_counted_stand_over_visits_whose_method_is_stated(given: Given) -> None:
    given.activity("a1", attendance_in_person=60, count_method="ticket")
    given.activity("a2", attendance_in_person=20, count_method="counter")
    given.activity("a3", attendance_in_person=20, count_method="estimate")
    given.activity("a4", attendance_in_person=900, count_method=None)
    assert given.total("IND20", "2020-Q1") == 0.8


def test_volunteer_hours_are_missed_only_where_somebody_volunteered(given: Given) -> None:
    given.activity("a1", volunteers=3, volunteer_hours="12,5")
    given.activity("a2", volunteers=0, volunteer_hours=None)
    hours = given.figure("IND28", "2020-Q1")
    assert (hours["value"], hours["precision"]) == (12.5, "exact")
    given.activity("a3", volunteers=2, volunteer_hours=None)
    assert given.figure("IND28", "2020-Q1")["precision"] == "at_least"


def test_activities_with_other_sectors_are_at_least_so_many(given: Given) -> None:
    given.activity("a1", cross_sectors="education; health")
    given.activity("a2", cross_sectors="education")
    for number in range(8):
        given.activity(f"blank{number}", cross_sectors=None)
    activities = given.figure("IND30", "2020-Q1", measure="activities")
    assert (activities["value"], activities["precision"]) == (2, "at_least")
    assert given.total("IND30", "2020-Q1", "share") == 0.2
    sectors = given.split("IND30", "2020-Q1", "cross_sector", "activities")
    assert {sector: count for sector, count in sectors.items() if sector != "not_stated"} == {
        "education": 2,
        "health": 1,
    }


def test_people_trained_are_those_of_trainings(given: Given) -> None:
    given.activity("a1", activity_type="training", participants_professional=14)
    given.activity("a2", activity_type="conference", participants_professional=90)
    trained = given.figure("IND31", "2020-Q1")
    assert (trained["value"], trained["precision"]) == (14, "exact")
