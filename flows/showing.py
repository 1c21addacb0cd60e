"""Pages and tables in Prefect's UI. They are never worth a run: what cannot be shown is said."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect import get_run_logger
from prefect.artifacts import create_markdown_artifact, create_table_artifact


def page(key: str, markdown: Callable[[], str], description: str) -> str | None:
    """Show a page in Markdown, made by what is called, below a key that later ones share.

    Where it stands on the same server; None when it could not be shown.
    """
    return _shown(key, lambda: create_markdown_artifact(markdown(), plain(key), description))


def table(key: str, rows: Callable[[], Sequence[Any]], description: str) -> str | None:
    """Show records as a table that can be searched, below a key that later ones share.

    Where it stands on the same server; None when it could not be shown.
    """

    def create() -> object:
        # A table without rows draws an empty box.
        found = list(rows()) or [{"–": "Nimic. · Nothing."}]
        return create_table_artifact(found, plain(key), description)

    return _shown(key, create)


def plain(name: str) -> str:
    """A name as Prefect takes keys: small letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _shown(key: str, create: Callable[[], object]) -> str | None:
    try:
        return f"/v2/artifacts/artifact/{create()}"
    except Exception as error:  # noqa: BLE001 - a server that is away must not fail what was done
        get_run_logger().warning("%s: %s: %s", plain(key), type(error).__name__, error)
        return None
