"""The workbook beside a report: the same figures, the same bytes, no formula."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from flows.steps.publishing import facts, twin, values
from reports.model import Language
from tests.given import INDICATORS, SQL, Given, catalogue


@pytest.fixture
def stated(given: Given) -> Given:
    given.activity("a1", format="online")
    given.activity("a2", programme="bega")
    given.report("TM-P002", artists=5)
    given.report("TM-P003", artists=7)
    given.computes(*INDICATORS)
    return given


def content(given: Given, language: Language = "ro") -> bytes:
    period = catalogue().period("2020-Q1")
    collected = facts.collect(given.connection, catalogue(), given.known, "team", period, 1, SQL)
    figures = values.figures(given.connection, period_id=period.period_id)
    return twin.workbook(figures, collected, language)


def opened(workbook: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(workbook)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_it_holds_one_row_a_figure_under_a_header(stated: Given) -> None:
    sheet = opened(content(stated))
    header, *rows = sheet.iter_rows(values_only=True)
    asked = values.figures(stated.connection, period_id="2020-Q1")
    assert len(rows) == len(asked) > 0
    by_code = {row[header.index("Cod")]: dict(zip(header, row, strict=True)) for row in rows}
    for figure in asked:
        row = by_code[figure["code"]]
        assert row["Valoare"] == figure["value"]
        assert (row["Cel puțin"], row["Cel mult"]) == (figure["low"], figure["high"])
        assert row["Precizie"] == figure["precision"]


def test_it_speaks_the_language_of_its_report(stated: Given) -> None:
    assert opened(content(stated, "ro")).title == "Cifre"
    english = opened(content(stated, "en"))
    assert english.title == "Figures"
    names = {row[1] for row in english.iter_rows(min_row=2, values_only=True)}
    assert "Activities delivered" in names


def test_the_same_figures_give_the_same_bytes(stated: Given) -> None:
    workbook = content(stated)
    assert content(stated) == workbook
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_text_that_looks_like_a_formula_stays_text(given: Given) -> None:
    given.open_call("=1+1")
    given.computes(*INDICATORS)
    sheet = opened(content(given))
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}
