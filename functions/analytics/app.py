"""The analytics function: the streams' consumers, the floor, reports, contacts and what they cost. Routes only."""

from collections.abc import Callable, Sequence
from functools import partial

from chalice.app import Response
from offhook import wiring
from offhook.domain.analytics.changes import ItemChange, by_tenant
from offhook.domain.errors import NotFound
from offhook.domain.ids import ContactId, TenantId
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.analytics.contact_page import ContactPage, contact_page
from offhook.usecases.analytics.contacts import NO_CONTACT, list_contacts, open_contacts
from offhook.usecases.analytics.count import count as count_changes
from offhook.usecases.analytics.event_records import Event, events_by_tenant, readable_events
from offhook.usecases.analytics.floor import Floor, live_floor
from offhook.usecases.analytics.ledger import book_events, keep_timelines
from offhook.usecases.analytics.publish import publish as publish_changes
from offhook.usecases.analytics.reports import Report, standard_query
from offhook.usecases.analytics.scoped import seen_contacts, seen_events, seen_floor, seen_report
from offhook.usecases.analytics.stream_records import failures, readable_changes
from offhook.usecases.analytics.tail import keep_events, tail_events
from offhook.usecases.analytics.tell import desk_messages
from offhook.usecases.deps import Deps
from offhook.usecases.metering import carrier_prices
from offhook.usecases.metering.platform import PLATFORM, orphan
from offhook.usecases.metering.progress import note_progress
from offhook.web import tenancy
from offhook.web.analytics import boards, costs, mine
from offhook.web.analytics.queries import computed
from offhook.web.app import OffhookApp
from offhook.web.live import FLOOR, seen_by, to_agent
from offhook.web.observability import count as count_metric
from offhook.web.observability import log, quietly
from offhook.web.responses import listed, ok
from offhook.web.workers import PartialFailure, Records, for_tenant, stream_worker

app = OffhookApp("analytics")
for group in (boards, costs, mine):
    group.routes(app)


@app.public("/health", methods=["GET"])
def health() -> dict[str, str]:
    """Says that the function is packaged and answers."""
    return {"function": "analytics"}


# --- the floor and reports --------------------------------------------------------------------------------------


@app.api("/floor", permission=Permission.FLOOR_WATCH)
def floor() -> Floor:
    """Queues and agents now, and today's figures."""
    return seen_floor(live_floor(app.deps()), app.identity().scope)


@app.api("/events", permission=Permission.FLOOR_WATCH)
def events() -> Response:
    """The tenant's events as they happen: ?since= or ?cursor=; there is always a next cursor."""
    cursors, query = app.cursors(), app.query()
    page = tail_events(app.deps(), query.get("since", ""), cursors.page(query).after)
    return ok(cursors.answer(seen_events(page.data, app.identity().scope), page.next_after))


@app.api("/reports/{name}", methods=["GET", "POST"], permission=Permission.REPORTS_READ)
def report(name: str) -> Report:
    """A standard report, its dimensions as filters too.

    ?from=&to=&grain=&by=&queue=&agent=&flow=&flow_version=&node=&incident=&keys=&key_outcome=&outcome=&outcome_reason=&exit_reason=&disposition=&survey=&question=
    """
    deps = app.deps()
    query = standard_query(name, deps.tenant, seen_report(app.query(), app.identity().scope), deps.clock.now())
    return computed(deps, name, query)


# --- contacts ---------------------------------------------------------------------------------------------------


@app.api("/contacts", permission=Permission.CONTACTS_READ)
def contacts() -> Response:
    """Closed contacts, newest first: ?from=&to=&number=&queue=&agent=&outcome=&limit=&cursor=."""
    cursors, query = app.cursors(), app.query()
    page = cursors.page(query)
    found = list_contacts(app.deps(), query, page.limit, page.after, app.identity().scope)
    return ok(cursors.answer(found.data, found.next_after))


