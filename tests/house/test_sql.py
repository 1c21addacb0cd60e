"""SQL stands in layers: each folder reads only what comes before it, and says what it means."""

import re
from pathlib import Path

import pytest

from tests.given import INDICATORS, SQL, catalogue

READS = {
    "typing": {"raw", "typed", "reference"},
    "staging": {"typed", "reference", "staging", "raw"},
    "quality": {"raw", "typed", "quality", "reference"},
    "clean": {"raw", "typed", "quality", "reference", "clean"},
    "indicators": {"clean", "quality", "reference"},
    "monitor": {"clean", "monitor", "quality", "reference"},
    "facts": {"monitor", "quality", "reference"},
}
# A form is filled in from what its partner wrote before, which no figure holds.
READS_FOR_FORMS = {"typed", "clean", "quality", "reference"}
# What counts corrected values is counted of figures, and of what editions said.
READS_OF_FIGURES = {"indicators/Q03": {"monitor", "reference"}}
SCHEMAS = set().union(*READS.values()) | {"main"}
# Every column of one table, where what is added to them is the point of the SELECT.
WHOLE_TABLES = {
    "clean/delivered": {"activities", "reports"},
    "facts/files": {"submissions"},
    "facts/period_figures": {"figures"},
    "facts/row_counts": {"row_counts"},
    "staging/activitati": {"reported"},
}
FILES = sorted(SQL.rglob("*.sql"))
EXAMPLES = Path(__file__).parents[1] / "indicators"


def name(path: Path) -> str:
    return path.relative_to(SQL).with_suffix("").as_posix()


def code(path: Path) -> str:
    """A file without its comments and its quoted words."""
    text = re.sub(r"--.*", "", path.read_text("utf-8"))
    return re.sub(r"'[^']*'", "''", text)


def schemas(text: str) -> set[str]:
    """What a SELECT reads, by schema; a name that is no schema is the alias of a table."""
    return {found for found in re.findall(r"\b([a-z_]+)\.\"?[a-z_]+", text) if found in SCHEMAS}


def test_every_folder_has_its_place() -> None:
    assert {path.parent.name for path in FILES} == set(READS)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_select_reads_only_what_comes_before_it(path: Path) -> None:
    read = schemas(code(path))
    allowed = READS_OF_FIGURES.get(name(path), READS[path.parent.name])
    is_for_forms = name(path).startswith("facts/prefill_")
    assert read <= (READS_FOR_FORMS if is_for_forms else allowed)
    assert read or path.stem == "macros"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_begins_with_what_it_means(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert re.match(r"-- [A-Z„“].{20,}", first)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_columns_are_named(path: Path) -> None:
    text = code(path)
    assert not re.search(r"select\s+(distinct\s+)?\*", text)
    assert set(re.findall(r"(\w+)\.\*", text)) == WHOLE_TABLES.get(name(path), set())


@pytest.mark.parametrize("indicator_id", INDICATORS)
def test_an_indicator_has_its_row_in_the_catalogue_and_its_example(indicator_id: str) -> None:
    assert indicator_id in {row["indicator_id"] for row in catalogue()["indicators"]}
    asks = re.compile(rf'given\.(total|figure|split)\(\s*"{indicator_id}"')
    assert any(asks.search(path.read_text("utf-8")) for path in EXAMPLES.glob("test_*.py"))
