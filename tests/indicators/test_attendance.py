"""IND16 visits, IND17 viewers."""

from tests.given import Given, months_of


def test_visits_are_added_up(given: Given) -> None:
    given.activity("a1", attendance_in_person=180, pricing="free")
    given.activity("a2", attendance_in_person=20, pricing="paid")
    visits = given.figure("IND16", "2020-Q1")
    assert (visits["value"], visits["precision"]) == (200, "exact")
    assert given.split("IND16", "2020-Q1", "pricing") == {"free": 180, "paid": 20}


def test_viewers_are_never_added_to_visits(given: Given) -> None:
    given.activity("a1", format="in_person", attendance_in_person=180)
    given.activity("a2", format="online", attendance_online_live=65)
    given.activity("a3", format="hybrid", attendance_in_person=7, attendance_online_live=5)
    assert given.total("IND16", "2020-Q1") == 187
    assert given.total("IND17", "2020-Q1") == 70


def test_nobody_came_is_an_answer(given: Given) -> None:
    given.activity("a1", attendance_in_person=0)
    visits = given.figure("IND16", "2020-Q1")
    assert (visits["value"], visits["precision"]) == (0, "exact")


def test_a_missing_attendance_makes_it_at_least(given: Given) -> None:
    given.activity("a1", attendance_in_person=180)
    given.activity("a2", attendance_in_person=None, pricing="paid")
    visits = given.figure("IND16", "2020-Q1")
    assert (visits["value"], visits["precision"], visits["low"]) == (180, "at_least", 180)
    free, paid = (
        given.figure("IND16", "2020-Q1", dimension="pricing", category=category)
        for category in ("free", "paid")
    )
    assert (free["value"], free["precision"]) == (180, "exact")
    # At least nothing would say nothing.
    assert (paid["value"], paid["precision"]) == (None, "no_data")


def test_an_online_activity_lacks_viewers_and_no_visits(given: Given) -> None:
    given.activity("a1", format="online", attendance_online_live=None)
    assert given.figure("IND16", "2020-Q1")["precision"] == "exact"
    assert given.figure("IND17", "2020-Q1")["precision"] == "no_data"
    given.activity("a2", format="online", attendance_online_live=65)
    viewers = given.figure("IND17", "2020-Q1")
    assert (viewers["value"], viewers["precision"]) == (65, "at_least")


def test_an_activity_of_unknown_format_may_have_had_visits_and_viewers(given: Given) -> None:
    given.activity("a1", attendance_in_person=40)
    given.activity("a2", format=None, attendance_in_person=None)
    given.activity("a3", format="online", attendance_online_live=7, online_views_30d=9)
    for indicator_id, known in (("IND16", 40), ("IND17", 7), ("IND18", 9)):
        audience = given.figure(indicator_id, "2020-Q1")
        assert (audience["value"], audience["precision"]) == (known, "at_least")


def test_visits_of_a_long_activity_stand_in_the_month_in_which_its_report_begins(
    given: Given,
) -> None:
    given.activity("a1", start_date="2020-01-20", end_date="2020-03-02", attendance_in_person=90)
    assert [given.total("IND16", month) for month in months_of("2020-Q1")] == [90, 0, 0]
    assert given.total("IND16", "2020-Q1") == 90


def test_how_visits_were_counted_can_be_told_apart(given: Given) -> None:
    given.activity("a1", attendance_in_person=30, count_method="ticket")
    given.activity("a2", attendance_in_person=12, count_method="estimate")
    given.activity("a3", attendance_in_person=5, count_method=None)
    parts = {"ticket": 30, "estimate": 12, "not_stated": 5}
    assert given.split("IND16", "2020-Q1", "count_method") == parts
