"""One centre for the tests of a module; every probe begins from its first state."""

from collections.abc import Iterator

import pytest

from tests.unit.isolation.centre import centre
from tests.unit.isolation.probes import Prober


@pytest.fixture(scope="module")
def prober() -> Iterator[Prober]:
    """Two tenants at work."""
    with centre() as made:
        yield Prober(made)
