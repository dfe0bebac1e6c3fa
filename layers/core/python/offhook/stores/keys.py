"""Where everything lives: the one place that spells keys. Every partition begins with its tenant."""

from offhook.domain.ids import AgentId, ContactId, CustomerId, Instant, ProfileId, QueueId, TenantId, day_of
from offhook.domain.storage import Key, Table


def flow_trial(tenant: TenantId, flow_id: str, version: int) -> Key:
    """A draft as it was when somebody began to try it."""
    return Key(Table.PULSE, f"T#{tenant}#FLOWTRIAL#{flow_id}", f"{version:06d}")


def flow_statistics(tenant: TenantId, flow_id: str, version: int) -> Key:
    """How often calls took each way of a flow's version."""
    return Key(Table.RECORDS, f"T#{tenant}#FLOWSTATS#{flow_id}", f"{version:06d}")


def nuisance(tenant: TenantId, e164: str) -> Key:
    """Calls of a number that were hung up within seconds."""
    return Key(Table.PULSE, f"T#{tenant}#NUISANCE#{e164}", "CALLS")


def tenant_prefix(tenant: TenantId) -> str:
    """What every partition and index key of the tenant begins with."""
    return f"T#{tenant}#"


def contact(tenant: TenantId, contact_id: ContactId) -> Key:
    """A contact under way."""
    return Key(Table.LIVE, f"T#{tenant}#CONTACT#{contact_id}", "CONTACT")


def agent(tenant: TenantId, agent_id: AgentId) -> Key:
    """An agent's presence."""
    return Key(Table.LIVE, f"T#{tenant}#AGENT#{agent_id}", "AGENT")


def ready_list(tenant: TenantId, profile: ProfileId) -> str:
    """Partition of the ready agents of a routing profile, longest idle first."""
    return f"T#{tenant}#READY#{profile}"


def ready_row(tenant: TenantId, profile: ProfileId, idle_since: Instant, agent_id: AgentId) -> Key:
    """A ready agent."""
    return Key(Table.LIVE, ready_list(tenant, profile), f"{idle_since:013d}#{agent_id}")


def waiting_list(tenant: TenantId, queue: QueueId) -> str:
    """Partition of the contacts waiting in a queue, next first."""
    return f"T#{tenant}#WAITING#{queue}"


def waiting_row(tenant: TenantId, queue: QueueId, priority: int, enqueued_at: Instant, contact_id: ContactId) -> Key:
    """A waiting contact: higher priority first, then the older enqueue time."""
    return Key(Table.LIVE, waiting_list(tenant, queue), f"{999 - priority:03d}#{enqueued_at:013d}#{contact_id}")


def callback_list(tenant: TenantId) -> str:
    """Partition of the callbacks whose customer is still to be reached: those that wait, then those put off."""
    return f"T#{tenant}#CALLBACKS"


CALLBACK_WAITS, CALLBACK_PUT_OFF = "1", "2"


def callback_row(tenant: TenantId, put_off: bool, due_at: Instant, contact_id: ContactId) -> Key:
    """A callback whose customer is still to be reached, by when it was or is due."""
    rank = CALLBACK_PUT_OFF if put_off else CALLBACK_WAITS
    return Key(Table.LIVE, callback_list(tenant), f"{rank}#{due_at:013d}#{contact_id}")


def callback_of(tenant: TenantId, e164: str, queue: QueueId) -> Key:
    """The one callback that a number has in a queue."""
    return Key(Table.LIVE, f"T#{tenant}#CALLBACKOF#{e164}", queue)


def callback_line(tenant: TenantId, e164: str) -> Key:
    """The callback whose customer is being rung, or spoken with, at this number."""
    return Key(Table.LIVE, f"T#{tenant}#CALLBACKOF#{e164}", "#LINE")


def voicemail(tenant: TenantId, voicemail_id: str) -> Key:
    """A message that a caller left."""
    return Key(Table.LIVE, f"T#{tenant}#VOICEMAIL#{voicemail_id}", "VOICEMAIL")


def held_voicemails(tenant: TenantId, agent_id: AgentId) -> Key:
    """The messages that an agent works on."""
    return Key(Table.LIVE, f"T#{tenant}#VOICEMAILSOF#{agent_id}", "HELD")


def open_voicemails(tenant: TenantId) -> str:
    """Index partition of the messages that are not closed, oldest first."""
    return f"T#{tenant}#OPEN#VOICEMAIL"


def open_contacts(tenant: TenantId) -> str:
    """Index partition of the contacts that are not closed, oldest first."""
    return f"T#{tenant}#OPEN#CONTACT"


def open_agents(tenant: TenantId) -> str:
    """Index partition of the agents who are signed in."""
    return f"T#{tenant}#OPEN#AGENT"


