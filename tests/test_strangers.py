"""The program that sends strangers' files says which of them we took for our own."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests import strangers
from tests.sendings import workbook


def test_a_strangers_spreadsheet_passes_and_one_of_ours_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    book.worksheets[0].append(["city", "visitors"])
    book.worksheets[0].append(["Sibiu", 1_000_000])
    (tmp_path / "folder").mkdir()
    book.save(tmp_path / "folder" / "theirs.xlsx")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert strangers.main(tmp_path) == 0
    (tmp_path / "ours.xlsx").write_bytes(workbook({}))
    assert strangers.main(tmp_path) == 1
    said = capsys.readouterr().out
    assert "ours.xlsx: rows of it were stored" in said
    assert "theirs.xlsx:" not in said
