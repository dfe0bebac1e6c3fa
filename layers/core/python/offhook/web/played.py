"""Addresses of the tenant's own recordings, as the carrier can fetch them for the next five minutes."""

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from offhook.domain.documents import Document, Gather, Play, Verb

if TYPE_CHECKING:
    from offhook.usecases.deps import Deps

V = TypeVar("V")
OURS = "prompt:"


def playable(document: Document | None, deps: "Deps") -> Document:
    """The document with a signed address for each recording of the library; nothing is read for it."""
    return tuple(_verb(verb, deps) for verb in document or ())


def _verb(verb: Verb, deps: "Deps") -> Verb:
    if isinstance(verb, Gather):
        return replace(verb, prompts=tuple(_played(prompt, deps) for prompt in verb.prompts))
    return _played(verb, deps)


def _played(verb: V, deps: "Deps") -> V:
    if not isinstance(verb, Play) or not verb.url.startswith(OURS):
        return verb
    from offhook.domain.ivr.audio_prompt import place_of
    from offhook.domain.objects import prompts_of

    return replace(verb, url=deps.media.link(f"{prompts_of(deps.tenant.id)}{place_of(verb.url)}"))
