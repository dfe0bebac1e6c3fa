"""The reference call: answer, menu, queue, offer, press 1, talk, hang up, wrap-up, one survey question, recording.

30 s of flow, 60 s of waiting until an agent comes back, 210 s of talk, as in the price comparison. `ready` leaves the
waiting out: an agent is free when the caller begins to wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from offhook.domain.ids import AgentId, TenantId
from offhook.domain.routing.contact import Contact, ContactState
from offhook.usecases.routing import talking, wrap_up

from bench.centre import Centre, Step, away, back, centre
from tests.world import checks

SCRIPT = "press 2 after the first prompt, press 1"
TICK_S = 0.5
WAIT_S, TALK_S, WRAP_UP_S = 60, 210, 20


@dataclass(frozen=True, slots=True)
class Played:
    """The steps of one call, heartbeats, presence checks and sweeps left out."""

    steps: tuple[Step, ...]
    contact: Contact

    def total(self, steps: Sequence[Step] | None = None) -> tuple[float, float]:
        """Write and read units of the steps, of all when none are given."""
        chosen = self.steps if steps is None else steps
        return sum(s.wru for s in chosen), sum(s.rru for s in chosen)

    def to_accepted(self) -> list[Step]:
        """From the request in which the contact begins to wait to the key that accepts, both included."""
        first = next(n for n, s in enumerate(self.steps) if s.what.endswith("/wait"))
        last = next(n for n, s in enumerate(self.steps) if s.what.endswith("/key"))
        return list(self.steps[first : last + 1])

    def webhooks(self) -> int:
        """Requests of the carrier."""
        return sum(1 for s in self.steps if s.what.startswith("/v1/"))


def play(agents: int, *, ready: bool) -> Played:
    """Play the call among that many agents who are signed in."""
    with centre(agents) as (made, tenant, ids):
        chosen = ids[:: max(1, len(ids) - 1)][:1] if ready else ids
        if not ready:
            for agent in ids:
                made.desk(tenant, "away", lambda deps, agent=agent: away(deps, agent))  # type: ignore[misc]
        made.run(25)
        made.steps.clear()
        made.call(SCRIPT)
        if not ready:
            _until(made, tenant, ContactState.WAITING)
            made.run(WAIT_S)
            made.desk(tenant, "state", lambda deps: back(deps, chosen[0]))
        contact = _until(made, tenant, ContactState.CONNECTED)
        made.run(TALK_S)
        assert contact.assignment is not None
        agent = contact.assignment.agent_id
        made.desk(tenant, "hang_up", lambda deps: talking.hang_up(deps, agent, contact.id))
        made.run(WRAP_UP_S)
        made.desk(tenant, "note", lambda deps: wrap_up.note(deps, agent, contact.id, disposition="solved"))
        made.desk(tenant, "finish", lambda deps: wrap_up.finish(deps, agent))
        made.run(60)
        (ended,) = checks.contacts(made, tenant)
        assert ended.is_closed and ended.survey is not None and ended.survey.answers, ended
        assert ended.recordings, ended
        return Played(tuple(s for s in made.steps if not _beside(s)), ended)


def _until(made: Centre, tenant: TenantId, state: ContactState) -> Contact:
    for _ in range(1000):
        made.run(TICK_S)
        found = [c for c in checks.contacts(made, tenant) if c.state is state]
        if found:
            return found[0]
    raise AssertionError(f"the contact never became {state}")


def _beside(step: Step) -> bool:
    return step.what in ("work presence", "work sweep")


__all__ = ["AgentId", "Played", "play"]