def config(tenant: TenantId, kind: str, entity_id: str) -> Key:
    """A configured thing: queue, profile, agent, flow, survey, calendar, number, secret."""
    return Key(Table.CONFIG, config_list(tenant, kind), entity_id)


def config_list(tenant: TenantId, kind: str) -> str:
    """Partition of the configured things of one kind."""
    return f"T#{tenant}#{kind}"


def heartbeat(tenant: TenantId, agent_id: AgentId, session_id: str) -> Key:
    """When a session of the agent was last heard of."""
    return Key(Table.PULSE, heartbeat_list(tenant, agent_id), f"SESSION#{session_id}")


def heartbeat_list(tenant: TenantId, agent_id: AgentId) -> str:
    """Partition of the sessions of an agent."""
    return f"T#{tenant}#HEARTBEAT#{agent_id}"


def connection_list(tenant: TenantId) -> str:
    """Partition of the live-channel connections."""
    return f"T#{tenant}#CONNECTION"


def counters(tenant: TenantId, name: str) -> Key:
    """A set of live counters."""
    return Key(Table.PULSE, f"T#{tenant}#COUNTERS", name)


def paces(tenant: TenantId) -> Key:
    """What waits are estimated from: a copy out of the tally, small enough for each wait request."""
    return counters(tenant, "PACES")


def contact_record(tenant: TenantId, contact_id: ContactId) -> Key:
    """A closed contact."""
    return Key(Table.RECORDS, f"T#{tenant}#CONTACT#{contact_id}", "CONTACT")


def contacts_of_day(tenant: TenantId, day: str) -> str:
    """Index partition of the contacts closed, by UTC day of their start (yyyy-mm-dd)."""
    return f"T#{tenant}#CONTACTS#{day}"


def contact_by_day(tenant: TenantId, started_at: Instant, contact_id: ContactId) -> tuple[str, str]:
    """The place of a closed contact in that index."""
    return contacts_of_day(tenant, day_of(started_at)), f"{started_at:013d}#{contact_id}"


def customer(tenant: TenantId, customer_id: CustomerId) -> Key:
    """A customer's profile."""
    return Key(Table.RECORDS, f"T#{tenant}#CUSTOMER#{customer_id}", "PROFILE")


def customers(tenant: TenantId) -> str:
    """Index partition of the customers, by name."""
    return f"T#{tenant}#CUSTOMERS"


def timeline_row(tenant: TenantId, customer_id: CustomerId, at: Instant, contact_id: ContactId) -> Key:
    """One contact in a customer's timeline."""
    return Key(Table.RECORDS, f"T#{tenant}#CUSTOMER#{customer_id}", f"TIMELINE#{at:013d}#{contact_id}")


def customer_number(tenant: TenantId, e164: str) -> Key:
    """Whose number this is."""
    return Key(Table.RECORDS, f"T#{tenant}#PHONE#{e164}", "CUSTOMER")


def deliveries(tenant: TenantId, endpoint_id: str) -> str:
    """Partition of what was and is to be sent to an endpoint, by time of the event."""
    return f"T#{tenant}#DELIVERIES#{endpoint_id}"


def due_deliveries(tenant: TenantId, endpoint_id: str) -> str:
    """Index partition of the deliveries that are to be tried, the first due first."""
    return f"T#{tenant}#DUE#{endpoint_id}"


def delivery_line(tenant: TenantId, endpoint_id: str, resource: str) -> str:
    """Partition of what is to be sent to an ordered endpoint about one resource, by its place in that history."""
    return f"T#{tenant}#DELIVERYLINE#{endpoint_id}#{resource}"


def sending_list(tenant: TenantId, endpoint_id: str) -> str:
    """Partition of the places for attempts under way."""
    return f"T#{tenant}#SENDING#{endpoint_id}"


def lookups(tenant: TenantId, connector_id: str) -> str:
    """Partition of the answers of another system that are remembered."""
    return f"T#{tenant}#LOOKUPS#{connector_id}"


def endpoint_health(tenant: TenantId, endpoint_id: str) -> Key:
    """What failures say of an endpoint."""
    return Key(Table.PULSE, f"T#{tenant}#ENDPOINTS", endpoint_id)


def key_use(tenant: TenantId, key_id: str) -> Key:
    """When an API key was last used."""
    return Key(Table.PULSE, f"T#{tenant}#KEYS", key_id)


def sign_up(tenant: TenantId) -> Key:
    """How the tenant came to us, while it is being set up and for a month after."""
    return Key(Table.RECORDS, f"T#{tenant}#SIGNUP", "SIGNUP")


def directory(handle_kind: str, handle: str) -> Key:
    """A global handle, such as NUMBER#+15005550006 or USER#<sub>; the only keys without a tenant."""
    return Key(Table.DIRECTORY, f"{handle_kind}#{handle}", "TENANT")
