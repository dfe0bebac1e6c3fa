"""The centre of the isolation tests, with the limits of the real store."""

from collections.abc import Iterator

import pytest

from tests.unit.fuzz.bench import limits_of_dynamodb
from tests.unit.isolation.centre import centre
from tests.unit.isolation.probes import Prober


@pytest.fixture(scope="module")
def prober() -> Iterator[Prober]:
    """Two tenants at work."""
    with centre() as made, limits_of_dynamodb():
        yield Prober(made)
