"""Known incidents: posted, changed, withdrawn; and those that concern a contact."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from offhook.domain.errors import NotFound
from offhook.domain.ids import Instant
from offhook.domain.ivr.incident import Circumstances, Incident, checked, concerns
from offhook.domain.ivr.nodes.incident_notice import HEARD
from offhook.domain.ivr.prompts import variant
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.queues import Queue
from offhook.usecases.deps import Deps


@dataclass(frozen=True, slots=True)
class IncidentText:
    """An incident as a person posts it."""

    name: str
    text: dict[str, str]
    queues: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    variable: str = ""
    values: tuple[str, ...] = ()
    until: Instant | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """An incident as the desk shows it. heard: the caller was told."""

    id: str
    name: str
    text: str
    heard: bool
    posted_at: Instant = field(default=0)


def post(deps: Deps, text: IncidentText) -> Incident:
    """A new incident; callers hear it within seconds, wherever a flow has an incident notice."""
    made = Incident(deps.ids.new("i"), **_fields(text), posted_at=deps.clock.now())
    return deps.config.create(_checked(deps, made))


def change(deps: Deps, incident_id: str, version: int, text: IncidentText) -> Incident:
    """As the text says; version is the one that was read."""
    current = deps.config.get(Incident, incident_id)
    return deps.config.change(_checked(deps, replace(current, version=version, **_fields(text))))


def withdraw(deps: Deps, incident_id: str) -> None:
    """It is over; raises NotFound when it was."""
    deps.config.get(Incident, incident_id)
    deps.config.delete(Incident, incident_id)


def notices(deps: Deps, contact: Contact) -> Iterator[Notice]:
    """What the desk shows of incidents: those that the caller heard, and those of the queue, number or caller."""
    visit, heard = contact.visit, contact.flow.attributes.get(HEARD, "").split(",")
    facts = {**contact.flow.attributes, "tier": contact.tier, "language": contact.language}
    call = Circumstances(deps.clock.now(), visit.queue if visit else "", contact.called_number, facts)
    for one in deps.config.list(Incident):
        if one.id in heard or concerns(one, call):
            words = variant(one.text, contact.language, deps.tenant.language)[1]
            yield Notice(one.id, one.name, words, one.id in heard, one.posted_at)


def _checked(deps: Deps, incident: Incident) -> Incident:
    for queue in incident.queues:
        if deps.config.find(Queue, queue) is None:
            raise NotFound("There is no queue with this id.")
    return checked(incident)


def _fields(text: IncidentText) -> dict[str, Any]:
    return {**asdict(text), "name": text.name.strip()}
