"""Voicemails as people work with them: listed, claimed, played, answered by a callback, closed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from offhook.domain.errors import NotFound
from offhook.domain.ids import AgentId, ContactId, Instant
from offhook.domain.routing import voicemails as moves
from offhook.domain.routing.agent import ANY_WORK
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.routing.transitions import Change
from offhook.domain.routing.voicemails import Held, Voicemail, VoicemailStatus
from offhook.domain.tenants.scope import Scope
from offhook.stores.recordings import Recordings
from offhook.stores.voicemails import Voicemails
from offhook.usecases.callbacks import asking
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict


class VoicemailOutcome(StrEnum):
    """What came of a voicemail."""

    ANSWERED = "answered"
    NO_ANSWER_NEEDED = "no_answer_needed"
    UNREACHABLE = "unreachable"
    SPAM = "spam"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VoicemailView:
    """One voicemail; number "" = withheld, or forgotten with its contact."""

    id: str
    status: VoicemailStatus
    queue: str
    contact_id: str
    number: str
    customer_id: str
    customer_name: str
    left_at: Instant
    duration_s: int
    agent_id: str
    claimed_at: Instant | None
    callback_id: str
    outcome: str
    closed_at: Instant | None
    version: int


@dataclass(frozen=True, slots=True)
class Link:
    """Where the sound is, for five minutes."""

    url: str


def listed(
    deps: Deps, scope: Scope, after: str = "", limit: int = 50, queue: str = ""
) -> tuple[list[VoicemailView], str | None]:
    """A page of those that are not closed, the oldest first, and where the next page begins."""
    rows = Voicemails(deps.items, deps.tenant.id).open(after, limit)
    seen = [v for _, v in rows if scope.may_see_queue(v.queue) and queue in ("", v.queue)]
    return [_view(deps, v) for v in seen], rows[-1][0] if len(rows) == limit else None


def one(deps: Deps, voicemail_id: str, scope: Scope) -> VoicemailView:
    """One of them; raises NotFound."""
    return _view(deps, _one(deps, voicemail_id, scope))


def link(deps: Deps, voicemail_id: str, scope: Scope) -> Link:
    """Where to listen to it; raises NotFound, also when the recording is gone."""
    kept = Recordings(deps.items, deps.tenant.id).get(_one(deps, voicemail_id, scope).recording_sid)
    if kept is None or kept.deleting:
        raise NotFound("The recording is not there, yet or any more.")
    return Link(deps.media.link(kept.media_key))


def claim(deps: Deps, agent: AgentId, voicemail_id: str, scope: Scope) -> VoicemailView:
    """The agent works on it from now on; raises NotFound, VoicemailOver, or CapacityReached when they have enough."""
    person = deps.config.find(AgentConfig, agent)
    most = (person.capacity if person else ANY_WORK).voicemails
    hold = _Hold(agent, lambda held: held.with_one(voicemail_id, most))
    return _change(deps, voicemail_id, scope, lambda v: moves.claimed(v, agent, deps.clock.now()), hold)


def give_back(deps: Deps, agent: AgentId, voicemail_id: str, scope: Scope, *, leads: bool = False) -> VoicemailView:
    """Somebody else shall; raises NotFound or VoicemailOver.

    leads: they may let go of it for those whom they see, too: an agent who is gone would keep it for ever.
    """
    has_it = _one(deps, voicemail_id, scope).agent_id if leads else None
    of = has_it if has_it is not None and scope.may_see_agent(has_it) else agent
    let_go = _Hold(of, lambda held: held.without(voicemail_id))
    return _change(deps, voicemail_id, scope, lambda v: moves.given_back(v, of, deps.clock.now()), let_go)


def call_back(deps: Deps, agent: AgentId, voicemail_id: str, by: str, scope: Scope) -> VoicemailView:
    """Have its caller called back by the queue; raises NotFound, VoicemailOver, and what `asking.ask` raises."""
    found = _one(deps, voicemail_id, scope)
    moves.answered_by(found, agent, ContactId(""), deps.clock.now())  # refuses before anybody is called
    contact = _contact(deps, found)
    number = contact.customer_number if contact else ""
    asked = asking.ask(deps, asking.Wish(number, found.queue, by, f"voicemail/{found.id}", origin=contact))
    return _change(deps, voicemail_id, scope, lambda v: moves.answered_by(v, agent, asked.id, deps.clock.now()))


def close(deps: Deps, agent: AgentId, voicemail_id: str, outcome: VoicemailOutcome, scope: Scope) -> VoicemailView:
    """Done with; raises NotFound or VoicemailOver."""
    let_go = _Hold(agent, lambda held: held.without(voicemail_id))
    return _change(deps, voicemail_id, scope, lambda v: moves.closed(v, agent, outcome, deps.clock.now()), let_go)


@dataclass(frozen=True, slots=True)
class _Hold:
    """What becomes of the messages that the agent works on, in the same commit."""

    agent: AgentId
    change: Callable[[Held], Held]


def _change(
    deps: Deps,
    voicemail_id: str,
    scope: Scope,
    change: Callable[[Voicemail], Change[Voicemail]],
    hold: _Hold | None = None,
) -> VoicemailView:
    store = Voicemails(deps.items, deps.tenant.id)

    def attempt() -> Voicemail:
        changed = change(_one(deps, voicemail_id, scope))
        if not changed.events:
            return changed.entity
        writes = store.writes(changed.entity, changed.events)
        if hold is not None:
            held = store.held(hold.agent)
            writes += store.held_writes(hold.agent, held, hold.change(held), deps.clock.now())
        deps.items.commit(*writes)
        return replace(changed.entity, version=changed.entity.version + 1)

    return _view(deps, again_on_conflict(attempt))


def _one(deps: Deps, voicemail_id: str, scope: Scope) -> Voicemail:
    found = Voicemails(deps.items, deps.tenant.id).get(voicemail_id)
    if found is None or not scope.may_see_queue(found.queue):
        raise NotFound("There is no such voicemail.")
    return found


def _contact(deps: Deps, voicemail: Voicemail) -> Contact | None:
    return deps.contacts.closed(voicemail.contact_id) or deps.contacts.get(voicemail.contact_id)


def _view(deps: Deps, v: Voicemail) -> VoicemailView:
    contact = _contact(deps, v)
    return VoicemailView(
        v.id, v.status, v.queue, v.contact_id, contact.customer_number if contact else "",
        (contact.customer_id or "") if contact else "", contact.customer_name if contact else "", v.left_at,
        v.duration_s, v.agent_id or "", v.claimed_at, v.callback_id or "", v.outcome, v.closed_at, v.version,
    )  # fmt: skip
