"""Recordings in memory."""

from dataclasses import dataclass, field


@dataclass
class MemoryMedia:
    """Remembers which recordings were stored, by their sid."""

    stored: dict[str, str] = field(default_factory=dict)

    def store(self, recording_sid: str, media_url: str) -> str:
        """Takes the address for the file."""
        self.stored[recording_sid] = media_url
        return f"recordings/{recording_sid}"

    def link(self, key: str) -> str:
        """An address that leads nowhere."""
        return f"https://media.invalid/{key}"
