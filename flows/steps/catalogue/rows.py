"""The rows of a table that a person edits: a CSV read strictly, each cell of the kind it must be.

What is wrong is said with file, row and remedy.
"""

import csv
import math
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flows.steps.catalogue.tables import Column, Table
from flows.steps.errors import CatalogueError

Row = Mapping[str, Any]


def read(path: Path, table: Table) -> tuple[Row, ...]:
    """The rows of a table, typed. Raises CatalogueError, also where two have the same key."""
    rows = []
    seen: dict[tuple[Any, ...], int] = {}
    for number, texts in read_rows(path, [column.name for column in table.columns]):
        row = {c.name: value(path, number, c, texts[c.name]) for c in table.columns}
        key = tuple(row[name] for name in table.key)
        if key in seen:
            words = ", ".join(f"{n} {v}" for n, v in zip(table.key, key, strict=True) if v)
            raise refuse(path, number, f"{words} stands in row {seen[key]} already. Keep one.")
        seen[key] = number
        rows.append(row)
    return tuple(rows)


def read_rows(
    path: Path, expected: list[str], may_lack: str | None = None
) -> list[tuple[int, dict[str, str]]]:
    """Rows of a CSV with their number, blank cells as ''. Raises CatalogueError.

    A column that the file may lack is then blank in every row.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header = list(reader.fieldnames or ())
            lacking = {may_lack: ""} if may_lack and may_lack not in header else {}
            if header != [name for name in expected if name not in lacking]:
                what = f"the columns must be {','.join(expected)}; found {','.join(header)}."
                raise refuse(path, 1, what)
            rows = []
            for row in reader:
                if None in row or None in row.values():
                    what = "has more or fewer cells than the header. Quote cells with commas."
                    raise refuse(path, reader.line_num, what)
                cells = {name: text.strip() for name, text in row.items()}
                rows.append((reader.line_num, cells | lacking))
            return rows
    except FileNotFoundError as error:
        msg = f"{path.parent.name}/{path.name} is missing. Add it, with at least its header row."
        raise CatalogueError(msg) from error
    except (UnicodeDecodeError, csv.Error) as error:
        msg = f"{path.parent.name}/{path.name} is no CSV in UTF-8 ({error}). Save it as such."
        raise CatalogueError(msg) from error


def value(path: Path, row: int, column: Column, text: str) -> Any:  # noqa: ANN401 - a cell
    """What the text of a cell means; None when it is blank. Raises CatalogueError."""
    if not text:
        if column.is_required:
            raise refuse(path, row, f"{column.name} is blank. Fill it in.")
        return None
    convert, example = _KINDS.get(column.kind, (None, column.kind.replace("|", ", ")))
    if column.kind == "text":
        return text
    if convert is None:
        if text in column.kind.split("|"):
            return text
    else:
        try:
            return convert(text)
        except ValueError:
            pass
    raise refuse(path, row, f"{column.name} is {text!r}. Write for example: {example}.")


def refuse(path: Path, row: int, what: str) -> CatalogueError:
    """The error of one row: row 1 is the header, as a spreadsheet shows it."""
    return CatalogueError(f"{path.parent.name}/{path.name}, row {row}: {what}")


def _flag(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(text)
    return text == "yes"


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


_KINDS: dict[str, tuple[Callable[[str], Any], str]] = {
    "date": (date.fromisoformat, "2020-12-31"),
    "integer": (int, "12"),
    "number": (_number, "12.5"),
    "flag": (_flag, "yes, no"),
}
