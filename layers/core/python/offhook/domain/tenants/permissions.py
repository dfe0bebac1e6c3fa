"""Who may do what: the one table from roles to permissions; routes and pages ask for permissions, never for roles."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a tenant."""

    OWNER = "owner"
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    QUALITY = "quality"
    AGENT = "agent"
    ANALYST = "analyst"


class Permission(StrEnum):
    """One thing a route lets somebody do. `.own` reaches the person's own contacts and figures only."""

    PROFILE_OWN = "profile.own"
    CALLS_TAKE = "calls.take"
    CALLS_MONITOR = "calls.monitor"
    FLOOR_WATCH = "floor.watch"
    AGENTS_READ = "agents.read"
    AGENTS_CONTROL = "agents.control"
    CALLBACKS_READ = "callbacks.read"
    CALLBACKS_WRITE = "callbacks.write"
    VOICEMAILS_READ = "voicemails.read"
    VOICEMAILS_PLAY = "voicemails.play"
    VOICEMAILS_WRITE = "voicemails.write"
    CONTACTS_OWN = "contacts.own"
    CONTACTS_READ = "contacts.read"
    CUSTOMERS_READ = "customers.read"
    CUSTOMERS_WRITE = "customers.write"
    RECORDINGS_PLAY = "recordings.play"
    RECORDINGS_DELETE = "recordings.delete"
    FLOWS_READ = "flows.read"
    FLOWS_WRITE = "flows.write"
    FLOWS_PUBLISH = "flows.publish"
    ROUTING_READ = "routing.read"
    ROUTING_WRITE = "routing.write"
    SURVEYS_READ = "surveys.read"
    SURVEYS_WRITE = "surveys.write"
    NUMBERS_READ = "numbers.read"
    NUMBERS_WRITE = "numbers.write"
    NUMBERS_BUY = "numbers.buy"
    REPORTS_OWN = "reports.own"
    REPORTS_READ = "reports.read"
    COSTS_READ = "costs.read"
    PEOPLE_READ = "people.read"
    PEOPLE_WRITE = "people.write"
    AUTH_POLICY = "auth.policy"
    AUDIT_READ = "audit.read"
    KEYS_READ = "keys.read"
    KEYS_WRITE = "keys.write"
    WEBHOOKS_READ = "webhooks.read"
    WEBHOOKS_WRITE = "webhooks.write"
    OUTBOUND = "outbound"
    BUDGETS_WRITE = "budgets.write"
    BOARDS_WRITE = "boards.write"
    PERSON_ERASE = "person.erase"
    PLAN_MANAGE = "plan.manage"
    OWNERSHIP_TRANSFER = "ownership.transfer"
    TENANT_EXPORT = "tenant.export"
    TENANT_ERASE = "tenant.erase"
    TENANT_CLOSE = "tenant.close"


P = Permission
_EVERYBODY = frozenset({P.PROFILE_OWN})
_AGENT = _EVERYBODY | {
    P.CALLBACKS_READ,
    P.CALLBACKS_WRITE,
    P.CALLS_TAKE,
    P.VOICEMAILS_PLAY,
    P.VOICEMAILS_READ,
    P.VOICEMAILS_WRITE,
    P.CONTACTS_OWN,
    P.CUSTOMERS_READ,
    P.CUSTOMERS_WRITE,
    P.OUTBOUND,
    P.ROUTING_READ,
    P.REPORTS_OWN,
}
_QUALITY = _EVERYBODY | {
    P.AGENTS_READ,
    P.CONTACTS_READ,
    P.CUSTOMERS_READ,
    P.RECORDINGS_PLAY,
    P.REPORTS_READ,
    P.ROUTING_READ,
    P.SURVEYS_READ,
    P.SURVEYS_WRITE,
}
_ANALYST = _EVERYBODY | {
    P.AGENTS_READ,
    P.CONTACTS_READ,
    P.COSTS_READ,
    P.FLOWS_READ,
    P.REPORTS_READ,
    P.ROUTING_READ,
    P.SURVEYS_READ,
}
_SUPERVISOR = _AGENT | {
    P.AGENTS_CONTROL,
    P.AGENTS_READ,
    P.BOARDS_WRITE,
    P.CALLS_MONITOR,
    P.CONTACTS_READ,
    P.FLOOR_WATCH,
    P.FLOWS_READ,
    P.FLOWS_WRITE,
    P.KEYS_READ,
    P.NUMBERS_READ,
    P.PEOPLE_READ,
    P.RECORDINGS_PLAY,
    P.REPORTS_READ,
    P.ROUTING_WRITE,
    P.SURVEYS_READ,
    P.SURVEYS_WRITE,
    P.WEBHOOKS_READ,
}
_OWNER = frozenset(Permission)
_OWNER_ALONE = frozenset({P.PLAN_MANAGE, P.OWNERSHIP_TRANSFER, P.TENANT_EXPORT, P.TENANT_ERASE, P.TENANT_CLOSE})

TABLE: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _OWNER,
    Role.ADMIN: _OWNER - _OWNER_ALONE,
    Role.SUPERVISOR: frozenset(_SUPERVISOR),
    Role.QUALITY: frozenset(_QUALITY),
    Role.AGENT: frozenset(_AGENT),
    Role.ANALYST: frozenset(_ANALYST),
}


def permissions_of(role: str) -> frozenset[Permission]:
    """What the role may do; an unknown role may do nothing."""
    return TABLE[Role(role)] if role in set(Role) else frozenset()


_LED = (Role.SUPERVISOR, Role.QUALITY, Role.AGENT, Role.ANALYST)
ADMINISTRATIVE = TABLE[Role.ADMIN].difference(*(TABLE[role] for role in _LED))
"""What only owners and admins have: whoever has any of it needs a second factor."""

READING = frozenset(p for p in Permission if p.rpartition(".")[2] in ("own", "read", "watch", "play"))
LEAVING = (READING - {P.CONTACTS_OWN}) | {P.PLAN_MANAGE, P.TENANT_EXPORT, P.TENANT_CLOSE, P.TENANT_ERASE}
"""What is left to the people of a tenant that is suspended or closing: read, export, pay, reopen."""
