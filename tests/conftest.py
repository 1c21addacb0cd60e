"""What all tests share."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from flows.steps import demonstration
from flows.steps.demonstration import Delivery
from tests.given import Given
from tests.postgres import Cluster

# How fast the machine is says nothing about the code.
settings.register_profile("reper", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("reper")


def pytest_configure() -> None:
    """Whatever is set where the tests run, they run as if nothing were."""
    for name in [name for name in os.environ if name.startswith(("REPER_", "PREFECT_"))]:
        del os.environ[name]


@pytest.fixture
def given(tmp_path: Path) -> Generator[Given]:
    """A warehouse in memory, built on the rows that the test states."""
    stated = Given(tmp_path)
    yield stated
    stated.close()


@pytest.fixture(scope="session")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> list[Delivery]:
    """The made-up workbooks of Timișoara's year, as sent; who changes one copies it first."""
    return demonstration.write_samples("timisoara2023", tmp_path_factory.mktemp("deliveries"))


@pytest.fixture(scope="session")
def postgres() -> Generator[Cluster]:
    """A real PostgreSQL server; only tests marked as full may ask for it."""
    cluster = Cluster()
    yield cluster
    cluster.stop()
