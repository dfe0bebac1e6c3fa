"""An endpoint: where a tenant wants to be told of events, with which secrets, and whether it is believed to work."""

import re
from dataclasses import dataclass, replace

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ids import DAY, HOUR, Instant
from offhook.domain.integrations.payloads import event_types

OVERLAP = 24 * HOUR
MOST_SECRETS = 4
LONGEST_TEXT = 200
GIVE_UP_AFTER = 5 * DAY
WARN_AFTER = GIVE_UP_AFTER // 2
APART = (12 * HOUR, 24 * HOUR)  # two failures this far apart show that it was tried all the while
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, slots=True)
class SecretRef:
    """The name of a secret among the tenant's secrets. until: signs to this time, None = for good."""

    name: str
    until: Instant | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """events: public types, none = all. notify: who is told when it fails, "" = nobody. ordered: see Delivery.

    disabled_by: "" while it works, else person, gone (it answered 410) or failing. secrets: the newest first.
    """

    id: str
    version: int
    url: str
    events: tuple[str, ...] = ()
    description: str = ""
    enabled: bool = True
    notify: str = ""
    disabled_by: str = ""
    disabled_at: Instant | None = None
    secrets: tuple[SecretRef, ...] = ()
    ordered: bool = False

    def wants(self, public_type: str) -> bool:
        """Whether events of this type go there."""
        return not self.events or public_type in self.events

    def secrets_at(self, now: Instant) -> list[str]:
        """The names of the secrets that sign now, the newest first."""
        return [ref.name for ref in self.secrets if ref.until is None or ref.until > now]


@dataclass(frozen=True, slots=True)
class Health:
    """What failures say of an endpoint. marks: some failures of the last day; steady: two were 12 to 24 h apart.

    notice: the mail that is still to be sent ("" = none); noticed: the one that was sent last.
    """

    failing_since: Instant | None = None
    marks: tuple[Instant, ...] = ()
    steady: bool = False
    notice: str = ""
    noticed: str = ""


HEALTHY = Health()


def check(endpoint: Endpoint) -> None:
    """Raises InvalidInput naming the field; the address is checked where it is used."""
    known = event_types()
    for n, name in enumerate(endpoint.events):
        if name not in known:
            raise InvalidInput("type_unknown", field=f"$.events[{n}]", name=name[:60])
    if len(set(endpoint.events)) != len(endpoint.events):
        raise InvalidInput("endpoint_type_twice", field="$.events")
    if len(endpoint.description) > LONGEST_TEXT:
        raise InvalidInput("text_length", field="$.description", most=LONGEST_TEXT)
    if endpoint.notify and not (len(endpoint.notify) <= LONGEST_TEXT and _EMAIL.fullmatch(endpoint.notify)):
        raise InvalidInput("email", field="$.notify")


def rotated(endpoint: Endpoint, name: str, now: Instant) -> Endpoint:
    """A new secret signs first; the ones before go on signing for a day. Raises Conflict after too many in a day."""
    old = [replace(ref, until=min(ref.until or now + OVERLAP, now + OVERLAP)) for ref in endpoint.secrets]
    live = [ref for ref in old if ref.until and ref.until > now]
    if len(live) >= MOST_SECRETS:
        raise Conflict("secret_changed")
    return replace(endpoint, secrets=(SecretRef(name), *live))


def disabled(endpoint: Endpoint, by: str, now: Instant) -> Endpoint:
    """Nothing is sent there any more; what happens is kept as missed."""
    return replace(endpoint, enabled=False, disabled_by=by, disabled_at=now) if endpoint.enabled else endpoint


def enabled(endpoint: Endpoint) -> Endpoint:
    """It is trusted again."""
    return replace(endpoint, enabled=True, disabled_by="", disabled_at=None)


def after_failure(health: Health, now: Instant) -> Health:
    """One more failure; tells of it when half the patience is used up."""
    marks = [mark for mark in health.marks if now - mark <= APART[1]]
    steady = health.steady or any(now - mark >= APART[0] for mark in marks)
    since = now if health.failing_since is None else health.failing_since
    kept = (*marks, now) if not marks or now - marks[-1] >= HOUR else tuple(marks)
    after = Health(since, kept, steady, health.notice, health.noticed)
    warned = now - since >= WARN_AFTER and after.steady and not (after.notice or after.noticed)
    return replace(after, notice="webhook_failing") if warned else after


def is_hopeless(health: Health, now: Instant) -> bool:
    """Five days of nothing but failures, tried all the while."""
    return health.failing_since is not None and health.steady and now - health.failing_since >= GIVE_UP_AFTER


def told(health: Health) -> Health:
    """The notice that was due has been sent."""
    return replace(health, notice="", noticed=health.notice)
