"""One embedded AWS for the tests of metering: the tables and the event stream."""

from tests.integration.stores.conftest import aws, database, emulator

__all__ = ["aws", "database", "emulator"]
