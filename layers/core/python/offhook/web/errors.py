"""What only an HTTP request can do wrong; like every error, each has one public code."""

from offhook.domain.errors import Conflict, InvalidInput, NotFound, OffhookError


class MalformedBody(InvalidInput):
    """The body is not JSON."""

    code = "malformed_body"


class InvalidCursor(InvalidInput):
    """The cursor is not one that this list handed out, or is too old."""

    code = "invalid_cursor"


class UnknownRoute(NotFound):
    """There is nothing at this address."""

    code = "unknown_route"


class MethodNotAllowed(OffhookError):
    """This address does not take that method."""

    code = "method_not_allowed"
    status = 405


class AnswerLost(Conflict):
    """The first request with this Idempotency-Key was carried out, and its answer was lost: look at what is there."""

    code = "idempotency_answer_lost"


class TooLarge(OffhookError):
    """The body is larger than this address takes."""

    code = "body_too_large"
    status = 413


class UnsupportedMediaType(OffhookError):
    """The body must be application/json."""

    code = "unsupported_media_type"
    status = 415


class KeyReused(OffhookError):
    """This Idempotency-Key was used with another body."""

    code = "idempotency_key_reused"
    status = 422


class PreconditionRequired(OffhookError):
    """The change needs an If-Match header with the entity tag that was read."""

    code = "precondition_required"
    status = 428
