"""Stripe's failures as ours: refused, declined, or not answered."""

from collections.abc import Iterator
from contextlib import contextmanager

from offhook.domain.billing.port import BillingRefused, BillingUnavailable, PaymentRefused
from offhook.domain.errors import NotFound


@contextmanager
def stripe_errors() -> Iterator[None]:
    """Raises the product's errors; what Stripe says of a card is for the person who pays."""
    import stripe

    try:
        yield
    except stripe.CardError as declined:
        raise PaymentRefused(
            "payment_declined", message=declined.user_message or "The payment was declined."
        ) from declined
    except stripe.InvalidRequestError as refused:
        if refused.http_status == 404:
            raise NotFound() from refused
        raise BillingRefused("billing_refused") from refused
    except stripe.StripeError as failed:
        raise BillingUnavailable() from failed
