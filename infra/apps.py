"""The functions that are deployed: how large each is, what wakes its handlers, what it may touch.

A handler that an app declares and this page does not, or the reverse, stops the synth.
"""

from dataclasses import dataclass, field
from enum import StrEnum, auto

QUEUES = ("work", "jobs", "deliveries", "provisioning")
FAILURES = "failures"
CLAIMS = "claims"
WORKER_TIMEOUT_S = 30


class Grant(StrEnum):
    """A group of permissions; app_role.py spells each out."""

    TABLES = auto()
    SEND_WORK = auto()
    TAKE_WORK = auto()
    LIVE_STREAM = auto()
    PUBLISH_EVENTS = auto()
    READ_EVENTS = auto()
    COMPACT_LAKE = auto()
    LIVE_CONNECTIONS = auto()
    CARRIER_ACCOUNT = auto()
    BILLING = auto()
    PEOPLE = auto()
    MAIL = auto()
    SWEEP = auto()
    SEAL_AUDIT = auto()
    CHECK_AUDIT = auto()


@dataclass(frozen=True, slots=True)
class Size:
    """Chalice would take 128 MB and 60 s; the processor's share grows with the memory."""

    memory_mb: int = 512
    timeout_s: int = WORKER_TIMEOUT_S


@dataclass(frozen=True, slots=True)
class FromQueue:
    """Woken by a queue; reports the messages that failed, which come again alone."""

    queue: str
    batch: int = 10


@dataclass(frozen=True, slots=True)
class FromLiveTable:
    """Woken by the live table's stream, in order for each item; stops at the first failed record and reports it."""

    batch: int = 100


@dataclass(frozen=True, slots=True)
class FromEventStream:
    """Woken by the event stream, in order for each contact."""

    batch: int = 500
    window_s: int = 5


@dataclass(frozen=True, slots=True)
class FromClock:
    """Woken by the schedule that the app itself states."""


@dataclass(frozen=True, slots=True)
class FromUserPool:
    """Asked by the user pool before it signs a token; the pool waits five seconds at most."""


Source = FromQueue | FromLiveTable | FromEventStream | FromClock | FromUserPool


@dataclass(frozen=True, slots=True)
class Handler:
    """One handler beside the routes."""

    source: Source
    size: Size = Size()


@dataclass(frozen=True, slots=True)
class App:
    """One Chalice app of functions/<area>, reached at /v1/<area>.

    open_routes: paths that anybody may call, as patterns, each with the reason; a signed webhook is one of them.
    """

    area: str
    grants: frozenset[Grant]
    handlers: dict[str, Handler] = field(default_factory=dict)
    api: Size = Size(memory_mb=1024, timeout_s=10)
    open_routes: dict[str, str] = field(default_factory=dict)


_HEALTH = {r"/health": "says that the function runs, and nothing else"}
_SIGNED = "called by the carrier; refused unless its signature is right"
_COMMON = {Grant.TABLES, Grant.SEND_WORK, Grant.PUBLISH_EVENTS}  # the last: each invocation says what it used

