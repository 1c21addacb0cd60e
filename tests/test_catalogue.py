"""A table that contradicts itself or another is refused: with file, row and what to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.steps import catalogue
from flows.steps.catalogue.words import fold
from flows.steps.errors import CatalogueError, UsageError
from flows.steps.settings import CHECKOUT
from tests.given import catalogue as real

DATA = CHECKOUT / "data"


class Tables:
    """A copy of the real tables, in which a test breaks one thing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.common = shutil.copytree(DATA / "catalogue", folder / "catalogue")
        self.programme = shutil.copytree(
            DATA / "programmes" / "timisoara2023", folder / "timisoara2023"
        )

    def path(self, name: str) -> Path:
        own = self.programme / f"{name}.csv"
        return own if own.exists() else self.common / f"{name}.csv"

    def lines(self, name: str) -> list[str]:
        return self.path(name).read_text("utf-8").splitlines()

    def write(self, name: str, lines: list[str]) -> int:
        self.path(name).write_text("\n".join(lines) + "\n", "utf-8")
        return len(lines)

    def add(self, name: str, line: str) -> int:
        """Add a line; the row in which it stands."""
        return self.write(name, [*self.lines(name), line])

    def swap(self, name: str, old: str, new: str) -> int:
        """Put one text in the place of another; the first row in which it stood."""
        lines = self.lines(name)
        row = next(number for number, line in enumerate(lines, start=1) if old in line)
        lines[row - 1] = lines[row - 1].replace(old, new)
        self.write(name, lines)
        return row

    def refusal(self) -> str:
        with pytest.raises(CatalogueError) as refused:
            catalogue.load(self.common, self.programme)
        return str(refused.value)


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return Tables(tmp_path)


