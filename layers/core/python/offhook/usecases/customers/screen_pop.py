"""What the desk shows of the caller no later than the ring."""

from dataclasses import dataclass, field, replace

from offhook.domain.customers.customer import Customer
from offhook.domain.ids import ContactId, CustomerId, Instant
from offhook.domain.ivr.passages import last_choice
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.queues import Queue
from offhook.stores.contacts import TimelineEntry
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.incidents import Notice, notices

LAST_CONTACTS = 5


@dataclass(frozen=True, slots=True)
class ScreenPop:
    """The caller at a glance. known: the number belongs to a customer; attributes: what the flow learned;

    incidents: that the caller was told of, or that concern the call; notes: why the queue treats them as it does.
    menu, choice: the step of the flow at which the caller chose last, and the keys that stand for it; "" = nothing.
    """

    contact_id: ContactId
    number: str
    queue: str
    enqueued_at: Instant | None
    language: str
    known: bool
    customer_id: CustomerId | None = None
    name: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()
    last_score: float | None = None
    last_contacts: tuple[TimelineEntry, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    incidents: tuple[Notice, ...] = ()
    notes: tuple[str, ...] = ()
    queue_name: str = ""
    menu: str = ""
    choice: str = ""


def screen_pop(deps: Deps, contact: Contact) -> ScreenPop:
    """The contact's customer with the last five contacts; two reads, none for an unknown caller."""
    customer = deps.customers.find(contact.customer_id) if contact.customer_id else None
    entries = deps.customers.timeline(customer.id, LAST_CONTACTS) if customer else []
    queue = deps.config.find(Queue, contact.visit.queue) if contact.visit else None
    pop = _pop(contact, customer, tuple(entry for _, entry in entries), tuple(notices(deps, contact)))
    return replace(pop, queue_name=queue.name) if queue else pop


def _pop(
    contact: Contact, customer: Customer | None, last: tuple[TimelineEntry, ...], known: tuple[Notice, ...]
) -> ScreenPop:
    visit, (menu, choice) = contact.visit, last_choice(contact.flow.passed) or ("", "")
    return ScreenPop(
        contact.id,
        contact.customer_number,
        visit.queue if visit else "",
        visit.enqueued_at if visit else None,
        contact.language,
        known=customer is not None,
        customer_id=customer.id if customer else None,
        name=customer.name if customer else "",
        tier=customer.tier if customer else "",
        tags=customer.tags if customer else (),
        last_score=customer.last_score if customer else None,
        last_contacts=last,
        attributes=contact.flow.attributes,
        incidents=known,
        notes=visit.wishes.notes if visit else (),
        menu=menu,
        choice=choice,
    )
