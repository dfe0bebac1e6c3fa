"""Two tenants, and an operator who is the owner of the first."""

from tests.unit.web.conftest import environment, lines, names_as_tokens, world

__all__ = ["environment", "lines", "names_as_tokens", "world"]
