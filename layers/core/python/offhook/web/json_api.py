"""JSON routes: who asks, may they, what do they say; errors as problems."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from chalice.app import Request, Response

from offhook.domain.errors import InvalidInput, NotFound, OffhookError
from offhook.domain.operators.right import OperatorRight
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.deps import Deps
from offhook.web import audit, limits, responses, tenancy
from offhook.web.errors import MalformedBody, PreconditionRequired, UnsupportedMediaType
from offhook.web.forms import MAX_BODY, media_type, raw_body
from offhook.web.identity import identify, refusal
from offhook.web.malformed import malformed
from offhook.web.observability import count, log, named

if TYPE_CHECKING:
    from offhook.stores.once_items import OnceItems
    from offhook.web.app import OffhookApp

T = TypeVar("T")
LONGEST_NAME = 255  # bytes; no part of a path that is longer names anything, and the store takes no such key
CONFIGURED = frozenset(
    {
        Permission.COSTS_READ, Permission.FLOWS_READ, Permission.KEYS_READ, Permission.NUMBERS_READ,
        Permission.PEOPLE_READ, Permission.ROUTING_READ, Permission.SURVEYS_READ, Permission.WEBHOOKS_READ,
    }
)  # fmt: skip
"""Who looks at what is configured may be about to change it, or has just done so through another process."""
ETAG = re.compile(r'"(\d{1,18})"')


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and the stores of their tenant. once: what those stores stand on, for a request with a key."""

    identity: Identity
    deps: Deps
    once: "OnceItems | None" = None


def answer(
    app: "OffhookApp",
    view: Callable[..., Any],
    arguments: Mapping[str, str],
    permission: "Permission | OperatorRight | None",
) -> Response:
    """What the view returns, as JSON, or the problem it met."""
    request = _asked(app)
    if any(len(value.encode(errors="replace")) > LONGEST_NAME for value in arguments.values()):
        return responses.problem(NotFound())
    if permission is None:
        return limits.limited(
            lambda: limits.for_stranger(request), lambda: guarded(lambda: app.respond(view, arguments, None))
        )
    if isinstance(permission, OperatorRight):
        return guarded(lambda: _for_operator(app, view, arguments, request))
    return guarded(lambda: _for_caller(app, view, arguments, identify(request), permission))


def guarded(action: Callable[[], object]) -> Response:
    """What the action returns, as a Response; an unexpected error is logged once."""
    try:
        return rendered(action())
    except OffhookError as error:
        return _refused(error)
    except Exception:
        log().exception("request failed")
        count("RequestFailed")
        return responses.problem(OffhookError())


def rendered(result: object) -> Response:
    """A Response as it is; anything else as 200 with JSON."""
    return result if isinstance(result, Response) else responses.ok(result)


def decode_body(request: Request, kind: type[T], at_most: int = MAX_BODY) -> T:
    """The JSON body as that type; unknown fields are ignored only where the type says so."""
    if media_type(request) != responses.JSON:
        raise UnsupportedMediaType()
    try:
        return msgspec.json.decode(raw_body(request, at_most), type=kind)
    except msgspec.ValidationError as bad:
        raise malformed(bad) from bad
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as bad:
        raise MalformedBody() from bad


def once(
    request: Request, caller: Caller, action: Callable[[], object], *, repeatable: bool, outside: bool
) -> Response:
    """The action's answer, the stored one when this key of the same person or program was answered before."""
    header = str(request.headers.get("idempotency-key", ""))
    if not header:
        return rendered(action())
    from offhook.stores.once_items import OnceItems
    from offhook.web.idempotency import Attempt, key_of

    scope = f"{request.method} {request.context['path']} {caller.identity.user_id}"
    items = caller.once or OnceItems(caller.deps.items)
    attempt = Attempt(caller.deps, items, scope, key_of(header), raw_body(request), repeatable, outside)
    return attempt.once(lambda: rendered(action()))


def foretell(caller: Caller, answer: Response) -> None:
    """See app.foretell."""
    if caller.once is not None:
        from offhook.web import idempotency

        idempotency.foretell(caller.once, answer)


def expected_version(request: Request) -> int:
    """The version named by If-Match."""
    given = str(request.headers.get("if-match", ""))
    if not given:
        raise PreconditionRequired()
    found = ETAG.fullmatch(given)
    if found is None:
        raise InvalidInput("entity_tag", field="If-Match")
    return int(found.group(1))


def _for_caller(
    app: "OffhookApp",
    view: Callable[..., Any],
    arguments: Mapping[str, str],
    identity: Identity,
    permission: Permission,
) -> Response:
    def permitted() -> object:
        try:
            return _carried_out(app, view, arguments, identity, permission)
        except OffhookError as refused:
            if not _for_its_plan(refused) or not tenancy.has_moved_on(identity.tenant):
                raise
        return _carried_out(app, view, arguments, identify(_asked(app)), permission)

    with tenancy.scope(identity.tenant), named(identity.tenant.id, arguments.get("contact_id", "")):
        return limits.limited(lambda: limits.for_tenant(identity.tenant), lambda: guarded(permitted))


def _for_its_plan(refused: OffhookError) -> bool:
    """Refused because of plan or status as this process remembered them.

    Such refusals are rare and have changed nothing, so looking again is cheap, and what was paid for holds at once.
    """
    return refused.status == 402 or refused.code == "tenant_not_active"


def _carried_out(
    app: "OffhookApp",
    view: Callable[..., Any],
    arguments: Mapping[str, str],
    identity: Identity,
    permission: Permission,
) -> object:
    if permission not in identity.permissions:
        raise refusal(identity, permission)
    request = _asked(app)
    deps = tenancy.deps(identity.tenant)
    if permission in CONFIGURED or audit.is_change(request, permission):
        deps = tenancy.as_stored(deps)
    deps, keyed = _keyed(deps, request)
    asked = audit.Asked(app.area, request, arguments)
    deps = audit.watched(deps, identity, asked, permission)
    answered = app.respond(view, arguments, Caller(identity, deps, keyed))
    audit.shown(deps, identity, asked, permission)
    return answered


def _keyed(deps: Deps, request: Request) -> "tuple[Deps, OnceItems | None]":
    """The stores of a request that must not be carried out twice: they can keep its key with what they change."""
    if not request.headers.get("idempotency-key"):
        return deps, None
    from offhook.stores.once_items import OnceItems

    keyed = OnceItems(deps.items)
    return replace(deps, items=keyed), keyed


def _asked(app: "OffhookApp") -> Request:
    request = app.current_request
    assert request is not None
    return request


def _for_operator(
    app: "OffhookApp", view: Callable[..., Any], arguments: Mapping[str, str], request: Request
) -> Response:
    from offhook.web.operator.access import operator

    identity = operator(request)
    with tenancy.scope(identity.tenant), named("", ""):
        deps = tenancy.deps(identity.tenant)
        return guarded(lambda: app.respond(view, arguments, Caller(identity, deps)))


def _refused(error: OffhookError) -> Response:
    if isinstance(error, limits.RateLimited):
        return limits.refusal(error)
    if error.status >= 500:
        log().error("request not carried out", extra={"code": error.code}, exc_info=error)
        count("RequestFailed")
    return responses.problem(error)
