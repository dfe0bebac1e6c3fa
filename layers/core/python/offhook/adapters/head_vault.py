"""A tenant's signed heads in the locked bucket: read in the tenant's session, written with the function's own role."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import msgspec

from offhook.adapters.guard import platform_scope
from offhook.domain.audit.heads import SignedHead
from offhook.domain.errors import Conflict, NotFound, StoreUnavailable
from offhook.domain.ids import TenantId
from offhook.domain.objects import audit_of

EXPECTED = {"PreconditionFailed": Conflict, "NoSuchKey": NotFound}


@dataclass(frozen=True, slots=True)
class S3HeadVault:
    """One tenant's. client: makes the client with its first use."""

    client: Callable[[], Any]
    bucket: str
    tenant: TenantId

    def keep(self, head: SignedHead) -> None:
        """One request; the bucket locks what it takes. Raises StoreUnavailable."""
        with suppress(Conflict), _our_errors(), platform_scope():
            self.client().put_object(
                Bucket=self.bucket, Key=self._key(head.number), Body=msgspec.json.encode(head), IfNoneMatch="*"
            )

    def numbers(self, after: int, limit: int) -> list[int]:
        """One listing; raises StoreUnavailable."""
        prefix = audit_of(self.tenant)
        with _our_errors():
            answer = self.client().list_objects_v2(
                Bucket=self.bucket, Prefix=prefix, StartAfter=self._key(after), MaxKeys=limit
            )
        return [int(str(one["Key"]).removeprefix(prefix).partition(".")[0]) for one in answer.get("Contents", [])]

    def find(self, number: int) -> SignedHead | None:
        """One request; raises StoreUnavailable."""
        with suppress(NotFound), _our_errors():
            answer = self.client().get_object(Bucket=self.bucket, Key=self._key(number))
            return msgspec.json.decode(answer["Body"].read(), type=SignedHead)
        return None

    def _key(self, number: int) -> str:
        return f"{audit_of(self.tenant)}{number:012d}.json"


@contextmanager
def _our_errors() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        expected = EXPECTED.get(error.response["Error"]["Code"])
        raise (expected() if expected else StoreUnavailable("The audit's bucket did not answer.")) from error
    except BotoCoreError as error:
        raise StoreUnavailable("The audit's bucket did not answer.") from error