APPS = (
    App(
        area="ivr",
        grants=frozenset(_COMMON),
        open_routes={r"/calls(/status|/fallback)?": _SIGNED, r"/contacts/{contact_id}/(steps|visits)/.*": _SIGNED},
    ),
    App(
        area="routing",
        grants=frozenset(_COMMON | {Grant.TAKE_WORK, Grant.LIVE_CONNECTIONS}),
        handlers={
            "work": Handler(FromQueue("work")),
            "sweep": Handler(FromClock()),
        },
        open_routes={
            r"/contacts/{contact_id}/offers/{offer_id}/(answered|key|status|room)": _SIGNED,
            r"/contacts/{contact_id}/callback/{attempt}/(answered|status)": _SIGNED,
            r"/contacts/{contact_id}/(recording|keys/{pressed}|voicemail/{step})": _SIGNED,
        },
    ),
    App(
        area="surveys",
        grants=frozenset(_COMMON),
        open_routes={**_HEALTH, r"/contacts/{contact_id}/questions/{number}": _SIGNED},
    ),
    App(area="customers", grants=frozenset(_COMMON), open_routes=_HEALTH),
    App(
        area="tenants",
        grants=frozenset(
            _COMMON
            | {Grant.TAKE_WORK, Grant.PEOPLE, Grant.CARRIER_ACCOUNT, Grant.MAIL, Grant.BILLING, Grant.CHECK_AUDIT}
        ),
        handlers={
            CLAIMS: Handler(FromUserPool(), Size(memory_mb=1024, timeout_s=5)),
            "provision": Handler(FromQueue("provisioning", batch=1), Size(timeout_s=90)),
            "sign_ups": Handler(FromClock(), Size(timeout_s=55)),
            "statuses": Handler(FromClock(), Size(timeout_s=55)),
            "metering_hour": Handler(FromClock(), Size(timeout_s=55)),
            "billing_day": Handler(FromClock(), Size(timeout_s=900)),
            "numbers_nightly": Handler(FromClock(), Size(timeout_s=55)),
        },
        open_routes={
            r"/sessions(/refresh|/challenges)?": "signing in and out: nobody is known yet; tokens are the proof",
            r"/passwords(/forgotten)?": "for who cannot sign in; needs the code that the pool mails",
            r"/invitations/accepted": "for who is not yet anybody; needs the secret of the link that was mailed",
            r"/plans": "the price list",
            r"/sign-ups": "signing a business up: nobody is known yet; limited by mailbox, domain and day",
            r"/sign-ups/{sign_up_id}(/.*)?": "goes on with a sign-up, by the secret that was mailed",
            r"/carrier/spending": _SIGNED,
            r"/billing/webhook": "called by the payment provider; refused unless its signature is right and new",
        },
    ),
    App(
        area="analytics",
        grants=frozenset(_COMMON | {Grant.LIVE_STREAM, Grant.READ_EVENTS, Grant.LIVE_CONNECTIONS}),
        handlers={
            "publish": Handler(FromLiveTable()),
            "count": Handler(FromLiveTable()),
            "ledger": Handler(FromEventStream()),
        },
        open_routes={**_HEALTH, r"/tv": "a wallboard on a television; needs the secret of a link to it"},
    ),
    App(
        area="integrations",
        grants=frozenset(_COMMON | {Grant.TAKE_WORK, Grant.READ_EVENTS, Grant.MAIL}),
        handlers={
            "fan_out": Handler(FromEventStream(batch=100, window_s=0)),
            "deliver": Handler(FromQueue("deliveries", batch=1)),
            "sweep": Handler(FromClock(), Size(timeout_s=55)),
        },
    ),
    App(
        area="operator",
        grants=frozenset(
            _COMMON
            | {Grant.TAKE_WORK, Grant.CARRIER_ACCOUNT, Grant.PEOPLE, Grant.MAIL, Grant.SWEEP}
            | {Grant.SEAL_AUDIT, Grant.CHECK_AUDIT, Grant.COMPACT_LAKE}
        ),
        handlers={
            "jobs": Handler(FromQueue("jobs", batch=1), Size(memory_mb=1024, timeout_s=90)),
            "due": Handler(FromClock(), Size(timeout_s=55)),
            "keep": Handler(FromClock(), Size(timeout_s=55)),
            "compact": Handler(FromClock(), Size(timeout_s=55)),
        },
    ),
)


def slowest_s(queue: str) -> int:
    """The longest that a message of the queue may take."""
    handlers = (handler for app in APPS for handler in app.handlers.values())
    return max(h.size.timeout_s for h in handlers if isinstance(h.source, FromQueue) and h.source.queue == queue)


LIVE = Size(memory_mb=512, timeout_s=10)
LIVE_GRANTS = frozenset(_COMMON | {Grant.LIVE_CONNECTIONS})
