"""Bodies of requests: read once, bounded, and refused when they are not what they say."""

from urllib.parse import parse_qsl

from chalice.app import Request

from offhook.domain.errors import InvalidInput
from offhook.web.errors import TooLarge

MAX_BODY = 64 * 1024
MAX_FILE = 4_300_000  # a file of 3 MB in base 64; what a function is given at all ends at 6 MB
MAX_FIELDS = 500
FORM = "application/x-www-form-urlencoded"


def media_type(request: Request) -> str:
    """The declared type of the body, without its parameters."""
    return str(request.headers.get("content-type", "")).partition(";")[0].strip().lower()


def raw_body(request: Request, at_most: int = MAX_BODY) -> bytes:
    """The bytes of the body; raises TooLarge and InvalidInput."""
    try:
        body = request.raw_body
    except (ValueError, UnicodeError) as bad:
        raise InvalidInput("body_encoding") from bad
    raw = body.encode() if isinstance(body, str) else body
    if len(raw) > at_most:
        raise TooLarge(f"The body is larger than {at_most} bytes.")
    return raw


def form_fields(request: Request) -> list[tuple[str, str]]:
    """The fields of a form in their order, empty values included; raises InvalidInput."""
    if media_type(request) != FORM:
        raise InvalidInput("body_not_encoded")
    try:
        text = raw_body(request).decode("ascii")
        return parse_qsl(
            text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=MAX_FIELDS
        )
    except (ValueError, UnicodeError) as bad:
        raise InvalidInput("body_no_form") from bad
