"""The lake's objects in S3."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class S3LakeFiles:
    """The objects of one bucket."""

    client: Any
    bucket: str

    def list(self, prefix: str) -> list[str]:
        """The keys below a prefix."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [str(found["Key"]) for page in pages for found in page.get("Contents", [])]

    def copy(self, source: str, target: str) -> None:
        """Copy one object of up to 5 GB."""
        self.client.copy_object(Bucket=self.bucket, Key=target, CopySource={"Bucket": self.bucket, "Key": source})

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects, a thousand at a time."""
        for start in range(0, len(keys), AT_ONCE):
            objects = [{"Key": key} for key in keys[start : start + AT_ONCE]]
            self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": objects, "Quiet": True})
