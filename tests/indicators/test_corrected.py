"""Q03: values that are no longer what the last edition about their period said."""

from tests.given import Given


def test_a_value_that_is_no_longer_what_readers_were_told_is_counted(given: Given) -> None:
    given.activity("a1", attendance_in_person=80)
    given.activity("a2", attendance_in_person=30)
    given.published("IND01", 2)
    given.published("IND16", 130)
    given.computes("IND01", "IND16")
    assert given.total("Q03", "2020-Q1") == 1
    assert given.split("Q03", "2020-Q1", "indicator") == {"IND01": 0, "IND16": 1}


def test_a_value_that_was_missing_and_is_known_now_is_counted(given: Given) -> None:
    given.activity("a1")
    given.published("IND01", None)
    given.computes("IND01")
    assert given.total("Q03", "2020-Q1") == 1


def test_a_value_that_is_less_certain_than_it_was_is_counted(given: Given) -> None:
    given.activity("a1", attendance_in_person=80)
    given.activity("a2", attendance_in_person=None)
    given.published("IND16", 80)
    given.computes("IND16")
    assert given.figure("IND16", "2020-Q1")["precision"] == "at_least"
    assert given.total("Q03", "2020-Q1") == 1


def test_of_a_period_about_which_nothing_was_sent_nothing_is_said(given: Given) -> None:
    given.activity("a1")
    given.published("IND01", 1)
    given.computes("IND01")
    assert given.total("Q03", "2020-Q1") == 0
    assert given.figure("Q03", "2020")["precision"] == "no_data"


def test_that_values_were_corrected_is_no_corrected_value(given: Given) -> None:
    given.activity("a1")
    given.published("IND01", 1)
    given.published("Q03", 7)
    given.computes("IND01")
    assert given.total("Q03", "2020-Q1") == 0
