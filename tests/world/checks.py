"""What must be true of a world at any time, and of a world that has come to rest."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from offhook.domain.event_codes import CODES, is_known
from offhook.domain.ids import TenantId
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import Contact, ContactState, Direction
from offhook.domain.routing.phrases import REASONS
from offhook.domain.storage import Table
from offhook.stores.codec import decode, published

from tests.world.world import WorkerKilled, World

PHRASE = re.compile("|".join(re.sub(r"\\{\w+\\}", ".+", re.escape(one)) for one in REASONS.values()))


def contacts(world: World, tenant: TenantId) -> list[Contact]:
    """Every contact of the tenant, as stored."""
    return [decode(Contact, i.body) for i in _items(world, f"T#{tenant}#CONTACT#")]


def agents(world: World, tenant: TenantId) -> list[Agent]:
    """Every agent's presence, as stored."""
    return [decode(Agent, i.body) for i in _items(world, f"T#{tenant}#AGENT#")]


def events(world: World, tenant: TenantId) -> list[dict[str, Any]]:
    """Every event of the tenant, in the order of the commits."""
    prefix = f"T#{tenant}#"
    found = []
    for record in world.aws.store.stream:
        new, old = record.new, record.old
        if new is None or not new.key.pk.startswith(prefix) or not new.events:
            continue
        if old is None or old.version != new.version:
            kind, _, name = new.key.pk.removeprefix(prefix).partition("#")
            found += published(tenant, f"{kind.lower()}:{name}", new.version, new.events)
    return found


def no_double_offers(world: World, tenant: TenantId) -> None:
    """At most one live offer a contact and one contact an agent, and both sides name each other."""
    held = Counter[str]()
    for contact in contacts(world, tenant):
        if contact.offer is not None:
            held[contact.offer.agent_id] += 1
        held.update(work.agent_id for work in contact.assignments if work.done_at is None)
        held.update(party.agent_id for party in contact.live_parties if party.agent_id)
    assert all(count == 1 for count in held.values()), f"agents held more than once: {held}"
    holding = {a.id for a in agents(world, tenant) if a.contact_id}
    assert holding == set(held), f"agents who hold a contact: {holding}; agents whom a contact names: {held}"


def nothing_left(world: World, tenant: TenantId) -> None:
    """After drain: every contact closed with one outcome, no leg, room, row, reservation or lease."""
    for contact in contacts(world, tenant):
        assert contact.state is ContactState.ENDED and contact.outcome is not None, f"not ended: {contact}"
        assert contact.is_settled and contact.offer is None, f"not settled: {contact}"
        assert not contact.live_parties, f"parties without a call: {contact.live_parties}"
    for agent in agents(world, tenant):
        assert agent.state in (AgentState.AVAILABLE, AgentState.AWAY, AgentState.OFFLINE), f"still at work: {agent}"
        assert agent.contact_id is None and agent.offer_id is None, f"still holds a contact: {agent}"
    waiting = _items(world, f"T#{tenant}#WAITING#")
    assert not waiting, f"rows of contacts that wait no more: {[i.key.sk for i in waiting]}"
    listed = {decode(Agent, i.body).id for i in _items(world, f"T#{tenant}#READY#")}
    ready = {a.id for a in agents(world, tenant) if a.is_ready}
    assert listed == ready, f"in the ready lists: {listed}; ready: {ready}"
    legs = [c.sid for c in world.carrier.live_calls()]
    assert legs == [], f"legs still up: {legs}"
    rooms = [c for c in world.carrier.rooms.all.values() if str(c.status) != "completed"]
    assert rooms == [], f"rooms still open: {rooms}"


def every_call_recorded(world: World, tenant: TenantId, placed: Iterable[str]) -> None:
    """Each call became exactly one contact, unless every worker that was told of it died."""
    recorded = Counter(c.call_sid for c in contacts(world, tenant) if c.direction is Direction.INBOUND)
    assert all(count == 1 for count in recorded.values()), f"calls with several contacts: {recorded.most_common(3)}"
    assert set(recorded) <= set(placed), f"contacts of calls that nobody made: {set(recorded) - set(placed)}"
    lost = (set(placed) & world.told_of) - set(recorded)
    assert not lost, f"calls we were told of, without a contact: {lost}"


def no_poison(world: World) -> None:
    """A message is given up only because every worker that took it was killed: none is one that cannot be handled."""
    poison = [(m, fault) for m, fault in world.aws.queue.dead if not isinstance(fault.__cause__, WorkerKilled)]
    assert poison == [], f"messages that cannot be handled: {poison}"


def report_identity(world: World, tenant: TenantId) -> None:
    """offered = the sum of the exits, over queue visits; one outcome a contact."""
    visits_add_up(events(world, tenant))


