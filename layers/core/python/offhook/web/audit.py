"""Which requests are audited, and what their entries say.

Every change does but those that the event log tells of (calls, an agent's own state and notes), and every read of what
is most private. A change and its entry are one commit; a read is answered once its entry is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec
from chalice.app import Request

from offhook.domain.audit.chain import Act
from offhook.domain.audit.redact import redacted
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.permissions import Permission
from offhook.stores.audit import AuditTrail
from offhook.stores.audited_items import AuditedItems
from offhook.usecases.audit import append
from offhook.usecases.deps import Deps
from offhook.web.forms import MAX_BODY, MAX_FILE, raw_body
from offhook.web.responses import JSON

IN_THE_EVENT_LOG = frozenset(
    {Permission.PROFILE_OWN, Permission.CALLS_TAKE, Permission.CONTACTS_OWN, Permission.OUTBOUND}
)
PRIVATE = frozenset({Permission.RECORDINGS_PLAY, Permission.VOICEMAILS_PLAY, Permission.TENANT_EXPORT})
PRIVATE_ROUTES = frozenset({"/v1/customers/{customer_id}/export"})  # whose permission shows other things too
READING = frozenset({"GET", "HEAD"})


def is_change(request: Request, permission: Permission) -> bool:
    """Whether the request changes what people configured or decided, which is audited."""
    return changes(request.method, permission)


def changes(method: str, permission: Permission) -> bool:
    """Whether such a request is audited with what it commits."""
    return method not in READING and permission not in IN_THE_EVENT_LOG


def shows(method: str, permission: Permission, route: str) -> bool:
    """Whether such a request is audited because of what it shows. route: /v1/<area>/<path of the area>."""
    return method in READING and (permission in PRIVATE or route in PRIVATE_ROUTES)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to an area (/v1/<area>); arguments: what its path names."""

    area: str
    request: Request
    arguments: Mapping[str, str]

    @property
    def route(self) -> str:
        """As the API's document names it."""
        return f"/v1/{self.area}{self.request.context.get('resourcePath', '')}"


def watched(deps: Deps, identity: Identity, asked: Asked, permission: Permission) -> Deps:
    """The stores for a request: what it commits first carries its entry, if it is to be audited."""
    if not is_change(asked.request, permission):
        return deps
    trail = AuditTrail(deps.items, deps.tenant.id)
    return replace(deps, items=AuditedItems(deps.items, trail, _act(deps, identity, asked)))


def shown(deps: Deps, identity: Identity, asked: Asked, permission: Permission) -> None:
    """Record that something private is about to be shown; what this raises keeps it from being shown."""
    if shows(asked.request.method, permission, asked.route):
        append(deps, _act(deps, identity, asked))


def _act(deps: Deps, identity: Identity, asked: Asked) -> Act:
    request = asked.request
    context = request.context
    about: dict[str, object] = dict(asked.arguments)
    if request.method in READING and request.query_params:
        about["query"] = dict(request.query_params)
    body = _body(request)
    if body is not None:
        about["body"] = body
    return Act(
        at=deps.clock.now(),
        actor=identity.user_id,
        role=identity.role,
        action=f"{request.method} {asked.route}",
        about=about,
        address=str((context.get("identity") or {}).get("sourceIp", "")),
        request_id=str(context.get("requestId", "")),
    )


def _body(request: Request) -> object:
    if not str(request.headers.get("content-type", "")).startswith(JSON):
        return None
    try:
        raw = raw_body(request, MAX_FILE)
        return redacted(msgspec.json.decode(raw)) if len(raw) <= MAX_BODY else {"bytes": len(raw)}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
