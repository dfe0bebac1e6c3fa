"""Work that sweeps whole tables: exports and erasures, a page for each message, and what the clock asks for."""

from contextlib import suppress
from typing import TYPE_CHECKING

from offhook import wiring
from offhook.domain.audit.heads import ChainBroken
from offhook.domain.errors import Conflict, NotFound, StoreUnavailable
from offhook.domain.ids import DAY, ContactId, day_of
from offhook.domain.messages import Message, Topic
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import settings
from offhook.stores.exports import Exports
from offhook.stores.forgetting import Forgetting
from offhook.usecases.analytics import compact as compacting
from offhook.usecases.audit import heads
from offhook.usecases.deps import Deps
from offhook.usecases.erasure import begin, person, retention
from offhook.usecases.erasure.person import PersonEraser
from offhook.usecases.erasure.tenant import Eraser
from offhook.usecases.exports.advance import Exporter
from offhook.usecases.recordings import evidence
from offhook.web.observability import count, log
from offhook.web.workers import NIGHT_S, careful_queue_worker, hint_each_tenant, schedule_worker
from offhook.wiring.lake import platform_lake

if TYPE_CHECKING:
    from offhook.adapters.platform_lake import PlatformLake


@careful_queue_worker
def jobs(deps: Deps, message: Message) -> None:
    """One hint of the queue `jobs`; what is over is left alone."""
    match message.topic:
        case Topic.EXPORT:
            with suppress(NotFound):
                Exporter(deps, wiring.objects(deps.tenant), wiring.sweep()).advance(message.entity)
        case Topic.ERASE_TENANT:
            done = eraser(deps).advance()
            if done is not None and done.is_done:
                seal_audit(deps)
        case Topic.ERASE_PERSON:
            person_eraser(deps).advance(message.entity, message.arg)
        case Topic.EVIDENCE:
            evidence.pack(deps, wiring.objects(deps.tenant), ContactId(message.entity))
        case Topic.RETENTION:
            if retention.is_due(deps):
                retention.apply(deps, wiring.objects(deps.tenant))
        case Topic.COMPACTION:
            compact_day(deps, platform_lake(), message.entity)
        case Topic.DUE:
            look(deps)


def compact_day(deps: Deps, lake: "PlatformLake", day: str) -> None:
    """The tenant's day in few files; not while a person is taken out of it, whom a copy would bring back."""
    if not Forgetting(deps.items, deps.tenant.id).under_way():
        compacting.compact(lake, lake, deps.tenant.id, day, str(deps.clock.now()))


def eraser(deps: Deps) -> Eraser:
    """What erasing the tenant may touch."""
    return Eraser(
        deps,
        wiring.objects(deps.tenant),
        wiring.edge_items(),
        wiring.sweep(),
        wiring.user_pool(),
        wiring.mailer(),
        settings().erasure_settles_s,
    )


def person_eraser(deps: Deps) -> PersonEraser:
    """What forgetting a person may touch."""
    lake = platform_lake()
    settles_s = settings().erasure_settles_s
    return PersonEraser(deps, wiring.objects(deps.tenant), wiring.sweep(), lake, lake, settles_s)


@schedule_worker
def due() -> None:
    """For each tenant: messages that were lost are sent again; who has been closed is erased."""
    hint_each_tenant(Topic.DUE, spread_s=NIGHT_S)


@schedule_worker
def keep() -> None:
    """What each tenant has kept long enough goes."""
    hint_each_tenant(Topic.RETENTION, spread_s=NIGHT_S)


@schedule_worker
def compact() -> None:
    """Yesterday's files of each tenant in the lake (UTC), few."""
    hint_each_tenant(Topic.COMPACTION, day_of(wiring.clock().now() - DAY), NIGHT_S)


def seal_audit(deps: Deps) -> None:
    """Sign and lock the end of the audit trail; a trail that was tampered with raises an alarm and stops nothing."""
    try:
        heads.seal(deps, wiring.head_vault(deps.tenant), wiring.notary())
    except ChainBroken as broken:
        log().error("audit trail broken", extra={"detail": broken.detail})
        count("AuditBroken")
    except StoreUnavailable:
        log().exception("the audit trail was not sealed")


def look(deps: Deps) -> None:
    """What is under way goes on, what is due begins."""
    for export in Exports(deps.items, deps.tenant.id).all():
        if export.is_running(deps.clock.now()):
            deps.outgoing.send(Message(deps.tenant.id, Topic.EXPORT, export.id))
    person.go_on(deps)
    seal_audit(deps)
    match deps.config.get(Tenant, deps.tenant.id).status:
        case TenantStatus.CLOSED:
            with suppress(Conflict):
                begin.begin(deps, "the closing window is over")
        case TenantStatus.ERASING | TenantStatus.ERASED:  # erased, and still on the list: its last message was lost
            begin.go_on(deps)
