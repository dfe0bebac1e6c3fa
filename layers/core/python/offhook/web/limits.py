"""How fast the JSON API may be used: by each tenant as its plan says, by strangers for each address.

The carrier's webhooks are never limited: a refused one would be a lost call.
"""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Lock

from chalice.app import Request, Response

from offhook import wiring
from offhook.domain.errors import OffhookError, StoreUnavailable
from offhook.domain.storage import CommitConflict, Items
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.plans import limits_for
from offhook.domain.tenants.rates import Rate, Verdict
from offhook.stores.buckets import Bucket, PreBucket, of_stranger, of_tenant
from offhook.web import responses, tenancy
from offhook.web.observability import count, log

EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"
MOST = 5_000  # buckets that a process remembers
CHUNKS = 20  # a process grants this part of a quota before it accounts for it
SHARED = 20  # addresses behind one of the CDN's servers, at most, that may be at their limit together
LOOPBACK = frozenset({"127.0.0.1", "::1"})

# What strangers may do, for each subject; `open` holds for every open route, the others where a view asks. `board` is
# for each link to a wallboard: a television asks every five seconds.
OPEN: dict[str, Rate] = {
    rate.name: rate
    for rate in (
        Rate("open", 120, 60, chunk=6),
        Rate("board", 60, 60, chunk=6),
        Rate("sign_in", 30, 300),
        Rate("sign_up", 10, 3600),
        Rate("verify", 20, 3600),
        Rate("mail", 5, 3600),
    )
}


class RateLimited(OffhookError):
    """Too many requests; the header Retry-After says when the next one will be taken."""

    code = "rate_limited"
    status = 429

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


def allow(kind: str, subject: str) -> Verdict:
    """Whether somebody who is not signed in may do one more of a kind of OPEN.

    subject: whatever is counted, such as an address or an e-mail address; only its digest is stored.
    """
    return _asked(_of_stranger(subject, OPEN[kind]))


def require(kind: str, subject: str) -> Verdict:
    """As `allow`; raises RateLimited, which every JSON route turns into 429."""
    return _required(allow(kind, subject))


def give_back(kind: str, subject: str) -> None:
    """The last one is not counted after all."""
    _give_back(_of_stranger(subject, OPEN[kind]))


def for_tenant(tenant: TenantContext) -> Verdict:
    """One more request of the tenant; to be asked in its scope. Raises RateLimited."""
    rate = rate_of(tenant)

    def items() -> Items:
        return tenancy.deps(tenant).items

    return _required(_asked(Bucket(items, of_tenant(tenant.id, rate), rate)))


def rate_of(tenant: TenantContext) -> Rate:
    """How many requests of the API the tenant's plan allows."""
    quota = limits_for(tenant).api_per_minute
    return Rate("tenant", quota, 60, chunk=max(1, quota // CHUNKS))


def for_stranger(request: Request) -> Verdict:
    """One more request to an open route from this address; raises RateLimited."""
    rate = OPEN["open"]
    verdict = Verdict(rate, True, rate.quota, 0)
    for bucket in _of_address(request):
        verdict = _required(_asked(bucket))
    return verdict


def no_stranger(request: Request, kind: str, subject: str) -> None:
    """Who shows what no stranger has counts as the subject of a kind of OPEN, not with their address.

    Raises RateLimited; then they count there, too.
    """
    require(kind, subject)
    for bucket in _of_address(request):
        _give_back(bucket)


def _of_address(request: Request) -> list[Bucket]:
    """What a stranger's request is counted in; that of the CDN's server first."""
    peer, viewer = addresses(request)
    rate = OPEN["open"]
    shared = replace(rate, name="open_shared", quota=SHARED * rate.quota)
    through = [_of_stranger(peer, shared)] if viewer != peer else []
    return [] if is_local(request) else [*through, _of_stranger(viewer, rate)]


def is_local(request: Request) -> bool:
    """From this machine: nobody comes from there over the internet, and the people of a local system share it."""
    return addresses(request)[0] in LOOPBACK


def addresses(request: Request) -> tuple[str, str]:
    """Who connected to us, and for whom if that may be the CDN; a liar gains no more than the CDN's share."""
    identity = request.context.get("identity") or {}
    peer = str(identity.get("sourceIp", ""))
    through = "cloudfront" in str(request.headers.get("via", "")).lower()
    told = [part.strip() for part in str(request.headers.get("x-forwarded-for", "")).split(",") if part.strip()]
    return peer, told[-2] if through and len(told) > 1 else peer


def headers(verdict: Verdict) -> dict[str, str]:
    """RateLimit-Policy and RateLimit; Retry-After when it was refused."""
    rate = verdict.rate
    told = {
        "RateLimit-Policy": f'"{rate.name}";q={rate.quota};w={rate.window_s}',
        "RateLimit": f'"{rate.name}";r={verdict.left};t={verdict.reset_s}',
    }
    return told if verdict.allowed else {**told, "Retry-After": str(max(1, verdict.wait_s))}


def refusal(limited: RateLimited) -> Response:
    """429 as a problem of the registered type."""
    count("RateLimited")
    told = headers(limited.verdict)
    body = {
        "type": EXCEEDED,
        "title": "Request cannot be satisfied as assigned quota has been exceeded",
        "status": limited.status,
        "code": limited.code,
        "detail": f"Too many requests. Try again in {told['Retry-After']} s.",
        "violated-policies": [limited.verdict.rate.name],
    }
    return responses.reply(limited.status, body, {"Content-Type": responses.PROBLEM, **told})


def limited(check: Callable[[], Verdict], action: Callable[[], Response]) -> Response:
    """The action's answer with the headers of the limit; 429 when the check refuses."""
    if not wiring.world().limited:
        return action()
    try:
        verdict = check()
    except RateLimited as refused:
        return refusal(refused)
    answer = action()
    for name, value in headers(verdict).items():
        answer.headers.setdefault(name, value)
    return answer


def _of_stranger(subject: str, rate: Rate) -> Bucket:
    return Bucket(wiring.edge_items, of_stranger(subject, rate), rate)


def _give_back(bucket: Bucket) -> None:
    with _lock, suppress(CommitConflict, StoreUnavailable):
        _held(bucket).give_back(wiring.clock().now())


def _required(verdict: Verdict) -> Verdict:
    if not verdict.allowed:
        raise RateLimited(verdict)
    return verdict


def _asked(bucket: Bucket) -> Verdict:
    """Ask this process's part of the bucket; a store that does not answer limits nobody."""
    now, rate = wiring.clock().now(), bucket.rate
    with _lock:
        held = _held(bucket)
        try:
            allowed = held.allow(now)
        except (CommitConflict, StoreUnavailable):
            log().warning("limit not counted", extra={"limit": rate.name})
            allowed = True
        level = held.bucket.seen
        reset_s = -(-(rate.quota - held.left(now)) * rate.window_s // rate.quota)
        return Verdict(rate, allowed, held.left(now), reset_s, 0 if allowed else level.wait_s(rate, now))


def _held(bucket: Bucket) -> PreBucket:
    """What this process has of the bucket; another world or another plan begins anew."""
    global _source
    if _source is not wiring.world():
        _buckets.clear()
        _source = wiring.world()
    slot = (bucket.key.pk, bucket.rate)
    if slot not in _buckets:
        _buckets[slot] = PreBucket(bucket)
    _buckets.move_to_end(slot)
    while len(_buckets) > MOST:
        _buckets.popitem(last=False)
    return _buckets[slot]


_lock = Lock()
_source: object = None
_buckets: OrderedDict[tuple[str, Rate], PreBucket] = OrderedDict()
