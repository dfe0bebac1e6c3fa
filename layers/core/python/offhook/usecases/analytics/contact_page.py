"""Everything about one contact: its present state, what happened, what it cost."""

from dataclasses import dataclass
from typing import Any

from offhook.domain.ids import ContactId, Instant
from offhook.domain.recordings.recording import Recording
from offhook.domain.routing.contact import Assignment
from offhook.stores.timelines import Timelines
from offhook.usecases.analytics.contacts import ContactSummary, find_contact, summary
from offhook.usecases.deps import Deps
from offhook.usecases.metering.costs import ContactCharges, contact_charges


@dataclass(frozen=True, slots=True)
class Work:
    """An agent's work on the contact."""

    agent_id: str
    accepted_at: Instant
    talk_ended_at: Instant | None
    hold_s: float
    disposition: str
    resolved: bool | None
    notes: str


@dataclass(frozen=True, slots=True)
class ContactPage:
    """One contact. timeline: its published events, oldest first, a few seconds behind; answers: of the survey.

    cost: what the tenant pays for it; None for those who may not see costs.
    """

    contact: ContactSummary
    work: Work | None
    answers: dict[str, int]
    recordings: tuple[Recording, ...]
    attributes: dict[str, str]
    timeline: list[dict[str, Any]]
    cost: ContactCharges | None


def contact_page(deps: Deps, contact_id: ContactId, *, with_cost: bool) -> ContactPage:
    """The contact under way or closed; raises NotFound."""
    contact = find_contact(deps, contact_id)
    return ContactPage(
        summary(contact),
        _work(contact.assignment) if contact.assignment else None,
        contact.survey.answers if contact.survey else {},
        contact.recordings,
        contact.flow.attributes,
        Timelines(deps.items, deps.tenant.id).of(contact_id),
        contact_charges(deps, contact_id) if with_cost else None,
    )


def _work(work: Assignment) -> Work:
    return Work(
        work.agent_id,
        work.accepted_at,
        work.talk_ended_at,
        work.hold_s,
        work.disposition or "",
        work.resolved,
        work.notes,
    )
