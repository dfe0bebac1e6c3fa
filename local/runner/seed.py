"""Seeds the demo tenant from inside the environment of a deployed function (python -m local.runner.seed < members)."""

import json
import sys

from offhook import wiring
from offhook.adapters.guard import platform_scope
from offhook.domain.ids import AgentId, TenantId
from offhook.settings import settings
from offhook.stores.memberships import Membership, Memberships

from local.demo import seed
from local.demo.plan import Plan
from local.runner import credentials
from local.runner.home import home

NAME = "Demo"


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
    with platform_scope():
        members = Memberships(wiring.edge_items())
        for subject, one in json.load(sys.stdin).items():
            members.put(subject, Membership(TenantId(known.tenant_id), AgentId(one["agent_id"]), one["role"]))


if __name__ == "__main__":
    main()
