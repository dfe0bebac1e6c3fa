"""Endpoints as people configure them: made with a secret that is shown once, changed, rotated, enabled again."""

from dataclasses import dataclass, replace

from msgspec import Struct

from offhook.domain.ids import Instant
from offhook.domain.integrations import endpoint as endpoints
from offhook.domain.integrations.addresses import Policy, target_of
from offhook.domain.integrations.endpoint import Endpoint, SecretRef
from offhook.domain.integrations.signing import secret_of
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.plans import Quota
from offhook.stores.counted import Counted
from offhook.stores.webhooks import EndpointHealth
from offhook.usecases.deps import Deps
from offhook.usecases.integrations import replay
from offhook.usecases.integrations.courier import Courier


class EndpointText(Struct, frozen=True, forbid_unknown_fields=True):
    """events: types of events, none = all. notify: who is told when it fails; left out = the person who creates it.

    ordered: what is about one resource, such as a contact, is sent one after the other: the next when the one before
    was delivered or given up; left out = as it was, for a new one false.

    replay_missed: when this enables it again, what it missed is sent.
    """

    url: str
    events: tuple[str, ...] = ()
    description: str = ""
    enabled: bool = True
    notify: str | None = None
    replay_missed: bool = False
    ordered: bool | None = None


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An endpoint without its secrets. failing_since: nothing but failures since then; secrets: how many sign now."""

    id: str
    version: int
    url: str
    events: tuple[str, ...]
    description: str
    enabled: bool
    notify: str
    disabled_by: str
    disabled_at: Instant | None
    failing_since: Instant | None
    secrets: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class WithSecret:
    """What is answered once: an endpoint and the secret that signs first."""

    endpoint: EndpointView
    secret: str


def view(deps: Deps, endpoint: Endpoint) -> EndpointView:
    """As it is shown."""
    health = EndpointHealth(deps.items, deps.tenant.id).of(endpoint.id).health
    return EndpointView(
        id=endpoint.id,
        version=endpoint.version,
        url=endpoint.url,
        events=endpoint.events,
        description=endpoint.description,
        enabled=endpoint.enabled,
        notify=endpoint.notify,
        disabled_by=endpoint.disabled_by,
        disabled_at=endpoint.disabled_at,
        failing_since=health.failing_since,
        secrets=len(endpoint.secrets_at(deps.clock.now())),
        ordered=endpoint.ordered,
    )


def create(deps: Deps, courier: Courier, by: Identity, text: EndpointText, chance: bytes) -> WithSecret:
    """A new endpoint; the secret is stored before it. Raises InvalidInput, AddressRefused, QuotaReached."""
    endpoint_id = deps.ids.new("we")
    made = _with_text(Endpoint(endpoint_id, 1, ""), text, courier.http.policy, _own_address(deps, by), deps.clock.now())
    made = replace(made, secrets=(SecretRef(_secret_name(deps, endpoint_id)),))
    secret = secret_of(chance)
    courier.secrets.put(made.secrets[0].name, secret)
    counted = Counted(deps.items, deps.tenant.id, Quota.WEBHOOK_ENDPOINTS)
    return WithSecret(view(deps, counted.create(made, deps.tenant)), secret)


def change(deps: Deps, courier: Courier, endpoint_id: str, version: int, text: EndpointText) -> EndpointView:
    """The endpoint as the text says; enabling it forgets its failures, and sends what it missed if asked to."""
    before = deps.config.get(Endpoint, endpoint_id)
    after = replace(_with_text(before, text, courier.http.policy, before.notify, deps.clock.now()), version=version)
    changed = deps.config.change(after)
    if after.enabled and not before.enabled:
        EndpointHealth(deps.items, deps.tenant.id).forget(endpoint_id)
        if text.replay_missed and before.disabled_at is not None:
            _replay_missed(deps, courier, before)
    return view(deps, changed)


def rotate(deps: Deps, courier: Courier, endpoint_id: str, chance: bytes) -> WithSecret:
    """A new secret; the one before goes on signing for a day."""
    before = deps.config.get(Endpoint, endpoint_id)
    name, secret = _secret_name(deps, endpoint_id), secret_of(chance)
    after = endpoints.rotated(before, name, deps.clock.now())
    courier.secrets.put(name, secret)
    return WithSecret(view(deps, deps.config.change(after)), secret)


def delete(deps: Deps, endpoint_id: str) -> None:
    """Gone at once; deliveries under way end with their next look."""
    deps.config.get(Endpoint, endpoint_id)
    Counted(deps.items, deps.tenant.id, Quota.WEBHOOK_ENDPOINTS).delete(Endpoint, endpoint_id)
    EndpointHealth(deps.items, deps.tenant.id).forget(endpoint_id)


def _with_text(endpoint: Endpoint, text: EndpointText, policy: Policy, notify: str, now: Instant) -> Endpoint:
    target_of(text.url, policy)
    after = replace(
        endpoint,
        url=text.url,
        events=text.events,
        description=text.description,
        notify=notify if text.notify is None else text.notify,
        ordered=endpoint.ordered if text.ordered is None else text.ordered,
    )
    endpoints.check(after)
    if text.enabled:
        return endpoints.enabled(after)
    return endpoints.disabled(after, "person", now) if endpoint.enabled else after


def _replay_missed(deps: Deps, courier: Courier, endpoint: Endpoint) -> None:
    asked = replay.Range(max(0, (endpoint.disabled_at or 0) - endpoints.GIVE_UP_AFTER), deps.clock.now() + 1)
    replay.replay_range(deps, courier, endpoint.id, asked)


def _secret_name(deps: Deps, endpoint_id: str) -> str:
    return deps.ids.new(f"webhook_{endpoint_id}")


def _own_address(deps: Deps, by: Identity) -> str:
    person = deps.config.find(AgentConfig, by.agent_id) if by.agent_id else None
    return person.email if person else ""
