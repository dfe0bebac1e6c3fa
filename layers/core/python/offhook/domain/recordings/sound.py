"""What a file of sound is: size, digest, length, channels, and how loud it is where."""

import sys
import wave
from array import array
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

POINTS = 200
CHUNK = 1 << 18
_FULL = 32768


@dataclass(frozen=True, slots=True)
class Measured:
    """size in bytes; sha256 as hex; channels, duration_s: 0 when it is no WAV file.

    peaks: for each channel up to 200 values of two hex digits, 00 = silence, ff = as loud as can be.
    """

    size: int
    sha256: str
    channels: int = 0
    duration_s: float = 0.0
    peaks: tuple[str, ...] = ()


def digested(content: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and bytes of a file, read from its beginning, where it stands again afterwards."""
    content.seek(0)
    digest, size = sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return digest.hexdigest(), size


def measured(content: IO[bytes]) -> Measured:
    """The file is read from its beginning, twice; it stands there again afterwards."""
    digest, size = digested(content)
    try:
        with wave.open(content, "rb") as sound:
            channels, seconds, peaks = _heard(sound)
    except (wave.Error, EOFError, ZeroDivisionError, RuntimeError):  # the last: a part is longer than the file
        channels, seconds, peaks = 0, 0.0, ()
    content.seek(0)
    return Measured(size, digest, channels, seconds, peaks)


def _heard(sound: wave.Wave_read) -> tuple[int, float, tuple[str, ...]]:
    channels, frames = sound.getnchannels(), sound.getnframes()
    seconds = frames / sound.getframerate()
    if sound.getsampwidth() != 2 or not frames:
        return channels, seconds, ()
    step = -(-frames // POINTS)
    loud: list[list[int]] = [[] for _ in range(channels)]
    while part := sound.readframes(step):
        samples = array("h", part[: len(part) // (2 * channels) * 2 * channels])
        if sys.byteorder == "big":
            samples.byteswap()
        for channel, points in enumerate(loud):
            points.append(_peak(samples[channel::channels]))
    return channels, seconds, tuple("".join(f"{point:02x}" for point in points) for points in loud)


def _peak(samples: "array[int]") -> int:
    loudest = max(max(samples, default=0), -min(samples, default=0))
    return min(255, loudest * 256 // _FULL)
