"""Work that a scheduler may do as well: a night, or a part of it."""

import sys
from argparse import Namespace as Arguments
from collections.abc import Sequence
from types import FunctionType
from typing import TYPE_CHECKING

from flows import terminal
from flows.steps.settings import Settings

if TYPE_CHECKING:
    from flows.steps.night import Night


def demo(settings: Settings, arguments: Arguments) -> None:
    """Run the demonstration: a made-up programme's year in a fresh home, one night, its reports."""
    from flows.steps import showcase

    with terminal.progress() as progress:
        night = showcase.run(settings, progress)
    made = showcase.made(night)
    if arguments.json:
        terminal.answer(made)
        return
    console = terminal.console(sys.stdout)
    for title, paths in ((title, paths) for title, paths in made.items() if paths):
        console.print(f"\n[bold]{title}[/bold]")
        for path in paths:
            console.print(f"  {path}", soft_wrap=True, highlight=False)


def nightly(settings: Settings, arguments: Arguments) -> None:
    """Run one night: receive, check, build, publish what is due, deliver."""
    from flows.steps.night import NIGHT

    _run(settings, arguments, NIGHT)


def intake(settings: Settings, arguments: Arguments) -> None:
    """Take in what is new: receive, check, build."""
    from flows.steps.night import INTAKE

    _run(settings, arguments, INTAKE)


def rebuild(settings: Settings, arguments: Arguments) -> None:
    """Build the warehouse anew from archive and ledger."""
    from flows.steps.durable import only_writer
    from flows.steps.night import build, check, read

    with only_writer(settings.lock):
        settings.warehouse.unlink(missing_ok=True)
    _run(settings, arguments, (read, check, build))


def deliver(settings: Settings, arguments: Arguments) -> None:
    """Send what waits."""
    from flows.steps.night import deliver as step

    _run(settings, arguments, (step,))


def up(settings: Settings, arguments: Arguments) -> None:
    """Start Prefect's server, page, worker, deployments and schedules; Ctrl-C ends all of it."""
    from flows import up as programs

    console = terminal.console(sys.stdout)
    programs.run(
        settings, arguments.port, lambda said: console.print(said, soft_wrap=True, highlight=False)
    )


def walk(night: "Night", steps: Sequence[FunctionType], progress: terminal.Steps) -> dict[str, str]:
    """Do steps one after the other, and show each; what each said."""
    from flows.steps.night import watched

    said = {}
    for step in steps:
        night.progress = progress(step.__name__)
        with watched(night, step.__name__):
            said[step.__name__] = step(night)
        progress(step.__name__, said[step.__name__])
    return said


def _run(settings: Settings, arguments: Arguments, steps: Sequence[FunctionType]) -> None:
    from flows.steps.durable import only_writer
    from flows.steps.night import begin_run

    with only_writer(settings.lock), terminal.progress() as progress:
        said = walk(begin_run(settings), steps, progress)
    if arguments.json:
        terminal.answer(said)
