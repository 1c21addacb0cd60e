"""What a report says of time: the months that can have a number, and what falls due next."""

from dataclasses import replace
from datetime import date

from flows.steps.publishing import audiences, facts
from flows.steps.publishing.facts.reporting import deadlines
from reports.model import Text
from tests.given import SQL, Given, catalogue


def months_of(given: Given, first: date) -> list[int]:
    """The months of the year's calendar where the programme began on that day."""
    given.computes("IND01", "IND03", "IND29", "IND33", "IND34", "IND35")
    tables = catalogue()
    tables = replace(tables, programme=replace(tables.programme, starts_on=first))
    year = catalogue().period("2020")
    collected = facts.collect(given.connection, tables, given.known, "team", year, 1, SQL)
    assert sum(collected.calendar.monthly_totals) == collected.calendar.total.value
    return [month.month for month in collected.calendar.months]


def test_a_month_that_nobody_could_tell_of_has_no_zero(given: Given) -> None:
    given.activity("a1", start_date="2020-03-03", received_at="2020-04-01")
    assert months_of(given, date(2020, 2, 1)) == [2, 3, 4]


def test_a_month_in_which_something_is_counted_is_never_left_out(given: Given) -> None:
    given.activity("a1", start_date="2020-03-03", received_at="2020-01-20")
    assert months_of(given, date(2020, 1, 1)) == [1, 2, 3]


def test_what_falls_due_next_is_after_the_period_and_after_what_is_known() -> None:
    quarter = catalogue().period("2020-Q1")
    early, late = (
        deadlines(catalogue(), quarter, until) for until in (date(2020, 4, 20), date(2021, 1, 23))
    )
    assert (early[0].due_on, early[0].what.ro) == (
        date(2020, 7, 15),
        "Rapoartele partenerilor pentru trimestrul 2, 2020",
    )
    assert (late[0].due_on, late[0].what.en) == (
        date(2021, 4, 15),
        "Partners' reports on quarter 1, 2021",
    )


def test_a_funder_is_called_as_the_programme_calls_it() -> None:
    council = Text("Consiliul Județean Timiș", "Timiș County Council")
    assert audiences.name_of(catalogue(), "county_council") == council
    assert audiences.name_of(catalogue(), None) is None
