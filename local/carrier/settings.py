"""How the simulated world behaves."""

from collections.abc import Callable
from dataclasses import dataclass


def ten_seconds(url: str) -> float:
    return 10.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Durations are seconds.

    media_seconds: how long an audio file plays, by its address.
    sound_hz: samples a second in a recording; fewer keep a long run small.
    calls_per_second: starts of REST-created calls per account; more are queued, never refused.
    """

    public_url: str = "https://api.twilio.com"
    calls_per_second: float = 1.0
    setup_s: float = 0.5
    ring_grace_s: float = 5.0
    speech_s_per_word: float = 0.4
    reaction_s: float = 0.5
    recording_ready_s: float = 1.5
    sound_hz: int = 8000
    price_ready_s: float = 60.0
    message_step_s: float = 1.0
    media_seconds: Callable[[str], float] = ten_seconds
