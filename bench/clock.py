"""Time taken, told with all that makes it believable: best, median, every run."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from flows.steps.settings import CHECKOUT


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(runs: int, *works: Callable[[], object]) -> list[list[float]]:
    """Seconds of each work, run by run: one after another in each round.

    What else the machine does then falls on all of them alike, so that their ratios hold also
    where their times do not.
    """
    rounds = [[seconds(work) for work in works] for _ in range(runs)]
    return [list(times) for times in zip(*rounds, strict=True)]


def told(what: str, runs: Sequence[float]) -> None:
    """Print the runs of one thing."""
    each = " ".join(f"{run:.2f}" for run in runs)
    print(f"{what:<46} best {min(runs):6.2f} s  median {statistics.median(runs):6.2f} s  ({each})")


def compared(what: str, runs: Sequence[float], beside: Sequence[float]) -> None:
    """Print how many times as long the runs took as those beside them."""
    medians = statistics.median(runs) / statistics.median(beside)
    pairs = statistics.median(one / other for one, other in zip(runs, beside, strict=True))
    best = min(runs) / min(beside)
    print(f"{what:<46} best {best:6.2f}    medians {medians:5.2f}    median of pairs {pairs:.2f}")


def beyond(what: str, runs: Sequence[float], beside: Sequence[float]) -> None:
    """Print how much longer the runs took than those beside them."""
    told(what, [one - other for one, other in zip(runs, beside, strict=True)])


def process(*arguments: object) -> None:
    """Run Python with these arguments in a process of its own, as from a cold start."""
    command = [sys.executable, *map(str, arguments)]
    answer = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    # 4 says that a person has something to put right, which is what was asked.
    if answer.returncode not in (0, 4):
        raise RuntimeError(answer.stderr)
