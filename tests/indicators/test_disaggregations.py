"""Every split that the catalogue lists is there, for every measure that is computed."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.given import INDICATORS, Given, catalogue

# Everything that the form asks, answered: so every indicator has something in every split.
ANSWERS: dict[str, Any] = {
    "european_dimension": "european_theme; transnational_cooperation",
    "themes": "roma_culture; city_heritage",
    "partner_countries": "DE; FR",
    "networks": "Trans Europe Halles",
    "cross_sectors": "education; social",
    "target_groups": "children; older",
    "schools": "Școala nr. 1",
    "accessibility": "step_free; captions",
    "innovation": "digital_technology",
    "green_measures": "reuse",
    "legacy": "funded",
    "venue_name": "Turnul de Apă",
    "venue_type": "public_space",
    "new_works": 1,
    "artists_origin_unknown": 0,
    "artists_emerging": 1,
    "artists_independent": 1,
    "attendance_online_live": 5,
    "online_views_30d": 50,
    "platform": "youtube",
    "participants_active": 4,
    "participants_professional": 3,
    "pupils": 20,
    "volunteers": 1,
    "volunteer_hours": 6,
    "format": "hybrid",
    "activity_type": "training",
}
PERIODS = ("2020-Q1", "2020-H1", "2020", "to-2020-Q1", "2020-M01", "2020-M03")
CLOSED_AT_THE_END = ("IND32", "IND33", "IND34", "IND35")
LISTED = [
    pytest.param(row["indicator_id"], row["measure"], dimension, id=f"{label}-{dimension}")
    for row in catalogue()["indicators"]
    if row["indicator_id"] in INDICATORS and row["additivity"] != "external"
    for label in [f"{row['indicator_id']}-{row['measure'] or 'figure'}"]
    for dimension in str(row["disaggregations"] or "").split(";")
    if dimension
]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Generator[Given]:
    """One quarter of one partner that left nothing blank."""
    folder: Path = tmp_path_factory.mktemp("answered")
    given = Given(folder)
    given.activity("a1", **ANSWERS)
    given.artist("Ana", "a1")
    given.volunteer("Ion", "a1")
    given.open_call("c1")
    for source in ("municipality", "own_revenue"):
        given.budget_line(source, chapter="production")
    for period in PERIODS:
        given.published("IND01", 1, period)
    given.computes(*INDICATORS)
    yield given
    given.close()


@pytest.mark.parametrize(("indicator_id", "measure", "dimension"), LISTED)
def test_a_listed_split_has_parts_in_every_kind_of_period(
    answered: Given, indicator_id: str, measure: str | None, dimension: str
) -> None:
    # A budget covers its whole quarter, so it has no month.
    periods = list(PERIODS[:4])
    if indicator_id not in ("IND39", "IND40", "IND41"):
        periods.append("2020-M01" if indicator_id not in CLOSED_AT_THE_END else "2020-M03")
    for period in periods:
        assert answered.split(indicator_id, period, dimension, measure), period
