"""A deployment's settings and two tenants, as the tests of the web layer have them."""

from tests.unit.web.conftest import environment, names_as_tokens, world

__all__ = ["environment", "names_as_tokens", "world"]
