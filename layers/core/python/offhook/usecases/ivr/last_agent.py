"""Who spoke to a customer last, by name, for flows that greet with it."""

from offhook.domain.customers.customer import Customer
from offhook.domain.errors import StoreUnavailable
from offhook.domain.routing.queues import AgentConfig
from offhook.usecases.deps import Deps

LOOKED_AT = 5  # latest contacts; a customer served longer ago is greeted without


def last_agent(deps: Deps, customer: Customer) -> str:
    """The name; "" when nobody lately, when they are gone, or when it cannot be read now: the call goes on."""
    try:
        latest = (entry.agent_id for _, entry in deps.customers.timeline(customer.id, LOOKED_AT) if entry.agent_id)
        agent = next((deps.config.find(AgentConfig, agent_id) for agent_id in latest), None)
    except StoreUnavailable:
        return ""
    return agent.name if agent else ""
