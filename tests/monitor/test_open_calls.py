"""Every application of an open call ends in one state, or the call does not add up and is named."""

from typing import Any

import pytest

from flows.steps.publishing import facts
from reports.model import CallGap, OpenCall, OpenCalls, Text
from tests.given import SQL, Given, catalogue

SOUND: dict[str, Any] = {
    "applications_received": 40,
    "applications_withdrawn": 2,
    "applications_eligible": 30,
    "applications_selected": 8,
    "applicants_unique": 55,
    "applicants_selected": 9,
    "team_call": "yes",
}


def sound(**cells: Any) -> dict[str, Any]:  # noqa: ANN401 - cells of any kind
    """A call that adds up, but for these cells."""
    return {**SOUND, **cells}


def calls_of(given: Given) -> OpenCalls:
    given.computes("IND01", "IND03", "IND29", "IND33", "IND34", "IND35")
    period = catalogue().period("2020-Q1")
    collected = facts.collect(given.connection, catalogue(), given.known, "team", period, 1, SQL)
    return collected.calls


def ends(call: OpenCall) -> tuple[int | None, ...]:
    return call.withdrawn, call.ineligible, call.applications_selected, call.turned_down


def test_every_application_is_in_exactly_one_end_state(given: Given) -> None:
    given.open_call("c1", **SOUND)
    calls = calls_of(given)
    assert ends(calls.calls[0]) == (2, 8, 8, 22)
    assert sum(n or 0 for n in ends(calls.calls[0])) == calls.calls[0].applications == 40
    assert calls.gaps == ()


def test_what_was_not_said_to_be_withdrawn_was_not(given: Given) -> None:
    given.open_call("c1", **sound(applications_withdrawn=None))
    assert ends(calls_of(given).calls[0]) == (0, 10, 8, 22)


def test_without_the_eligible_ones_two_end_states_are_unknown_and_nothing_is_made_up(
    given: Given,
) -> None:
    given.open_call("c1", **sound(applications_eligible=None))
    calls = calls_of(given)
    assert ends(calls.calls[0]) == (2, None, 8, None)
    assert calls.gaps == ()


@pytest.mark.parametrize(
    ("wrong", "gap"),
    [
        ({"applications_eligible": 39}, ("withdrawn_or_eligible", 41, "received", 40)),
        ({"applications_selected": 31}, ("selected", 31, "eligible", 30)),
        (
            {"applications_eligible": None, "applications_selected": 39},
            ("withdrawn_or_selected", 41, "received", 40),
        ),
        ({"applicants_selected": 56}, ("applicants_selected", 56, "applicants", 55)),
    ],
)
def test_a_call_that_does_not_add_up_is_named_with_both_numbers(
    given: Given, wrong: dict[str, Any], gap: tuple[str, int, str, int]
) -> None:
    given.open_call("c1", **sound(**wrong))
    given.open_call("c2", **SOUND)
    assert calls_of(given).gaps == (CallGap("c1", *gap),)


def test_a_call_on_the_very_edge_adds_up(given: Given) -> None:
    given.open_call(
        "c1",
        **sound(applications_eligible=38, applications_selected=38, applicants_selected=55),
    )
    calls = calls_of(given)
    assert calls.gaps == ()
    assert ends(calls.calls[0]) == (2, 0, 38, 0)


def test_applicants_are_never_compared_with_applications(given: Given) -> None:
    given.open_call("c1", **{**SOUND, "applicants_unique": 400, "applicants_selected": 300})
    assert calls_of(given).gaps == ()


def test_a_calls_programme_is_named_in_both_languages_and_blank_when_not_stated(
    given: Given,
) -> None:
    given.open_call("c1", programme="bega", applicants_unique=50)
    given.open_call("c2", programme=None)
    assert [call.programme for call in calls_of(given).calls] == [
        Text("Bega!", "Bega!"),
        Text("", ""),
    ]
