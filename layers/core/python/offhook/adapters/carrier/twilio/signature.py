"""X-Twilio-Signature: whether a request was signed with an account's token (Twilio's rules, standard library only)."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hmac import compare_digest, new
from urllib.parse import urlsplit, urlunsplit

Fields = Sequence[tuple[str, str]]


def sign(token: str, url: str, fields: Fields) -> str:
    """The signature of a POST: the URL, then every name and value sorted by name and value, repeats once."""
    text = url + "".join(name + value for name, value in sorted(set(fields)))
    return b64encode(new(token.encode(), text.encode(), "sha1").digest()).decode()


def is_signed(tokens: Iterable[str], url: str, fields: Fields, signature: str) -> bool:
    """Whether any of the tokens made this signature, of the URL with or without its port (voice drops it)."""
    given = signature.encode()
    expected = [sign(token, form, fields) for token in tokens for form in url_forms(url)]
    return any(compare_digest(one.encode(), given) for one in expected)


def url_forms(url: str) -> tuple[str, str]:
    """The URL without and with its port (443 and 80 when it names none)."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    bare = parts.netloc if parts.port is None else parts.netloc.rpartition(":")[0]
    return urlunsplit(parts._replace(netloc=bare)), urlunsplit(parts._replace(netloc=f"{bare}:{port}"))
