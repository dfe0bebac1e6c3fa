"""A world with two recorded contacts of tenant A."""

import pytest
from offhook.wiring.memory import MemoryWorld

from tests.unit.recordings.kit import recorded
from tests.unit.web.conftest import environment, names_as_tokens, world

__all__ = ["environment", "names_as_tokens", "taped", "world"]


@pytest.fixture
def taped(world: MemoryWorld, names_as_tokens: None) -> MemoryWorld:
    """One of forty days ago, one of yesterday."""
    recorded(world, "old", days_ago=40)
    recorded(world, "new", days_ago=1)
    return world
