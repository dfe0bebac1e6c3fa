"""A customer who is to be called back rings again: the call takes the callback's place, and nobody calls them."""

from dataclasses import replace

from offhook.domain.ids import Instant
from offhook.domain.routing import transitions
from offhook.domain.routing.contact import Contact, Outcome
from offhook.domain.routing.contact_parts import visit_of
from offhook.usecases.callbacks.asking import pending
from offhook.usecases.callbacks.desk import hush
from offhook.usecases.deps import Deps
from offhook.usecases.routing import leaving

MERGED = "merged"


def wait_in_place_of(deps: Deps, contact: Contact, now: Instant) -> Contact | None:
    """The contact waiting at the better of both places, in one commit with the callback's end; None without one.

    An agent who was at the callback is free again, and looks for the next: this contact, as a rule.
    """
    called_back = pending(deps, contact.customer_number, visit_of(contact).queue)
    if called_back is None:
        return None
    change = transitions.wait_began(_at_its_place(contact, called_back), now)
    end = leaving.ending(deps, called_back, MERGED, Outcome.CANCELLED)
    deps.items.commit(*deps.contacts.writes(contact, change.entity, change.events), *end.writes)
    hush(deps, called_back)
    leaving.ended(deps, end)
    return deps.contacts.next_version(contact, change.entity)


def _at_its_place(contact: Contact, called_back: Contact) -> Contact:
    mine, theirs = visit_of(contact), visit_of(called_back)
    visit = replace(
        mine,
        enqueued_at=min(mine.enqueued_at, theirs.enqueued_at),
        priority=max(mine.priority, theirs.priority),
    )
    return replace(contact, visit=visit, origin_contact_id=called_back.id)