@app.api("/contacts/open", permission=Permission.CONTACTS_READ)
def contacts_under_way() -> Response:
    """Contacts under way, oldest first."""
    return listed(seen_contacts(open_contacts(app.deps()), app.identity().scope))


@app.api("/contacts/{contact_id}", permission=Permission.CONTACTS_READ)
def contact(contact_id: str) -> ContactPage:
    """One contact with its timeline, and its cost for those who may see costs."""
    with_cost = Permission.COSTS_READ in app.identity().permissions
    page = contact_page(app.deps(), ContactId(contact_id), with_cost=with_cost)
    app.identity().scope.require_contact(page.contact.queue, page.contact.agent_id, NO_CONTACT)
    return page


# --- consumers of the streams -----------------------------------------------------------------------------------


@app.on_dynamodb_record(stream_arn="live", name="publish")
@stream_worker
def publish(records: Records) -> PartialFailure:
    """The events that changes of the live table carry, to the event stream."""
    changes, unreadable = readable_changes(records)
    return failures(publish_changes(changes, wiring.event_stream()) or unreadable)


@app.on_dynamodb_record(stream_arn="live", name="count")
@stream_worker
def count(records: Records) -> PartialFailure:
    """The same changes, to the tallies and to those who watch the floor."""
    changes, _reported_by_publish = readable_changes(records)
    for tenant, part in by_tenant(changes).items():
        _for_tenant(tenant, partial(_count, changes=part))
    return failures(None)


@app.on_kinesis_record(stream="events", name="ledger")
@stream_worker
def ledger(records: Records) -> PartialFailure:
    """Published events and usage, to the ledger and to the timelines of contacts."""
    events, unreadable = readable_events(records)
    for tenant, part in events_by_tenant(events).items():
        _booked(TenantId(tenant), part)
    return failures(unreadable)


def _for_tenant(tenant: TenantId, work: Callable[[Deps], object]) -> None:
    """One tenant's part; a tenant that is gone has none."""
    try:
        for_tenant(tenant, work)
    except NotFound:
        log().warning("events of no tenant", extra={"tenant": tenant})


def _booked(tenant: TenantId, events: Sequence[Event]) -> None:
    """One tenant's events; the platform's own, and those of a tenant that is gone, are the platform's cost."""
    try:
        if tenant != PLATFORM.id:
            for_tenant(tenant, partial(_book, events=events))
            return
    except NotFound:
        log().warning("usage of no tenant", extra={"tenant": tenant})
        events = [orphan(event) for event in events]
    with tenancy.scope(PLATFORM):
        book_events(tenancy.deps(PLATFORM), events)


def _book(deps: Deps, events: Sequence[Event]) -> None:
    keep_timelines(deps, events)
    booked = book_events(deps, events)
    if booked.quarantined:
        count_metric("UsageQuarantined", booked.quarantined)
    if booked.conflicting:
        count_metric("UsageConflicting", booked.conflicting)
    quietly(lambda: note_progress(deps))
    quietly(lambda: carrier_prices.remember(deps, events))


def _count(deps: Deps, changes: Sequence[ItemChange]) -> None:
    moved = count_changes(deps, changes)
    quietly(lambda: keep_events(deps, changes))
    quietly(lambda: _tell(deps, changes, moved=moved))


def _tell(deps: Deps, changes: Sequence[ItemChange], *, moved: bool) -> None:
    """Those who are connected: agents of their own desks, and who watches the floor of its figures."""
    messages = list(desk_messages(changes))
    if not messages and not moved:
        return
    listeners = wiring.live_channel(deps.tenant).listeners()
    for agent_id, message in messages:
        listeners.push(to_agent(agent_id), message)
    if moved and listeners.hear(FLOOR):
        floor = live_floor(deps, fresh=True)
        listeners.push_floor(
            lambda scope: {"type": "floor", "seq": floor.seq, "floor": seen_floor(floor, scope)}, partial(seen_by, deps)
        )
