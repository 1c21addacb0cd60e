"""Pages and tables in Prefect's UI. They are never worth a run: what cannot be shown is said."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import get_run_logger
from prefect.artifacts import create_markdown_artifact, create_table_artifact


def page(key: str, markdown: Callable[[], str], description: str) -> None:
    """Show a page in Markdown, made by what is called, below a key that later ones share."""
    _show(key, lambda: create_markdown_artifact(markdown(), plain(key), description))


def table(key: str, rows: Callable[[], Sequence[Any]], description: str) -> None:
    """Show records as a table that can be searched, below a key that later ones share."""

    def show() -> None:
        found = list(rows())
        # A table without rows draws an empty box.
        create_table_artifact(found or [{"–": "Nimic. · Nothing."}], plain(key), description)

    _show(key, show)


def plain(name: str) -> str:
    """A name as Prefect takes keys: small letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _show(key: str, show: Callable[[], object]) -> None:
    try:
        show()
    except Exception as error:  # noqa: BLE001 - a server that is away must not fail what was done
        get_run_logger().warning("%s: %s: %s", plain(key), type(error).__name__, error)
