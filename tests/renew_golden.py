"""Writes the golden texts of the report anew: python -m tests.renew_golden.

Read the difference before committing it: every line that changed is one that readers will see.
"""

from pathlib import Path

from reports.build import build
from reports.model import Language
from tests.reading_pdf import page_lines
from tests.reports_examples import quarter, restated, timisoara

FOLDER = Path(__file__).parent / "golden"
LANGUAGES: tuple[Language, ...] = ("ro", "en")


def texts() -> dict[str, str]:
    """The golden texts as they would be now, by file name."""
    found = {}
    for language in LANGUAGES:
        for number, text in enumerate(page_lines(build(timisoara(), language)), start=1):
            found[f"report-year-{language}-{number:02}.txt"] = text
    for number, text in enumerate(page_lines(build(quarter(), "ro")), start=1):
        found[f"report-quarter-ro-{number:02}.txt"] = text
    second = page_lines(build(restated(), "ro"))
    found["report-second-ro.txt"] = next(page for page in second if "CE S-A SCHIMBAT" in page)
    return found


def renew() -> None:
    """Replace all golden texts of the report."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("report-*.txt"):
        old.unlink()
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew()
