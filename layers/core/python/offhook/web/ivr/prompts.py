"""The library of prompts: words and recordings in every language of the tenant."""

from typing import TYPE_CHECKING

from chalice.app import Response

from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.responses import created, listed, no_content, ok

if TYPE_CHECKING:
    from offhook.usecases.ivr import prompts
else:
    (prompts,) = lazily("offhook.usecases.ivr", "prompts")

ONE = "/prompts/{prompt_id}"
SOUND = f"{ONE}/sounds/{{language}}"


def routes(app: OffhookApp) -> None:
    """Below /prompts."""
    _sounds(app)

    @app.api("/prompts", permission=Permission.FLOWS_READ)
    def list_prompts() -> Response:
        """All of them."""
        from offhook.domain.ivr.audio_prompt import AudioPrompt

        return listed(app.deps().config.list(AudioPrompt))

    @app.api("/prompts", methods=["POST"], permission=Permission.FLOWS_WRITE)
    def create_prompt() -> Response:
        """A new one, with its words; recordings follow."""
        text = app.body(prompts.PromptText)

        def create() -> Response:
            made = prompts.create(app.deps(), text)
            return created(made, f"/v1/ivr/prompts/{made.id}", version=made.version)

        return app.once(create)

    @app.api(ONE, permission=Permission.FLOWS_READ)
    def get_prompt(prompt_id: str) -> Response:
        """One."""
        from offhook.domain.ivr.audio_prompt import AudioPrompt

        found = app.deps().config.get(AudioPrompt, prompt_id)
        return ok(found, version=found.version)

    @app.api(ONE, methods=["PUT"], permission=Permission.FLOWS_WRITE)
    def change_prompt(prompt_id: str) -> Response:
        """Its name and words; needs If-Match."""
        text, version = app.body(prompts.PromptText), app.expected_version()
        changed = prompts.change(app.deps(), prompt_id, version, text)
        return ok(changed, version=changed.version)

    @app.api(ONE, methods=["DELETE"], permission=Permission.FLOWS_WRITE)
    def delete_prompt(prompt_id: str) -> Response:
        """409 while a flow plays it."""
        prompts.delete(app.deps(), prompt_id)
        return no_content()


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
