"""The words of every page, kept in tests/golden; renewed by python -m tests.renew_golden."""

from tests.renew_golden import FOLDER, texts


def test_every_page_reads_as_its_golden_text() -> None:
    now = texts()
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("report-*.txt")}
    assert sorted(now) == sorted(kept)
    assert [name for name in now if now[name] != kept[name]] == []
