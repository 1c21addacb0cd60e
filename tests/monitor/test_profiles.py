"""A profile belongs to a target and cannot ask for the impossible; most programmes have none."""

import shutil
from pathlib import Path

import pytest

from flows.steps import catalogue
from flows.steps.errors import CatalogueError
from tests.given import DATA

HEADER = "indicator_id,measure,dimension,category,period_id,reached_by,share"


def loaded_with(folder: Path, *rows: str) -> catalogue.Catalogue:
    programme = folder / "timisoara2023"
    shutil.copytree(DATA / "programmes" / "timisoara2023", programme)
    text = "\n".join((HEADER, *rows)) + "\n"
    (programme / "targets_profiles.csv").write_text(text, "utf-8")
    return catalogue.load(DATA / "catalogue", programme)


def test_a_programme_without_profiles_needs_no_file() -> None:
    programme = DATA / "programmes" / "timisoara2023"
    assert not (programme / "targets_profiles.csv").exists()
    assert catalogue.load(DATA / "catalogue", programme)["targets_profiles"] == ()


def test_a_profile_is_read(tmp_path: Path) -> None:
    loaded = loaded_with(tmp_path, "IND01,,,,2020,2020-06-30,0.2", "IND01,,,,2020,2020-09-30,0.7")
    assert [row["share"] for row in loaded["targets_profiles"]] == [0.2, 0.7]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("IND02,,,,2021,2021-06-30,0.2",), "no such target"),
        (("IND01,,,,2020,2021-06-30,0.2",), "is not in 2020"),
        (("IND01,,,,2020,2020-06-30,1.2",), "no share passes 1"),
        (("IND01,,,,2020,2020-06-30,0.6", "IND01,,,,2020,2020-09-30,0.5"), "must rise"),
        (("IND01,,,,2020,2020-09-30,0.5", "IND01,,,,2020,2020-06-30,0.6"), "must rise"),
    ],
)
def test_an_impossible_profile_is_refused(tmp_path: Path, rows: tuple[str, ...], said: str) -> None:
    with pytest.raises(CatalogueError, match=said):
        loaded_with(tmp_path, *rows)
