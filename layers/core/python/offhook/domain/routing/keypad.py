"""Keys that an agent sends into a call, and how an address spells them: * and # are letters there."""

KEYS, MOST = "0123456789*#w", 32
_TO_LETTERS, _FROM_LETTERS = str.maketrans("*#", "sp"), str.maketrans("sp", "*#")


def are_keys(text: str) -> bool:
    """1 to 32 of 0-9, *, # and w (half a second's pause)."""
    return 1 <= len(text) <= MOST and not set(text) - set(KEYS)


def spelled(keys: str) -> str:
    """The keys as a part of an address."""
    return keys.translate(_TO_LETTERS)


def pressed_in(text: str) -> str:
    """The keys that a part of an address spells; "" when it spells none."""
    found = text.translate(_FROM_LETTERS)
    return found if are_keys(found) else ""
