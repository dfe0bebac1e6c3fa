"""The life of a tenant: every legal move in one table, and what each state lets its people, callers and carrier do."""

from dataclasses import dataclass
from enum import StrEnum

from offhook.domain.errors import Conflict
from offhook.domain.ids import DAY, Instant


class TenantStatus(StrEnum):
    """Where a tenant is in its life."""

    PENDING_VERIFICATION = "pending_verification"
    PROVISIONING = "provisioning"
    PROVISIONING_FAILED = "provisioning_failed"
    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    CLOSED = "closed"
    ERASING = "erasing"
    ERASED = "erased"


class Trigger(StrEnum):
    """What moves a tenant on."""

    VERIFIED = "verified"
    SET_UP = "set_up"
    SET_UP_FAILED = "set_up_failed"
    RETRIED = "retried"
    PAID = "paid"
    PAYMENT_FAILED = "payment_failed"
    SUSPEND = "suspend"
    BAR = "bar"  # suspended by the platform, for harm: only the platform lifts it
    REINSTATE = "reinstate"
    CLOSE = "close"
    REOPEN = "reopen"
    WINDOW_OVER = "window_over"
    ERASE = "erase"
    ERASURE_DONE = "erasure_done"


class ApiAccess(StrEnum):
    """What the tenant's people may do through the API."""

    NOTHING = "nothing"
    STATUS = "status"  # see how far the set-up is
    LEAVE = "leave"  # read, export, pay, reopen
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a state means. carrier: the status of its carrier account, "" = there is none."""

    api: ApiAccess
    takes_calls: bool = False
    calls_out: bool = False
    carrier: str = ""


S, T = TenantStatus, Trigger
TABLE: dict[tuple[TenantStatus, Trigger], TenantStatus] = {
    (S.PENDING_VERIFICATION, T.VERIFIED): S.PROVISIONING,
    (S.PROVISIONING, T.SET_UP): S.TRIALING,
    (S.PROVISIONING, T.SET_UP_FAILED): S.PROVISIONING_FAILED,
    (S.PROVISIONING_FAILED, T.RETRIED): S.PROVISIONING,
    (S.TRIALING, T.PAID): S.ACTIVE,
    (S.TRIALING, T.SUSPEND): S.SUSPENDED,
    (S.TRIALING, T.BAR): S.SUSPENDED,
    (S.TRIALING, T.CLOSE): S.CLOSING,
    (S.ACTIVE, T.PAYMENT_FAILED): S.PAST_DUE,
    (S.ACTIVE, T.SUSPEND): S.SUSPENDED,
    (S.ACTIVE, T.BAR): S.SUSPENDED,
    (S.ACTIVE, T.CLOSE): S.CLOSING,
    (S.PAST_DUE, T.PAID): S.ACTIVE,
    (S.PAST_DUE, T.SUSPEND): S.SUSPENDED,
    (S.PAST_DUE, T.BAR): S.SUSPENDED,
    (S.PAST_DUE, T.CLOSE): S.CLOSING,
    (S.SUSPENDED, T.PAID): S.ACTIVE,
    (S.SUSPENDED, T.REINSTATE): S.ACTIVE,
    (S.SUSPENDED, T.BAR): S.SUSPENDED,
    (S.SUSPENDED, T.CLOSE): S.CLOSING,
    (S.CLOSING, T.REOPEN): S.ACTIVE,
    (S.CLOSING, T.REINSTATE): S.ACTIVE,
    (S.CLOSING, T.WINDOW_OVER): S.CLOSED,
    (S.CLOSED, T.ERASE): S.ERASING,
    (S.ERASING, T.ERASURE_DONE): S.ERASED,
}

EFFECTS: dict[TenantStatus, Effect] = {
    S.PENDING_VERIFICATION: Effect(ApiAccess.NOTHING),
    S.PROVISIONING: Effect(ApiAccess.STATUS),
    S.PROVISIONING_FAILED: Effect(ApiAccess.STATUS),
    S.TRIALING: Effect(ApiAccess.FULL, takes_calls=True, calls_out=True, carrier="active"),
    S.ACTIVE: Effect(ApiAccess.FULL, takes_calls=True, calls_out=True, carrier="active"),
    S.PAST_DUE: Effect(ApiAccess.FULL, takes_calls=True, calls_out=True, carrier="active"),
    S.SUSPENDED: Effect(ApiAccess.LEAVE, carrier="suspended"),
    S.CLOSING: Effect(ApiAccess.LEAVE, carrier="suspended"),
    S.CLOSED: Effect(ApiAccess.NOTHING, carrier="closed"),
    S.ERASING: Effect(ApiAccess.NOTHING, carrier="closed"),
    S.ERASED: Effect(ApiAccess.NOTHING),
}


COME_BACK = frozenset({T.REINSTATE, T.REOPEN})
NOT_WHILE_BARRED = frozenset({T.PAID, T.REOPEN, T.BAR})  # neither money nor closing and reopening is a way round


class Barred(Conflict):
    """The platform has suspended this tenant and alone can end that."""

    code = "tenant_barred"


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a state may last, and what ends it then."""

    lasts: Instant
    trigger: Trigger


LIMITS: dict[TenantStatus, Limit] = {
    S.TRIALING: Limit(14 * DAY, T.SUSPEND),
    S.PAST_DUE: Limit(14 * DAY, T.SUSPEND),
    S.SUSPENDED: Limit(30 * DAY, T.CLOSE),
    S.CLOSING: Limit(30 * DAY, T.WINDOW_OVER),
}


def after(status: TenantStatus, trigger: Trigger, *, paid: bool = True, barred: bool = False) -> TenantStatus:
    """The state that the trigger leads to; raises Conflict when it is not legal there, Barred while it is barred.

    paid: whether the tenant pays for a plan; who comes back without is on trial. barred: whether the platform itself
    has suspended it.
    """
    if barred and trigger in NOT_WHILE_BARRED:
        raise Barred()
    if (status, trigger) not in TABLE:
        raise Conflict("tenant_cannot_move", tenant=status, trigger=trigger)
    return S.TRIALING if trigger in COME_BACK and not paid else TABLE[status, trigger]


def due(status: TenantStatus, since: Instant, now: Instant) -> Trigger | None:
    """What must happen because the state has lasted long enough; None = nothing yet."""
    limit = LIMITS.get(status)
    return limit.trigger if limit and now >= since + limit.lasts else None
