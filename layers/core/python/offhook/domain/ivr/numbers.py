"""Telephone numbers as the carrier gives them, which may be anything."""

import re

_E164 = re.compile(r"\+[1-9][0-9]{7,14}")
# What carriers send in place of a withheld number ("anonymous" on a keypad, and the like).
_WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8566", "+86282452253"})


def is_e164(number: str) -> bool:
    """An international number: + and 8 to 15 digits."""
    return _E164.fullmatch(number) is not None


def caller_number(given: str) -> str:
    """The number to keep of a caller: E.164, or "" when it is withheld or no number."""
    number = given.strip()
    return number if is_e164(number) and number not in _WITHHELD else ""
