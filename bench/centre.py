"""A contact centre in virtual time whose every webhook, worker and desk action is metered as AWS would be used.

Configuration is read through the cache of a warm process; everything else reaches the store.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import process_time
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from offhook import wiring
from offhook.adapters.cached_items import CachedItems, ItemCache
from offhook.adapters.capacity import current_usage, metering_scope
from offhook.adapters.memory.metering import meter
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.messages import Message
from offhook.domain.routing.agent import AgentState, Endpoint, EndpointKind
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.storage import Items, Table
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import settings
from offhook.stores import keys
from offhook.stores.config import kind_of
from offhook.usecases.at_a_glance import at_a_glance
from offhook.usecases.deps import Deps
from offhook.usecases.routing import presence
from offhook.wiring.memory import MemoryWorld

from local.carrier.webhooks.request import WebhookRequest, WebhookResponse
from local.demo import plan as demo
from tests.world.world import ENVIRONMENT, World

NUMBER, CALLER = "+14155550100", "+14155550999"
PRESENT_MS = 860_000  # a heartbeat from the future: the lease outlasts what is measured, its checks stay out of it
DEVICE = "answer after 3 s, press 1 after the first prompt"


@dataclass(frozen=True, slots=True)
class Step:
    """One invocation.

    at: seconds of virtual time; ms: processor time of our own code on this machine; trips: requests to DynamoDB.
    """

    what: str
    at: float
    ms: float
    wru: float
    rru: float
    trips: int
    rest_calls: int

    @property
    def is_webhook(self) -> bool:
        """Whether the carrier asked."""
        return self.what.startswith("/v1/")


@dataclass
class CachedWorld(MemoryWorld):
    """As on AWS: configuration is remembered, for kept_s seconds."""

    kept_s: float = 5.0
    cache: ItemCache = field(init=False)

    def __post_init__(self) -> None:
        self.cache = ItemCache(self.clock, self.kept_s)

    def _items(self, tenant: TenantId) -> Items:
        return CachedItems(super()._items(tenant), tenant, self.cache)

    def forget_tenant(self, tenant_id: TenantId) -> None:
        """The tenant's own item is read anew."""
        self.cache.forget(Table.CONFIG, keys.config_list(tenant_id, kind_of(Tenant)))


