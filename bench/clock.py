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


def told(what: str, runs: Sequence[float]) -> float:
    """Print the runs of one thing; the best of them."""
    each = " ".join(f"{run:.2f}" for run in runs)
    print(f"{what:<46} best {min(runs):6.2f} s  median {statistics.median(runs):6.2f} s  ({each})")
    return min(runs)


def process(*arguments: object) -> None:
    """Run Python with these arguments in a process of its own, as from a cold start."""
    command = [sys.executable, *map(str, arguments)]
    answer = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    # 4 says that a person has something to put right, which is what was asked.
    if answer.returncode not in (0, 4):
        raise RuntimeError(answer.stderr)
