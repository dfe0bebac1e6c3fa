"""The library of prompts: words and recordings in every language of the tenant."""

from typing import TYPE_CHECKING

from chalice.app import Response

from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.responses import ok
from offhook.web.written import Acts, Written

if TYPE_CHECKING:
    from offhook.domain.ivr.audio_prompt import AudioPrompt
    from offhook.usecases.ivr import prompts
else:
    (prompts,) = lazily("offhook.usecases.ivr", "prompts")

SOUND = "/prompts/{prompt_id}/sounds/{language}"


def _acts() -> "Acts[AudioPrompt, prompts.PromptText]":
    from offhook.domain.ivr.audio_prompt import AudioPrompt

    return Acts(AudioPrompt, prompts.PromptText, prompts.create, prompts.change, prompts.delete)


WORDS = {
    "list": "All of them.",
    "create": "A new one, with its words; recordings follow.",
    "get": "One.",
    "change": "Its name and words; needs If-Match.",
    "delete": "409 while a flow plays it.",
}
PROMPTS = Written("/prompts", "prompt", Permission.FLOWS_READ, Permission.FLOWS_WRITE, _acts, WORDS)


def routes(app: OffhookApp) -> None:
    """Below /prompts."""
    PROMPTS.register(app)
    _sounds(app)


def _sounds(app: OffhookApp) -> None:
    @app.api(SOUND, permission=Permission.FLOWS_READ)
    def get_prompt_sound(prompt_id: str, language: str) -> Response:
        """Where the recording is, for five minutes."""
        return ok(prompts.listen(app.deps(), prompt_id, language))

    @app.api(SOUND, methods=["PUT"], permission=Permission.FLOWS_WRITE)
    def record_prompt(prompt_id: str, language: str) -> Response:
        """A WAV or MP3 file of at most 3 MB in base 64; needs If-Match."""
        text, version = app.file_body(prompts.SoundText), app.expected_version()
        changed = prompts.record(app.deps(), prompt_id, version, language, text)
        return ok(changed, version=changed.version)

    @app.api(SOUND, methods=["DELETE"], permission=Permission.FLOWS_WRITE)
    def unrecord_prompt(prompt_id: str, language: str) -> Response:
        """No recording in that language any more; needs If-Match."""
        changed = prompts.unrecord(app.deps(), prompt_id, app.expected_version(), language)
        return ok(changed, version=changed.version)
