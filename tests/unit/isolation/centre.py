"""Two tenants in full swing: every kind of row, every text marked, and everything that can be seen from outside."""

import hashlib
import random
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import Any
from unittest.mock import patch

import msgspec
from offhook import wiring
from offhook.adapters.cognito import Cognito
from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.memory.media import MemoryMedia
from offhook.adapters.memory.numbers import Shelf
from offhook.adapters.memory.user_pool import MemoryUserPool, Somebody
from offhook.domain.analytics.lake import Answer
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.integrations.delivery import Delivery
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.storage import Item
from offhook.domain.tenants.export import ExportFile, ExportStatus
from offhook.domain.tenants.permissions import Role
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.codec import decode
from offhook.stores.counters import Tail
from offhook.stores.exports import Exports
from offhook.stores.flows import Number
from offhook.usecases.deps import Deps
from offhook.usecases.exports import ask as exports
from offhook.usecases.ivr import numbers
from offhook.usecases.routing import presence, wrap_up
from offhook.web import tenancy
from offhook.web.claims import add_claims
from offhook.web.observability import log
from offhook.web.testing import claims_by_name
from offhook.wiring.lake import use_lake

from tests.unit.isolation.furnishing import LINES, A, B, configure, customer_number, organise, publish, staffed
from tests.unit.isolation.store_state import StoreState, rows_of
from tests.unit.web.worlds import add_member
from tests.world.agents import AgentActor, Habits
from tests.world.world import PUBLIC, World, world

SPARE = {A: "+14155550101", B: "+14155550201"}
BRIEF = Habits(answers_after_s=2, talks_s=20, wraps_s=3)
PATIENT = Habits(answers_after_s=2, talks_s=1e9)
DEAF = Habits(misses=2.0)
STAY = "press 1 after the first prompt, wait 100000 s"
MESSAGE = 'press 5 after the first prompt, say "Call me." after 20 s'


def canary(tenant: TenantId, where: str) -> str:
    """A text that occurs nowhere but in this field of this tenant."""
    return "zz" + hashlib.sha256(f"{tenant} {where}".encode()).hexdigest()[:30]


class LakeOfNothing:
    """A lake without rows that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def run(self, sql: str) -> Answer:
        """Finds nothing."""
        self.asked.append(sql)
        return Answer("q_1", (), 0)


class SilentCarrier:
    """One tenant's carrier account that carries everything out and remembers it."""

    def __init__(self, said: list[str]) -> None:
        self._said = said

    def __getattr__(self, name: str) -> Any:
        def act(*arguments: object) -> Any:
            self._said.append(f"{name} {arguments}")
            nothing = {"room_members": (), "call": None, "find_ring": None, "set_recording": None}
            return {**nothing, "running_recording": None}.get(name, "CA" + "9" * 32)

        return act


