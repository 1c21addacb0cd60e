"""Round numbers for axes."""

from math import floor, log10

_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def nice_max(value: float) -> float:
    """The smallest round number that is no less than value, so that no mark leaves its plot.

    1 when there is nothing to show.
    """
    if value <= 0:
        return 1
    power = 10 ** floor(log10(value))
    return next(step * power for step in _STEPS if step * power >= value * (1 - 1e-12))


def ticks(top: float) -> list[float]:
    """Where the lines of a grid stand, without zero: whole numbers, at most six of them."""
    steps = (top / n for n in (5, 4, 6, 3, 2, 1))
    # Only 1.5 and 2.5 have no whole parts; their grid counts one by one and ends below the top.
    step = next((s for s in steps if s == int(s) or top < 1), 1)
    return [step * n for n in range(1, floor(top / step + 1e-9) + 1)]
