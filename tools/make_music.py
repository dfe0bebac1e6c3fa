"""Makes the music that waiting callers hear: `python tools/make_music.py console/public/media/waiting.wav`.

Half a minute of slow broken chords, composed here so that nobody's rights are touched; 8 kHz, 8 bits, one channel,
which is what a telephone carries.
"""

import math
import sys
import wave

RATE = 8000
BEAT_S = 0.4
A4_HZ = 440.0
# Semitones from A4; four bars of eight notes, twice.
BARS = (
    (-9, -5, -2, 3, 7, 3, -2, -5),
    (-12, -9, -5, 0, 3, 0, -5, -9),
    (-4, 0, 3, 8, 12, 8, 3, 0),
    (-2, 2, 5, 10, 14, 10, 5, 2),
)


def tone(semitones: int, at_s: float) -> float:
    """A soft plucked note, `at_s` seconds after it began; -1 to 1."""
    hertz = A4_HZ * 2 ** (semitones / 12)
    body = math.sin(2 * math.pi * hertz * at_s) + 0.3 * math.sin(4 * math.pi * hertz * at_s)
    return body / 1.3 * math.exp(-2.2 * at_s) * min(1.0, at_s * 200)


def samples() -> bytes:
    """All samples, each note ringing on into the two that follow."""
    notes = [note for bar in BARS * 2 for note in bar]
    total = int(len(notes) * BEAT_S * RATE)
    return bytes(round(128 + 70 * _at(notes, n / RATE)) for n in range(total))


def _at(notes: list[int], time_s: float) -> float:
    now = int(time_s / BEAT_S)
    ringing = range(max(0, now - 2), min(now + 1, len(notes)))
    return sum(tone(notes[n], time_s - n * BEAT_S) for n in ringing) / 1.6


def main() -> None:
    """Write the file named on the command line."""
    with wave.open(sys.argv[1], "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(RATE)
        out.writeframes(samples())


if __name__ == "__main__":
    main()