Break = Callable[[Tables], int]
CONTRADICTIONS: dict[str, tuple[str, Break, tuple[str, ...]]] = {
    "a link to an aim that there is not": (
        "timisoara2023/links.csv",
        lambda tables: tables.add("links", "D1,A9,"),
        ("aim_id A9", "ecoc_aims.csv", "Correct it here, or add it there"),
    ),
    "a project of no partner": (
        "timisoara2023/projects.csv",
        lambda tables: tables.add("projects", "TM-PR999,TM-P999,bega,Titlu"),
        ("TM-P999", "partners.csv"),
    ),
    "a target for no indicator": (
        "timisoara2023/targets.csv",
        lambda tables: tables.add("targets", "IND99,,,,2020,annual,1,,,up,2019-12-10,Noi,"),
        ("IND99", "indicators.csv"),
    ),
    "a target for a measure that the indicator has not": (
        "timisoara2023/targets.csv",
        lambda tables: tables.add("targets", "IND01,share,,,2020,annual,1,,,up,2019-12-10,Noi,"),
        ("IND01 has no measure share", "indicators.csv"),
    ),
    "a target for a period outside the programme": (
        "timisoara2023/targets.csv",
        lambda tables: tables.add("targets", "IND01,,,,2031,annual,1,,,up,2019-12-10,Noi,"),
        ("2031", "2020-Q4"),
    ),
    "a target without a value": (
        "timisoara2023/targets.csv",
        lambda tables: tables.add("targets", "IND01,,,,2023,annual,,,,up,2019-12-10,Noi,"),
        ("annual", "value"),
    ),
    "a corridor with one side": (
        "timisoara2023/targets.csv",
        lambda tables: tables.add("targets", "IND01,,,,2023,corridor,,5,,up,2019-12-10,Noi,"),
        ("corridor", "high"),
    ),
    "a corridor upside down": (
        "timisoara2023/targets.csv",
        lambda tables: tables.add("targets", "IND01,,,,2023,corridor,,5,4,up,2019-12-10,Noi,"),
        ("low is above high",),
    ),
    "a maximum that should grow": (
        "timisoara2023/targets.csv",
        lambda tables: tables.add("targets", "IND01,,,,2023,maximum,5,,,up,2019-12-10,Noi,"),
        ("maximum", "direction down"),
    ),
    "a kind of target that there is not": (
        "timisoara2023/targets.csv",
        lambda tables: tables.add("targets", "IND01,,,,2023,weekly,1,,,up,2019-12-10,Noi,"),
        ("kind", "'weekly'", "annual, cumulative"),
    ),
    "a dimension without its category": (
        "timisoara2023/baselines.csv",
        lambda tables: tables.add("baselines", "IND01,,format,,2019,1,Noi"),
        ("dimension and category go together",),
    ),
    "two baselines for one figure": (
        "timisoara2023/baselines.csv",
        lambda tables: tables.add("baselines", "IND01,,,,2019,175,Altcineva"),
        ("indicator_id IND01", "stands in row 2 already", "Keep one"),
    ),
    "a partner that stands there twice": (
        "timisoara2023/partners.csv",
        lambda tables: tables.add(
            "partners", "TM-P001,Alta,association,independent,ro,2020-01-01,"
        ),
        ("partner_id TM-P001", "row 2"),
    ),
    "a partner that left before it joined": (
        "timisoara2023/partners.csv",
        lambda tables: tables.add(
            "partners", "TM-P999,Alta,association,independent,ro,2020-06-01,2020-05-31"
        ),
        ("left_on is before joined_on",),
    ),
    "a date that there is not": (
        "timisoara2023/partners.csv",
        lambda tables: tables.swap("partners", "2020-01-01", "2020-02-30"),
        ("joined_on", "'2020-02-30'", "2020-12-31"),
    ),
    "a number that is none": (
        "timisoara2023/programme.csv",
        lambda tables: tables.swap("programme", "deadline_days,15", "deadline_days,două"),
        ("deadline_days", "'două'", "12"),
    ),
    "a word that is neither yes nor no": (
        "timisoara2023/calls.csv",
        lambda tables: tables.swap("calls", ",yes,", ",maybe,"),
        ("is_in_situ", "'maybe'", "yes, no"),
    ),
    "a cell that must not be blank": (
        "timisoara2023/funders.csv",
        lambda tables: tables.add("funders", "F9,,Funder"),
        ("name_ro is blank", "Fill it in"),
    ),
    "a comma that nobody quoted": (
        "timisoara2023/funders.csv",
        lambda tables: tables.add("funders", "F9,Unul, altul,Funder"),
        ("more or fewer cells", "Quote cells with commas"),
    ),
    "a condition that there is not": (
        "catalogue/form_fields.csv",
        lambda tables: tables.swap("form_fields", ",delivered,", ",when_it_rains,"),
        ("'when_it_rains'", "always"),
    ),
    "a vocabulary that there is not": (
        "catalogue/form_fields.csv",
        lambda tables: tables.swap("form_fields", ",always,status,", ",always,stages,"),
        ("vocabulary stages", "vocabularies.csv"),
    ),
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_a_contradiction_is_refused_with_file_row_and_remedy(tables: Tables, what: str) -> None:
    file, breaks, words = CONTRADICTIONS[what]
    row = breaks(tables)
    said = tables.refusal()
    assert said.startswith(f"{file}, row {row}: ")
    for word in words:
        assert word in said


def test_a_missing_table_is_named(tables: Tables) -> None:
    (tables.programme / "districts.csv").unlink()
    assert tables.refusal().startswith("timisoara2023/districts.csv is missing. Add it")


def test_a_missing_key_of_the_programme_is_named(tables: Tables) -> None:
    lines = [line for line in tables.lines("programme") if not line.startswith("title_year")]
    tables.write("programme", lines)
    assert "programme.csv" in tables.refusal()
    assert "the key title_year is missing" in tables.refusal()


def test_a_key_that_nothing_reads_is_refused(tables: Tables) -> None:
    row = tables.add("programme", "reached_part,0.9,")
    assert tables.refusal() == (
        f"timisoara2023/programme.csv, row {row}: nothing reads the key reached_part. "
        "Correct or remove it."
    )


def test_a_key_of_the_programme_stands_once(tables: Tables) -> None:
    tables.add("programme", "deadline_days,20,")
    assert "key deadline_days stands in row" in tables.refusal()


def test_other_columns_are_refused_with_those_that_must_be(tables: Tables) -> None:
    tables.write("funders", ["funder_id,name_ro,name", "F1,Unu,One"])
    said = tables.refusal()
    assert said.startswith("timisoara2023/funders.csv, row 1: ")
    assert "must be funder_id,name_ro,name_en; found funder_id,name_ro,name" in said


def test_an_empty_file_is_refused_by_its_columns(tables: Tables) -> None:
    tables.path("funders").write_bytes(b"")
    assert tables.refusal().startswith("timisoara2023/funders.csv, row 1: the columns must be")


def test_another_encoding_is_refused_with_the_remedy(tables: Tables) -> None:
    tables.path("funders").write_bytes("funder_id,name_ro,name_en\nF1,Șapte,S\n".encode("utf-16"))
    said = tables.refusal()
    assert said.startswith("timisoara2023/funders.csv is no CSV in UTF-8")
    assert said.endswith("Save it as such.")


def test_the_mark_that_excel_puts_before_utf_8_is_no_contradiction(tables: Tables) -> None:
    path = tables.path("funders")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(catalogue.load(tables.common, tables.programme)["funders"]) > 0


@pytest.mark.parametrize("programme_id", ["timisoara2023", "bucharest2021"])
def test_the_tables_that_we_ship_do_not_contradict_themselves(programme_id: str) -> None:
    loaded = catalogue.load(DATA / "catalogue", DATA / "programmes" / programme_id)
    assert loaded.programme.programme_id == programme_id
    assert loaded.partner_ids()
    assert [row["aim_id"] for row in loaded["ecoc_aims"]] == ["A1", "A2", "A3", "A4", "A5", "A6"]


def test_a_blank_cell_is_none_and_a_filled_one_has_its_type() -> None:
    call = next(row for row in real()["calls"] if row["call_id"] == "TM-A03")
    assert (call["is_in_situ"], call["venue"]) == (True, "MultipleXity")
    assert next(row for row in real()["calls"] if row["call_id"] == "TM-A01")["venue"] is None


def test_a_period_outside_the_programme_is_refused() -> None:
    assert real().period("2023-Q4").ends_on == real().programme.ends_on
    for period_id in ("2019", "2024-Q1", "to-2024"):
        with pytest.raises(UsageError, match="from 2020-01-01 to 2023-12-31"):
            real().period(period_id)


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Față în  FAŢĂ ", "fata in fata"), ("Ștefan", "stefan"), ("Timișoara", "timisoara")],
)
def test_words_meet_without_case_accents_and_doubled_blanks(word: str, folded: str) -> None:
    assert fold(word) == folded
