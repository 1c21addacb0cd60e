"""What holds of every figure, whatever partners report."""

import hypothesis
from hypothesis import strategies as st

from tests.given import INDICATORS, Given, months_of
from tests.indicators.programmes import FEW, PROGRAMMES, QUARTERS, Programme, told

PERIODS = (*QUARTERS, "2020-H1", "2020-M02", "2020", "to-2020-Q3")
# Each row of these stands in exactly one part of each of their splits.
ADDED_UP = {
    "IND01": ("format", "programme", "partner", "district", "discipline", "month"),
    "IND02": ("format", "activity_type", "partner", "month"),
    "IND16": ("format", "count_method", "pricing", "month"),
    "IND17": ("format", "platform", "month"),
    "IND32": ("partner", "programme", "month"),
}
# A person has a first month, though many formats; so has a partner.
COUNTED_ONCE = {
    "IND12": ("partner", "format", "programme"),
    "IND27": ("partner", "format", "programme"),
    "IND29": ("format", "programme", "district"),
}


@hypothesis.settings(FEW, max_examples=3)
@hypothesis.given(PROGRAMMES, st.integers(0, 99))
def test_the_order_of_files_does_not_matter_and_twice_is_once(
    programme: Programme, order: int
) -> None:
    with told(programme) as given, told(programme, order=order) as otherwise:
        given.computes(*INDICATORS)
        otherwise.computes(*INDICATORS)
        assert otherwise.by_key == given.by_key
        otherwise.everything_twice()
        assert otherwise.by_key == given.by_key


@FEW
@hypothesis.given(PROGRAMMES)
def test_parts_and_wholes_agree(programme: Programme) -> None:
    with told(programme) as given:
        given.computes(*ADDED_UP, *COUNTED_ONCE)
        for period in PERIODS:
            _parts_make_the_whole(given, period)
            _parts_overlap_but_leave_nothing_out(given, period)
        _months_make_quarters_and_quarters_the_year(given)
        _a_code_names_one_figure_and_a_range_has_no_value(given)


def _parts_make_the_whole(given: Given, period: str) -> None:
    in_one_month = dict.fromkeys(COUNTED_ONCE, ("month",))
    for indicator_id, dimensions in (*ADDED_UP.items(), *in_one_month.items()):
        for dimension in dimensions:
            parts = _counts(given, indicator_id, period, dimension)
            assert sum(parts) == _count(given, indicator_id, period), (indicator_id, dimension)


def _parts_overlap_but_leave_nothing_out(given: Given, period: str) -> None:
    for indicator_id, dimensions in COUNTED_ONCE.items():
        for dimension in dimensions:
            parts = _counts(given, indicator_id, period, dimension)
            assert max(parts, default=0) <= _count(given, indicator_id, period) <= sum(parts)


def _months_make_quarters_and_quarters_the_year(given: Given) -> None:
    for indicator_id in ("IND02", "IND16", "IND17", "IND32"):
        by_quarter = [_count(given, indicator_id, quarter) for quarter in QUARTERS]
        by_month = [_count(given, indicator_id, month) for month in months_of("2020")]
        assert sum(by_quarter) == sum(by_month) == _count(given, indicator_id, "2020")


def _a_code_names_one_figure_and_a_range_has_no_value(given: Given) -> None:
    figures = list(given.by_key.values())
    assert len({figure["code"] for figure in figures}) == len(figures)
    for figure in figures:
        between = figure["precision"] == "between"
        assert between == (None not in (figure["low"], figure["high"]) and figure["value"] is None)
        assert not between or figure["low"] < figure["high"]
        assert (figure["value"] is None) == (figure["precision"] in ("between", "no_data"))


def _count(given: Given, indicator_id: str, period: str) -> float:
    """What was counted; 0 where nobody reported."""
    return given.figure(indicator_id, period)["numerator"] or 0


def _counts(given: Given, indicator_id: str, period: str, dimension: str) -> list[float]:
    return [
        given.figure(indicator_id, period, dimension=dimension, category=category)["numerator"] or 0
        for category in given.split(indicator_id, period, dimension)
    ]
