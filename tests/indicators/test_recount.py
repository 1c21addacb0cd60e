"""Five hundred programmes, counted by SQL and by the twins."""

from collections.abc import Iterator

from tests.indicators.conftest import Batch
from tests.indicators.programmes import YEARS, long_catalogue
from tests.indicators.twins import TWINS, View, budgets_in_force, formats

TOTALS = """
    select indicator_id, measure, period_id, numerator, denominator, low, high,
    from monitor.figures
    where dimension is null and source = 'computed'
"""
BY_FORMAT = """
    select period_id, category, numerator,
    from monitor.figures
    where
        indicator_id = 'IND03' and measure = 'activities' and dimension = 'format'
        and source = 'computed' and numerator > 0
"""
# Whole programmes of fifty years are counted, too, but few of them: the twins are slow.
TO_DATE = (f"to-{YEARS[0]}", f"to-{YEARS[0]}-Q2", f"to-{YEARS[2]}-Q1", f"to-{YEARS[-1]}")


def test_twenty_figures_counted_again_in_plain_python_are_the_same(batch: Batch) -> None:
    found = {
        (row["indicator_id"], row["measure"], row["period_id"]): row
        for row in batch.given.ask(TOTALS)
    }
    for view in _views(batch):
        for (indicator_id, measure), count in TWINS.items():
            row = found[indicator_id, measure, view.period.period_id]
            numerator, denominator, low, high = count(view)
            if not (view.is_told_of or numerator or denominator):
                # Nothing counted where nobody reported is no zero.
                numerator = low = None
            expected = (numerator, denominator or 0, low, high)
            said = (row["numerator"], row["denominator"] or 0, row["low"], row["high"])
            assert said == expected, (indicator_id, measure, view.period, view.programme)


def test_formats_counted_again_in_plain_python_are_the_same(batch: Batch) -> None:
    found: dict[str, dict[str, int]] = {}
    for row in batch.given.ask(BY_FORMAT):
        found.setdefault(row["period_id"], {})[row["category"]] = row["numerator"]
    for view in _views(batch):
        assert found.get(view.period.period_id, {}) == formats(view), view


def _views(batch: Batch) -> Iterator[View]:
    """Every period of every programme, and some that reach over many."""
    budgets = budgets_in_force(batch.programme.spent)
    for period in long_catalogue().periods():
        if period.kind != "cumulative":
            yield View(period, batch.by_year[period.starts_on.year], budgets)
        elif period.period_id in TO_DATE:
            yield View(period, batch.programme, budgets)
