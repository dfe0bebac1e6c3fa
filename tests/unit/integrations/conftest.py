"""An office for each test."""

from collections.abc import Iterator

import pytest

from tests.unit.integrations.office import Office, office


@pytest.fixture
def at() -> Iterator[Office]:
    """Two tenants at work."""
    with office() as made:
        yield made


@pytest.fixture
def slow() -> Iterator[Office]:
    """The same for days on end: the schedule runs each ten minutes only."""
    with office(sweeps_each_s=600.0) as made:
        yield made


@pytest.fixture
def slower() -> Iterator[Office]:
    """For a week: each hour."""
    with office(sweeps_each_s=3600.0) as made:
        yield made
