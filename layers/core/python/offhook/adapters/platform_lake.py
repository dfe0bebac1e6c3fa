"""The lake on the platform's behalf: a tenant's session may read its events, not rewrite them."""

from collections.abc import Sequence
from dataclasses import dataclass

from offhook.adapters.guard import platform_scope
from offhook.adapters.lake_files import S3LakeFiles
from offhook.domain.analytics.lake import Answer, Lake


@dataclass(frozen=True, slots=True)
class PlatformLake:
    """Queries and objects with the function's own role."""

    lake: Lake
    files: S3LakeFiles

    @property
    def bucket(self) -> str:
        """Where the objects are."""
        return self.files.bucket

    def run(self, sql: str) -> Answer:
        """As Lake."""
        with platform_scope():
            return self.lake.run(sql)

    def list(self, prefix: str) -> list[str]:
        """The keys below a prefix."""
        with platform_scope():
            return self.files.list(prefix)

    def copy(self, source: str, target: str) -> None:
        """Copy one object."""
        with platform_scope():
            self.files.copy(source, target)

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects."""
        with platform_scope():
            self.files.delete(keys)
