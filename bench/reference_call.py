"""The reference call: answer, menu, queue, offer, press 1, talk, hang up, wrap-up, one survey question, recording.

30 s of flow, 60 s of waiting until an agent comes back, 210 s of talk, as in the price comparison. `ready` leaves the
waiting out: an agent is free when the caller begins to wait.
"""

from dataclasses import dataclass

from offhook.domain.ids import AgentId, TenantId
from offhook.domain.routing.contact import Contact, ContactState
from offhook.usecases.routing import talking, wrap_up

from bench.centre import Centre, Step, away, back, centre
from tests.world import checks

SCRIPT = "press 2 after the first prompt, press 1"
TICK_S = 0.5
WAIT_S, TALK_S, WRAP_UP_S = 60, 210, 20
BESIDE = ("work presence", "work sweep", "desk heartbeat")


@dataclass(frozen=True, slots=True)
class Played:
    """The steps of one call, heartbeats, presence checks and sweeps left out.

    to_accepted: write and read units after the contact began to wait, up to the key that accepts.
    """

    steps: tuple[Step, ...]
    to_accepted: tuple[float, float]

    def total(self) -> tuple[float, float]:
        """Write and read units."""
        return sum(s.wru for s in self.steps), sum(s.rru for s in self.steps)

    def webhooks(self) -> int:
        """Requests of the carrier."""
        return sum(s.is_webhook for s in self.steps)

    def invocations(self) -> int:
        """Lambda invocations: webhooks, desk requests, messages of the work queue."""
        return len(self.steps)


def play(agents: int, *, ready: bool, warm: bool = True) -> Played:
    """Play the call among that many agents who are signed in; warm: as the second call of the process."""
    with centre(agents, warm=warm) as (made, tenant, ids):
        if not ready:
            for agent in ids:
                made.desk(tenant, "away", lambda deps, agent=agent: away(deps, agent))
        if warm:
            _play(made, tenant, None if ready else ids[0])
        if warm and not ready:
            made.desk(tenant, "away", lambda deps: away(deps, ids[0]))
        made.steps.clear()
        return _play(made, tenant, None if ready else ids[0])


def play_many(calls: int, agents: int = 50) -> list[Played]:
    """Calls one after another in one warm process, the first left out; every second one waits for its agent."""
    with centre(agents) as (made, tenant, ids):
        played = []
        for n in range(calls + 1):
            for agent in ids if n % 2 else ():
                made.desk(tenant, "away", lambda deps, agent=agent: away(deps, agent))
            made.steps.clear()
            played.append(_play(made, tenant, ids[0] if n % 2 else None))
            for agent in ids[1:] if n % 2 else ():
                made.desk(tenant, "back", lambda deps, agent=agent: back(deps, agent))
        return played[1:]


def play_within(made: Centre, tenant: TenantId) -> Played:
    """One call to a centre in which an agent is free."""
    return _play(made, tenant, None)


def _play(made: Centre, tenant: TenantId, comes_back: AgentId | None) -> Played:
    before = {c.id for c in checks.contacts(made, tenant)}
    made.call(SCRIPT)
    if comes_back is not None:
        _until(made, tenant, ContactState.WAITING)
        made.run(WAIT_S)
        made.desk(tenant, "state", lambda deps: back(deps, comes_back))
    contact = _until(made, tenant, ContactState.CONNECTED)
    to_accepted = made.since_waiting()
    made.run(TALK_S)
    assert contact.assignment is not None
    agent = contact.assignment.agent_id
    made.desk(tenant, "hang_up", lambda deps: talking.hang_up(deps, agent, contact.id))
    made.run(WRAP_UP_S)
    made.desk(tenant, "note", lambda deps: wrap_up.note(deps, agent, contact.id, disposition="solved"))
    made.desk(tenant, "finish", lambda deps: wrap_up.finish(deps, agent))
    made.run(60)
    (ended,) = (c for c in checks.contacts(made, tenant) if c.id not in before)
    assert ended.is_closed and ended.survey is not None and ended.survey.answers and ended.recordings, ended
    return Played(tuple(s for s in made.steps if s.what not in BESIDE), to_accepted)


def _until(made: Centre, tenant: TenantId, state: ContactState) -> Contact:
    for _ in range(1000):
        made.run(TICK_S)
        found = [c for c in checks.contacts(made, tenant) if c.state is state]
        if found:
            return found[0]
    raise AssertionError(f"the contact never became {state}")
