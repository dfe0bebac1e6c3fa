"""Two tenants in one world, an app with a route of each kind, and signed requests to it."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response as Answer
from offhook.domain.documents import Document, HangUp, Say
from offhook.domain.errors import NotFound
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.tenants.membership import Membership
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.directory import Directory
from offhook.usecases.tenants.membership import admit
from offhook.web.app import OffhookApp
from offhook.web.responses import created, no_content, ok
from offhook.web.testing import Response, invoke, webhook
from offhook.web.webhooks import silence
from offhook.wiring.memory import MemoryWorld

PUBLIC = "https://api.example.com"
A, B = TenantId("t_a"), TenantId("t_b")
TOKENS = {A: "token-of-a", B: "token-of-b"}
SIDS = {A: "AC" + "a" * 32, B: "AC" + "b" * 32}
NO_CARRIER: Any = None


def two_tenants() -> MemoryWorld:
    """Tenants A (English) and B (German) with an account, an owner and an agent each."""
    world = MemoryWorld(telephony=lambda _tenant: NO_CARRIER)
    directory = Directory(world.edge_items())
    for tenant, language in ((A, "en-US"), (B, "de-DE")):
        world.add_tenant(Tenant(tenant, language=language, account_sid=SIDS[tenant]), TOKENS[tenant])
        directory.register("ACCOUNT", SIDS[tenant], tenant)
        for role in ("owner", "agent"):
            add_member(world, tenant, f"{role}-of-{tenant}", role, f"a_{role}")
    return world


def add_member(world: MemoryWorld, tenant: TenantId, user: str, role: str, agent: str = "a_1", **more: Any) -> None:
    """Make the user a member, with a second factor; more: fields of Membership."""
    member = Membership(user, AgentId(agent), role, **{"second_factor": True, **more})
    admit(world.deps_for(world.tenant_context(tenant)), world.edge_items(), member)


def call_form(tenant: TenantId, **fields: str) -> dict[str, str]:
    """What the carrier says of a call of that tenant."""
    return {"AccountSid": SIDS[tenant], "CallSid": "CA1", "From": "+15005550001", "To": "+15005550006", **fields}


def carrier_asks(app: OffhookApp, path: str, tenant: TenantId = A, **fields: str) -> Response:
    """A webhook signed by the tenant's account."""
    return webhook(app, path, call_form(tenant, **fields), public_api_url=PUBLIC, token=TOKENS[tenant])


def asks(app: OffhookApp, method: str, path: str, user: str = "owner-of-t_a", **more: Any) -> Response:
    """A JSON request of somebody who is signed in (the token verification of these tests reads the name)."""
    headers: Mapping[str, str] = {"Authorization": f"Bearer {user}", **more.pop("headers", {})}
    return invoke(app, method, path, headers=headers, **more)


def sample_app() -> OffhookApp:
    """One route of each kind; `app.seen` holds what webhooks were told."""
    app = OffhookApp("sample")
    seen: list[tuple[str, Mapping[str, str]]] = []
    app.seen = seen  # type: ignore[attr-defined]  # for the tests to look at

    @app.webhook("/calls")
    def answer() -> Document:
        request = app.carrier_request()
        seen.append((request.tenant.id, request.params))
        return (Say(f"Hello {request.call_sid}", "en-US"), HangUp())

    @app.webhook("/contacts/{contact_id}/steps/{step}")
    def step(contact_id: str, step: str) -> Document:
        seen.append((app.carrier_request().tenant.id, {"contact_id": contact_id, "step": step}))
        return (HangUp(),)

    @app.webhook("/status", fallback=silence)
    def status() -> None:
        if "fail" in app.carrier_request().params:
            raise RuntimeError("secret")

    @app.webhook("/failing")
    def failing() -> Document:
        raise RuntimeError("secret")

    @app.webhook("/contacts/{contact_id}/failing")
    def failing_contact(contact_id: str) -> Document:
        raise RuntimeError("secret")

    @app.webhook("/refusing", fallback=lambda _request: (Say("Please hold.", "en-US"),))
    def refusing() -> Document:
        raise NotFound

    @app.webhook("/broken", fallback=lambda request: 1 / 0)  # type: ignore[arg-type,return-value]  # a fallback that fails
    def broken() -> Document:
        raise RuntimeError("secret")

    @app.api("/things", methods=["GET"], permission=Permission.CONTACTS_READ)
    def things() -> dict[str, object]:
        page = app.cursors().page(app.query())
        numbers = [n for n in range(10) if not page.after or n > int(page.after)][: page.limit]
        more = numbers and numbers[-1] < 9
        return app.cursors().answer(numbers, str(numbers[-1]) if more else None)

    @app.api("/things", methods=["POST"], permission=Permission.CONTACTS_OWN)
    def create() -> Answer:
        body = app.body(dict[str, int])
        return app.once(lambda: created({**body, "id": app.deps().ids.new("x")}, "/v1/sample/things/1", version=1))

    @app.api("/things/{thing_id}", methods=["PUT"], permission=Permission.CONTACTS_OWN)
    def change(thing_id: str) -> Answer:
        return ok({"id": thing_id, "from": app.expected_version()}, version=app.expected_version() + 1)

    @app.api("/things/{thing_id}", methods=["DELETE"], permission=Permission.CONTACTS_OWN)
    def delete(thing_id: str) -> Answer:
        if thing_id == "bug":
            raise RuntimeError("secret")
        if thing_id == "none":
            raise NotFound
        return no_content()

    @app.public("/health", methods=["GET"])
    def health() -> dict[str, bool]:
        return {"ok": True}

    return app
