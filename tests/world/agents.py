"""Agents as they behave: sign in, keep their heartbeat, answer, finish their wrap-up, come back from away."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from offhook.domain.errors import OffhookError
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.routing.agent import Agent, AgentState, EndpointKind
from offhook.domain.storage import Item
from offhook.stores import keys
from offhook.stores.codec import decode
from offhook.usecases.deps import Deps
from offhook.usecases.routing import presence, talking, wrap_up

from local.demo import plan as demo
from tests.world import restless
from tests.world.world import WorkerKilled, World

HEARTBEAT_S = presence.BEAT_MS / 1000
GLANCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Habits:
    """answers_after_s: how long the device rings; talks_s, wraps_s: mean of an exponential time.

    misses, declines: how often a ringing device is ignored or the call refused (telephones).
    fidgets, dials: how likely, at each glance, an agent uses a control of the call or takes more time to wrap it up,
    and a free one places a call.
    """

    answers_after_s: float = 3.0
    talks_s: float = 40.0
    wraps_s: float = 8.0
    misses: float = 0.0
    declines: float = 0.0
    fidgets: float = 0.0
    dials: float = 0.0


class AgentActor:
    """One agent of a tenant in the world; looks at the desk every two seconds, as a person would."""

    def __init__(
        self, world: World, tenant: TenantId, agent_id: AgentId, habits: Habits, chance: random.Random
    ) -> None:
        self.world, self.tenant, self.id, self.habits, self.chance = world, tenant, agent_id, habits, chance
        self.working = False
        self.session = ""
        self._prepared_for = 0
        self._seen: tuple[Item, Agent] | None = None
        self._hang_up_at: dict[str, float] = {}
        self._finish_at: dict[str, float] = {}

    def sign_in(self) -> None:
        """Begin to work."""
        self.working = True
        agent = self._try(lambda deps: presence.sign_in(deps, self.id))
        if isinstance(agent, Agent):
            self.session = agent.session_id
            self._prepare_device(agent)
        self._beat()
        self._glance()

    def sign_out(self) -> None:
        """Stop after the present contact; a disturbed request is repeated."""
        self.working = False
        self._try(lambda deps: presence.sign_out(deps, self.id))

    def vanish(self) -> None:
        """The device dies: no heartbeat, no answer; the agent never comes back."""
        self.working = False
        self.session = ""

    def _beat(self) -> None:
        if not self.session:
            return
        self._try(lambda deps: presence.heartbeat(deps, self.id, self.session))
        self.world.scheduler.after(HEARTBEAT_S, self._beat)

    def _glance(self) -> None:
        if not self.session:
            return
        agent = self._presence()
        if agent is not None:
            self._act(agent)
        self.world.scheduler.after(GLANCE_S, self._glance)

    def _presence(self) -> Agent | None:
        """The agent as stored, read anew only when it has changed: most glances see what the last one saw."""
        item = self.world.aws.store.read(keys.agent(self.tenant, self.id))
        if item is None:
            return None
        if self._seen is None or self._seen[0] is not item:
            self._seen = item, decode(Agent, item.body)
        return self._seen[1]

    def _act(self, agent: Agent) -> None:
        now = self.world.scheduler.now()
        match agent.state:
            case AgentState.AWAY | AgentState.OFFLINE if self.working:
                self._try(lambda deps: self._return(deps, agent))
            case AgentState.AVAILABLE if agent.version != self._prepared_for:
                self._prepare_device(agent)
            case AgentState.AVAILABLE if (
                self.habits.dials and self.working and self.chance.random() < self.habits.dials
            ):
                self._try(lambda deps: restless.places(deps, self.id, self.chance))
            case AgentState.BUSY if agent.contact_id and agent.offer_id:
                due = self._hang_up_at.setdefault(agent.offer_id, now + self._draw(self.habits.talks_s))
                if now >= due:
                    contact = agent.contact_id
                    self._try(lambda deps: talking.hang_up(deps, self.id, contact))
                elif self._likely(self.habits.fidgets):
                    self._try(lambda deps: self._fidget(deps, agent))
            case AgentState.WRAP_UP if agent.offer_id:
                due = self._finish_at.setdefault(agent.offer_id, now + self._draw(self.habits.wraps_s))
                if now >= due:
                    self._try(lambda deps: wrap_up.finish(deps, self.id))
                elif self._likely(self.habits.fidgets):
                    self._try(lambda deps: wrap_up.extend(deps, self.id))
            case _:
                pass

    def _fidget(self, deps: Deps, agent: Agent) -> None:
        contact = deps.contacts.get(agent.contact_id) if agent.contact_id else None
        if contact is not None:
            restless.fidget(deps, self.id, contact, self.chance)

    def _return(self, deps: Deps, agent: Agent) -> None:
        if agent.state is AgentState.AWAY:
            presence.choose_state(deps, self.id, AgentState.AVAILABLE)
        else:
            self.session = presence.sign_in(deps, self.id).session_id

    def _prepare_device(self, agent: Agent) -> None:
        """What the agent does the next time the device rings."""
        self._prepared_for = agent.version
        address = agent.endpoint.address
        if agent.endpoint.kind is EndpointKind.BROWSER:
            self.world.carrier.register_client(address.removeprefix("client:"))
        self.world.carrier.set_script(address, self._script(agent.endpoint.kind))

    def _script(self, kind: EndpointKind) -> str:
        drawn = self.chance.random()
        if drawn < self.habits.misses:
            return "do not answer" if drawn < self.habits.misses / 2 else "voicemail"
        answer = f"answer after {self.habits.answers_after_s:g} s"
        if kind is EndpointKind.BROWSER:
            return "decline" if drawn < self.habits.misses + self.habits.declines else answer
        key = "9" if drawn < self.habits.misses + self.habits.declines else "1"
        return f"{answer}, press {key} after the first prompt"

    def _likely(self, share: float) -> bool:
        return share > 0 and self.chance.random() < share

    def _draw(self, mean_s: float) -> float:
        return self.chance.expovariate(1 / mean_s)

    def _try(self, action: Callable[[Deps], object]) -> object:
        """A request of the desk; one that fails is simply made again at the next glance."""
        try:
            with self.world.within(self.tenant) as deps:
                return action(deps)
        except (OffhookError, WorkerKilled):
            return None


def staff(world: World, tenant: TenantId, habits: Habits | None = None) -> list[AgentActor]:
    """All agents of the tenant's plan, signed in."""
    chance = random.Random(world.seed)
    people = demo.people(world.tenants[tenant].agents)
    actors = [AgentActor(world, tenant, p.id, habits or Habits(), random.Random(chance.random())) for p in people]
    for actor in actors:
        actor.sign_in()
    return actors