@dataclass
class Centre:
    """The world at rest; every probe begins from `state`, with the same time and the same ids.

    ids: by tenant and kind, read from the tables; seen: what has left the process since the probe began.
    """

    world: World
    logged: StringIO
    lake: LakeOfNothing
    ids: dict[TenantId, dict[str, list[str]]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    tokens: dict[TenantId, str] = field(default_factory=dict)
    sids: dict[TenantId, str] = field(default_factory=dict)
    leaving: dict[TenantId, AgentActor] = field(default_factory=dict)
    people: MemoryUserPool = field(default_factory=lambda: MemoryUserPool(add_claims))

    def freeze(self) -> None:
        """Stop time and the carrier; remember the state that every probe begins with."""
        aws = self.world.aws
        aws.clock = FrozenClock(round(self.world.scheduler.now() * 1000))
        aws.queue.scheduler = None
        aws.telephony = lambda _tenant: SilentCarrier(self.said)  # type: ignore[assignment,return-value]  # answers all
        for tenant in (A, B):
            with self.world.within(tenant) as deps:
                tenancy.cursor_secret(deps.tenant)
                wiring.secrets(deps.tenant).put("carrier_api_key", f"SK{'7' * 32} {canary(tenant, 'carrier.key')}")
        self.keep()

    def keep(self) -> None:
        """The present state is the one that every probe begins with."""
        self.state = StoreState.of(self.world.aws.store)
        for tenant in (A, B):
            self.ids[tenant] = collected(self, tenant)
        self.known = deepcopy(self.people.people)
        self.before = {tenant: rows_of(self.world.aws.store, tenant) for tenant in (A, B)}

    def rewind(self) -> None:
        """Everything is as it was, and nothing has been seen."""
        aws = self.world.aws
        self.state.restore(aws.store)
        aws.store.round_trips.clear()
        if self.people.people != self.known:
            self.people.people = deepcopy(self.known)
        self.people.mailed.clear()
        aws.mails.sent.clear()
        aws.ids, aws.media, aws.shelf = SeededIds(70), MemoryMedia(), Shelf()
        for seen in (
            aws.queue.sent,
            aws.stream.records,
            aws.used,
            aws.posted,
            self.said,
            self.lake.asked,
            aws.delivering.sent,
        ):
            seen.clear()  # type: ignore[attr-defined]  # lists of different things
        self.logged.seek(0)
        self.logged.truncate()

    def outside(self) -> str:
        """All that left the process: logs, carrier, queue, media, metering, live channel, reports, events."""
        aws = self.world.aws
        events = [readable(r.new) for r in aws.store.stream[self.state.streamed :] if r.new]
        seen = (
            aws.mails.sent,
            aws.queue.sent,
            aws.delivering.sent,
            aws.stream.records,
            aws.used,
            aws.posted,
            self.said,
            self.lake.asked,
            events,
        )
        return f"{self.logged.getvalue()} {seen} {aws.media.stored}"

    def secrets_of(self, tenant: TenantId) -> frozenset[str]:
        """Every text and id that only this tenant has."""
        texts = {canary(tenant, where) for where in MARKED}
        other = A if tenant == B else B
        common = {one for many in self.ids[other].values() for one in many}
        ids = {one for many in self.ids[tenant].values() for one in many if len(one) > 8}
        return frozenset((texts | ids | {self.tokens[tenant]}) - common)

    def foreign(self, kind: str) -> list[str]:
        """B's ids of a kind that A has not."""
        return [one for one in self.ids[B].get(kind, []) if one not in self.ids[A].get(kind, [])]

    def unchanged(self, tenant: TenantId) -> bool:
        """Whether the rows of the tenant are those of the beginning, byte for byte."""
        store = self.world.aws.store
        return self.state.is_of(store) or rows_of(store, tenant) == self.before[tenant]


MARKED = (
    "queue.name", "queue.disposition", "profile.name", "person.name", "person.email", "flow.name", "flow.text",
    "flow.attribute", "calendar.name", "survey.name", "survey.text", "customer.name", "customer.tier", "customer.tag",
    "number.name", "contact.notes", "tenant.name", "away.reason", "carrier.key", "webhook.secret", "webhook.url",
    "webhook.description", "webhook.notify", "key.name", "key.maker", "connector.name",
    "connector.url", "member.email", "member.name",
    "port.carrier", "port.document", "team.name", "set.name", "invitation.email", "invitation.name",
    "retention.name", "board.name", "board.link", "prompt.name", "prompt.text",
)  # fmt: skip


@contextmanager
def centre() -> Iterator[Centre]:
    """Tenants A and B at work, stopped in the middle of it."""
    with ExitStack() as stack:
        made = Centre(stack.enter_context(world(seed=11)), StringIO(), LakeOfNothing())
        stack.enter_context(use_lake(made.lake))
        stack.enter_context(_logging_to(made.logged))
        stack.enter_context(patch("offhook.web.tokens.claims_of", claims_by_name))
        made.world.aws.pool = Cognito(made.people, "client", "pool")
        for tenant in (A, B):
            _settle(made, tenant)
        for stage, seconds in STAGES:
            for tenant in (A, B):
                stage(made, tenant)
            made.world.run(seconds)
        made.freeze()
        yield made


@contextmanager
def _logging_to(stream: StringIO) -> Iterator[None]:
    handler: Any = log().registered_handler
    before = handler.setStream(stream)
    try:
        yield
    finally:
        handler.setStream(before)


def user(tenant: TenantId, role: str) -> str:
    """The access token of a person."""
    return f"{role}-of-{tenant}"


def _settle(made: Centre, tenant: TenantId) -> None:
    """Configure everything that can be configured, with marked texts and ids of its own."""
    plan_id = made.world.add_tenant(tenant.removeprefix("t_"), LINES[tenant], agents=2)
    assert plan_id == tenant
    plan = made.world.tenants[tenant]
    made.tokens[tenant], made.sids[tenant] = plan.auth_token, plan.account_sid
    directory = numbers.Directory(wiring.edge_items())
    numbers.claim(directory, tenant, SPARE[tenant])
    with made.world.within(tenant) as deps:
        mark = lambda where: canary(tenant, where)  # noqa: E731  # reads best in the calls below
        deps.config.put(replace(deps.config.get(Tenant, tenant), name=mark("tenant.name")))
        configure(deps, mark)
        organise(deps, mark)
        _exported(deps, mark("member.name"))
        deps.config.put(Number(SPARE[tenant], publish(deps, mark), name=mark("number.name")))
        for role, agent in zip(Role, [*staffed(deps, mark), *([AgentId("a_1")] * 3)], strict=True):
            person = {"email": f"{role}.{mark('member.email')}@example.com", "name": mark("member.name")}
            made.people.people[user(tenant, role)] = Somebody(user(tenant, role), person["email"], "Old-Horse-1234")
            add_member(made.world.aws, tenant, user(tenant, role), role, agent, **person)


def _exported(deps: Deps, by: str) -> None:
    """An export that is ready, of two files."""
    export = exports.begin(deps, by)
    files = tuple(ExportFile(f"{n}.ndjson", "contacts", f"exports/{n}.ndjson", 1) for n in range(2))
    ready = replace(export.with_page(files, ""), status=ExportStatus.READY, ended_at=deps.clock.now())
    Exports(deps.items, deps.tenant.id).commit(ready, files)


def _one_closed(made: Centre, tenant: TenantId) -> None:
    """A conversation with a survey that will be over."""
    bought = made.world.carrier.accounts.buy_number(made.sids[tenant], SPARE[tenant])
    bought.voice.voice_url = f"{PUBLIC}/v1/ivr/calls"
    with made.world.within(tenant) as deps:
        Tail(deps.items, tenant).watch(deps.clock.now())
    made.leaving[tenant] = _actor(made, tenant, 2, BRIEF)
    made.leaving[tenant].sign_in()
    _call(made, tenant, "press 1 after the first prompt, press 1", customer_number(tenant))
    for n in (7, 8):
        _call(made, tenant, MESSAGE, _number(tenant, n))


def _one_away(made: Centre, tenant: TenantId) -> None:
    """Its agent goes away; the next takes the call of a known customer and does not hang up."""
    made.leaving[tenant].working = False
    with made.world.within(tenant) as deps:
        presence.choose_state(deps, _agent(deps, 2), AgentState.AWAY, canary(tenant, "away.reason"))
    _actor(made, tenant, 0, PATIENT).sign_in()
    _call(made, tenant, STAY, customer_number(tenant))


def _one_noted(made: Centre, tenant: TenantId) -> None:
    """Notes are taken; a third agent does not hear it ring, while two more callers wait."""
    with made.world.within(tenant) as deps:
        agent = deps.agents.get(_agent(deps, 0))
        assert agent is not None and agent.contact_id is not None
        wrap_up.note(
            deps, agent.id, agent.contact_id, disposition="solved", notes=canary(tenant, "contact.notes")
        )  # fmt: skip
    _actor(made, tenant, 1, DEAF).sign_in()
    for n in (1, 2):
        _call(made, tenant, STAY, _number(tenant, n))


STAGES = ((_one_closed, 200.0), (_one_away, 40.0), (_one_noted, 26.0))


def _actor(made: Centre, tenant: TenantId, n: int, habits: Habits) -> AgentActor:
    with made.world.within(tenant) as deps:
        return AgentActor(made.world, tenant, _agent(deps, n), habits, random.Random(1))


def _agent(deps: Deps, n: int) -> AgentId:
    return next(p.id for p in deps.config.list(AgentConfig) if p.name.endswith(f" {n}"))


def _number(tenant: TenantId, n: int) -> str:
    return f"+1415559{LINES[tenant][-3]}{n:03d}"


def _call(made: Centre, tenant: TenantId, script: str, caller: str) -> None:
    made.world.carrier.place_call(caller, SPARE[tenant], script)


KINDS: Mapping[str, str] = {
    "QUEUE": "queue", "ROUTINGPROFILE": "profile", "AGENTCONFIG": "person", "FLOWDRAFT": "flow", "CALENDAR": "calendar",
    "ENDPOINT": "endpoint", "APIKEY": "api_key", "CONNECTOR": "connector", "PORT": "port",
    "EXPORT": "export", "INCIDENT": "incident", "RETENTIONCLASS": "retention_class", "VOICEMAIL": "voicemail",
    "TEAM": "team", "PERMISSIONSET": "set", "INVITATION": "invitation", "BOARD": "board", "BOARDLINK": "link",
    "AUDIOPROMPT": "prompt",
    "SURVEY": "survey", "NUMBER": "number", "CONTACT": "contact", "CUSTOMER": "customer", "PHONE": "phone",
}  # fmt: skip


def collected(made: Centre, tenant: TenantId) -> dict[str, list[str]]:
    """The tenant's ids by kind, as the tables have them."""
    found: dict[str, set[str]] = {"tenant": {tenant}, "account": {made.sids[tenant]}}
    found["user"] = {user(tenant, role) for role in Role}
    for item in rows_of(made.world.aws.store, tenant).values():
        kind, _, rest = item.item.key.pk.removeprefix(f"T#{tenant}#").partition("#")
        if kind in KINDS:
            found.setdefault(KINDS[kind], set()).add(rest or item.item.key.sk)
        _inside(item.item, kind, found)
    return {kind: sorted(ids) for kind, ids in found.items()}


def readable(item: Item) -> str:
    """Body and events of an item as text, however they are stored."""
    return f"{item.key} {_unpacked(item.body)} {_unpacked(item.events)}"


def _unpacked(stored: bytes) -> object:
    try:
        return decode(Any, stored) if stored else None  # type: ignore[arg-type]  # msgspec takes Any for a type
    except msgspec.DecodeError:
        return stored + stored[::-1]  # a secret, which the memory's cipher reverses


def _inside(item: Item, kind: str, found: dict[str, set[str]]) -> None:
    if kind == "DELIVERIES":
        found.setdefault("delivery", set()).add(decode(Delivery, item.body).id)
    if kind not in ("CONTACT", "AGENT"):
        return
    whole: Any = _unpacked(item.body)
    for name, of in (("call_sid", "call"), ("session_id", "session"), ("customer_number", "phone")):
        if isinstance(whole, dict) and whole.get(name):
            found.setdefault(of, set()).add(whole[name])
    if not isinstance(whole, dict):
        return
    for part in (whole.get("offer"), whole.get("assignment")):
        if part:
            found.setdefault("offer", set()).add(part.get("offer_id") or part["id"])
    for recording in whole.get("recordings", ()):
        found.setdefault("recording", set()).add(recording["sid"])
