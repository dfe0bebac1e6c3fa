"""Two tenants with people who sign in at a pool that asks our trigger, and requests with the tokens it gave."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from offhook import wiring
from offhook.adapters.cognito import Cognito
from offhook.adapters.memory.user_pool import MemoryUserPool, totp
from offhook.domain.errors import Unauthenticated
from offhook.domain.ids import ProfileId, QueueId, TenantId
from offhook.domain.routing.queues import Queue, RoutingProfile
from offhook.domain.tenants.tenant import Tenant
from offhook.usecases.deps import Deps
from offhook.web.claims import add_claims
from offhook.web.testing import Response, invoke
from offhook.web.tokens import Claims
from offhook.wiring.memory import MemoryWorld

from functions.tenants.app import app
from tests.unit.web.worlds import A, B, add_member, two_tenants

PASSWORD = "Correct-Horse-7"


class PeopleWorld:
    """world: everything stored; pool: who may sign in."""

    def __init__(self) -> None:
        self.world: MemoryWorld = two_tenants()
        self.pool = MemoryUserPool(add_claims)
        self.world.pool = Cognito(self.pool, "client", "pool")
        for tenant in (A, B):
            self.on_plan("growth", tenant)
            deps = self.deps(tenant)
            deps.config.put(RoutingProfile(ProfileId("p_1"), "Everybody", (QueueId("sales"),)))
            deps.config.put(Queue(QueueId("sales"), "Sales"))

    def on_plan(self, plan: str, tenant: TenantId = A) -> None:
        """Another plan, with other limits."""
        config = self.deps(tenant).config
        config.put(replace(config.get(Tenant, tenant), plan=plan))

    def deps(self, tenant: TenantId = A) -> Deps:
        """The tenant's stores."""
        return self.world.deps_for(self.world.tenant_context(tenant))

    def join(self, email: str, role: str, tenant: TenantId = A, **more: Any) -> str:
        """Somebody with a password who belongs to the tenant; their subject."""
        user_id, _ = Cognito(self.pool, "client", "pool").admit(email, PASSWORD)
        add_member(self.world, tenant, user_id, role, f"a_{email.partition('@')[0]}", email=email, **more)
        return user_id

    def claims_of(self, token: str) -> Claims:
        """In place of the verification of signatures, which test_tokens.py covers."""
        said = self.pool.claims.get(token)
        if said is None:
            raise Unauthenticated("The access token is not valid.")
        return Claims(said["sub"], TenantId(said.get("tid", "")), int(said.get("mver", "0")))

    def ask(
        self, who: str, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """A request with an access token ("": without one)."""
        given = {"Authorization": f"Bearer {who}"} if who else {}
        return invoke(app, method, path, json=body, headers={**given, **(headers or {})})

    def sign_in(self, email: str, password: str = PASSWORD) -> Mapping[str, Any]:
        """What signing in answers; a code is shown when it is asked for."""
        said = self.ask("", "POST", "/sessions", {"email": email, "password": password}).json()
        if said.get("challenge") == "software_token_mfa":
            (person,) = (one for one in self.pool.people.values() if one.email == email)
            answer = {"answer": totp(person.secret), **said}
            said = self.ask("", "POST", "/sessions/challenges", answer).json()
        found: Mapping[str, Any] = said
        return found

    def token(self, email: str) -> str:
        """A new access token of somebody."""
        return str(self.sign_in(email)["access_token"])

    def link(self, email: str) -> str:
        """The link that was mailed last."""
        mail = next(one for one in reversed(self.world.mails.sent) if one.to == email)
        return mail.values["link"].rpartition("#")[2]


@contextmanager
def people_world() -> Iterator[PeopleWorld]:
    """In place of AWS."""
    made = PeopleWorld()
    with wiring.use(made.world), patch("offhook.web.tokens.claims_of", made.claims_of):
        yield made
