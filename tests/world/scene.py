"""One call with its agents, told by hand: who is rung, speaks, is on hold and hangs up, at which moment."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from offhook.domain.ids import AgentId, CallSid, ContactId, TenantId
from offhook.domain.routing.agent import Agent, Endpoint, EndpointKind
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.party import Monitoring, Party, PartyRole
from offhook.usecases.deps import Deps
from offhook.usecases.routing import control, dial, presence, talking
from offhook.usecases.routing.targets import Target, TargetKind

from tests.world import checks
from tests.world.world import WorkerKilled, World

NUMBER, CALLER, OUTSIDE = "+14155550100", "+14155550999", "+14155550777"
BEAT_S = presence.BEAT_MS / 1000
QUIET = "answer after 2 s"  # a person who picks up and then only listens
ACCEPTS = "answer after 2 s, press 1 after the first prompt"
SILENT, BUSY, MAILBOX = "do not answer", "busy", "voicemail"


@dataclass
class Scene:
    """A tenant, the agents who are signed in, and the contact that the scene is about."""

    world: World
    tenant: TenantId
    contact_id: ContactId = field(default=ContactId(""))
    present: set[AgentId] = field(default_factory=set)

    def sign_in(self, name: str, kind: EndpointKind = EndpointKind.PHONE, script: str = "") -> AgentId:
        """An agent is there and answers whatever rings, unless the script says otherwise."""
        agent_id = AgentId(name)
        address = f"client:{name}" if kind is EndpointKind.BROWSER else f"+1415556{int(name[2:]):04d}"
        if kind is EndpointKind.BROWSER:
            self.world.carrier.register_client(name)
        self.act(lambda deps: presence.sign_in(deps, agent_id, endpoint=Endpoint(kind, address)))
        self.will(address, script or (QUIET if kind is EndpointKind.BROWSER else ACCEPTS))
        self.present.add(agent_id)
        self._beat(agent_id)
        return agent_id

    def will(self, address: str, script: str) -> None:
        """What somebody does when they are rung the next time."""
        self.world.carrier.set_script(address, script)

    def _beat(self, agent_id: AgentId) -> None:
        if agent_id not in self.present:
            return
        stored = self.agent(agent_id)
        with suppress(WorkerKilled):
            self.act(lambda deps: presence.heartbeat(deps, agent_id, stored.session_id))
        self.world.scheduler.after(BEAT_S, lambda: self._beat(agent_id))

    def sign_out(self) -> None:
        """Everybody goes, after the contact that they have."""
        for agent_id in sorted(self.present):
            self._leaves(agent_id)
        self.present.clear()

    def _leaves(self, agent_id: AgentId) -> None:
        self.act(lambda deps: presence.sign_out(deps, agent_id))

    def call(self, script: str = "press 1 after the first prompt") -> None:
        """A customer calls, and talks with the agent who is there."""
        sid = self.world.carrier.place_call(CALLER, NUMBER, script)
        self.until(lambda: any(c.call_sid == sid for c in checks.contacts(self.world, self.tenant)))
        self.contact_id = next(c.id for c in checks.contacts(self.world, self.tenant) if c.call_sid == sid)
        self.until(lambda: self.leader_talks)

    def dials(self, agent_id: AgentId, number: str = OUTSIDE) -> None:
        """An agent calls a customer."""
        found = self.act(lambda deps: dial.dial(deps, agent_id, number))
        assert isinstance(found, Contact)
        self.contact_id = found.id

    def invite(self, by: AgentId, kind: TargetKind, target: str, role: PartyRole) -> None:
        """Somebody is rung into the call."""
        self.act(lambda deps: control.invite(deps, by, self.contact_id, Target(kind, target), role))

    def transfer(self, by: AgentId, kind: TargetKind, target: str) -> None:
        """The call is given away."""
        self.act(lambda deps: control.transfer(deps, by, self.contact_id, Target(kind, target)))

    def hangs_up(self, agent_id: AgentId) -> None:
        """By the control of the desk."""
        self.act(lambda deps: talking.hang_up(deps, agent_id, self.contact_id))

    def act(self, action: Callable[[Deps], object]) -> object:
        """One request of the tenant."""
        with self.world.within(self.tenant) as deps:
            return action(deps)

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.world.run(seconds)

    def until(self, holds: Callable[[], bool], limit_s: float = 60.0) -> None:
        """Let time pass until it holds."""
        for _ in range(int(limit_s * 2)):
            if holds():
                return
            self.world.run(0.5)
        raise AssertionError(f"it never came about: {self.contact if self.contact_id else 'no contact'}")

    def ends(self, sid: CallSid | None) -> None:
        """The person at the end of that leg hangs up."""
        assert sid
        self.world.carrier.hang_up(sid)

    @property
    def contact(self) -> Contact:
        """As stored."""
        found = self.act(lambda deps: deps.contacts.get(self.contact_id))
        assert isinstance(found, Contact)
        return found

    def agent(self, agent_id: AgentId) -> Agent:
        """As stored."""
        found = self.act(lambda deps: deps.agents.get(agent_id))
        assert isinstance(found, Agent)
        return found

    @property
    def leader_talks(self) -> bool:
        """Customer and agent are together."""
        leader = self.contact.leader
        return self.contact.state is ContactState.CONNECTED and leader is not None and leader.talk_at is not None

    @property
    def party(self) -> Party:
        """Whoever was rung into the call last."""
        return self.contact.parties[-1]


def media_is_as_written(scene: Scene) -> None:
    """Who is in the room at the carrier, hears music or is muted, is what the contact says; no other leg is up."""
    contact, carrier = scene.contact, scene.world.carrier
    expected: dict[str, tuple[bool, bool, str]] = {}
    ringing: set[str] = set()
    if contact.call_sid and contact.state is ContactState.CONNECTED:
        expected[contact.call_sid] = (contact.customer_on_hold, False, "")
    if contact.leader is not None and contact.leader.call_sid:
        expected[contact.leader.call_sid] = (False, contact.leader.muted, "")
    for party in contact.live_parties:
        if party.is_joined and party.call_sid:
            coached = contact.leader.call_sid if contact.leader and party.mode is Monitoring.WHISPER else ""
            expected[party.call_sid] = (party.held, party.is_silent, coached or "")
        elif party.call_sid:
            ringing.add(party.call_sid)
    if contact.offer is not None and contact.offer.call_sid:
        ringing.add(contact.offer.call_sid)
    room = next((r for r in carrier.rooms.all.values() if r.friendly_name == contact.room and r.live), None)
    present = room.present() if room is not None else []
    found = {p.call_sid: (p.hold, p.muted, p.call_sid_to_coach if p.coaching else "") for p in present}
    assert found == expected, f"in the room {found}, by the contact {expected}: {contact}"
    own = {contact.call_sid} if contact.state is not ContactState.ENDED else set()
    legs = {call.sid for call in carrier.live_calls()}
    assert legs <= set(expected) | ringing | own, f"legs that nobody wants: {legs}; {contact}"
