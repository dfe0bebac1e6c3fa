"""More time for after-contact work: how much there may be of it, and what it records."""

from dataclasses import replace

from offhook.domain.errors import IllegalTransition
from offhook.domain.events import AgentWrapUpExtended
from offhook.domain.ids import Instant
from offhook.domain.routing.contact import Assignment, Contact
from offhook.domain.routing.contact_parts import with_work
from offhook.domain.routing.transitions import Change

MOST_EXTENSIONS = 2


def extensions_left(work: Assignment) -> int:
    """How often the agent may still ask for more time; 0 when no wrap-up runs."""
    runs = work.wrap_up_until is not None and work.done_at is None
    return max(0, MOST_EXTENSIONS - work.wrap_up_extensions) if runs else 0


def wrap_up_extended(contact: Contact, work: Assignment, extra_s: float, now: Instant) -> Change[Contact]:
    """The wrap-up of that work ends extra_s later than it would have. Raises IllegalTransition, also after the last."""
    if work.wrap_up_until is None or work.done_at is not None:
        raise IllegalTransition("wrap_up_not_yours")
    if not extensions_left(work):
        raise IllegalTransition("wrap_up_extended_most", most=MOST_EXTENSIONS)
    until = max(work.wrap_up_until, now) + round(extra_s * 1000)
    longer = replace(work, wrap_up_until=until, wrap_up_extensions=work.wrap_up_extensions + 1)
    fact = AgentWrapUpExtended(
        at=now,
        contact_id=contact.id,
        agent_id=work.agent_id,
        queue_id=work.queue,
        offer_id=work.offer_id,
        extended_s=extra_s,
        extensions=longer.wrap_up_extensions,
        wrap_up_ends_at=until,
    )
    return Change(with_work(contact, longer), (fact,))
