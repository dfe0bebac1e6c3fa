"""What browsers are told with the console's files, by the CDN and by the port of a local run alike."""

from collections.abc import Sequence
from pathlib import PurePosixPath

KEPT_A_YEAR = "public, max-age=31536000, immutable"
ASKED_AGAIN = "no-cache"
NAMED_AFTER_CONTENT = "assets"
CARRIER = ("wss://*.twilio.com", "https://*.twilio.com")
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def cache_control(path: str) -> str:
    """How long a browser keeps a file of the build, by its path below the build's folder."""
    first = PurePosixPath(path.lstrip("/")).parts[:1]
    return KEPT_A_YEAR if first == (NAMED_AFTER_CONTENT,) else ASKED_AGAIN


def content_policy(apis: Sequence[str] = (), stores: Sequence[str] = ()) -> str:
    """What the console's page may reach: its own host, the carrier, these APIs, and recordings in these stores."""
    reached = " ".join(("'self'", *apis, *stores, *CARRIER))
    played = " ".join(("'self'", "blob:", *stores))
    return (
        "default-src 'self'; script-src 'self'; "
        "style-src 'self' 'unsafe-inline'; "  # the console's components write their styles when they are shown
        f"img-src 'self' data:; media-src {played}; connect-src {reached}; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
    )


def page_headers(policy: str) -> dict[str, str]:
    """The headers of every answer of the console's host."""
    return {"Content-Security-Policy": policy, **SECURITY}
