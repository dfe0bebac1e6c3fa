"""What a caller hears: texts and audio with language variants and variables."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from offhook.domain.documents import Play, Say
from offhook.domain.ivr.phrases import phrase

_VARIABLE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)(?:\|([^{}]*))?\}")
_CATALOGUED_DEFAULTS = frozenset({"customer_name"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """Either words or audio, by language. Words may hold {variable} or {variable|words when unknown}."""

    say: dict[str, str] = field(default_factory=dict)
    play: dict[str, str] = field(default_factory=dict)

    @property
    def variants(self) -> Mapping[str, str]:
        """What is spoken or played, by language."""
        return self.say or self.play


Prompts = tuple[Prompt, ...]


def spoken(
    prompts: Iterable[Prompt], language: str, default_language: str, variables: Mapping[str, str]
) -> tuple[Say | Play, ...]:
    """The prompts in the caller's language, variables filled; what has no words is left out."""
    verbs = (_verb(prompt, language, default_language, variables) for prompt in prompts)
    return tuple(verb for verb in verbs if verb is not None)


def fill(template: str, language: str, variables: Mapping[str, str]) -> str:
    """The template with its variables; an unknown one becomes its own default, the catalogue's, or nothing."""

    def value(match: re.Match[str]) -> str:
        name, default = match.group(1), match.group(2)
        if variables.get(name):
            return variables[name]
        if default is not None:
            return default
        return phrase(name, language) if name in _CATALOGUED_DEFAULTS else ""

    return _VARIABLE.sub(value, template)


def variant(variants: Mapping[str, str], language: str, default_language: str) -> tuple[str, str]:
    """(language, content) nearest to the language: itself, the same tongue, the flow's own, any; ("", "") if none."""
    tongue = language.partition("-")[0]
    alike = (known for known in variants if known.partition("-")[0] == tongue)
    for candidate in (language, *alike, default_language, *variants):
        if candidate in variants:
            return candidate, variants[candidate]
    return "", ""


def _verb(prompt: Prompt, language: str, default_language: str, variables: Mapping[str, str]) -> Say | Play | None:
    chosen, content = variant(prompt.variants, language, default_language)
    if prompt.say:
        words = fill(content, chosen, variables).strip()
        return Say(words, chosen) if words else None
    return Play(content) if content else None
