"""What holds of every figure, whatever partners report: of five hundred programmes."""

import pytest

from tests.given import Given
from tests.indicators.conftest import Batch
from tests.indicators.programmes import BATCHES, told

# Each row of these stands in exactly one part of each of their splits.
ADDED_UP = {
    "IND01": ("format", "programme", "partner", "district", "discipline", "month"),
    "IND02": ("format", "activity_type", "partner", "month"),
    "IND03": ("format",),
    "IND16": ("format", "count_method", "pricing", "month"),
    "IND17": ("format", "platform", "month"),
    "IND32": ("partner", "programme", "month"),
    "IND39": ("partner", "source_type"),
    # A person has a first month, though many formats; so has a partner.
    "IND12": ("month",),
    "IND27": ("month",),
    "IND29": ("month",),
}
# What is counted once may stand in several parts.
OVERLAPPING = {
    "IND12": ("partner", "format", "programme", "district", "origin"),
    "IND27": ("partner", "format", "programme", "district", "age_group"),
    "IND29": ("format", "programme", "district", "sector"),
}
OVER_TIME = ("IND02", "IND16", "IND17", "IND32")
VALUES = "from monitor.indicator_values order by all"
PARTS = """
    select
        whole.indicator_id,
        whole.period_id,
        parts.dimension,
        -- Of what nobody knows anything, nothing was counted.
        coalesce(whole.numerator, 0) as whole,
        coalesce(max(parts.numerator), 0) as largest,
        coalesce(sum(parts.numerator), 0) as together,
    from monitor.indicator_values as whole
    inner join monitor.indicator_values as parts
        on
            whole.indicator_id = parts.indicator_id
            and whole.measure is not distinct from parts.measure
            and whole.period_id = parts.period_id
    where
        whole.dimension is null
        and whole.indicator_id = $1
        and list_contains($2, parts.dimension)
        and whole.measure is distinct from 'share'
    group by all
"""
STRETCHES = """
    select
        years.period_id,
        coalesce(years.numerator, 0) as year,
        coalesce(sum(found.numerator), 0) as together,
    from monitor.figures as years
    inner join monitor.figures as found
        on
            years.indicator_id = found.indicator_id
            and found.dimension is null
            and found.period_id[:6] = years.period_id || $2
    where
        years.indicator_id = $1
        and years.dimension is null
        and length(years.period_id) = 4
        and years.source = 'computed'
        and found.source = 'computed'
    group by all
    having year <> together
"""


@pytest.mark.parametrize("batch", BATCHES[:2], indirect=True)
def test_the_order_of_files_does_not_matter_and_twice_is_once(batch: Batch) -> None:
    with told(batch.programme) as in_order:
        in_order.computes(*batch.computed)
        once, twice = (_values(given) for given in (in_order, batch.given))
        assert once
        assert twice == once


def test_parts_make_the_whole(batch: Batch) -> None:
    for indicator_id, dimensions in ADDED_UP.items():
        found = batch.given.ask(PARTS, indicator_id, list(dimensions))
        assert {row["dimension"] for row in found} == set(dimensions), indicator_id
        assert [row for row in found if row["together"] != row["whole"]] == []


def test_a_distinct_total_never_exceeds_its_parts_nor_falls_below_the_largest(
    batch: Batch,
) -> None:
    for indicator_id, dimensions in OVERLAPPING.items():
        found = batch.given.ask(PARTS, indicator_id, list(dimensions))
        assert {row["dimension"] for row in found} == set(dimensions), indicator_id
        for row in found:
            assert row["largest"] <= row["whole"] <= row["together"], row
    assert any(row["whole"] < row["together"] for row in found)


@pytest.mark.parametrize("stretch", ["-M", "-Q", "-H"])
def test_months_quarters_and_halves_make_the_year(batch: Batch, stretch: str) -> None:
    for indicator_id in OVER_TIME:
        assert batch.given.ask(STRETCHES, indicator_id, stretch) == []


def test_in_four_years_a_code_names_one_figure(batch: Batch) -> None:
    (row,) = batch.given.ask(
        "select count(*) as figures, count(distinct code) as codes, from monitor.figures"
        " where period_id < '2024'"
    )
    assert row["figures"] == row["codes"] > 0


def test_a_range_has_no_value_and_everything_else_but_no_data_has_one(batch: Batch) -> None:
    assert not batch.given.ask(
        """
        from monitor.figures
        where
            source = 'computed'
            and (
                (precision = 'between') <> (low < high and value is null)
                or (precision in ('between', 'no_data')) <> (value is null)
                or (precision = 'at_least') <> (low is not null and high is null)
            )
        """
    )


def _values(given: Given) -> list[tuple[object, ...]]:
    return given.connection.execute(VALUES).fetchall()
