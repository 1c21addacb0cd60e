"""A person adds an indicator by one SQL file, a row and an example, and a target by a row."""

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows.steps import issued
from flows.steps.settings import CHECKOUT
from tests.offices import Office
from tests.reading_pdf import pages

PERIOD = "2020-Q4"
SELECT = """\
-- Activities that took place in a school.
select
    span_id,
    district,
    count(*) as numerator,
from clean.delivered
where venue_type = 'school'
group by grouping sets ((span_id), (span_id, district))
"""
ROW = {
    "indicator_id": "IND45",
    "is_core": "no",
    "name_ro": "Activități în școli",
    "name_en": "Activities in schools",
    "group_ro": "Acces și cartiere",
    "group_en": "Access and neighbourhoods",
    "unit": "activities",
    "is_share": "no",
    "additivity": "distinct",
    "disaggregations": "district",
    "ecoc_aims": "A4",
    "source": "Un exemplu",
    "definition_ro": "Activități realizate într-o școală.",
    "definition_en": "Activities delivered in a school.",
    "position": "68",
}
TARGET = {
    "indicator_id": "IND45",
    "period_id": PERIOD,
    "kind": "annual",
    "value": "2",
    "direction": "up",
    "decided_on": "2020-10-01",
    "decided_by": "Consiliul director",
    "reason": "Un exemplu.",
}


def add_row(table: Path, row: dict[str, str]) -> None:
    """One row at the end of a table; what it does not name is blank."""
    with table.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with table.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n").writerow(row)


@pytest.fixture
def extended(tmp_path: Path) -> Office:
    """A home of a copy of the programme, with one indicator and one target more."""
    programme = Path("programmes") / "timisoara2023"
    sql, data = tmp_path / "sql", tmp_path / "data"
    shutil.copytree(CHECKOUT / "sql", sql)
    for folder in (Path("catalogue"), programme):
        shutil.copytree(CHECKOUT / "data" / folder, data / folder)
    sql.joinpath("indicators", "IND45.sql").write_text(SELECT, "utf-8")
    add_row(data / "catalogue" / "indicators.csv", ROW)
    add_row(data / programme / "targets.csv", TARGET)
    return Office(tmp_path / "home", sql=sql, data=data)


def test_a_new_indicator_is_computed_and_printed_with_its_target(extended: Office) -> None:
    told: tuple[dict[str, Any], ...] = (
        {"activity_id": "ACT-1", "venue_type": "școală"},
        {"activity_id": "ACT-2", "venue_type": "școală"},
        {"activity_id": "ACT-3", "venue_type": "spațiu public"},
        {"activity_id": "ACT-4", "venue_type": "școală", "status": "anulată"},
    )
    extended.sends("2021-01-10T09:00:00+00:00", {"period": PERIOD}, *told)
    edition = extended.publishes("2021-02-01T06:00:00+00:00", "team", PERIOD)
    published = extended.night.settings.published
    (whole, part) = (
        row
        for row in issued.figures(published, edition.path)
        if row["indicator_id"] == "IND45" and row["dimension"] in (None, "district")
    )
    assert (whole["value"], whole["target"], whole["status"]) == (2, 2, "reached")
    assert (part["category"], part["value"]) == ("fabric", 2)
    printed = " ".join(pages((published / edition.path / "report.pdf").read_bytes()))
    assert f"Atins Activități în școli 2 {whole['code']} 2 100,0 %" in printed
    assert "Activități în școli: Activități realizate într-o școală." in printed
