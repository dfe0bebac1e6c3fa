"""The port to files of sound: recordings at the carrier, and with prompts in our bucket below their tenant's prefix."""

from dataclasses import dataclass
from typing import IO, Protocol

from offhook.domain.recordings.sound import Measured


@dataclass(frozen=True, slots=True)
class Copy:
    """A recording in our bucket, compared with what the carrier sent."""

    key: str
    facts: Measured


class Media(Protocol):
    """One tenant's recordings; raises CarrierUnavailable and StoreUnavailable."""

    def copy(self, recording_sid: str, media_url: str) -> Copy:
        """From the carrier to our bucket; again is no error. Raises NotFound when neither has it."""
        ...

    def keep(self, key: str, content: bytes, media_type: str) -> None:
        """A file of the tenant's own, such as a prompt; the same again changes nothing."""
        ...

    def drop(self, recording_sid: str) -> None:
        """Delete it at the carrier; when this returns, the carrier has it no more."""
        ...

    def open(self, key: str) -> IO[bytes]:
        """Its bytes; raises NotFound."""
        ...

    def link(self, key: str) -> str:
        """A link to play the file or parts of it, valid for minutes."""
        ...

    def erase(self, key: str) -> None:
        """Delete our copy; when this returns it is gone. Nothing there is no error."""
        ...
