"""The errors of the product: one class and one public code for each kind of refusal; faults.py says what was wrong."""

from collections.abc import Mapping
from typing import ClassVar


class OffhookError(Exception):
    """Something the product refuses; turned into problem+json or spoken words once, at the edge."""

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500

    def __init__(self, detail: str = "", *, field: str | None = None) -> None:
        """detail: one sentence for the reader, never a secret; field: JSON path of the offending input."""
        super().__init__(detail or (type(self).__doc__ or "").strip())
        self.detail = detail or (type(self).__doc__ or "").strip()
        self.field = field
        self.fault = ""
        self.params: Mapping[str, object] = {}


class Refusal(OffhookError):
    """A rule that was broken, with a code and a sentence in faults.py, so that a screen can say it in any language."""

    def __init__(self, fault: str = "", *, field: str | None = None, **params: object) -> None:
        """fault: a code of faults.SENTENCES, "" = the class says it all; params: the values its sentence names."""
        super().__init__(_sentence(fault, params) if fault else "", field=field)
        self.fault, self.params = fault, params


class InvalidInput(Refusal):
    """The request is malformed."""

    code = "invalid_input"
    status = 400


class Unauthenticated(OffhookError):
    """No valid identity was given."""

    code = "unauthenticated"
    status = 401


class Forbidden(OffhookError):
    """This identity may not do that."""

    code = "forbidden"
    status = 403


class NotFound(OffhookError):
    """There is no such thing here; "missing" and "not yours" look the same."""

    code = "not_found"
    status = 404


class Conflict(Refusal):
    """Somebody else changed it first; look again."""

    code = "conflict"
    status = 409


class StillRunning(Conflict):
    """The first request with this Idempotency-Key has not finished."""

    code = "idempotency_still_running"


class IllegalTransition(Conflict):
    """The state machine does not allow this step from the present state."""

    code = "illegal_transition"


class OfferExpired(Conflict):
    """The reservation ended before the agent answered."""

    code = "offer_expired"


class CallsAtLimit(OffhookError):
    """As many calls are under way as the plan allows; one more can be made when one of them has ended."""

    code = "calls_at_limit"
    status = 429


class CallerGone(Conflict):
    """The customer hung up meanwhile."""

    code = "caller_gone"


class PreconditionFailed(OffhookError):
    """The entity tag given is not the current one."""

    code = "precondition_failed"
    status = 412


class FlowInvalid(OffhookError):
    """The flow does not pass validation."""

    code = "flow_invalid"
    status = 422

    def __init__(self, detail: str = "", *, field: str | None = None, fault: str = "") -> None:
        """fault: the code of the first problem, as the validator names it."""
        super().__init__(detail, field=field)
        self.fault = fault


class FlowTestFailed(Refusal):
    """A scripted test of the flow went otherwise than it says."""

    code = "flow_test_failed"
    status = 422


class TenantViolation(OffhookError):
    """A request left its tenant; a defect of ours, never the caller's."""

    code = "internal"
    status = 500


class CarrierUnavailable(OffhookError):
    """The carrier did not do what was asked; it may be tried again."""

    code = "carrier_unavailable"
    status = 503


class CarrierUncertain(CarrierUnavailable):
    """The carrier's answer was lost: it may or may not have acted, look before trying again."""

    code = "carrier_uncertain"


class StoreUnavailable(OffhookError):
    """The store did not answer."""

    code = "store_unavailable"
    status = 503


def _sentence(fault: str, params: Mapping[str, object]) -> str:
    """Read when something is refused: a webhook that refuses nothing needs no sentences."""
    from offhook.domain.faults import said

    return said(fault, params)
