"""Counts the changes of the stream into the tenant's tally."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from offhook.domain.analytics.changes import ItemChange
from offhook.domain.analytics.tally import ABSENT, Counted, Presence, digest, fold, is_of_interest, rates_agent
from offhook.domain.ids import AgentId
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.agent_transitions import rated
from offhook.domain.routing.contact import Contact, ContactState, FlowPosition
from offhook.domain.storage import Item, Write
from offhook.stores.codec import decode, decode_events
from offhook.stores.counters import Counters
from offhook.stores.flow_statistics import FlowStatistics
from offhook.usecases.analytics.zones import zone_of
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

IN_QUEUE = (ContactState.WAITING, ContactState.OFFERED)
ATTEMPTS = 12  # shards of one tenant may race each other


def count(deps: Deps, changes: Sequence[ItemChange]) -> bool:
    """Fold one tenant's changes into its tally, each once; says whether any figure moved."""
    counted = [c for c in (_counted(change) for change in changes if _is_counted(change)) if is_of_interest(c)]
    return bool(counted) and again_on_conflict(lambda: _fold(deps, counted), ATTEMPTS)


def _fold(deps: Deps, counted: Sequence[Counted]) -> bool:
    counters = Counters(deps.items, deps.tenant.id)
    before, version = counters.tally()
    after = fold(before, counted, zone_of(deps.tenant), deps.clock.now())
    if after is before:
        return False
    passed = [one.passed for one in counted if one.passed and digest(one.token) not in before.seen]
    fresh = [one for one in counted if digest(one.token) not in before.seen]
    counters.save(after, version, *FlowStatistics(deps.items, deps.tenant.id).writes(passed), *_ratings(deps, fresh))
    if after.paces is not before.paces:
        counters.keep_paces(after.paces)
    return True


def _ratings(deps: Deps, counted: Sequence[Counted]) -> list[Write]:
    """The agents whom customers rated, with their scores added: one commit with the tally, so that each counts once."""
    scores: dict[str, list[float]] = {}
    for event in (e for one in counted for e in one.events if rates_agent(e)):
        scores.setdefault(event["agent_id"], []).append(event["score"])
    writes: list[Write] = []
    for agent_id, told in scores.items():
        before = deps.agents.get(AgentId(agent_id))
        if before is not None:
            writes += deps.agents.writes(before, reduce(rated, told, before), ())
    return writes


def _is_counted(change: ItemChange) -> bool:
    """Contacts and agents; what only leaves because it expired was counted when it ended."""
    return change.kind in ("contact", "agent") and change.new is not None


def _counted(change: ItemChange) -> Counted:
    events = decode_events(change.outbox) if change.outbox else []
    token = f"{change.entity}:{change.version}"
    told = [event for event in events if not event.get("trial")]
    return Counted(token, _presence(change, change.old), _presence(change, change.new), told, _passed(change, told))


def _passed(change: ItemChange, told: Sequence[Mapping[str, Any]]) -> FlowPosition | None:
    """The way through its flow of a contact that ended with this change."""
    ended = change.kind == "contact" and any(event["type"] == "contact_ended" for event in told)
    return decode(Contact, change.new.body).flow if ended and change.new is not None else None


def _presence(change: ItemChange, item: Item | None) -> Presence:
    if item is None:
        return ABSENT
    if change.kind == "agent":
        agent = decode(Agent, item.body)
        away = agent.state in (AgentState.OFFLINE, AgentState.AWAY)
        shown = "" if agent.state is AgentState.OFFLINE else agent.state
        return Presence(agent_state=shown, serving="" if away else agent.profile_id)
    contact = decode(Contact, item.body)
    waits = contact.visit is not None and contact.state in IN_QUEUE
    queue = contact.visit.queue if contact.visit and waits else ""
    return Presence(waiting=queue, contact=contact.state is not ContactState.ENDED, marks=_marks(contact))


def _marks(contact: Contact) -> str:
    """Whether help is asked for, and who is in the call as what."""
    wanted = contact.help_wanted
    watched = [f"{p.id} {p.mode} {p.private} {p.is_joined}" for p in contact.supervisors]
    return "\n".join([*([wanted.note, str(wanted.asked_at)] if wanted else []), *watched])
