"""Makes what the carrier's phone plays to an agent: `python tools/make_sounds.py console/public/sounds`.

The Voice SDK would load its own from the carrier's CDN otherwise, and ring late where that is slow or blocked.
"""

import math
import sys
import wave
from collections.abc import Sequence
from pathlib import Path

RATE = 8000
KEY_S, FADE_S = 0.16, 0.01
LOW, HIGH = (697, 770, 852, 941), (1209, 1336, 1477)
KEYS = ("123", "456", "789", "s0h")


def tones() -> dict[str, tuple[Sequence[float], float]]:
    """Frequencies and seconds by name: the twelve keys (ITU-T Q.23), the end of a call, and nothing."""
    keys = {
        f"dtmf{key}": ((LOW[row], HIGH[column]), KEY_S)
        for row, line in enumerate(KEYS)
        for column, key in enumerate(line)
    }
    return {**keys, "disconnect": ((480.0, 620.0), 0.25), "silence": ((), 0.1)}


def samples(hertz: Sequence[float], length_s: float) -> bytes:
    """8 bits each, faded in and out so that nothing clicks."""
    total = int(length_s * RATE)
    fade = int(FADE_S * RATE)

    def at(n: int) -> float:
        loud = min(1.0, n / fade, (total - n) / fade)
        return loud * sum(math.sin(2 * math.pi * one * n / RATE) for one in hertz) / max(1, len(hertz))

    return bytes(round(128 + 60 * at(n)) for n in range(total))


def main() -> None:
    """Write every file into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (hertz, length_s) in tones().items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(1)
            out.setframerate(RATE)
            out.writeframes(samples(hertz, length_s))


if __name__ == "__main__":
    main()
