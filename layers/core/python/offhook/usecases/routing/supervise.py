"""A supervisor beside a conversation: listens, whispers to the agent, speaks with both, or takes it over.

Each is written first and carried out at the carrier from what is written (arrange.py). Asked for again, it changes
nothing. All raise NotFound for contacts that are not under way or not in the supervisor's scope.
"""

from dataclasses import dataclass

from offhook.domain.errors import Conflict, NotFound
from offhook.domain.ids import AgentId, ContactId, OfferId
from offhook.domain.routing import agent_transitions, monitoring
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import Contact, ContactState, lease_until
from offhook.domain.routing.contact_parts import agents_party
from offhook.domain.routing.party import Monitoring, Party, PartyEnd, PartyKind, PartyRole
from offhook.domain.routing.supervision import SupervisionRules
from offhook.domain.tenants.scope import Scope
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import party_leave
from offhook.usecases.routing.arrange import arrange
from offhook.usecases.routing.parties import Loose, have_rung
from offhook.usecases.routing.targets import RING_S

NO_CALL = "There is no such contact under way."


class NoDevice(Conflict):
    """You are not signed in at a device that could be rung."""

    code = "no_device"


class PrivateNotAllowed(Conflict):
    """Agents of this tenant are shown who listens."""

    code = "private_monitoring_not_allowed"


@dataclass(frozen=True, slots=True)
class Watching:
    """How the supervisor is in the call now. state: ringing, joined."""

    contact_id: ContactId
    party_id: OfferId
    mode: str
    private: bool
    state: str


def monitor(
    deps: Deps, me: AgentId, scope: Scope, contact_id: ContactId, mode: Monitoring, *, private: bool = False
) -> Watching:
    """Ring the supervisor's own device into the call, or change how they are in it.

    Raises NoDevice, PrivateNotAllowed, and Conflict while the supervisor is at work or no agent is in conversation.
    """
    if private and not rules_of(deps).private_listening:
        raise PrivateNotAllowed()

    def attempt() -> tuple[Contact, Party | None]:
        contact = seen(deps, contact_id, scope)
        mine = agents_party(contact, me)
        if mine is not None and mine.is_supervisor:
            change = monitoring.mode_set(contact, mine.id, mode, private, deps.clock.now())
            return deps.contacts.save(contact, change.entity, change.events), None
        return _invited(deps, contact, _free(deps, me), mode, private)

    contact, rung = again_on_conflict(attempt)
    if rung is not None:
        have_rung(deps, contact_id, rung)
    return _view(arrange(deps, contact), me)


def stop(deps: Deps, me: AgentId, contact_id: ContactId) -> None:
    """Out of the call, ringing or in it; nothing changes for the others. Repeated: nothing. NotFound: never in it."""
    contact = deps.contacts.get(contact_id)
    mine = [p for p in contact.parties if p.agent_id == me and p.is_supervisor] if contact else []
    if contact is None or not mine:
        raise NotFound(NO_CALL)
    last = mine[-1]
    if last.is_live:
        party_leave.out(deps, contact_id, last.id, PartyEnd.DROPPED if last.is_joined else PartyEnd.CANCELLED)


def take_over(deps: Deps, me: AgentId, scope: Scope, contact_id: ContactId) -> None:
    """The conversation is the supervisor's, who must be in the call; the agent goes to wrap-up."""
    contact = seen(deps, contact_id, scope)
    if contact.leader is not None and contact.leader.agent_id == me:
        arrange(deps, contact)
        return
    mine = agents_party(contact, me)
    if mine is None or not mine.is_supervisor or not mine.is_joined:
        raise Conflict("monitoring_first")
    party_leave.hand_over(deps, contact, mine.id, "supervisor")


def seen(deps: Deps, contact_id: ContactId, scope: Scope) -> Contact:
    """A contact under way that the supervisor may see; raises NotFound."""
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.state is ContactState.ENDED:
        raise NotFound(NO_CALL)
    work = contact.leader or contact.assignment
    queue = work.queue if work else contact.visit.queue if contact.visit else ""
    scope.require_contact(queue, work.agent_id if work else "", NO_CALL)
    return contact


def rules_of(deps: Deps) -> SupervisionRules:
    """What the tenant decided, or the rules by default."""
    return deps.config.find(SupervisionRules, SupervisionRules().id) or SupervisionRules()


def change_rules(deps: Deps, private_listening: bool, version: int) -> SupervisionRules:
    """version: of the rules that were read; raises PreconditionFailed when they are others now."""
    wanted = SupervisionRules(version=version, private_listening=private_listening)
    return deps.config.create(wanted) if version == 0 else deps.config.change(wanted)


def _free(deps: Deps, me: AgentId) -> Agent:
    agent = deps.agents.get(me)
    if agent is None or agent.state is AgentState.OFFLINE:
        raise NoDevice()
    if agent.state not in (AgentState.AVAILABLE, AgentState.AWAY):
        raise Conflict("own_contact")
    return agent


def _invited(deps: Deps, contact: Contact, agent: Agent, mode: Monitoring, private: bool) -> tuple[Contact, Party]:
    now = deps.clock.now()
    party = Party(
        OfferId(deps.ids.new("o")), PartyKind.AGENT, PartyRole.SUPERVISOR, agent.endpoint, now,
        lease_until(now, RING_S), RING_S, name=agent.name, agent_id=agent.id, invited_by=agent.id, mode=mode,
        private=private,
    )  # fmt: skip
    busy = agent_transitions.dials(agent, contact.id, party.id, now)
    writes = tuple(deps.agents.writes(agent, busy.entity, busy.events))
    return Loose(monitoring.invited(contact, party, now), writes).commit(deps, contact), party


def _view(contact: Contact, me: AgentId) -> Watching:
    mine = agents_party(contact, me)
    if mine is None or mine.mode is None:
        raise Conflict("conversation_over")
    state = "joined" if mine.is_joined else "ringing"
    return Watching(contact.id, mine.id, mine.mode, mine.private, state)
