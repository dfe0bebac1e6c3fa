"""Two tenants with a few things of each kind, and a worker that may die anywhere."""

from tests.unit.web.conftest import environment, names_as_tokens, world

__all__ = ["environment", "names_as_tokens", "world"]
