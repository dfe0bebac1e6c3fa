"""Installs a demo tenant through the product's own stores and use cases; again is harmless."""

import json
from importlib.resources import files

from offhook import wiring
from offhook.adapters.guard import platform_scope, tenant_scope
from offhook.domain.ids import FlowId, TenantId
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.directory import Directory
from offhook.stores.flows import FlowDraft, Number
from offhook.usecases.deps import Deps
from offhook.usecases.ivr import numbers, publishing
from offhook.usecases.ivr.kept_flows import make

from local.demo import plan as demo
from local.demo.plan import Plan

FLOW = FlowId("f_main")


def install(plan: Plan) -> TenantId:
    """The tenant of the plan: configured, published and reachable under its number."""
    tenant_id = TenantId(plan.tenant_id)
    tenant = Tenant(
        tenant_id, name=plan.name, time_zone=plan.time_zone, language=plan.language, region="US",
        account_sid=plan.account_sid, caller_id=plan.number, plan="growth",
    )  # fmt: skip
    with platform_scope():
        directory = Directory(wiring.edge_items())
        directory.add_tenant(tenant_id)
        directory.lead("ACCOUNT", plan.account_sid, tenant_id)
        numbers.claim(directory, tenant_id, plan.number)
    with tenant_scope(tenant_id):
        deps = wiring.deps_for(tenant.context())
        deps.config.put(tenant)
        wiring.secrets(tenant.context()).put_carrier_token(plan.auth_token)
        configure(deps, plan)
    return tenant_id


def configure(deps: Deps, plan: Plan) -> None:
    """Queues, people, calendar, survey, customers and the published flow."""
    for queue in demo.queues(plan.wrap_up_s, plan.offer_s, plan.music_url):
        deps.config.put(queue)
    for profile in demo.profiles():
        deps.config.put(profile)
    for person in demo.people(plan.agents):
        deps.config.put(person)
    deps.config.put(demo.calendar())
    deps.config.put(demo.survey())
    for customer in demo.customers():
        if deps.customers.find(customer.id) is None:
            deps.customers.create(customer)
    if deps.config.find(FlowDraft, FLOW) is None:
        document = files("local.demo").joinpath("flow.json").read_text(encoding="utf-8")
        draft = make(deps, FlowDraft(FLOW, "Main menu", json.dumps(json.loads(document))))
        publishing.publish(deps, FLOW, draft.version, "demo")
    deps.config.put(Number(plan.number, FLOW, name="Main line"))
