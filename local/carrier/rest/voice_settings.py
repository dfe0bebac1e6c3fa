"""The voice and message addresses that numbers and applications share."""

from typing import Any

from local.carrier.model.account import VoiceSettings
from local.carrier.rest.callbacks import checked
from local.carrier.rest.http import RestRequest

_URLS = {
    "VoiceUrl": "voice_url", "VoiceFallbackUrl": "voice_fallback_url", "StatusCallback": "status_callback",
    "SmsUrl": "sms_url",
}  # fmt: skip
_METHODS = {
    "VoiceMethod": "voice_method", "VoiceFallbackMethod": "voice_fallback_method",
    "StatusCallbackMethod": "status_callback_method", "SmsMethod": "sms_method",
}  # fmt: skip


def apply(request: RestRequest, voice: VoiceSettings) -> None:
    """Set what is given; an empty address takes a setting away."""
    for name, attribute in _URLS.items():
        if request.has(name):
            setattr(voice, attribute, checked(name, request.text(name)) if request.text(name) else "")
    for name, attribute in _METHODS.items():
        if request.has(name):
            setattr(voice, attribute, request.method_of(name))


def render(voice: VoiceSettings) -> dict[str, Any]:
    names = (*_URLS.values(), *_METHODS.values())
    return {name: getattr(voice, name) for name in names}
