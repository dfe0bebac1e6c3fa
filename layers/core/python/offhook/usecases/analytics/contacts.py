"""The list of contacts: closed ones by day, newest first, and those under way, where the filters hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offhook.domain.analytics.intervals import utc_days
from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import ContactId, Instant
from offhook.domain.routing.contact import Contact, Outcome
from offhook.domain.tenants.scope import EVERYTHING, Scope
from offhook.usecases.analytics.ranges import asked_range
from offhook.usecases.analytics.zones import zone_of
from offhook.usecases.deps import Deps
from offhook.usecases.pages import first_page

NO_CONTACT = "There is no contact with this id."
READ_AT_ONCE = 100
READ_AT_MOST = 2000  # a page may come short when filters leave little; its cursor goes on
FILTERS = ("number", "queue", "agent", "outcome")
_PARAMETERS = frozenset({*FILTERS, "from", "to", "limit", "cursor"})


@dataclass(frozen=True, slots=True)
class ContactSummary:
    """One line of the list. queue: of the last visit."""

    id: str
    state: str
    started_at: Instant
    ended_at: Instant | None
    customer_number: str
    customer_id: str
    customer_name: str
    queue: str
    agent_id: str
    outcome: str
    outcome_reason: str
    disposition: str
    recordings: int


@dataclass(frozen=True, slots=True)
class ContactPage:
    """A page, newest first; next_after: where the next one goes on, None = this was the last."""

    data: list[ContactSummary]
    next_after: str | None


def list_contacts(
    deps: Deps, asked: Mapping[str, str], limit: int, after: str = "", scope: Scope = EVERYTHING
) -> ContactPage:
    """Closed contacts that began in the range, pass the filters and are in the scope.

    asked: from, to (as in reports; default today), number, queue, agent, outcome. after: `<day> <rank>` of the last
    one read. Raises InvalidInput.
    """
    read = (one for reading in closed_contacts(deps, asked, after) for one in reading)
    wanted = ((place, one if _passes(one, asked) and _is_seen(one, scope) else None) for place, one in read)
    found, next_after = first_page(wanted, limit, READ_AT_MOST)
    return ContactPage([summary(contact) for contact in found], next_after)


def closed_contacts(deps: Deps, asked: Mapping[str, str], after: str) -> Iterator[list[tuple[str, Contact]]]:
    """Those of the range of list_contacts, as they are read, the newest first, each with the place to go on after."""
    start, end = _checked(deps, asked)
    for reading in _closed(deps, start, end, after):
        yield [(place, contact) for place, contact in reading if start <= contact.started_at < end]


def open_contacts(deps: Deps, limit: int = 100) -> list[ContactSummary]:
    """Contacts under way, oldest first; the list may lag by a moment."""
    return [summary(contact) for _, contact in deps.contacts.open(limit=limit) if not contact.is_closed]


def find_contact(deps: Deps, contact_id: ContactId) -> Contact:
    """The contact, under way or closed; raises NotFound."""
    contact = deps.contacts.get(contact_id) or deps.contacts.closed(contact_id)
    if contact is None:
        raise NotFound(NO_CONTACT)
    return contact


def summary(contact: Contact) -> ContactSummary:
    """The contact in one line."""
    work = contact.assignment
    return ContactSummary(
        contact.id,
        contact.state,
        contact.started_at,
        contact.ended_at,
        contact.customer_number,
        contact.customer_id or "",
        contact.customer_name,
        queue_of(contact),
        work.agent_id if work else "",
        contact.outcome or "",
        contact.outcome_reason,
        (work.disposition or "") if work else "",
        len(contact.recordings),
    )


def queue_of(contact: Contact) -> str:
    """The queue of the present or last visit, also one that sent the caller on; "" when it was never in one."""
    last = contact.visit or contact.assignment or contact.kept
    return last.queue if last is not None else ""


def _closed(deps: Deps, start: Instant, end: Instant, after: str) -> Iterator[list[tuple[str, Contact]]]:
    """Contacts of the days of the range."""
    last_day, _, rank = after.partition(" ")
    for day in reversed(utc_days(start, end)):
        if last_day and day > last_day:
            continue
        beyond = rank if day == last_day else ""
        while page := deps.contacts.closed_on(day, after=beyond, limit=READ_AT_ONCE):
            yield [(f"{day} {r}", contact) for r, contact in page]
            beyond = page[-1][0]
            if len(page) < READ_AT_ONCE:
                break


def _checked(deps: Deps, asked: Mapping[str, str]) -> tuple[Instant, Instant]:
    for name in asked:
        if name not in _PARAMETERS:
            raise InvalidInput("parameter_unknown_list", field=name)
    if asked.get("outcome") and asked["outcome"] not in set(Outcome):
        raise InvalidInput("outcome", field="outcome", known=[*Outcome])
    return asked_range(asked, zone_of(deps.tenant), deps.clock.now())


def _is_seen(contact: Contact, scope: Scope) -> bool:
    return scope.may_see_contact(queue_of(contact), contact.assignment.agent_id if contact.assignment else "")


def _passes(contact: Contact, asked: Mapping[str, str]) -> bool:
    line = summary(contact)
    values = {"number": line.customer_number, "queue": line.queue, "agent": line.agent_id, "outcome": line.outcome}
    return all(values[name] == asked[name] for name in FILTERS if asked.get(name))
