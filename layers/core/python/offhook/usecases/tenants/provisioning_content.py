"""The steps of the set-up that make the tenant somebody's: its owner, and what it starts with."""

import json
from hashlib import sha256

from offhook.domain.customers.customer import Customer
from offhook.domain.ids import AgentId, CustomerId, FlowId, ProfileId
from offhook.domain.ivr.calendar import Calendar
from offhook.domain.routing.agent import Endpoint, EndpointKind
from offhook.domain.routing.queues import AgentConfig, Queue, RoutingProfile
from offhook.domain.surveys.survey import Survey
from offhook.domain.tenants.membership import Membership
from offhook.domain.tenants.permissions import Role
from offhook.domain.tenants.sign_up import SignUp
from offhook.domain.tenants.starters import TABLE
from offhook.domain.tenants.starters.starter import COMMON, FLOW, PROFILE
from offhook.stores.flows import FlowDraft
from offhook.usecases.deps import Deps
from offhook.usecases.ivr import publishing
from offhook.usecases.ivr.kept_flows import make
from offhook.usecases.tenants import onboarding
from offhook.usecases.tenants.membership import admit, members_of
from offhook.usecases.tenants.site import Site

DEMO_CUSTOMERS = (
    Customer(CustomerId("k_demo_1"), name="Grace Hopper", numbers=("+14155550123",), language="en-US", tier="gold"),
    Customer(CustomerId("k_demo_2"), name="王芳", numbers=("+14155550188",), language="zh-CN", tags=("vip",)),
)


def owner(site: Site, found: SignUp) -> None:
    """The person who verified the address owns the tenant; what they changed since stays."""
    if members_of(site.deps).find(found.user_id) is None:
        admit(site.deps, site.directory, _member(found, site.deps.clock.now()))


def starter(site: Site, found: SignUp) -> None:
    """Queue, hours, survey, flow, and the owner among the agents; what is there already is left alone."""
    deps, begun, language = site.deps, TABLE[found.industry], found.language
    things = (
        (Calendar, begun.calendar(language, found.time_zone)),
        (Survey, begun.survey(language)),
        (Queue, begun.queue(language)),
        (RoutingProfile, begun.profile(language)),
        (AgentConfig, _agent(found)),
    )
    for kind, thing in things:
        if deps.config.find(kind, thing.id) is None:
            deps.config.put(thing)
    onboarding.begin(deps)
    _publish(deps, begun.flow(language, found.company), COMMON[language].flow)
    for customer in DEMO_CUSTOMERS if found.demo_data else ():
        if deps.customers.find(customer.id) is None:
            deps.customers.create(customer)


def owner_agent(found: SignUp) -> AgentId:
    """The agent that the owner is: the same after each attempt."""
    return AgentId(f"a_{sha256(found.id.encode()).hexdigest()[:20]}")


def _publish(deps: Deps, document: dict[str, object], name: str) -> None:
    draft = deps.config.find(FlowDraft, FLOW)
    if draft is None:
        draft = make(deps, FlowDraft(FlowId(FLOW), name, json.dumps(document, ensure_ascii=False)))
    if not draft.published:
        publishing.publish(deps, FlowId(FLOW), draft.version, "set-up")


def _member(found: SignUp, now: int) -> Membership:
    return Membership(
        found.user_id, owner_agent(found), Role.OWNER, email=found.email, name=found.owner_name, since=now
    )


def _agent(found: SignUp) -> AgentConfig:
    agent = owner_agent(found)
    endpoint = Endpoint(EndpointKind.BROWSER, f"client:{agent}")
    return AgentConfig(agent, found.owner_name, found.email, ProfileId(PROFILE), endpoint, role=Role.OWNER)
