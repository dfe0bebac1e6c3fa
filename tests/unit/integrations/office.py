"""Two tenants whose events go out: the event stream, the queue of deliveries, the schedule and receivers, by hand.

Time is virtual. Events are put on the stream as they would be published; test_from_a_call.py has them from real calls.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import msgspec
from offhook import wiring
from offhook.adapters.guard import tenant_scope
from offhook.adapters.memory.clock import SimulatedClock
from offhook.adapters.memory.http import MemorySender
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.domain.ids import TenantId
from offhook.domain.integrations.requests import Answered, Outbound
from offhook.domain.messages import Message
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import settings
from offhook.stores.directory import Directory
from offhook.usecases.deps import Deps
from offhook.usecases.integrations.courier import Courier
from offhook.web.testing import Response, claims_by_name, invoke
from offhook.wiring.courier import courier
from offhook.wiring.memory import MemoryWorld

from functions.integrations.app import app, fan_out
from functions.integrations.app import deliver as deliver_handler
from functions.integrations.app import sweep as sweep_handler
from local.carrier.scheduler import VirtualScheduler
from tests.unit.analytics.test_app import kinesis_event
from tests.unit.web.worlds import NO_CARRIER, add_member
from tests.world.world import ENVIRONMENT

ACME, ZETA = TenantId("t_acme"), TenantId("t_zeta")
URL = "https://hooks.example.com/offhook"
CLOCK = {"version": "0", "account": "1", "region": "r", "detail": {}, "detail-type": "x", "source": "s", "time": "t",
         "id": "i", "resources": []}  # fmt: skip
PEOPLE = ("owner", "admin", "agent", "supervisor", "analyst")


@dataclass
class Office:
    """answers: what receivers say, by address (default 200); receiving: requests as they came, with their time."""

    sweeps_each_s: float = 300.0
    answers: dict[str, Callable[[Outbound], Answered]] = field(default_factory=dict)
    receiving: list[tuple[float, Outbound]] = field(default_factory=list)
    happened: int = 0
    scheduler: VirtualScheduler = field(default_factory=VirtualScheduler)

    def __post_init__(self) -> None:
        self.aws = MemoryWorld(telephony=lambda _: NO_CARRIER, clock=SimulatedClock(self.scheduler))
        self.aws.http = MemorySender(answer=self._receive)
        self.aws.delivering = MemoryOutgoing(self.scheduler, self.deliver)
        for tenant in (ACME, ZETA):
            self.aws.add_tenant(Tenant(tenant, name=tenant.title()))
            Directory(self.aws.edge_items()).add_tenant(tenant)

    def ask(self, method: str, path: str, who: str = "owner", tenant: TenantId = ACME, **more: Any) -> Response:
        """A request of somebody of the tenant (a role), or with that token."""
        user = f"{who}-{tenant}" if who in PEOPLE else who
        if who in PEOPLE:
            add_member(self.aws, tenant, user, who)
        headers = {"Authorization": f"Bearer {user}", **more.pop("headers", {})}
        return invoke(more.pop("app", app), method, path, headers=headers, **more)

    def endpoint(self, url: str = URL, tenant: TenantId = ACME, **body: Any) -> dict[str, Any]:
        """A new endpoint, with its secret."""
        answer = self.ask("POST", "/webhooks", tenant=tenant, json={"url": url, **body})
        assert answer.status == 201, answer.body
        made: dict[str, Any] = answer.json()
        return made

    def event(self, tenant: TenantId = ACME, type: str = "contact_ended", **more: Any) -> dict[str, Any]:
        """An event as it is published."""
        self.happened += 1
        contact = f"c_{self.happened:020d}"
        at = self.aws.clock.now()
        return {"event_id": f"contact:{contact}:7:0", "tenant": tenant, "type": type, "event_version": 1, "at": at,
                "contact_id": contact, "outcome": "completed", "dt": "2026-01-01", **more}  # fmt: skip

    def happen(self, tenant: TenantId = ACME, type: str = "contact_ended", seconds: float = 1.0, **more: Any) -> None:
        """Something happens, is published, and time passes."""
        self.publish([self.event(tenant, type, **more)])
        self.run(seconds)

    def publish(self, events: list[dict[str, Any]]) -> None:
        """The events, to the function that begins deliveries."""
        answer = fan_out(kinesis_event([json.dumps(event).encode() for event in events]), None)
        assert answer == {"batchItemFailures": []}

    def run(self, seconds: float) -> None:
        """Time passes; the schedule is kept."""
        until = self.scheduler.now() + seconds
        while self.scheduler.now() < until:
            left = until - self.scheduler.now()
            to_sweep = self.sweeps_each_s - self.scheduler.now() % self.sweeps_each_s
            self.scheduler.advance(min(left, to_sweep))
            if to_sweep <= left:
                sweep_handler(CLOCK, None)

    def deliver(self, message: Message) -> None:
        """What Lambda does with a message of the queue of deliveries."""
        if deliver_handler(sqs_event([message]), None)["batchItemFailures"]:
            raise RuntimeError("the message was not handled")

    @contextmanager
    def within(self, tenant: TenantId = ACME) -> Iterator[tuple[Deps, Courier]]:
        """The tenant's stores and its courier."""
        context = wiring.tenant_context(tenant)
        with tenant_scope(tenant):
            yield wiring.deps_for(context), courier(context)

    def deliveries(self, endpoint: dict[str, Any], tenant: TenantId = ACME, query: str = "") -> list[dict[str, Any]]:
        """The whole log of an endpoint, newest first."""
        found: list[dict[str, Any]] = []
        path, cursor = f"/webhooks/{endpoint['id']}/deliveries?limit=200{query}", ""
        while True:
            page = self.ask("GET", path + cursor, tenant=tenant)
            assert page.status == 200, page.body
            found += page.json()["data"]
            if page.json()["next_cursor"] is None:
                return found
            cursor = f"&cursor={page.json()['next_cursor']}"

    def to(self, url: str = URL) -> list[Outbound]:
        """The requests that an address got."""
        return [request for _, request in self.receiving if request.url == url]

    def _receive(self, request: Outbound) -> Answered:
        self.receiving.append((self.scheduler.now(), request))
        return self.answers.get(request.url, lambda _: Answered(200))(request)


def sqs_event(messages: list[Message]) -> dict[str, Any]:
    """Messages as Lambda gets them."""
    return {"Records": [{"messageId": str(n), "body": msgspec.json.encode(m).decode(), "receiptHandle": "r",
                         "eventSource": "aws:sqs", "eventSourceARN": "a", "attributes": {}, "messageAttributes": {}}
                        for n, m in enumerate(messages)]}  # fmt: skip


@contextmanager
def office(**options: Any) -> Iterator[Office]:
    """Two tenants, and nobody to tell yet; options: see Office."""
    with patch.dict(os.environ, ENVIRONMENT), patch("offhook.web.tokens.claims_of", claims_by_name):
        settings.cache_clear()
        made = Office(**options)
        with wiring.use(made.aws):
            yield made
        settings.cache_clear()