def visits_add_up(told: list[dict[str, Any]]) -> None:
    """Each queue visit that began ended once, each contact ended and closed once, no event is told twice."""
    entered = Counter((e["contact_id"], e["visit"]) for e in told if e["type"] == "queue_entered")
    ended = Counter((e["contact_id"], e["visit"]) for e in told if e["type"] == "queue_visit_ended")
    assert entered == ended, f"visits not ended: {entered - ended}; visits never begun: {ended - entered}"
    assert all(count == 1 for count in entered.values()), f"visits begun twice: {entered.most_common(3)}"
    once = Counter((e["type"], e["contact_id"]) for e in told if e["type"] in ("contact_ended", "contact_closed"))
    assert all(count == 1 for count in once.values()), f"contacts that ended twice: {once.most_common(3)}"
    twice = [name for name, count in Counter(e["event_id"] for e in told).items() if count > 1]
    assert not twice, f"events told twice: {twice}"


def codes_have_words(told: list[dict[str, Any]]) -> None:
    """What stands for words in the events is in the catalogue of codes and phrases, which screens translate."""
    unknown = {(event["type"], field, value) for event in told for field, value in _codes_of(event)}
    assert not unknown, sorted(unknown)


def _codes_of(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if event["type"] == "offer_made":
        yield from (("reason", one) for one in event["reason"].split("; ") if not PHRASE.fullmatch(one))
    elif event["type"] != "tenant_status_changed":  # its reason is said by people
        fields = event.keys() & CODES.keys()
        yield from ((field, event[field]) for field in fields if not is_known(field, str(event[field])))


def replay_equals_tables(world: World, tenant: TenantId) -> None:
    """The events alone give the state, outcome and agent of every contact, and the state of every agent."""
    told = events(world, tenant)
    codes_have_words(told)
    _same("contacts", replayed_contacts(told), {c.id: seen(c) for c in contacts(world, tenant)})
    states = replayed_agents(told)
    _same("agents", states, {a.id: a.state for a in agents(world, tenant) if a.id in states})


def _same(what: str, by_events: Mapping[Any, Any], stored: Mapping[Any, Any]) -> None:
    names = [n for n in {**by_events, **stored} if by_events.get(n) != stored.get(n)]
    differing = {n: (by_events.get(n), stored.get(n)) for n in names}
    assert not differing, f"{what}, by their events and as stored: {differing}"


def replayed_agents(told: list[dict[str, Any]]) -> dict[str, str]:
    """Agent id to state; every move begins where the one before ended."""
    states: dict[str, str] = {}
    for e in told:
        if e["type"] == "agent_state_changed":
            before = states.get(e["agent_id"], "offline")
            assert before == e["from_state"], f"the agent was {before}: {e}"
            states[e["agent_id"]] = e["to_state"]
    return states


def offers_never_overlap(told: list[dict[str, Any]]) -> None:
    """By the events alone: an offer of a contact, and one to an agent, ends before the next is made."""
    of_contact: dict[str, str] = {}
    of_agent: dict[str, str] = {}
    for e in told:
        if e["type"] == "offer_made":
            live = of_contact.get(e["contact_id"]) or of_agent.get(e["agent_id"])
            assert live is None, f"made while {live} was live: {e}"
            of_contact[e["contact_id"]], of_agent[e["agent_id"]] = e["offer_id"], e["offer_id"]
        elif e["type"] == "offer_ended":
            ended = of_contact.pop(e["contact_id"], None), of_agent.pop(e["agent_id"], None)
            assert ended == (e["offer_id"], e["offer_id"]), f"ended, though live were {ended}: {e}"


def replayed_contacts(told: list[dict[str, Any]]) -> dict[str, tuple[str, str, int, str]]:
    """Contact id to (state, outcome, visits, last agent)."""
    state: dict[str, str] = {}
    outcome: dict[str, str] = {}
    visits: dict[str, int] = {}
    worker: dict[str, str] = {}
    for e in told:
        contact = e.get("contact_id", "")
        match e["type"]:
            case "contact_started":
                state[contact] = "dialling" if e.get("direction") == "outbound" else "in_flow"
            case "queue_entered":
                visits[contact] = e["visit"]
            case "party_joined" if e["party_role"] == "dialled":
                state[contact] = "connected"
            case "party_joined" if e["party_role"] == "places":
                worker[contact] = e["agent_id"]
            case "call_transferred" if e["to_kind"] == "agent":
                worker[contact] = e["agent_id"]
            case "contact_waiting":
                state[contact] = "waiting"
            case "offer_made":
                state[contact] = "offered"
            case "offer_ended":
                state[contact] = "connected" if e["end"] == "accepted" else "waiting"
                if e["end"] == "accepted":
                    worker[contact] = e["agent_id"]
            case "agent_lost":
                worker.pop(contact, None)
            case "contact_ended":
                state[contact], outcome[contact] = "ended", e["outcome"]
    return {
        c: (state[c], outcome.get(c, ""), visits.get(c, 0), worker.get(c, "")) for c in state if state[c] == "ended"
    }


def seen(contact: Contact) -> tuple[str, str, int, str]:
    """What replayed_contacts gives for it."""
    worker = contact.assignment.agent_id if contact.assignment else ""
    return contact.state, contact.outcome or "", contact.visits, worker


def _items(world: World, prefix: str) -> list[Any]:
    rows: Mapping[Any, Any] = world.aws.store.rows
    return [r.item for k, r in rows.items() if k.table is Table.LIVE and k.pk.startswith(prefix)]
