"""IND01 activities, IND02 events, IND03 formats."""

from tests.given import Given, months_of


def test_delivered_activities_are_counted(given: Given) -> None:
    given.activity("a1", partner="TM-P001")
    given.activity("a2", partner="TM-P001")
    given.activity("a1", partner="TM-P002")
    assert given.total("IND01", "2020-Q1") == 3
    assert given.split("IND01", "2020-Q1", "partner") == {"TM-P001": 2, "TM-P002": 1}


def test_what_did_not_happen_does_not_count(given: Given) -> None:
    given.activity("a1")
    for status in ("planned", "postponed", "cancelled"):
        given.activity(status, status=status, attendance_in_person=500, events_count=7)
    assert given.total("IND01", "2020-Q1") == 1
    assert given.total("IND02", "2020-Q1") == 1
    assert given.total("IND16", "2020-Q1") == 10


def test_an_activity_over_two_quarters_counts_in_both_and_once_in_the_year(given: Given) -> None:
    for period in ("2020-Q1", "2020-Q2"):
        given.activity("a1", period=period, start_date="2020-02-20", end_date="2020-05-10")
    counted = {p: given.total("IND01", p) for p in ("2020-Q1", "2020-Q2", "2020-Q3", "2020")}
    assert counted == {"2020-Q1": 1, "2020-Q2": 1, "2020-Q3": None, "2020": 1}


def test_a_day_counts_in_its_own_month_and_in_no_other(given: Given) -> None:
    given.activity("first", start_date="2020-02-01")
    given.activity("leap", start_date="2020-02-29")
    given.activity("next", start_date="2020-03-01")
    assert [given.total("IND01", month) for month in months_of("2020-Q1")] == [0, 2, 1]


def test_an_activity_counts_only_in_periods_that_it_was_reported_in(given: Given) -> None:
    """Whether it went on after the quarter is said by the report of the next one."""
    given.activity("a1", period="2020-Q1", start_date="2020-03-01", end_date="2020-05-01")
    given.report(period="2020-Q2")
    assert given.total("IND01", "2020-Q1") == 1
    assert given.total("IND01", "2020-Q2") == 0


def test_a_corrected_activity_counts_once_as_it_was_reported_last(given: Given) -> None:
    given.activity("a1", format="online", received_at="2020-04-02")
    given.activity("a1", format="hybrid", received_at="2020-05-02")
    assert given.total("IND01", "2020-Q1") == 1
    assert given.split("IND01", "2020-Q1", "format") == {"hybrid": 1}


def test_a_correction_can_take_an_activity_back(given: Given) -> None:
    given.activity("a1", status="delivered", received_at="2020-04-02")
    given.activity("a1", status="cancelled", received_at="2020-05-02")
    assert given.total("IND01", "2020-Q1") == 0


def test_the_last_line_of_an_activity_in_a_file_is_the_one_that_counts(given: Given) -> None:
    given.activity("a1", attendance_in_person=10)
    given.activity("a1", attendance_in_person=70)
    assert given.total("IND01", "2020-Q1") == 1
    assert given.total("IND16", "2020-Q1") == 70


def test_a_refused_correction_leaves_what_was_there(given: Given) -> None:
    given.activity("a1", events_count=3, received_at="2020-04-02")
    given.activity("a1", events_count=9, received_at="2020-05-02")
    given.report(received_at="2020-05-02", is_refused=True)
    assert given.total("IND02", "2020-Q1") == 3


def test_a_quarantined_row_does_not_count_and_its_neighbour_does(given: Given) -> None:
    given.activity("a1", is_quarantined=True)
    given.activity("a2")
    assert given.total("IND01", "2020-Q1") == 1


def test_a_quarantined_correction_leaves_the_row_that_was_good(given: Given) -> None:
    given.activity("a1", events_count=3, received_at="2020-04-02")
    given.activity("a1", events_count=9, received_at="2020-05-02", is_quarantined=True)
    assert given.total("IND02", "2020-Q1") == 3


def test_a_withdrawn_submission_takes_its_rows_along(given: Given) -> None:
    given.activity("a1", events_count=3, received_at="2020-04-02")
    given.activity("a1", events_count=9, received_at="2020-05-02")
    given.activity("a2", received_at="2020-05-02")
    given.withdrawn(received_at="2020-05-02")
    assert given.total("IND01", "2020-Q1") == 1
    assert given.total("IND02", "2020-Q1") == 3


