"""Figures and lists cut to what somebody may see: their own queues and teams."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypedDict, cast

from offhook.domain.errors import NotFound
from offhook.domain.tenants.scope import Scope
from offhook.usecases.analytics.contacts import ContactSummary
from offhook.usecases.analytics.floor import Floor


def seen_floor(floor: Floor, scope: Scope) -> Floor:
    """The floor with their queues and agents; the number of contacts is what waits there and who talks."""
    if scope.everything:
        return floor
    queues = tuple(queue for queue in floor.queues if scope.may_see_queue(queue.id))
    agents = tuple(agent for agent in floor.agents if scope.may_see_agent(agent.id))
    states = {state: sum(agent.state == state for agent in agents) for state in sorted({a.state for a in agents})}
    contacts = sum(queue.waiting for queue in queues) + sum(bool(agent.contact_id) for agent in agents)
    calls = tuple(call for call in floor.calls if scope.may_see_contact(call.queue, call.agent_id))
    return replace(floor, queues=queues, agents=agents, agent_states=states, contacts=contacts, calls=calls)


def seen_contacts(contacts: Iterable[ContactSummary], scope: Scope) -> list[ContactSummary]:
    """Those of their queues and teams."""
    return [one for one in contacts if scope.may_see_contact(one.queue, one.agent_id)]


class PublishedEvent(TypedDict):
    """An event as it was published, with the fields of its type beside these; at: milliseconds since 1970."""

    event_id: str
    type: str
    tenant: str
    at: int


def seen_events(events: Iterable[dict[str, Any]], scope: Scope) -> list[PublishedEvent]:
    """Those about their queues and teams."""
    seen = [e for e in events if scope.may_see_contact(e.get("queue_id", ""), e.get("agent_id", ""))]
    return cast(list[PublishedEvent], seen)


def seen_report(asked: Mapping[str, str], scope: Scope) -> dict[str, str]:
    """The question with filters that leave only what is theirs; raises NotFound when it names none of it."""
    narrowed = dict(asked)
    for name, mine in (("queue", scope.queues), ("agent", scope.agents)):
        if mine is not None:
            wanted = {one.strip() for one in asked.get(name, "").split(",")} - {""}
            left = mine & wanted if wanted else mine
            if not left:
                raise NotFound()
            narrowed[name] = ",".join(sorted(left))
    return narrowed
