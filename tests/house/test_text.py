"""What is kept in the project is finished, and belongs to no machine."""

import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows.steps.settings import CHECKOUT

# Put together from parts, so that this file does not find itself.
FOLDERS = "|".join(("tmp", "root", "work", "farm"))
HOSTS = ("pypi" + ".org", "python" + "hosted", "npm" + "js", "debian" + ".org")
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "X" * 3)
LEFT_OUT = ("skip", "skipif", "xfail")
FORBIDDEN = {
    "a path of one machine": re.compile(rf"(?<![\w.:/-])/({FOLDERS})/"),
    "a host of packages": re.compile("|".join(map(re.escape, HOSTS))),
    "unfinished work": re.compile(rf"\b({'|'.join(UNFINISHED)})\b"),
    "a body that is missing": re.compile(r"raise Not" + r"Implemented"),
    "a test that is left out": re.compile(
        rf"\b(pytest|mark|unittest)\.({'|'.join(LEFT_OUT)})\b|\bimportor" + r"skip\b"
    ),
}


def kept() -> list[Path]:
    """Every file that is part of the project, or is about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = (CHECKOUT / name for name in listed.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def texts() -> list[tuple[str, str]]:
    """Name and text of every file that is text."""
    found = []
    for path in kept():
        try:
            found.append((path.relative_to(CHECKOUT).as_posix(), path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.fixture(scope="module")
def project() -> list[tuple[str, str]]:
    found = texts()
    assert "pyproject.toml" in {name for name, _ in found}
    return found


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str, project: list[tuple[str, str]]) -> None:
    held = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for name, text in project
        for match in FORBIDDEN[what].finditer(text)
    ]
    assert held == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", f"open('/{FOLDERS.split('|')[0]}/file')"),
        ("a host of packages", f"https://{HOSTS[0]}/simple"),
        ("unfinished work", f"# {UNFINISHED[0]}: later"),
        ("a body that is missing", "raise Not" + "ImplementedError"),
        ("a test that is left out", f"@pytest.mark.{LEFT_OUT[2]}"),
        ("a test that is left out", f"pytest.{LEFT_OUT[0]}('why')"),
    ],
)
def test_what_no_file_may_hold_would_be_found(what: str, text: str) -> None:
    assert FORBIDDEN[what].search(text)


def test_romanian_is_written_with_commas_below_and_not_with_cedillas(
    project: list[tuple[str, str]],
) -> None:
    """Tables and pages for people; the code that mends cedillas must name them."""
    cedillas = re.compile("[\u015e\u015f\u0162\u0163]")
    held = [
        name
        for name, text in project
        if name.startswith(("data/", "docs/", "README")) and cedillas.search(text)
    ]
    assert held == []


def test_no_flow_hides_a_module_that_others_import() -> None:
    """Prefect puts flows/ first where Python looks for modules."""
    own = {path.stem for path in (CHECKOUT / "flows").glob("*.py")} - {"__init__"}
    own |= {path.name for path in (CHECKOUT / "flows").iterdir() if path.is_dir()} - {"__pycache__"}
    installed = set(importlib.metadata.packages_distributions())
    assert own.isdisjoint(sys.stdlib_module_names)
    assert own.isdisjoint(installed - {"flows"})
