"""Agents' presence: items, ready rows and heartbeats, each change one commit with its events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from offhook.domain.events import Event
from offhook.domain.ids import HOUR, AgentId, Instant, ProfileId, TenantId
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.storage import Delete, IndexEntry, Item, Items, Put, Table, Write
from offhook.stores import keys
from offhook.stores.codec import decode, encode, encode_events

SESSION_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """When a session of the agent was last heard of."""

    session_id: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Agents:
    """The agents of one tenant."""

    items: Items
    tenant: TenantId

    def get(self, agent_id: AgentId) -> Agent | None:
        """The agent's presence; None when they never signed in."""
        item = self.items.get(keys.agent(self.tenant, agent_id))
        return decode(Agent, item.body) if item else None

    def save(self, old: Agent | None, new: Agent, events: Sequence[Event]) -> Agent:
        """Commit a change of this agent alone; raises CommitConflict when somebody was faster."""
        if new == old and not events:
            return new
        self.items.commit(*self.writes(old, new, events))
        return self.next_version(old, new)

    def next_version(self, old: Agent | None, new: Agent) -> Agent:
        """The agent as a commit of `writes` has stored it."""
        return replace(new, version=(old.version if old else 0) + 1)

    def writes(self, old: Agent | None, new: Agent, events: Sequence[Event]) -> list[Write]:
        """The writes of a change, to be committed together with others'; old None = first sign-in."""
        version = old.version if old else 0
        stored = replace(new, version=version + 1)
        item = Item(
            keys.agent(self.tenant, stored.id),
            version=stored.version,
            body=encode(stored),
            events=encode_events(events) if events else b"",
            index=None if stored.state is AgentState.OFFLINE else (keys.open_agents(self.tenant), _rank(stored)),
        )
        writes: list[Write] = [Put(item, expect=version)]
        before, after = self._ready_item(old), self._ready_item(stored)
        if before is not None and (after is None or after.key != before.key):
            writes.append(Delete(before.key))
        if after is not None:
            writes.append(Put(after))
        return writes

    def ready(self, profile: ProfileId, limit: int = 25, after: str = "") -> list[tuple[str, Agent]]:
        """Ready agents of a profile, longest idle first, with their sort keys (to read on after the last).

        A ready row is written with its agent's item and holds the same body, so no further read is needed
        before an offer: the condition on the agent's version decides.
        """
        found = self.items.query(Table.LIVE, keys.ready_list(self.tenant, profile), after=after, limit=limit)
        return [(i.key.sk, decode(Agent, i.body)) for i in found]

    def signed_in(self, after: str = "", limit: int = 100) -> list[Agent]:
        """Agents who are not offline, by profile and id, beyond the agent with the id `after`; the list may lag."""
        last = self.get(AgentId(after)) if after else None
        entries = self._open(_rank(last) if last else "", limit)
        return [decode(Agent, i.body) for i in self.items.get_many([e.key for e in entries]) if i]

    def count_signed_in(self, profiles: Iterable[ProfileId], limit: int) -> int:
        """How many of the profiles are not offline, counted up to limit or a little beyond.

        Reads no agent, and may lag. One request as long as fewer than limit are signed in from the first profile on.
        """
        left, found = sorted(f"{profile}#" for profile in profiles), 0
        while left and found < limit:
            page = self._open(left[0], limit)
            found += sum(entry.rank.startswith(tuple(left)) for entry in page)
            last = page[-1].rank if len(page) == limit else "\U0010ffff"
            left = [prefix for prefix in left if prefix > last]
        return found

    def beat(self, agent_id: AgentId, session_id: str, now: Instant) -> None:
        """Note a heartbeat; each session has its own, so that one left open elsewhere disturbs nobody."""
        key = keys.heartbeat(self.tenant, agent_id, session_id[:SESSION_LIMIT])
        self.items.commit(Put(Item(key, body=encode(Heartbeat(session_id, now)), expires_at=now + HOUR)))

    def last_beat(self, agent_id: AgentId, session_id: str = "") -> Heartbeat | None:
        """The last heartbeat of the session, or of any."""
        if session_id:
            item = self.items.get(keys.heartbeat(self.tenant, agent_id, session_id[:SESSION_LIMIT]))
            return decode(Heartbeat, item.body) if item else None
        items = self.items.query(Table.PULSE, keys.heartbeat_list(self.tenant, agent_id))
        return max((decode(Heartbeat, i.body) for i in items), key=lambda beat: beat.at, default=None)

    def glimpsed_beat(self, agent_id: AgentId, session_id: str) -> Heartbeat | None:
        """The last heartbeat of the session, or an earlier one: it proves presence, never absence."""
        item = self.items.glance(keys.heartbeat(self.tenant, agent_id, session_id[:SESSION_LIMIT]))
        return decode(Heartbeat, item.body) if item else None

    def _open(self, after: str, limit: int) -> list[IndexEntry]:
        return self.items.query_index(Table.LIVE, keys.open_agents(self.tenant), after=after, limit=limit)

    def _ready_item(self, agent: Agent | None) -> Item | None:
        if agent is None or not agent.is_ready:
            return None
        key = keys.ready_row(self.tenant, agent.profile_id, agent.idle_since, agent.id)
        return Item(key, version=agent.version, body=encode(agent))


def _rank(agent: Agent) -> str:
    return f"{agent.profile_id}#{agent.id}"
