"""How a command speaks: answers on standard output, progress and complaints on standard error."""

import json
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

_PIPE_WIDTH = 160


def say(line: str) -> None:
    """One line of an answer."""
    print(line)


def complain(error: object) -> None:
    """One line on standard error: what is wrong, and what to do."""
    print(f"reper: {error}", file=sys.stderr)


def answer(document: Any) -> None:  # noqa: ANN401 - anything that JSON can say
    """One JSON document, and nothing else on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def printed(figure: dict[str, Any]) -> str | None:
    """A value with its precision, as a person reads it; None where there is none."""
    if figure["precision"] == "between":
        return f"{figure['low']} to {figure['high']}"
    if figure["value"] is None:
        return None
    shown = f"{figure['value']:.1%}" if figure["unit"] == "share" else f"{figure['value']:,}"
    return f"at least {shown}" if figure["precision"] == "at_least" else shown


def moved(delta: float, unit: str) -> str:
    """A difference with its sign; that of a share in percentage points."""
    return f"{delta * 100:+.1f} pp" if unit == "share" else f"{delta:+,}"


def console(stream: Any) -> Any:  # noqa: ANN401 - rich is imported late
    """Where rich text goes. Into a file or a pipe a table keeps its columns, however wide."""
    from rich.console import Console

    return Console(file=stream, width=None if stream.isatty() else _PIPE_WIDTH)


def paths(found: Sequence[object]) -> None:
    """One path a line, never broken, so that it can be copied."""
    out = console(sys.stdout)
    for path in found:
        out.print(str(path), soft_wrap=True, highlight=False)


def table(title: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Rows under their columns; a dash for what is missing, and one line where there are none."""
    from rich.table import Table

    if not rows:
        console(sys.stdout).print(f"{title}: none", highlight=False)
        return

    grid = Table(header_style="bold", box=None)
    for column in columns:
        grid.add_column(column, overflow="fold")
    for row in rows:
        grid.add_row(*("–" if row[column] is None else str(row[column]) for column in columns))
    out = console(sys.stdout)
    # A title of the table itself would be broken to the width of its columns.
    out.print(title, style="italic", soft_wrap=True, highlight=False, markup=False)
    out.print(grid)


def holds(editions: Sequence[dict[str, Any]]) -> None:
    """What holds each edition, in both languages, and the step that releases it."""
    out = console(sys.stdout)
    for one in editions:
        for doubt in one["held_for"]:
            for indent, words in (
                ("  ", f"{one['edition']}: {doubt['reason_ro']}"),
                ("    ", doubt["step_ro"]),
                ("    ", f"{doubt['reason_en']} {doubt['step_en']}"),
            ):
                out.print(f"{indent}{words}", soft_wrap=True, highlight=False, markup=False)


def checks(answers: Sequence[dict[str, Any]]) -> None:
    """What would become of each file, and why, in both languages."""
    out = console(sys.stdout)
    for one in answers:
        out.print(f"[bold]{one['file']}[/bold]: {one['verdict']}", highlight=False)
        for finding in one["findings"]:
            out.print(f"  {finding['severity']:<6} {finding['message_ro']}", highlight=False)
            out.print(f"         [dim]{finding['message_en']}[/dim]", highlight=False)


class Steps:
    """Shows the step that is going on as a bar, and each that is done as a line."""

    def __init__(self, bars: Any) -> None:  # noqa: ANN401 - rich is imported late
        self._bars = bars
        self._task: Any = None

    def __call__(self, step: str, said: str | None = None) -> Callable[[int, int], None]:
        """Name a step, and get what its progress is told to; or end it with what it said."""
        if said is not None:
            self._bars.remove_task(self._task)
            self._bars.console.print(f"{step:<9}{said}", soft_wrap=True, highlight=False)
        else:
            self._task = self._bars.add_task(step, total=None)
        task = self._task
        return lambda done, of: self._bars.update(task, completed=done, total=of or None)


@contextmanager
def progress() -> Generator[Steps]:
    """Bars while there is a terminal to draw them on; lines wherever it goes."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    out = console(sys.stderr)
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bars:
        yield Steps(bars)
