"""One embedded AWS for the tests of erasure: the tables, and buckets."""

from tests.integration.stores.conftest import aws, database, emulator

__all__ = ["aws", "database", "emulator"]
