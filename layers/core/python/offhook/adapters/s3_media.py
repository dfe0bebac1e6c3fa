"""Recordings in our bucket, below their tenant's prefix."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import IO, Any, Protocol

from offhook.domain.errors import NotFound, StoreUnavailable, TenantViolation
from offhook.domain.ids import TenantId

LINK_VALID_S = 300


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording as it is fetched: its bytes and what they are."""

    content: IO[bytes]
    media_type: str


class CarrierRecordings(Protocol):
    """The carrier's side of a recording; raises CarrierUnavailable."""

    def fetch(self, recording_sid: str, media_url: str) -> AbstractContextManager[Sound | None]:
        """The sound, or None when the carrier has it no more."""
        ...

    def delete(self, recording_sid: str) -> None:
        """Remove it at the carrier; gone already is no error."""
        ...


@dataclass(frozen=True, slots=True)
class S3Media:
    """One tenant's recordings."""

    client: Callable[[], Any]
    bucket: str
    tenant: TenantId
    carrier: CarrierRecordings

    def store(self, recording_sid: str, media_url: str) -> str:
        """Copy, then delete at the carrier; again finds the copy and finishes the deletion."""
        if not recording_sid.isalnum():
            raise NotFound("There is no such recording.")
        key = f"t/{self.tenant}/recordings/{recording_sid}"
        with self.carrier.fetch(recording_sid, media_url) as sound, _our_errors():
            if sound is not None:
                self.client().put_object(Bucket=self.bucket, Key=key, Body=sound.content, ContentType=sound.media_type)
            elif not self._is_stored(key):
                raise NotFound("The carrier has no such recording, and neither have we.")
        self.carrier.delete(recording_sid)
        return key

    def link(self, key: str) -> str:
        """A signed address, valid for five minutes."""
        if not key.startswith(f"t/{self.tenant}/"):
            raise TenantViolation(f"{key} is not for {self.tenant}.")
        return str(
            self.client().generate_presigned_url(
                "get_object", Params={"Bucket": self.bucket, "Key": key}, ExpiresIn=LINK_VALID_S
            )
        )

    def _is_stored(self, key: str) -> bool:
        from botocore.exceptions import ClientError

        try:
            self.client().head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return False
            raise
        return True


@contextmanager
def _our_errors() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StoreUnavailable("The bucket did not take the recording.") from error
