"""Who sent a webhook: Stripe's signature by Stripe's library, and its time by us, in both directions."""

from collections.abc import Sequence

from offhook.domain.errors import Forbidden
from offhook.domain.ids import SECOND, Instant

TOLERANCE = 300 * SECOND


def verify(body: bytes, header: str, secrets: Sequence[str], now: Instant) -> None:
    """Raise Forbidden unless one of the secrets signed this body within five minutes of now.

    The library refuses what is old by the machine's clock and lets pass what is from the future; the time is ours here.
    """
    import stripe

    times = [part.partition("=")[2] for part in header.split(",") if part.startswith("t=")]
    if len(times) != 1 or not times[0].isascii() or not times[0].isdecimal() or len(times[0]) > 12:
        raise Forbidden("The signature has no time.")
    if abs(int(times[0]) * SECOND - now) > TOLERANCE:
        raise Forbidden("The signature is not of this time.")
    for secret in secrets:
        try:
            stripe.WebhookSignature.verify_header(body.decode(), header, secret)
        except (stripe.SignatureVerificationError, UnicodeDecodeError):
            continue
        return
    raise Forbidden("The signature does not match.")
