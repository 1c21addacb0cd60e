"""What holds of every figure, whatever partners report."""

import hypothesis
from hypothesis import strategies as st

from tests.given import Given, months_of
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
IN_ONE_MONTH = ("IND12", "IND27", "IND29")


@FEW
@hypothesis.given(PROGRAMMES, st.integers(0, 99))
def test_the_order_of_files_does_not_matter(programme: Programme, order: int) -> None:
    with told(programme) as given, told(programme, order=order) as shuffled:
        assert given.by_key == shuffled.by_key


@FEW
@hypothesis.given(PROGRAMMES)
def test_twice_is_once(programme: Programme) -> None:
    with told(programme) as given:
        once = given.by_key
        given.everything_twice()
        assert given.by_key == once


@FEW
@hypothesis.given(PROGRAMMES)
def test_parts_and_wholes_agree(programme: Programme) -> None:
    with told(programme) as given:
        for period in PERIODS:
            for indicator_id, dimensions in ADDED_UP.items():
                for dimension in dimensions:
                    parts = _counts(given, indicator_id, period, dimension)
                    assert sum(parts) == _count(given, indicator_id, period)
            for indicator_id in IN_ONE_MONTH:
                parts = _counts(given, indicator_id, period, "month")
                assert sum(parts) == _count(given, indicator_id, period)
            for indicator_id, dimensions in COUNTED_ONCE.items():
                for dimension in dimensions:
                    parts = _counts(given, indicator_id, period, dimension)
                    total = _count(given, indicator_id, period)
                    assert max(parts, default=0) <= total <= sum(parts)


@FEW
@hypothesis.given(PROGRAMMES)
def test_what_can_be_added_up_is_the_same_by_months_by_quarters_and_by_year(
    programme: Programme,
) -> None:
    with told(programme) as given:
        for indicator_id in ("IND02", "IND16", "IND17", "IND32"):
            by_quarter = [_count(given, indicator_id, quarter) for quarter in QUARTERS]
            by_month = [_count(given, indicator_id, month) for month in months_of("2020")]
            assert sum(by_quarter) == sum(by_month) == _count(given, indicator_id, "2020")


@FEW
@hypothesis.given(PROGRAMMES)
def test_a_figure_is_named_by_one_code_and_a_range_has_no_value(programme: Programme) -> None:
    with told(programme) as given:
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
        given.figure(indicator_id, period, dimension=dimension, category=category)["numerator"]
        for category in given.split(indicator_id, period, dimension)
    ]
