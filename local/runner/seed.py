"""Seeds the demo tenant from inside the environment of a deployed function (python -m local.runner.seed < members)."""

import json
import sys

from offhook import wiring
from offhook.adapters.guard import tenant_scope
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.routing.agent import Endpoint, EndpointKind
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.tenants.membership import Membership
from offhook.settings import settings
from offhook.usecases.numbers.adopt import adopt
from offhook.usecases.numbers.desk import NumberDesk
from offhook.usecases.tenants.membership import admit

from local.demo import seed
from local.demo.plan import HELPERS, Plan
from local.runner import credentials
from local.runner.home import home

NAME = "Demo"
API_KEY = "carrier_api_key"  # as offhook/web/browser_token.py reads it


def main() -> None:
    """Reads {subject: {agent_id, role}} from standard input."""
    known = credentials.load_or_make(home())
    if known.account is None:
        raise SystemExit("The tenant has no carrier account yet.")
    plan = Plan(
        known.tenant_id,
        NAME,
        known.number,
        known.account.sid,
        known.account.token,
        agents=credentials.AGENTS,
        music_url=f"{settings().public_api_url}/media/waiting.wav",
    )
    seed.install(plan)
    tenant = wiring.tenant_context(TenantId(known.tenant_id))
    with tenant_scope(tenant.id):
        keep_in_books(wiring.number_desk(tenant), known.number)
        wiring.secrets(tenant).put(API_KEY, known.account.browser_key)
        for subject, one in json.load(sys.stdin).items():
            deps, member = wiring.deps_for(tenant), _member(subject, one)
            if deps.config.find(AgentConfig, member.agent_id) is None:
                deps.config.put(_agent_of(member))
            admit(deps, wiring.edge_items(), member)


def keep_in_books(desk: NumberDesk, number: str) -> None:
    """The number is in the books, and counted, as if it had been bought."""
    for bought in desk.carrier.owned():
        if bought.number == number:
            adopt(desk, bought.sid, number)


def _member(subject: str, login: dict[str, str]) -> Membership:
    name = login["email"].partition("@")[0].title()
    return Membership(subject, AgentId(login["agent_id"]), login["role"], email=login["email"], name=name)


def _agent_of(leader: Membership) -> AgentConfig:
    """Who leads has a phone in the browser, too: to listen in, and to take calls."""
    endpoint = Endpoint(EndpointKind.BROWSER, f"client:{leader.agent_id}")
    return AgentConfig(leader.agent_id, leader.name, leader.email, HELPERS, endpoint, role=leader.role)


if __name__ == "__main__":
    main()
