"""A tenant's files in S3: recordings, exports, answers of its reports, and its part of the lake.

Everything is read and written in the tenant's session, which may not delete from the lake: that is done with the
function's own role, which only the operator function has for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from offhook.adapters.answering import answering
from offhook.adapters.guard import platform_scope
from offhook.adapters.links import local_link
from offhook.domain.errors import TenantViolation
from offhook.domain.ids import TenantId
from offhook.domain.objects import StoredObject, prefixes_of

SILENT = "The bucket did not answer."
LINK_VALID_S = 300
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Buckets:
    """The names of the four, as `prefixes_of` calls them."""

    recordings: str
    exports: str
    results: str
    lake: str

    @property
    def prompts(self) -> str:
        """Beside the recordings, below a prefix of their own."""
        return self.recordings


@dataclass(frozen=True, slots=True)
class S3Objects:
    """One tenant's; client: makes the client with its first use; links_at: see adapters/links.py."""

    client: Callable[[], Any]
    buckets: Buckets
    tenant: TenantId
    links_at: str = ""

    def page(self, prefix: str, after: str = "", limit: int = 50) -> list[StoredObject]:
        """One listing."""
        with answering(SILENT):
            answer = self.client().list_objects_v2(
                Bucket=self._bucket(prefix), Prefix=prefix, MaxKeys=limit, **({"StartAfter": after} if after else {})
            )
        return [
            StoredObject(str(one["Key"]), int(one["Size"]), round(one["LastModified"].timestamp() * 1000))
            for one in answer.get("Contents", [])
        ]

    def put(self, key: str, content: bytes) -> None:
        """One request."""
        with answering(SILENT):
            self.client().put_object(Bucket=self._bucket(key), Key=key, Body=content)

    def put_file(self, key: str, content: IO[bytes]) -> None:
        """One request."""
        with answering(SILENT):
            self.client().put_object(Bucket=self._bucket(key), Key=key, Body=content)

    def link(self, key: str) -> str:
        """A signed address, valid for five minutes."""
        given = {"Bucket": self._bucket(key), "Key": key}
        signed = self.client().generate_presigned_url("get_object", Params=given, ExpiresIn=LINK_VALID_S)
        return local_link(str(signed), self.links_at)

    def delete(self, keys: Sequence[str]) -> None:
        """One by one, in the tenant's session; of the lake by the thousand, on the platform's behalf."""
        lake = [key for key in keys if self._bucket(key) == self.buckets.lake]
        with answering(SILENT):
            for key in sorted(set(keys) - set(lake)):
                self.client().delete_object(Bucket=self._bucket(key), Key=key)
            with platform_scope():
                for start in range(0, len(lake), AT_ONCE):
                    objects = [{"Key": key} for key in lake[start : start + AT_ONCE]]
                    given = {"Objects": objects, "Quiet": True}
                    self.client().delete_objects(Bucket=self.buckets.lake, Delete=given)

    def _bucket(self, key: str) -> str:
        kinds = [kind for kind, prefix in prefixes_of(self.tenant).items() if key.startswith(prefix)]
        if ".." in key.split("/") or not kinds:
            raise TenantViolation(f"{key} is not for {self.tenant}.")
        return str(getattr(self.buckets, kinds[0]))
