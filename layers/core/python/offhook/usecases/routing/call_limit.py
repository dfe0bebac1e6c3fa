"""How many calls a tenant has at once: each contact with a call holds a place of the plan until it has ended."""

from contextlib import suppress

from offhook.domain.errors import CallsAtLimit, StoreUnavailable
from offhook.domain.ids import ContactId
from offhook.domain.routing.contact import Contact
from offhook.domain.tenants.plans import limits_for
from offhook.stores.calls import Calls
from offhook.usecases.deps import Deps


def take_place(deps: Deps, contact_id: ContactId) -> int:
    """The place of a new call, in or out, for `Contact.place`; the same again for the same contact.

    Raises CallsAtLimit. The contact is to be stored with the place at once; what ends it gives the place back.
    """
    most = limits_for(deps.tenant).concurrent_calls
    place = Calls(deps.items, deps.tenant.id).take(contact_id, most, deps.clock.now())
    if not place:
        raise CallsAtLimit()
    return place


def is_full(deps: Deps) -> bool:
    """Whether a new call would be refused at this moment."""
    return Calls(deps.items, deps.tenant.id).is_full(limits_for(deps.tenant).concurrent_calls, deps.clock.now())


def give_back(deps: Deps, contact: Contact) -> None:
    """The contact has ended; a place that is not given back, because of a crash, is found to be free when needed."""
    if contact.place:
        with suppress(StoreUnavailable):
            Calls(deps.items, deps.tenant.id).give_back(contact.id, contact.place)


def calls_under_way(deps: Deps) -> int:
    """How many there are at this moment."""
    return Calls(deps.items, deps.tenant.id).under_way(deps.clock.now())
