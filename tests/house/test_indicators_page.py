"""docs/indicators.md says what the catalogue and the SELECTs say, and all that they say."""

import pytest

from tests.given import SQL, catalogue
from tests.renew_indicators import PAGE, text

INDICATORS = sorted({str(row["indicator_id"]) for row in catalogue()["indicators"]})
COMPUTED = {path.stem for path in (SQL / "indicators").glob("*.sql")}


def test_the_page_on_indicators_is_what_its_command_writes() -> None:
    assert PAGE.read_text("utf-8") == text(), "Run: python -m tests.renew_indicators"


def test_every_indicator_is_counted_by_a_select_or_read_from_elsewhere() -> None:
    external = {
        row["indicator_id"] for row in catalogue()["indicators"] if row["additivity"] == "external"
    }
    assert set(INDICATORS) - COMPUTED - external == set()
    assert len(INDICATORS) == 54


@pytest.mark.parametrize("indicator_id", INDICATORS)
def test_an_indicator_stands_on_the_page_in_both_languages(indicator_id: str) -> None:
    page = PAGE.read_text("utf-8")
    for row in catalogue()["indicators"]:
        if row["indicator_id"] == indicator_id:
            assert str(row["definition_en"]) in page
            assert str(row["definition_ro"]) in page
