"""When a callback's customer may be rung."""

from offhook.domain.ids import Instant
from offhook.domain.ivr.calendar import Calendar
from offhook.domain.routing import callback_hours
from offhook.domain.routing.callback_moves import policy_of
from offhook.domain.routing.queues import Queue
from offhook.usecases.deps import Deps


def why_not_now(deps: Deps, number: str, queue: Queue | None) -> str:
    """quiet_hours or closed; "" = they may be rung now."""
    zones = callback_hours.zones_of(number, deps.tenant.time_zone)
    return callback_hours.why_not(zones, policy_of(queue), _calendar(deps, queue), deps.clock.now())


def first_time(deps: Deps, number: str, queue: Queue | None, wanted: Instant) -> Instant:
    """The first moment from `wanted` on when they may be rung."""
    zones = callback_hours.zones_of(number, deps.tenant.time_zone)
    return callback_hours.next_time(zones, policy_of(queue), _calendar(deps, queue), wanted)


def _calendar(deps: Deps, queue: Queue | None) -> Calendar | None:
    return deps.config.find(Calendar, queue.hours) if queue is not None and queue.hours else None
