"""Recordings in memory."""

import io
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO

from offhook.adapters.media import Sound
from offhook.domain.errors import NotFound
from offhook.domain.recordings.media import Copy
from offhook.domain.recordings.sound import Measured, measured


@dataclass
class MemoryMedia:
    """Remembers which recordings were stored, by their sid; the sound is the address."""

    stored: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)

    def copy(self, recording_sid: str, media_url: str) -> Copy:
        """Takes the address for the file."""
        self.stored[recording_sid] = media_url
        return Copy(f"recordings/{recording_sid}", measured(io.BytesIO(media_url.encode())))

    def keep(self, key: str, content: bytes, media_type: str) -> None:
        """By the last part of its key."""
        self.stored[key.rpartition("/")[2]] = content.decode("latin-1")

    def drop(self, recording_sid: str) -> None:
        """Noted."""
        self.dropped.append(recording_sid)

    def open(self, key: str) -> IO[bytes]:
        """The address."""
        sid = key.rpartition("/")[2]
        if sid not in self.stored:
            raise NotFound()
        return io.BytesIO(self.stored[sid].encode())

    def link(self, key: str) -> str:
        """An address that leads nowhere."""
        return f"https://media.invalid/{key}"

    def erase(self, key: str) -> None:
        """Forgotten."""
        self.stored.pop(key.rpartition("/")[2], None)


@dataclass(frozen=True, slots=True)
class SoundVault:
    """Files in one dictionary."""

    files: dict[str, bytes]

    def put(self, key: str, sound: Sound, facts: Measured) -> None:
        """Kept."""
        self.files[key] = sound.content.read()

    def digest(self, key: str) -> tuple[int, str] | None:
        """Computed anew."""
        found = self.files.get(key)
        return None if found is None else (len(found), sha256(found).hexdigest())

    def open(self, key: str) -> IO[bytes]:
        """Read whole."""
        if key not in self.files:
            raise NotFound("The carrier has no such recording, and neither have we.")
        return io.BytesIO(self.files[key])

    def link(self, key: str) -> str:
        """An address that leads nowhere."""
        return f"https://media.invalid/{key}"

    def delete(self, key: str) -> None:
        """Gone."""
        self.files.pop(key, None)
