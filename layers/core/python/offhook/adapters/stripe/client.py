"""The unmodified client of Stripe's library, pointed where the settings say; made with its first use."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stripe import HTTPClient, StripeClient

TIMEOUT_S = 8.0
RETRIES = 1


def stripe_client(api_key: str, api_url: str, http_client: "HTTPClient | None" = None) -> "StripeClient":
    """The client. Every POST of ours carries its own key, so that its retries do nothing twice."""
    import stripe

    stripe.enable_telemetry = False
    return stripe.StripeClient(
        api_key,
        base_addresses={"api": api_url},
        max_network_retries=RETRIES,
        http_client=http_client or stripe.RequestsClient(timeout=TIMEOUT_S),
    )
