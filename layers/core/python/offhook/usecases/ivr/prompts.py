"""The library of prompts: words by language, recordings in the bucket below the tenant's prefix."""

import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO

from offhook.domain.errors import Conflict, InvalidInput, NotFound, PreconditionFailed
from offhook.domain.ivr.audio_prompt import SCHEME, AudioPrompt, PromptSound, file_of, media_type_of, place_of
from offhook.domain.objects import prompts_of
from offhook.domain.recordings.sound import measured
from offhook.stores.flows import FlowDraft
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import flows_of

MAX_NAME, MAX_WORDS, MAX_FILE_NAME, MAX_LANGUAGES = 80, 1500, 120, 20
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class PromptText:
    """A prompt as a person writes it; text by language."""

    name: str
    text: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SoundText:
    """A recording: a WAV or MP3 file of at most 3 MB, in base 64; name: of the file."""

    content: bytes
    name: str = ""


@dataclass(frozen=True, slots=True)
class SoundLink:
    """Where the recording can be heard, for five minutes."""

    url: str


def create(deps: Deps, text: PromptText) -> AudioPrompt:
    """Raises InvalidInput."""
    _check(text)
    return deps.config.create(AudioPrompt(deps.ids.new("pr"), text.name.strip(), text.text))


def change(deps: Deps, prompt_id: str, version: int, text: PromptText) -> AudioPrompt:
    """Its recordings stay; raises PreconditionFailed when the version is not the present one."""
    _check(text)
    before = _as_read(deps, prompt_id, version)
    return deps.config.change(replace(before, name=text.name.strip(), text=text.text))


def record(deps: Deps, prompt_id: str, version: int, language: str, text: SoundText) -> AudioPrompt:
    """The recording in that language from now on; flows that play another one go on playing that."""
    _known(language, "language")
    before = _as_read(deps, prompt_id, version)
    kind = media_type_of(text.content)
    file = file_of(prompt_id, sha256(text.content).hexdigest(), kind)
    facts = measured(BytesIO(text.content))
    deps.media.keep(f"{prompts_of(deps.tenant.id)}{file}", text.content, kind)
    sound = PromptSound(f"{SCHEME}{file}", kind, facts.size, facts.duration_s, text.name[:MAX_FILE_NAME])
    return deps.config.change(replace(before, sounds={**before.sounds, language: sound}))


def unrecord(deps: Deps, prompt_id: str, version: int, language: str) -> AudioPrompt:
    """No recording in that language; the file stays for the versions of flows that play it."""
    before = _as_read(deps, prompt_id, version)
    _sound(before, language)
    return deps.config.change(replace(before, sounds={k: v for k, v in before.sounds.items() if k != language}))


def listen(deps: Deps, prompt_id: str, language: str) -> SoundLink:
    """Raises NotFound."""
    sound = _sound(deps.config.get(AudioPrompt, prompt_id), language)
    return SoundLink(deps.media.link(f"{prompts_of(deps.tenant.id)}{place_of(sound.address)}"))


def delete(deps: Deps, prompt_id: str) -> None:
    """With its present recordings; raises Conflict while a draft or a published flow plays it."""
    prompt = deps.config.get(AudioPrompt, prompt_id)
    if _is_played(deps, prompt_id):
        raise Conflict("prompt_in_use")
    deps.config.delete(AudioPrompt, prompt_id)
    for sound in prompt.sounds.values():
        deps.media.erase(f"{prompts_of(deps.tenant.id)}{place_of(sound.address)}")


def _as_read(deps: Deps, prompt_id: str, version: int) -> AudioPrompt:
    """Looked at before anything is done, so that what is refused leaves no file; the commit looks again."""
    found = deps.config.get(AudioPrompt, prompt_id)
    if found.version != version:
        raise PreconditionFailed("The version given is not the current one.", field="version")
    return found


def _is_played(deps: Deps, prompt_id: str) -> bool:
    named = f"{SCHEME}{prompt_id}/"
    for draft in deps.config.list(FlowDraft):
        published = flows_of(deps).version(draft.id, draft.published).document if draft.published else ""
        if named in draft.document or named in published:
            return True
    return False


def _sound(prompt: AudioPrompt, language: str) -> PromptSound:
    if language not in prompt.sounds:
        raise NotFound("This prompt has no recording in this language.")
    return prompt.sounds[language]


def _known(language: str, field: str) -> None:
    if LANGUAGE.fullmatch(language) is None:
        raise InvalidInput("language_example", field=field)


def _check(text: PromptText) -> None:
    if not 1 <= len(text.name.strip()) <= MAX_NAME:
        raise InvalidInput("prompt_name_length", field="$.name", most=MAX_NAME)
    if len(text.text) > MAX_LANGUAGES:
        raise InvalidInput("languages_most", field="$.text", most=MAX_LANGUAGES)
    for language, words in text.text.items():
        _known(language, f"$.text.{language[:20]}")
        if len(words) > MAX_WORDS:
            raise InvalidInput("text_length", field=f"$.text.{language}", most=MAX_WORDS)
