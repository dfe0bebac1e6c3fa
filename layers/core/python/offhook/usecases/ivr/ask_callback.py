"""Asks for the callback that a call's present node wants, before the flow goes on."""

from datetime import UTC, datetime, timedelta

from offhook.domain.errors import Conflict, Forbidden, InvalidInput, NotFound
from offhook.domain.ids import Instant, QueueId
from offhook.domain.ivr.inputs import Input, Returned
from offhook.domain.ivr.nodes.callback import ASKED, REFUSED, CallbackNode, minute_of
from offhook.domain.ivr.prompts import fill
from offhook.domain.routing.contact import Contact
from offhook.usecases.callbacks import asking
from offhook.usecases.customers.numbers import e164
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import flow_of, world_of


def asked(deps: Deps, contact: Contact, node: CallbackNode) -> Input:
    """Whether the caller will be called back; a number that has a callback already will be."""
    variables = world_of(deps, contact, flow_of(deps, contact)).variables(contact.flow.attributes)
    written = fill(node.number, contact.language, variables)
    clock = fill(node.at, contact.language, variables)
    minute = minute_of(clock)
    number = e164(written, deps.tenant.region)
    if number is None or (clock and minute is None):
        return Returned(REFUSED)
    at = _next(deps, minute, node.days) if minute is not None else None
    key = f"{contact.id}/{contact.flow.step}"
    try:
        asking.ask(deps, asking.Wish(number, QueueId(node.queue), "caller", key, at, contact))
    except asking.CallbackPending:
        return Returned(ASKED)
    except (Conflict, Forbidden, InvalidInput, NotFound):
        return Returned(REFUSED)
    return Returned(ASKED)


def _next(deps: Deps, minute: int, days: int) -> Instant:
    """The next time that the tenant's clock shows the minute, and so many days after today at least."""
    from zoneinfo import ZoneInfo

    now = datetime.fromtimestamp(deps.clock.now() / 1000, UTC).astimezone(ZoneInfo(deps.tenant.time_zone))
    day = now + timedelta(days=days)
    at = day.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
    return round((at if at >= now else at + timedelta(days=1)).timestamp() * 1000)
