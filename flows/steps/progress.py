"""How work that takes a while says how far it has come."""

from collections.abc import Callable

# Told how many are done, and of how many.
Progress = Callable[[int, int], None]


def silent(_done: int, _of: int) -> None:
    """Progress that nobody watches."""
