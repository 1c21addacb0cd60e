"""What Prefect costs: from `reper up` to its page, idle memory, and a night run by it.

Run: python -m bench.bench_up [RUNS]
"""

import os
import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import httpx

from bench.clock import process, seconds, told
from flows import processes
from flows.steps.demonstration import DEMONSTRATION_NOW
from tests.machine import Machine, until

PROGRAMME = "timisoara2023"
NOW = DEMONSTRATION_NOW[PROGRAMME].isoformat()
IDLE_SECONDS = 30
REPER = "import sys; from flows.cli import main; sys.exit(main())"


def main() -> None:
    os.environ["REPER_NOW"] = NOW
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        process("-c", REPER, "demo", "--home", home)
        machine = Machine(home)
        _start(machine, "first start: ")
        machine.down()
        _start(machine, "")
        try:
            time.sleep(IDLE_SECONDS)
            for name in ("server", "worker"):
                _memory(name, processes.carrying(f"REPER_UP={home}#"))
            _nights(machine, home, runs)
        finally:
            machine.down()


def _start(machine: Machine, which: str) -> None:
    """Until the page answers, and until worker and deployments are there too."""
    page = f"http://127.0.0.1:{machine.port}/v2/"
    start = time.perf_counter()
    machine.up(NOW)
    until(lambda: _answers(page))
    told(f"{which}until the page answers", [time.perf_counter() - start])
    machine.says()
    told(f"{which}until all is ready", [time.perf_counter() - start])


def _answers(page: str) -> bool:
    try:
        return httpx.get(page, timeout=5).is_success
    except httpx.HTTPError:
        return False


def _memory(name: str, started: list[int]) -> None:
    """PSS and RSS of the server's or the worker's processes together, in MB."""
    found = [one for one in started if f"#{name}".encode() in _environment(one)]
    sums = {kind: sum(_kilobytes(one, kind) for one in found) / 1024 for kind in ("Pss", "Rss")}
    print(f"idle {name}: {sums['Pss']:.0f} MB PSS, {sums['Rss']:.0f} MB RSS")


def _environment(one: int) -> bytes:
    return Path(f"/proc/{one}/environ").read_bytes()


def _kilobytes(one: int, kind: str) -> int:
    lines = Path(f"/proc/{one}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))


def _nights(machine: Machine, home: Path, runs: int) -> None:
    """The same night by the command and by Prefect, in turn, each with nothing read before."""
    by_command, by_prefect = [], []
    parts: dict[str, list[float]] = {"wait": [], "start": [], "work": []}
    for _ in range(runs):
        _forget(home)
        by_command.append(seconds(lambda: process("-c", REPER, "nightly", "--home", home)))
        _forget(home)
        by_prefect.append(seconds(lambda: _one_by_prefect(machine, parts)))
    told("the night by the command", by_command)
    told("the night by Prefect, from the click", by_prefect)
    more = min(by_prefect) - min(by_command)
    told("  until the worker took it", parts["wait"])
    told("  until its process ran the flow", parts["start"])
    told("  the flow", parts["work"])
    print(f"Prefect costs {more:.1f} s more than the command (aim: at most 8)")


def _forget(home: Path) -> None:
    (home / "warehouse.duckdb").unlink(missing_ok=True)
    for cache in ("parsed", "checked"):
        shutil.rmtree(home / cache, ignore_errors=True)


def _one_by_prefect(machine: Machine, parts: dict[str, list[float]]) -> None:
    run = machine.starts("nightly")
    ended = machine.rests(run)
    if ended["state"]["type"] != "COMPLETED":
        raise RuntimeError(ended["state"]["message"])
    states = machine.ask(f"flow_run_states/?flow_run_id={run}")
    at = {state["type"]: datetime.fromisoformat(state["timestamp"]) for state in states}
    parts["wait"].append((at["PENDING"] - at["SCHEDULED"]).total_seconds())
    parts["start"].append((at["RUNNING"] - at["PENDING"]).total_seconds())
    parts["work"].append((at["COMPLETED"] - at["RUNNING"]).total_seconds())


if __name__ == "__main__":
    main()
