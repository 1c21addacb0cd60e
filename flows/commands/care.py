"""What whoever runs the machine does to keep a programme safe."""

from argparse import Namespace as Arguments
from dataclasses import asdict

from flows import terminal
from flows.steps.settings import Settings

NEEDS_A_PERSON = 4


def verify(settings: Settings, arguments: Arguments) -> int:
    """Check archive, ledger and editions for damage, or one backup or edition."""
    from flows.steps import integrity

    found = integrity.folder(arguments.path) if arguments.path else integrity.home(settings)
    is_whole = not found.problems
    if arguments.json:
        terminal.answer({"ok": is_whole, **asdict(found)})
    elif is_whole:
        terminal.say(f"{found.checked} checked: all of it is whole.")
    else:
        rows = [asdict(problem) for problem in found.problems]
        terminal.table(f"{found.checked} checked", ("what", "where", "why"), rows)
    return 0 if is_whole else NEEDS_A_PERSON


def backup(settings: Settings, arguments: Arguments) -> None:
    """Copy the home into a new folder, while it works; keep that folder as safe as the home."""
    from flows.steps import backup as copies

    count = copies.back_up(settings, arguments.folder)
    _say(arguments, count, f"{count} files are safe in {arguments.folder}.")


def restore(settings: Settings, arguments: Arguments) -> None:
    """Put a backup back into a home that holds nothing; `reper rebuild` then gives the figures."""
    from flows.steps import backup as copies

    count = copies.restore(settings, arguments.folder)
    _say(arguments, count, f"{count} files are back in {settings.home}. Now run `reper rebuild`.")


def _say(arguments: Arguments, count: int, words: str) -> None:
    if arguments.json:
        terminal.answer({"folder": str(arguments.folder), "files": count})
    else:
        terminal.say(words)
