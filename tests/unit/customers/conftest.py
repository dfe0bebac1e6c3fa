"""Two tenants, signed in by name."""

from tests.unit.web.conftest import environment, names_as_tokens, world

__all__ = ["environment", "names_as_tokens", "world"]
