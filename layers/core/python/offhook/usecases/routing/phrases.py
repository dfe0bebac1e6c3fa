"""What agents hear on a telephone, in the languages of the product."""

_PHRASES: dict[str, dict[str, str]] = {
    "press_1_to_accept": {
        "en": "Call for {queue}. Press 1 to accept, any other key to decline.",
        "zh": "{queue}来电。接听请按1，拒绝请按其他键。",
    },
    "press_1_to_join": {
        "en": "A call for you. Press 1 to accept, any other key to decline.",
        "zh": "有您的来电。接听请按1，拒绝请按其他键。",
    },
    "caller_gone": {
        "en": "The caller is gone.",
        "zh": "来电者已挂断。",
    },
}


def phrase(key: str, language: str, **values: str) -> str:
    """The phrase in the language (BCP 47; English when there is no such translation)."""
    versions = _PHRASES[key]
    return versions.get(language.split("-")[0], versions["en"]).format(**values)
