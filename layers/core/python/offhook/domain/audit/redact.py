"""What of a request goes into the audit: its fields without secrets, bounded."""

from collections.abc import Mapping

SECRET = ("password", "secret", "token", "code", "credential", "authorization")
HIDDEN = "(hidden)"
LONGEST = 500  # characters of a text
MOST = 100  # members of a list or object
DEEPEST = 12


def redacted(value: object, depth: int = 0) -> object:
    """The value with what may be secret hidden and what is long cut."""
    if depth > DEEPEST:
        return "(deeper)"
    if isinstance(value, Mapping):
        return {
            str(name)[:LONGEST]: HIDDEN if _is_secret(str(name)) else redacted(one, depth + 1)
            for name, one in list(value.items())[:MOST]
        }
    if isinstance(value, list | tuple):
        return [redacted(one, depth + 1) for one in value[:MOST]]
    if isinstance(value, str):
        return value if len(value) <= LONGEST else f"{value[:LONGEST]}..."
    return value


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET)
