"""What is kept of a found answer is believed only when it is whole."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.steps import caches, catalogue, originals
from flows.steps.errors import OperatorError
from flows.steps.settings import Settings
from flows.steps.submissions import Submission
from tests.workbooks import RAPORT, xlsx

CONTENT = {"findings": [{"value": "Față în față"}], "rows": {}}
SHA256 = "0" * 64


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def with_one_byte_changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


HARMS = (cut_short, emptied, with_one_byte_changed, Path.unlink)


@pytest.mark.parametrize("beside", [None, b"PAR1"])
def test_what_is_kept_comes_back(tmp_path: Path, beside: bytes | None) -> None:
    path = tmp_path / "folder" / "a.json"
    assert caches.kept(path) is None
    caches.keep(path, CONTENT, beside)
    assert caches.kept(path) == CONTENT
    assert {p.name for p in path.parent.iterdir()} == {"a.json"} | (
        {"a.parquet"} if beside else set()
    )


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("which", ["a.json", "a.parquet"])
def test_what_was_torn_is_no_answer(
    tmp_path: Path, which: str, harm: Callable[[Path], None]
) -> None:
    path = tmp_path / "a.json"
    caches.keep(path, CONTENT, b"PAR1 and so on PAR1")
    harm(tmp_path / which)
    assert caches.kept(path) is None


def test_an_answer_without_rows_takes_the_place_of_one_with_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    caches.keep(path, CONTENT, b"PAR1")
    caches.keep(path, {})
    assert caches.kept(path) == {}
    assert not caches.beside_of(path).exists()


def test_a_place_that_cannot_be_written_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("no folder")
    with pytest.raises(OperatorError, match="Free some disk space"):
        caches.keep(tmp_path / "folder" / "a.json", CONTENT)


@pytest.mark.parametrize("harm", [emptied, Path.unlink])
@pytest.mark.parametrize("which", ["json", "parquet"])
def test_a_reading_that_was_torn_is_read_again(
    tmp_path: Path, which: str, harm: Callable[[Path], None]
) -> None:
    settings = Settings("timisoara2023", tmp_path, datetime(2021, 1, 10, tzinfo=UTC))
    tables = catalogue.load(settings.catalogue, settings.programme)
    settings.archive.mkdir()
    (settings.archive / SHA256).write_bytes(xlsx({"Raport": RAPORT}))
    sent = Submission("a", "TM-P001", SHA256, "a.xlsx", datetime(2021, 1, 9, tzinfo=UTC), 1)
    counted: list[int] = []

    def read() -> originals.Read:
        counted.clear()
        found = originals.read(settings, tables, [sent], lambda done, _of: counted.append(done))
        return found[SHA256]

    first = read()
    assert counted == [1]
    assert first.parquet is not None
    rows = first.parquet.read_bytes()
    assert read() == first
    assert counted == []
    harm(first.parquet.with_suffix(f".{which}"))
    assert read() == first
    assert (counted, first.parquet.read_bytes()) == ([1], rows)
