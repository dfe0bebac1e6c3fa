"""A webhook of the carrier that has been verified: whose it is, what it says, and what the carrier can play for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from offhook.domain.documents import Document, Gather, Play, Verb
from offhook.domain.ids import CallSid
from offhook.domain.tenants.context import TenantContext
from offhook.usecases.deps import Deps

V = TypeVar("V")
OURS = "prompt:"


@dataclass(frozen=True, slots=True)
class CarrierRequest:
    """One verified webhook.

    params: the form fields, the last value of each; path: the variable parts of the path;
    call_sid: the call it is about ("" when it is about a room or a recording only).
    """

    tenant: TenantContext
    deps: Deps
    params: Mapping[str, str]
    path: Mapping[str, str]

    @property
    def call_sid(self) -> CallSid:
        """The call the carrier speaks of."""
        return CallSid(self.params.get("CallSid", ""))


def playable(document: Document | None, deps: Deps) -> Document:
    """The document with an address for each recording of the library, signed for five minutes; nothing is read."""
    return tuple(_verb(verb, deps) for verb in document or ())


def _verb(verb: Verb, deps: Deps) -> Verb:
    if isinstance(verb, Gather):
        return replace(verb, prompts=tuple(_played(prompt, deps) for prompt in verb.prompts))
    return _played(verb, deps)


def _played(verb: V, deps: Deps) -> V:
    if not isinstance(verb, Play) or not verb.url.startswith(OURS):
        return verb
    from offhook.domain.ivr.audio_prompt import place_of
    from offhook.domain.objects import prompts_of

    return replace(verb, url=deps.media.link(f"{prompts_of(deps.tenant.id)}{place_of(verb.url)}"))
