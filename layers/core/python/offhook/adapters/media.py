"""Recordings on their way from the carrier to our bucket, and there, below their tenant's prefix."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Any, Protocol, cast

from offhook.adapters.answering import answering
from offhook.adapters.links import local_link
from offhook.domain.errors import NotFound, StoreUnavailable, TenantViolation
from offhook.domain.ids import TenantId
from offhook.domain.objects import prompts_of, recordings_of
from offhook.domain.recordings.media import Copy
from offhook.domain.recordings.sound import Measured, measured

REFUSED = "The bucket did not take the recording."
LINK_VALID_S = 300
DIGEST = "sha256"


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


class Vault(Protocol):
    """Where files lie; raises StoreUnavailable."""

    def put(self, key: str, sound: Sound, facts: Measured) -> None:
        """Write it; what arrives otherwise than it was sent is refused."""
        ...

    def digest(self, key: str) -> tuple[int, str] | None:
        """Size and SHA-256 of what lies there, as the vault says; None = nothing."""
        ...

    def open(self, key: str) -> IO[bytes]:
        """What lies there, from its beginning; raises NotFound."""
        ...

    def link(self, key: str) -> str:
        """An address to fetch it from, in parts too, for five minutes."""
        ...

    def delete(self, key: str) -> None:
        """Remove it; nothing there is no error."""
        ...


@dataclass(frozen=True, slots=True)
class TenantMedia:
    """One tenant's recordings."""

    tenant: TenantId
    carrier: CarrierRecordings
    vault: Vault

    def copy(self, recording_sid: str, media_url: str) -> Copy:
        """Into our bucket, compared there; again finds the copy. Raises NotFound, StoreUnavailable if it differs."""
        if not recording_sid.isalnum():
            raise NotFound("There is no such recording.")
        key = f"{recordings_of(self.tenant)}{recording_sid}"
        with self.carrier.fetch(recording_sid, media_url) as sound:
            if sound is None:
                with self.vault.open(key) as content:
                    return Copy(key, measured(content))
            facts = measured(sound.content)
            self.vault.put(key, sound, facts)
        if self.vault.digest(key) != (facts.size, facts.sha256):
            raise StoreUnavailable("What the bucket has is not what the carrier sent.")
        return Copy(key, facts)

    def keep(self, key: str, content: bytes, media_type: str) -> None:
        """Written once, compared by the bucket."""
        from io import BytesIO

        sound = Sound(BytesIO(content), media_type)
        self.vault.put(self._own(key), sound, measured(sound.content))

    def drop(self, recording_sid: str) -> None:
        """Delete it at the carrier; gone there already is no error."""
        self.carrier.delete(recording_sid)

    def open(self, key: str) -> IO[bytes]:
        """Its bytes; raises NotFound."""
        return self.vault.open(self._own(key))

    def link(self, key: str) -> str:
        """A signed address, valid for five minutes."""
        return self.vault.link(self._own(key))

    def erase(self, key: str) -> None:
        """Delete our copy and see that it is gone."""
        self.vault.delete(self._own(key))
        if self.vault.digest(key) is not None:
            raise StoreUnavailable("The recording is still there.")

    def _own(self, key: str) -> str:
        if not key.startswith((recordings_of(self.tenant), prompts_of(self.tenant))) or ".." in key.split("/"):
            raise TenantViolation(f"{key} is not for {self.tenant}.")
        return key


@dataclass(frozen=True, slots=True)
class S3Vault:
    """The bucket of recordings. client: makes the client with its first use; links_at: see adapters/links.py."""

    client: Callable[[], Any]
    bucket: str
    links_at: str = ""

    def put(self, key: str, sound: Sound, facts: Measured) -> None:
        """S3 computes the digest too, and refuses what differs."""
        from base64 import b64encode

        with answering(REFUSED):
            self.client().put_object(
                Bucket=self.bucket,
                Key=key,
                Body=sound.content,
                ContentType=sound.media_type,
                ChecksumSHA256=b64encode(bytes.fromhex(facts.sha256)).decode(),
                Metadata={DIGEST: facts.sha256},
            )

    def digest(self, key: str) -> tuple[int, str] | None:
        """Of the head; the digest is S3's own."""
        from base64 import b64decode

        with answering(REFUSED):
            head = _none_if_missing(
                lambda: self.client().head_object(Bucket=self.bucket, Key=key, ChecksumMode="ENABLED")
            )
        if head is None:
            return None
        return int(head["ContentLength"]), b64decode(head.get("ChecksumSHA256", "")).hex()

    def open(self, key: str) -> IO[bytes]:
        """Read whole into a file."""
        from tempfile import SpooledTemporaryFile

        with answering(REFUSED):
            answer = _none_if_missing(lambda: self.client().get_object(Bucket=self.bucket, Key=key))
            if answer is None:
                raise NotFound("The carrier has no such recording, and neither have we.")
            into = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # the caller closes it
            for chunk in answer["Body"].iter_chunks(CHUNK):
                into.write(chunk)
        into.seek(0)
        return cast(IO[bytes], into)

    def link(self, key: str) -> str:
        """Signed for GET, which takes ranges."""
        given = {"Bucket": self.bucket, "Key": key}
        signed = self.client().generate_presigned_url("get_object", Params=given, ExpiresIn=LINK_VALID_S)
        return local_link(str(signed), self.links_at)

    def delete(self, key: str) -> None:
        """One request."""
        with answering(REFUSED):
            self.client().delete_object(Bucket=self.bucket, Key=key)


IN_MEMORY = 8 * 1024 * 1024
CHUNK = 256 * 1024


def _none_if_missing(ask: Callable[[], Any]) -> Any:
    from botocore.exceptions import ClientError

    try:
        return ask()
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return None
        raise