@dataclass
class Centre(World):
    """The world of the tests, metered. steps: every invocation in order.

    warm: configuration is always remembered, as in a tenant with a call every few seconds; else for five seconds.
    """

    warm: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        self.steps: list[Step] = []
        made = self.aws
        kept_s = 3600.0 if self.warm else 5.0
        self.aws = CachedWorld(made.telephony, made.store, made.clock, made.ids, made.queue, kept_s=kept_s)
        meter(self.aws.store)
        self._units: list[tuple[bool, bool, float, float]] = []
        self._accepted = 0
        self._sessions: dict[AgentId, str] = {}
        self.present = True
        self._meter_requests()

    def since_waiting(self) -> tuple[float, float]:
        """Write and read units from when a contact last began to wait to when an agent last accepted."""
        began = max(n for n, (begins, *_) in enumerate(self._units) if begins)
        counted = [(w, r) for _, beside, w, r in self._units[began + 1 : self._accepted] if not beside]
        return sum(w for w, _ in counted), sum(r for _, r in counted)

    def _meter_requests(self) -> None:
        """Note the units of each request, and whether it is the one with which a contact begins to wait."""
        store, self._beside = self.aws.store, False
        on_read, on_commit = store.on_read, store.on_commit
        assert on_read is not None and on_commit is not None

        def noted(begins: bool, count: Callable[[], None]) -> None:
            usage = current_usage()
            wru, rru = (usage.wru, usage.rru) if usage else (0.0, 0.0)
            count()
            if usage:
                self._units.append((begins, self._beside, usage.wru - wru, usage.rru - rru))

        def commit(writes: Any, before: Any, after: Any) -> None:
            begins = any(new is not None and "#WAITING#" in new.key.pk for new in after)
            noted(begins, lambda: on_commit(writes, before, after))

        store.on_read = lambda operation, items: noted(False, lambda: on_read(operation, items))
        store.on_commit = commit

    def staff(self, tenant: TenantId, agents: int) -> list[AgentId]:
        """Configure and sign in agents on telephones, each of whom takes what rings."""
        people = [_on_a_telephone(person) for person in demo.people(agents)]
        with self.within(tenant) as deps:
            for person in people:
                deps.config.put(person)
                self.carrier.set_script(person.endpoint.address, DEVICE)
                agent = presence.sign_in(deps, person.id)
                self._sessions[person.id] = agent.session_id
        self._beat(tenant)
        return [person.id for person in people]

    def beat_every(self, tenant: TenantId, seconds: float) -> None:
        """From now on everybody's device says so that often, as a browser does."""
        for agent, session in self._sessions.items():
            self.desk(tenant, "heartbeat", lambda deps, a=agent, s=session: presence.heartbeat(deps, a, s))
        self.scheduler.after(seconds, lambda: self.beat_every(tenant, seconds))

    def _beat(self, tenant: TenantId) -> None:
        """Everybody stays signed in."""
        if not self.present:
            return
        with self.within(tenant) as deps:
            for agent, session in self._sessions.items():
                deps.agents.beat(agent, session, deps.clock.now() + PRESENT_MS)
        self.scheduler.after(PRESENT_MS / 2000, lambda: self._beat(tenant))

    def call(self, script: str) -> str:
        """Somebody calls the first tenant."""
        return self.carrier.place_call(CALLER, NUMBER, script)

    def desk(self, tenant: TenantId, what: str, action: Callable[[Deps], object]) -> None:
        """Something an agent does."""
        with self._metered(f"desk {what}"), self.within(tenant) as deps:
            at_a_glance(deps, action)

    def _deliver(self, request: WebhookRequest) -> WebhookResponse:
        with self._metered(_route(urlsplit(request.url).path)):
            return super()._deliver(request)

    def _work(self, message: Message) -> None:
        with self._metered(f"work {message.topic}"):
            super()._work(message)

    def _rest_calls(self) -> int:
        clients = [getattr(t, "_client", None) for t in self._telephonies.values()]
        return sum(len(c.http_client.requests) for c in clients if c is not None)

    @contextmanager
    def _metered(self, what: str) -> Iterator[None]:
        """One invocation; a webhook's own scope is inside ours, so its units are taken from its usage record."""
        self._beside = what in ("work presence", "work sweep", "desk heartbeat")
        told, rest, began = len(self.aws.used), self._rest_calls(), process_time()
        with metering_scope() as usage:
            yield
        ms = (process_time() - began) * 1000
        if what.endswith("/key"):
            self._accepted = len(self._units)
        counters = [usage.counters(), *(used.counters for used in self.aws.used[told:])]

        def total(name: str) -> float:
            return sum(each.get(name, 0) for each in counters)

        self.steps.append(
            Step(
                what,
                self.scheduler.now(),
                ms,
                total("dynamodb_wru"),
                total("dynamodb_rru"),
                int(total("requests_dynamodb")),
                self._rest_calls() - rest,
            )
        )


@contextmanager
def centre(
    agents: int, *, warm: bool = True, wrap_up_s: float = 60.0
) -> Iterator[tuple[Centre, TenantId, list[AgentId]]]:
    """A tenant with agents who are free."""
    with patch.dict(os.environ, ENVIRONMENT):
        settings.cache_clear()
        made = Centre(warm=warm)
        try:
            with wiring.use(made.aws):
                tenant = made.add_tenant("acme", NUMBER, agents=0, wrap_up_s=wrap_up_s)
                with made.within(tenant) as deps:
                    survey = demo.survey()
                    deps.config.put(replace(survey, questions=survey.questions[:1]))
                ids = made.staff(tenant, agents)
                yield made, tenant, ids
        finally:
            settings.cache_clear()


def away(deps: Deps, agent: AgentId) -> None:
    """The agent takes a break."""
    presence.choose_state(deps, agent, AgentState.AWAY, "break")


def back(deps: Deps, agent: AgentId) -> None:
    """The break is over."""
    presence.choose_state(deps, agent, AgentState.AVAILABLE)


def _on_a_telephone(person: AgentConfig) -> AgentConfig:
    number = int(person.id.removeprefix("a_"))
    return replace(person, endpoint=Endpoint(EndpointKind.PHONE, f"+1415556{number:04d}"))


def _route(path: str) -> str:
    """The path with its ids and numbers left out."""
    return re.sub(r"/(?:[a-z]_[^/]+|\d+)(?=/|$)", "/*", path)
