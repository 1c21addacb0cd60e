"""PostgreSQL instead of files, for the ledger and for Prefect: the same nights and figures."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from flows.steps.demonstration import Delivery
from flows.steps.ledger import Ledger
from tests.machine import Machine
from tests.postgres import Cluster

pytestmark = pytest.mark.full

REPER = Path(sys.executable).with_name("reper")
NOW = "2021-01-25T05:00:00+02:00"


def reper(home: Path, *words: str, **environment: str) -> str:
    done = subprocess.run(
        [REPER, *words, "--home", home, "--json"],
        env={**os.environ, "REPER_NOW": NOW, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def figures(home: Path, **environment: str) -> list[dict[str, Any]]:
    return json.loads(reper(home, "figures", "--period", "2020", **environment))


def receive(home: Path, deliveries: list[Delivery]) -> None:
    some = ("TM-P001", "TM-P018", "TM-P054")
    for number, one in enumerate(one for one in deliveries if one.partner_id in some):
        folder = home / "inbox" / one.partner_id
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(one.path, folder / f"{number}-{one.file_name}")


def test_a_night_with_its_ledger_in_postgresql_gives_the_figures_of_one_with_a_file(
    postgres: Cluster, deliveries: list[Delivery], tmp_path: Path
) -> None:
    url = postgres.database()
    in_file, in_database = tmp_path / "in_file", tmp_path / "in_database"
    for home in (in_file, in_database):
        receive(home, deliveries)
    reper(in_file, "nightly")
    reper(in_database, "nightly", REPER_LEDGER_URL=url)
    assert not (in_database / "ledger.sqlite").exists()
    expected = figures(in_file)
    assert any(figure["value"] for figure in expected)
    assert figures(in_database, REPER_LEDGER_URL=url) == expected
    file = f"sqlite:///{in_file / 'ledger.sqlite'}"
    with closing(Ledger(url)) as ledger, closing(Ledger(file)) as other:
        before = ledger.entries()
        assert before == other.entries()
        assert ledger.broken_at() is None
        reper(in_database, "nightly", REPER_LEDGER_URL=url)
        assert ledger.entries() == before


@pytest.fixture
def machine(postgres: Cluster, tmp_path: Path) -> Generator[tuple[Machine, str]]:
    of_prefect, of_ledger = postgres.database(), postgres.database()
    machine = Machine(tmp_path / "home")
    address = of_prefect.replace("postgresql:", "postgresql+asyncpg:")
    machine.up(NOW, PREFECT_API_DATABASE_CONNECTION_URL=address, REPER_LEDGER_URL=of_ledger)
    assert machine.says().startswith("Ready: ")
    yield machine, of_prefect
    machine.down()


def test_prefect_and_its_runs_stand_in_postgresql_too(machine: tuple[Machine, str]) -> None:
    up, of_prefect = machine
    ended = up.rests(up.starts("nightly"))
    assert ended["state"]["type"] == "COMPLETED", ended["state"]["message"]
    with psycopg.connect(of_prefect) as connection:
        states = connection.execute("select state_type from flow_run where run_count > 0")
        assert states.fetchall() == [("COMPLETED",)]
    files = {path.name for path in up.settings.home.rglob("*") if path.is_file()}
    assert files.isdisjoint({"prefect.db", "ledger.sqlite"})
