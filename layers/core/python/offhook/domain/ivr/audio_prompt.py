"""Prompts of the tenant's own: words and recordings by language, and what may be a recording."""

import struct
from dataclasses import dataclass, field

from offhook.domain.errors import InvalidInput

LARGEST = 3 * 1024 * 1024
SCHEME = "prompt:"
MP3, WAV = "audio/mpeg", "audio/wav"
_ENDINGS = {MP3: "mp3", WAV: "wav"}
_WAV_CODECS = frozenset({1, 6, 7})  # PCM, A-law, mu-law: what the carrier plays


@dataclass(frozen=True, slots=True)
class PromptSound:
    """A recording as it is kept. address: what a flow's play says; duration_s: 0 = not known (MP3)."""

    address: str
    media_type: str
    size: int
    duration_s: float
    name: str


@dataclass(frozen=True, slots=True)
class AudioPrompt:
    """A prompt of the library. text, sounds: by language; a recording says what the text says."""

    id: str
    name: str
    text: dict[str, str] = field(default_factory=dict)
    sounds: dict[str, PromptSound] = field(default_factory=dict)
    version: int = 1


def media_type_of(content: bytes) -> str:
    """What the bytes are, whatever they are called; raises InvalidInput for all but WAV and MP3."""
    if not content:
        raise InvalidInput("file_empty", field="$.content")
    if len(content) > LARGEST:
        raise InvalidInput("file_large", field="$.content", most=LARGEST // (1024 * 1024))
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        _check_codec(content)
        return WAV
    if _is_mp3(content):
        return MP3
    raise InvalidInput("file_kind", field="$.content")


def file_of(prompt_id: str, digest: str, media_type: str) -> str:
    """The file's place below the tenant's prompts: another recording is another file, so that versions keep theirs."""
    return f"{prompt_id}/{digest[:16]}.{_ENDINGS[media_type]}"


def place_of(address: str) -> str | None:
    """The file that an address names; None for addresses of files elsewhere."""
    return address.removeprefix(SCHEME) if address.startswith(SCHEME) else None


def _check_codec(content: bytes) -> None:
    at = content.find(b"fmt ", 12, 4096)
    codec = struct.unpack_from("<H", content, at + 8)[0] if 0 < at <= len(content) - 10 else 0
    if codec not in _WAV_CODECS or b"data" not in content:
        raise InvalidInput("file_wav", field="$.content")


def _is_mp3(content: bytes) -> bool:
    """A tag or the sync of an MPEG layer III frame."""
    return content[:3] == b"ID3" or (len(content) > 1 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2)
