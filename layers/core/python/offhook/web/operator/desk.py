"""What operators look after: queues and dead letters, numbers without an owner, and contacts that they may see."""

from typing import Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.domain.audit.deeds import Deed
from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import TenantId, day_of
from offhook.domain.operators.gauges import CONSUMERS
from offhook.domain.operators.queues import DEAD, FAILURES, WORKED
from offhook.stores.directory import Directory
from offhook.usecases.numbers.reconcile import orphans
from offhook.usecases.operators import consent, drift
from offhook.usecases.operators.drift import DriftedNumber
from offhook.web import tenancy
from offhook.web.app import OffhookApp
from offhook.web.metering import attribute
from offhook.web.operator.access import for_operator
from offhook.web.responses import listed, ok

MOST = 100


class Redrive(Struct, forbid_unknown_fields=True):
    """limit: how many at most."""

    queue: str
    limit: Annotated[int, Meta(ge=1, le=MOST)] = MOST


class QueueHealth(Struct):
    """waiting, taken: messages that wait and that are being handled; oldest_s: how long the oldest has waited, null =
    not measured in the last minutes.
    """

    queue: str
    waiting: int
    taken: int
    oldest_s: float | None


class ConsumerHealth(Struct):
    """How far a reader of a stream is behind; null = not measured in the last minutes: it had nothing to read."""

    consumer: str
    behind_s: float | None


class Health(Struct):
    """dead: how many messages could not be handled; lake_errors: files of events that did not fit the lake."""

    queues: list[QueueHealth]
    dead: int
    consumers: list[ConsumerHealth]
    lake_errors: int


class Redriven(Struct):
    """How many messages went back to where they came from."""

    queue: str
    sent_back: int


def routes(app: OffhookApp) -> None:
    """/health, /dead-letters and what is below a tenant."""

    @app.operator("/health")
    def health() -> Response:
        """How much waits where and since when, who is behind; anything dead or in error is to be looked at."""
        return ok(_health())

    @app.operator("/dead-letters")
    def letters() -> Response:
        """?queue= one of them, such as work-dead; at most a hundred of each."""
        asked = app.query().get("queue", "")
        names = [_dead(asked, failures=True)] if asked else [*(queue + DEAD for queue in WORKED), FAILURES]
        return listed([one for name in names for one in wiring.queues().letters(name, MOST)])

    @app.operator("/dead-letters/redrive", methods=["POST"])
    def redrive() -> Response:
        """Back to where they came from; handling a message again changes nothing that was done."""
        given = app.body(Redrive)
        queue = _dead(given.queue, failures=False)
        return app.once(lambda: ok(Redriven(queue, wiring.queues().redrive(queue, given.limit))))

    @app.operator("/drifted-numbers")
    def drifted_numbers() -> Response:
        """Numbers that only the carrier or only our books have, by tenant: ?limit=&cursor=."""
        cursors = app.cursors()
        page = cursors.page(app.query())
        attribute("", "")  # on the platform's account
        found, after = drift.page_of(Directory(wiring.edge_items()).tenants(), _drifted, page.after, page.limit)
        return ok(cursors.answer(found, after))

    @app.operator("/tenants/{tenant_id}/orphan-numbers")
    def orphan_numbers(tenant_id: str) -> Response:
        """Numbers at the carrier that nobody has here, as the nightly round found them."""
        with for_operator(app, tenant_id, Deed.LOOKED_AT_ORPHANS) as deps:
            return listed(orphans(deps))

    @app.operator("/tenants/{tenant_id}/contacts")
    def contacts(tenant_id: str) -> Response:
        """?day=2026-01-31 (UTC, default today); only while the tenant's owner lets operators in."""
        query, cursors = app.query(), app.cursors()
        page, day = cursors.page(query), _day(query.get("day") or day_of(wiring.clock().now()))
        with for_operator(app, tenant_id, Deed.LOOKED_AT_CONTACTS, day=day) as deps:
            found, after = consent.contacts_of_day(deps, day, page.after)
        return ok(cursors.answer(found, after))


def _drifted(tenant_id: TenantId) -> list[DriftedNumber]:
    try:
        tenant = tenancy.context(tenant_id)
    except NotFound:
        return []  # on its way in or out
    with tenancy.scope(tenant):
        return drift.drifted(tenancy.deps(tenant))


def _health() -> Health:
    depths, gauges = wiring.queues().depths(), wiring.gauges()
    measured = gauges.measured(tuple(one.queue for one in depths))
    return Health(
        [QueueHealth(one.queue, one.waiting, one.taken, measured.oldest_s.get(one.queue)) for one in depths],
        sum(one.waiting for one in depths if one.queue.endswith(DEAD) or one.queue == FAILURES),
        [ConsumerHealth(one, measured.behind_s.get(one)) for one in CONSUMERS],
        gauges.lake_errors(),
    )


def _dead(queue: str, *, failures: bool) -> str:
    known = [*(one + DEAD for one in WORKED), *([FAILURES] if failures else [])]
    if queue not in known:
        raise InvalidInput("not_one_of", field="queue" if failures else "$.queue", known=[*known])
    return queue


def _day(written: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as bad:
        raise InvalidInput("day_written", field="day") from bad
