"""One DynamoDB connection for all tables, named once when it is made.

PynamoDB keeps one client per model and its name and region on the class; one `Connection` that knows all six
tables needs one client (five start-ups less) and no state shared by the whole process.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session
from pynamodb.connection import Connection
from pynamodb.connection.base import MetaTable
from pynamodb.exceptions import QueryError

from offhook.adapters import guard
from offhook.adapters.aws_session import new_session
from offhook.adapters.capacity import meter_every_client
from offhook.adapters.dynamo.schema import definition, table_of
from offhook.adapters.dynamo.tables import TABLES
from offhook.domain.errors import StoreUnavailable
from offhook.domain.storage import Table

CONNECT_TIMEOUT_S = 2.0
READ_TIMEOUT_S = 5.0
RETRIES = 3


class Refused(Exception):
    """DynamoDB answered with an error that a commit may act on; the response says which."""

    def __init__(self, error: ClientError) -> None:
        super().__init__(str(error))
        self.code = str(error.response["Error"]["Code"])
        cause = error.__cause__ if isinstance(error.__cause__, ClientError) else error
        self.response: Mapping[str, Any] = cause.response


CONDITIONS = frozenset(
    {"ConditionalCheckFailedException", "TransactionCanceledException", "TransactionConflictException"}
)


@dataclass(frozen=True, slots=True)
class Database:
    """The connection and the full names of the tables."""

    connection: Connection
    prefix: str

    def name(self, table: Table) -> str:
        """The table's full name."""
        return f"{self.prefix}{table}"

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """One round trip; raises Refused when a condition failed and StoreUnavailable otherwise."""
        with _our_errors(operation):
            answer: dict[str, Any] = self.connection.dispatch(operation, request)
        return answer

    def query(self, table_name: str, pk: str, **arguments: Any) -> dict[str, Any]:
        """One page of a partition or index partition; arguments as `Connection.query`."""
        with _our_errors("Query"):
            page: dict[str, Any] = self.connection.query(table_name, pk, **arguments)
        return page


@contextmanager
def _our_errors(operation: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in CONDITIONS:
            raise Refused(error) from error
        raise StoreUnavailable(f"{operation} was refused.") from error
    except (BotoCoreError, QueryError) as error:
        raise StoreUnavailable(f"{operation} was not answered.") from error


class OurConnection(Connection):
    """PynamoDB's connection on a session that it is given."""

    def __init__(self, session: Session, **how: Any) -> None:
        super().__init__(**how)
        self._session = session

    @property
    def session(self) -> Session:
        """What the client is made from."""
        return self._session


def connect(
    prefix: str,
    region: str,
    endpoint_url: str | None = None,
    credentials: tuple[str, str] | None = None,
    session: Session | None = None,
) -> Database:
    """A ready connection (its client exists). session: shared with other clients; else its own."""
    guard.install()
    meter_every_client()
    connection = OurConnection(
        session or new_session(credentials),
        region=region,
        host=endpoint_url,
        connect_timeout_seconds=CONNECT_TIMEOUT_S,
        read_timeout_seconds=READ_TIMEOUT_S,
        max_retry_attempts=RETRIES,
    )
    for model in TABLES:
        connection.add_meta_table(MetaTable(definition(model, f"{prefix}{table_of(model)}")))
    connection.client  # noqa: B018  # made now, so that the first caller does not wait for it
    return Database(connection, prefix)