def test_two_partners_may_use_the_same_code_for_different_activities(given: Given) -> None:
    given.activity("a1", partner="TM-P001")
    given.activity("a1", partner="TM-P002")
    assert given.total("IND01", "2020") == 2


def test_the_programme_to_date_counts_each_activity_once(given: Given) -> None:
    given.activity("a1", period="2020-Q1")
    given.activity("a1", period="2020-Q3")
    given.activity("a2", period="2020-Q3")
    assert given.total("IND01", "to-2020-Q1") == 1
    assert given.total("IND01", "to-2020-Q3") == 2


def test_a_period_that_has_not_begun_has_no_figure(given: Given) -> None:
    given.activity("a1", period="2020-Q4")
    given.computes("IND01", "IND32")
    found = given.ask("select distinct period_id from monitor.figures where source = 'computed'")
    known = {row["period_id"] for row in found}
    assert {"2020-Q4", "2021-Q1", "2021-M01", "to-2021-Q1"} <= known
    assert known.isdisjoint({"2021-Q2", "2021-M02", "2022", "to-2021-Q2", "to-2022", "to-2023-Q4"})


def test_events_are_added_up_and_each_month_keeps_its_own(given: Given) -> None:
    given.activity("a1", events_count=4, start_date="2020-01-10")
    given.activity("a2", events_count=1, start_date="2020-03-10", activity_type="exhibition")
    assert given.total("IND02", "2020-Q1") == 5
    assert given.split("IND02", "2020-Q1", "month") == {"2020-M01": 4, "2020-M03": 1}
    assert given.split("IND02", "2020-Q1", "activity_type") == {"workshop": 4, "exhibition": 1}


def test_events_of_both_quarters_make_the_year(given: Given) -> None:
    for period, events in (("2020-Q1", 4), ("2020-Q2", 5)):
        given.activity(
            "a1",
            period=period,
            events_count=events,
            start_date="2020-02-20",
            end_date="2020-05-10",
        )
    assert given.total("IND02", "2020-Q1") == 4
    assert given.total("IND02", "2020-Q2") == 5
    assert given.total("IND02", "2020") == 9


def test_formats_are_counted_and_their_parts_make_the_total(given: Given) -> None:
    for number in range(6):
        given.activity(f"o{number}", format="online")
    for number in range(4):
        given.activity(f"p{number}", format="in_person")
    assert given.total("IND03", "2020-Q1", "activities") == 10
    assert given.split("IND03", "2020-Q1", "format", "activities") == {"online": 6, "in_person": 4}
    assert given.split("IND03", "2020-Q1", "format", "share") == {"online": 0.6, "in_person": 0.4}


def test_a_blank_format_is_visible_and_stands_in_no_share(given: Given) -> None:
    for number in range(10):
        given.activity(f"o{number}", format="online" if number < 7 else "hybrid")
    given.activity("blank", format=None)
    assert given.split("IND03", "2020-Q1", "format", "activities") == {
        "online": 7,
        "hybrid": 3,
        "not_stated": 1,
    }
    assert given.split("IND03", "2020-Q1", "format", "share") == {"online": 0.7, "hybrid": 0.3}
    online = given.figure(
        "IND03", "2020-Q1", measure="share", dimension="format", category="online"
    )
    assert (online["numerator"], online["denominator"]) == (7, 10)


def test_a_share_of_a_handful_is_not_stated(given: Given) -> None:
    for number in range(9):
        given.activity(f"o{number}", format="online")
    online = given.figure(
        "IND03", "2020-Q1", measure="share", dimension="format", category="online"
    )
    assert (online["value"], online["precision"]) == (None, "no_data")
    assert (online["numerator"], online["denominator"]) == (9, 9)


def test_online_activities_have_no_district_and_that_is_not_an_omission(given: Given) -> None:
    given.activity("a1", format="online")
    given.activity("a2", district_code=None)
    given.activity("a3", district_code="fabric")
    parts = {"not_applicable": 1, "not_stated": 1, "fabric": 1}
    assert given.split("IND01", "2020-Q1", "district") == parts


def test_a_format_that_changed_within_the_year_is_the_last_one(given: Given) -> None:
    given.activity("a1", period="2020-Q1", format="in_person")
    given.activity("a1", period="2020-Q2", format="online")
    assert given.split("IND01", "2020-Q1", "format") == {"in_person": 1}
    assert given.split("IND01", "2020", "format") == {"online": 1}
