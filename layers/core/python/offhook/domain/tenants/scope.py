"""Which agents and queues a person may see: everything, or their own teams and queues."""

from collections.abc import Set
from dataclasses import dataclass
from typing import NewType

from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import AgentId, QueueId

TeamId = NewType("TeamId", str)
MOST = 500


@dataclass(frozen=True, slots=True)
class Team:
    """People who are led together; a person may be in several."""

    id: TeamId
    name: str
    agents: tuple[AgentId, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Scope:
    """agents, queues: what may be seen of each; None = all. A person always sees their own agent."""

    agents: frozenset[AgentId] | None = None
    queues: frozenset[QueueId] | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is hidden."""
        return self.agents is None and self.queues is None

    def may_see_agent(self, agent: str) -> bool:
        """Whether the agent is in one of the teams."""
        return self.agents is None or agent in self.agents

    def may_see_queue(self, queue: str) -> bool:
        """Whether the queue is one of theirs."""
        return self.queues is None or queue in self.queues

    def may_see_contact(self, queue: str | None, agent: str | None) -> bool:
        """Whether the contact is theirs. queue, agent: where and with whom it is, or was; None or "" = nowhere yet.

        A contact that no agent has taken belongs to no team, so that those who lead its queue see it wait.
        """
        return self.may_see_queue(queue or "") and (not agent or self.may_see_agent(agent))

    def require_agent(self, agent: str, detail: str = "") -> None:
        """Raise NotFound unless the agent may be seen. detail: what is said of one that is nowhere."""
        if not self.may_see_agent(agent):
            raise NotFound(detail)

    def require_contact(self, queue: str | None, agent: str | None, detail: str = "") -> None:
        """Raise NotFound unless the contact may be seen. detail: what is said of one that is nowhere."""
        if not self.may_see_contact(queue, agent):
            raise NotFound(detail)

    def within(self, other: "Scope") -> bool:
        """Whether whoever has the other scope sees all of this one."""
        return _within(self.agents, other.agents) and _within(self.queues, other.queues)


EVERYTHING = Scope()


def check_team(team: Team) -> None:
    """A name, and each agent once; raises InvalidInput naming the field."""
    if not 1 <= len(team.name.strip()) <= 80:
        raise InvalidInput("name_length", field="$.name", most=80)
    if len(team.agents) > MOST or len(set(team.agents)) != len(team.agents):
        raise InvalidInput("team_size", field="$.agents", most=MOST)


def _within(mine: Set[str] | None, theirs: Set[str] | None) -> bool:
    return theirs is None or (mine is not None and mine <= theirs)
