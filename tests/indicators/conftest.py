"""What tests of generated programmes share: one warehouse for fifty of them."""

from collections.abc import Generator
from dataclasses import dataclass

import pytest

from tests.given import INDICATORS, Given
from tests.indicators.programmes import BATCHES, Programme, generated, together, told
from tests.indicators.twins import TWINS

# Those with twins, and some that add up over periods.
COMPUTED = ("IND02", "IND17", "IND32", *(indicator_id for indicator_id, _ in TWINS))


@dataclass(frozen=True)
class Batch:
    """Fifty programmes by their year, all of them as one, and the warehouse of that."""

    number: int
    by_year: dict[int, Programme]
    programme: Programme
    given: Given

    @property
    def computed(self) -> tuple[str, ...]:
        """Every indicator of the first batch; of the others the hard ones."""
        return COMPUTED if self.number else tuple(INDICATORS)

    def __repr__(self) -> str:
        """Short, for a test that fails prints it."""
        return f"Batch({self.number})"


@pytest.fixture(scope="session", params=BATCHES)
def batch(request: pytest.FixtureRequest) -> Generator[Batch]:
    """One after the other, five hundred programmes, their files shuffled and each sent twice.

    The twins know no order and no copies, so that a figure which minds either differs from theirs.
    """
    by_year = generated(request.param)
    programme = together(by_year.values())
    with told(programme, order=request.param) as given:
        given.everything_twice()
        found = Batch(request.param, by_year, programme, given)
        given.computes(*found.computed)
        yield found
