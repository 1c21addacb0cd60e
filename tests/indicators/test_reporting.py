"""IND29 active partners, Q01 the reporting rate, Q04 what is unclassified, and coverage."""

from tests.given import Given, catalogue

BEFORE_THE_DEADLINE = "2020-04-15T12:00+03:00"
AFTER_THE_DEADLINE = "2020-04-16T12:00+03:00"
# All partners of 2020-Q1: each joined before its end.
DUE = sum(str(row["joined_on"]) < "2020-04-01" for row in catalogue()["partners"])


def test_a_partner_is_active_when_it_delivered_something(given: Given) -> None:
    given.activity("a1", partner="TM-P001", start_date="2020-02-01")
    given.activity("a2", partner="TM-P001", start_date="2020-03-01", programme="bega")
    given.activity("a1", partner="TM-P002", status="planned")
    given.activity("a1", partner="TM-P003", start_date="2020-03-01")
    assert given.total("IND29", "2020-Q1") == 2
    assert given.split("IND29", "2020-Q1", "month") == {"2020-M02": 1, "2020-M03": 1}
    assert given.split("IND29", "2020-Q1", "programme") == {"spatii_vii": 2, "bega": 1}


def test_the_reporting_rate_is_reports_that_came_over_reports_that_were_due(given: Given) -> None:
    given.report("TM-P001")
    given.report("TM-P002", kind="nil")
    given.report("TM-P003", received_at="2020-06-01")
    given.report("TM-P004", is_refused=True)
    given.excused("TM-P005")
    rate = given.figure("Q01", "2020-Q1")
    assert (rate["numerator"], rate["denominator"]) == (3, DUE - 1)
    assert given.split("Q01", "2020-Q1", "partner").keys() >= {"TM-P001", "TM-P005"}


def test_late_reports_are_those_whose_first_accepted_file_came_after_the_deadline(
    given: Given,
) -> None:
    given.report("TM-P001", received_at="2020-04-15")
    given.report("TM-P001", received_at="2020-09-01", kind="correction")
    given.report("TM-P002", received_at="2020-04-17")
    assert given.total("Q02", "2020-Q1") == 1


def test_a_figure_carries_how_many_reports_it_rests_on(given: Given) -> None:
    given.activity("a1", partner="TM-P001")
    given.report("TM-P002", kind="nil")
    activities = given.figure("IND01", "2020-Q1")
    assert (activities["reported"], activities["due"]) == (2, DUE)


def test_nothing_reported_is_no_data_and_not_zero(given: Given) -> None:
    activities = given.figure("IND01", "2020-Q1")
    assert (activities["value"], activities["precision"]) == (None, "no_data")
    assert (activities["reported"], activities["due"]) == (0, DUE)


def test_the_deadline_is_the_end_of_a_day_in_romania(given: Given) -> None:
    given.report("TM-P001", received_at="2020-04-15T23:59+03:00")
    given.report("TM-P002", received_at="2020-04-16T00:00+03:00")
    # Still the 15th in Greenwich.
    given.report("TM-P003", received_at="2020-04-15T21:30+00:00")
    states = [given.state(partner) for partner in ("TM-P001", "TM-P002", "TM-P003")]
    assert states == ["REPORTED", "LATE", "LATE"]


def test_a_correction_after_the_deadline_does_not_make_late(given: Given) -> None:
    given.report(received_at="2020-04-02")
    given.report(received_at="2020-09-02", kind="correction")
    assert given.state() == "REPORTED"


def test_a_refused_file_in_time_does_not_make_the_good_one_timely(given: Given) -> None:
    given.report(received_at="2020-04-02", is_refused=True)
    given.report(received_at="2020-09-02")
    assert given.state() == "LATE"


def test_who_says_that_there_was_nothing_is_nil(given: Given) -> None:
    given.report(kind="nil")
    assert given.state() == "NIL"
    assert given.total("IND01", "2020-Q1") == 0


def test_who_sent_nothing_is_missing_only_after_the_deadline(given: Given) -> None:
    given.it_is(BEFORE_THE_DEADLINE)
    assert given.state() == "NOT_DUE"
    given.it_is(AFTER_THE_DEADLINE)
    assert given.state() == "MISSING"


def test_who_is_excused_is_not_missing_and_not_due(given: Given) -> None:
    given.excused("TM-P001")
    assert given.state("TM-P001") == "EXCUSED"
    assert given.state("TM-P002") == "MISSING"
    assert given.figure("Q01", "2020-Q1")["denominator"] == DUE - 1


def test_an_excused_partner_that_reports_all_the_same_has_reported(given: Given) -> None:
    given.excused()
    given.report()
    assert given.state() == "REPORTED"


def test_a_withdrawn_report_is_missing_again(given: Given) -> None:
    given.report()
    given.withdrawn()
    assert given.state() == "MISSING"
    assert given.total("IND01", "2020-Q1") is None


def test_what_is_blank_is_counted_field_by_field(given: Given) -> None:
    given.activity("complete")
    given.activity("no_format", format=None)
    given.activity("nothing", format=None, district_code=None, primary_discipline=None)
    given.activity("online", format="online")
    for number in range(6):
        given.activity(f"more{number}")
    assert given.total("Q04", "2020-Q1", "activities") == 2
    assert given.split("Q04", "2020-Q1", "field", "activities") == {
        "format": 2,
        "district": 1,
        "discipline": 1,
        "origin": 0,
    }
    assert given.total("Q04", "2020-Q1", "share") == 0.2


def test_artists_of_unknown_origin_make_an_activity_unclassified(given: Given) -> None:
    given.activity("some", artists_origin_unknown=2)
    given.activity("all", artists_local=None, artists_national=None, artists_international=None)
    given.activity("none", artists_origin_unknown=0)
    assert given.split("Q04", "2020-Q1", "field", "activities")["origin"] == 2
