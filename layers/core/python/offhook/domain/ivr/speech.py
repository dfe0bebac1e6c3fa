"""What a caller may say instead of pressing a key, and which choice the words mean."""

from collections.abc import Iterator, Mapping

from offhook.domain.ivr.prompts import variant

Speech = Mapping[str, Mapping[str, tuple[str, ...]]]  # choice to language to phrases
MAX_HINTS, MAX_PHRASE = 500, 100


def phrases(speech: Speech, language: str, default_language: str) -> dict[str, tuple[str, ...]]:
    """Each choice's phrases in the language that the caller is spoken to in."""
    found = {key: _nearest(variants, language, default_language) for key, variants in speech.items()}
    return {key: words for key, words in found.items() if words}


def hints(speech: Speech, language: str, default_language: str) -> tuple[str, ...]:
    """What the recogniser is told to expect, each phrase once; at most as many as it takes."""
    spoken = (one for words in phrases(speech, language, default_language).values() for one in words)
    return tuple(dict.fromkeys(spoken))[:MAX_HINTS]


def choice_of(words: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The choice whose longest phrase is in the words; "" when there is none, or when two are as long."""
    heard = _plain(words)
    lengths = {key: max((_length(one, heard) for one in spoken), default=0) for key, spoken in known.items()}
    longest = max(lengths.values(), default=0)
    best = [key for key, length in lengths.items() if length == longest]
    return best[0] if longest and len(best) == 1 else ""


def conflicts(speech: Speech) -> Iterator[tuple[str, str]]:
    """(path below speech, phrase) of phrases that another choice of the same language has too."""
    taken: dict[tuple[str, str], str] = {}
    for key, variants in speech.items():
        for language, spoken in variants.items():
            for one in spoken:
                if taken.setdefault((language, _plain(one)), key) != key:
                    yield f"{key}.{language}", one


def _nearest(variants: Mapping[str, tuple[str, ...]], language: str, default_language: str) -> tuple[str, ...]:
    names = {known: known for known, spoken in variants.items() if spoken}
    return variants.get(variant(names, language, default_language)[0], ())


def _length(phrase: str, heard: str) -> int:
    """How long the phrase is, if it was said; words written with spaces are matched as a whole."""
    wanted = _plain(phrase)
    spaced = wanted.isascii()
    said = f" {wanted} " in f" {heard} " if spaced else wanted.replace(" ", "") in heard.replace(" ", "")
    return len(wanted) if wanted and said else 0


def _plain(words: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in words.casefold()).split())
