"""Builds the world: tenants on a carrier, the functions behind their webhooks, the work queue and the sweep."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import cast
from unittest.mock import patch
from urllib.parse import urlsplit

from offhook import wiring
from offhook.adapters.carrier.twilio.telephony import TwilioTelephony
from offhook.adapters.guard import tenant_scope
from offhook.adapters.memory.clock import SeededIds, SimulatedClock
from offhook.adapters.memory.outgoing import MemoryOutgoing, Unreliability
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.ids import TenantId
from offhook.domain.messages import Message, Topic
from offhook.domain.telephony import Telephony
from offhook.domain.tenants.context import TenantContext
from offhook.settings import settings
from offhook.usecases.deps import Deps
from offhook.usecases.routing import work
from offhook.web.app import OffhookApp
from offhook.web.testing import invoke
from offhook.wiring.memory import MemoryWorld
from twilio.rest import Client

from local.carrier.engine import Carrier
from local.carrier.inprocess import InProcessHttpClient
from local.carrier.model.account import Account
from local.carrier.scheduler import VirtualScheduler
from local.carrier.settings import Settings as CarrierSettings
from local.carrier.webhooks.request import WebhookRequest, WebhookResponse
from local.demo import seed
from local.demo.plan import Plan
from tests.world.sounds import sounds

PUBLIC = "https://api.offhook.test"
SWEEP_S = 60.0
ENVIRONMENT = {
    "OFFHOOK_STAGE": "test",
    "OFFHOOK_TABLE_PREFIX": "test",
    "AWS_REGION": "us-east-1",
    "OFFHOOK_PUBLIC_API_URL": PUBLIC,
}


class WorkerKilled(BaseException):
    """The process died here; nothing after this line ran. No code of the product can catch it."""


@cache
def app_of(area: str) -> OffhookApp:
    """The function of an area."""
    app: OffhookApp = import_module(f"functions.{area}.app").app
    return app


@dataclass
class World:
    """carrier: people and legs; aws: everything stored and queued; tenants: demo tenants by id.

    killed: how many times a worker was killed; mutable hooks of chaos are in chaos.py.
    told_of: the calls of which at least one webhook was handled by a worker that lived.
    """

    seed: int = 1
    unreliability: Unreliability = field(default_factory=Unreliability)
    carrier_settings: CarrierSettings = field(default_factory=lambda: CarrierSettings(sound_hz=500))
    killed: int = 0
    told_of: set[str] = field(default_factory=set)
    scheduler: VirtualScheduler = field(default_factory=VirtualScheduler)
    tenants: dict[TenantId, Plan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.carrier = Carrier(self.scheduler, self._deliver, random.Random(chance.random()), self.carrier_settings)
        self.aws = MemoryWorld(
            telephony=self._telephony,
            store=MemoryStore(),
            clock=SimulatedClock(self.scheduler),
            ids=SeededIds(self.seed),
            queue=MemoryOutgoing(self.scheduler, self._work, self.unreliability, random.Random(chance.random())),
            sounds=lambda tenant: sounds(self.carrier, self._accounts.get(tenant.account_sid)),
        )
        self._known: dict[TenantId, Deps] = {}
        self._accounts: dict[str, Account] = {}
        self._telephonies: dict[str, Telephony] = {}
        self.scheduler.after(SWEEP_S, self._sweep)

    def add_tenant(self, name: str, number: str, *, agents: int = 4, wrap_up_s: float = 20.0) -> TenantId:
        """A demo tenant with its own carrier account and number, pointed at our webhooks."""
        account = self.carrier.accounts.create(name)
        bought = self.carrier.accounts.buy_number(account.sid, number)
        bought.voice.voice_url = f"{PUBLIC}/v1/ivr/calls"
        bought.voice.voice_fallback_url = f"{PUBLIC}/v1/ivr/calls/fallback"
        bought.voice.status_callback = f"{PUBLIC}/v1/ivr/calls/status"
        self._accounts[account.sid] = account
        plan = Plan(
            f"t_{name}", name.title(), number, account.sid, account.auth_token, agents=agents, wrap_up_s=wrap_up_s
        )
        tenant = seed.install(plan)
        self.tenants[tenant] = plan
        return tenant

    @contextmanager
    def within(self, tenant: TenantId) -> Iterator[Deps]:
        """The tenant's stores, in its scope."""
        with tenant_scope(tenant):
            yield self._deps(tenant)

    def _deps(self, tenant: TenantId) -> Deps:
        if tenant not in self._known:
            self._known[tenant] = wiring.deps_for(wiring.tenant_context(tenant))
        return self._known[tenant]

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.scheduler.advance(seconds)

    def _telephony(self, tenant: TenantContext) -> Telephony:
        if not tenant.account_sid:  # the platform calls nobody
            return cast(Telephony, None)
        if tenant.account_sid not in self._telephonies:
            account = self._accounts[tenant.account_sid]
            client = Client(account.sid, account.auth_token, http_client=InProcessHttpClient(self.carrier))
            self._telephonies[tenant.account_sid] = TwilioTelephony(
                account.sid, account.auth_token, self.carrier.settings.public_url, PUBLIC, client
            )
        return self._telephonies[tenant.account_sid]

    def _deliver(self, request: WebhookRequest) -> WebhookResponse:
        """What API Gateway and Lambda do with a webhook."""
        path = urlsplit(request.url).path
        area = path.split("/")[2]
        try:
            answer = invoke(app_of(area), request.method, path, form=dict(request.form), headers=dict(request.headers))
        except WorkerKilled:
            self.killed += 1
            return WebhookResponse(502, body="Internal server error")
        self.told_of.add(request.form.get("CallSid", ""))
        return WebhookResponse(answer.status, dict(answer.headers), answer.body)

    def _work(self, message: Message) -> None:
        """What Lambda does with a message of the work queue; a killed worker's message comes again."""
        try:
            with self.within(message.tenant_id) as deps:
                work.handle(deps, message)
        except WorkerKilled as killed:
            self.killed += 1
            raise RuntimeError("the worker was killed") from killed

    def _sweep(self) -> None:
        for tenant in self.tenants:
            self.aws.queue.send(Message(tenant, Topic.SWEEP, ""))
        self.scheduler.after(SWEEP_S, self._sweep)


@contextmanager
def world(**options: object) -> Iterator[World]:
    """A world in place of AWS; options: see World."""
    with patch.dict(os.environ, ENVIRONMENT):
        settings.cache_clear()
        made = World(**options)  # type: ignore[arg-type]  # handed through as they are
        try:
            with wiring.use(made.aws):
                yield made
        finally:
            settings.cache_clear()
