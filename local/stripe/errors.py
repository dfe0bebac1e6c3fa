"""Refusals as Stripe words them."""

from typing import Any


class StripeRefusal(Exception):
    """Answered with this status and error object."""

    def __init__(self, status: int, type: str, message: str, *, code: str = "", param: str = "", **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"type": type, "message": message, **more}
        if code:
            self.body["code"] = code
        if param:
            self.body["param"] = param


def invalid(message: str, param: str = "", code: str = "", status: int = 400) -> StripeRefusal:
    """A request that cannot be carried out."""
    return StripeRefusal(status, "invalid_request_error", message, code=code, param=param)


def missing(kind: str, id: str, param: str = "id") -> StripeRefusal:
    """Nothing has this id."""
    return invalid(f"No such {kind}: '{id}'", param, "resource_missing", 404 if param == "id" else 400)


def declined(code: str, decline_code: str = "") -> StripeRefusal:
    """The card was refused."""
    words = {
        "expired_card": "Your card has expired.",
        "authentication_required": "Your card was declined. This transaction requires authentication.",
    }
    message = words.get(code, "Your card was declined.")
    return StripeRefusal(402, "card_error", message, code=code, decline_code=decline_code or code)
