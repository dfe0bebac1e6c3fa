"""One telephone at a time: whether a customer is rung or spoken with in a callback at present."""

from offhook.domain.ids import MINUTE
from offhook.domain.routing.callback_moves import callback_of
from offhook.domain.routing.contact import Contact
from offhook.stores.callbacks import Callbacks
from offhook.usecases.deps import Deps
from offhook.usecases.routing.leaving import call_is_over

UNKNOWN_LEG_MS = MINUTE  # a leg that was asked for and never heard of has rung out by then


def is_busy(deps: Deps, number: str) -> bool:
    """Whether the number is rung or spoken with; an ended callback holds it until the carrier says its leg is over."""
    lines = Callbacks(deps.items, deps.tenant.id)
    holder = lines.on_the_line(number)
    if holder is None:
        return False
    contact = deps.contacts.get(holder)
    if contact is not None and (contact.ended_at is None or _rings_on(deps, contact)):
        return True
    lines.let_go(number, holder)
    return False


def _rings_on(deps: Deps, ended: Contact) -> bool:
    callback = callback_of(ended)
    if callback.leg is not None:
        return not call_is_over(deps, callback.leg)
    return callback.dialled_at is not None and deps.clock.now() - callback.dialled_at < UNKNOWN_LEG_MS
