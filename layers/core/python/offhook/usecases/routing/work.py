"""Hands each message of the work queue to its use case, by one table."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from offhook.domain.errors import CarrierUnavailable
from offhook.domain.ids import AgentId, CallSid, ContactId, OfferId
from offhook.domain.messages import Message, Topic
from offhook.lazily import lazily
from offhook.usecases.at_a_glance import at_a_glance
from offhook.usecases.deps import Deps
from offhook.usecases.routing import leaving, match, offers, presence, ring, room, wrap_up

if TYPE_CHECKING:
    from offhook.usecases.callbacks import dialling, keeping
    from offhook.usecases.metering import carrier_prices
    from offhook.usecases.recordings import controlling, copying
    from offhook.usecases.routing import arrange, sweep
else:
    (carrier_prices,) = lazily("offhook.usecases.metering", "carrier_prices")
    dialling, keeping = lazily("offhook.usecases.callbacks", "dialling", "keeping")
    controlling, copying = lazily("offhook.usecases.recordings", "controlling", "copying")
    arrange, sweep = lazily("offhook.usecases.routing", "arrange", "sweep")

CARRIER_PAUSE_S = 5.0
HEALED = frozenset({Topic.OFFER_DEADLINE, Topic.WRAP_UP_LIMIT, Topic.RECONCILE_JOIN})
"""Timers that mostly find nothing to do. One that saw what was old is as one that was lost: the sweep does its work."""
AT_A_GLANCE = HEALED | {Topic.RING, Topic.MATCH_CONTACT, Topic.MATCH_AGENT}


def handle(deps: Deps, message: Message) -> None:
    """Do what the message hints at; a hint about something that is over does nothing.

    While the carrier cannot be reached the hint is put back; its sender has long gone on.
    """
    try:
        _do(deps, message)
    except CarrierUnavailable:
        deps.outgoing.send(message, delay_s=CARRIER_PAUSE_S)


def _do(deps: Deps, message: Message) -> None:
    work = _WORK[message.topic]
    if message.topic not in AT_A_GLANCE:
        work(deps, message)
        return
    at_a_glance(deps, lambda seen: work(seen, message), is_enough=lambda _: message.topic in HEALED)


def _store_recording(deps: Deps, message: Message) -> None:
    sid, _, rest = message.arg.partition(" ")
    duration_s, _, url = rest.partition(" ")
    copying.store_recording(deps, ContactId(message.entity), sid, int(duration_s), url)


_WORK: Mapping[Topic, Callable[[Deps, Message], object]] = {
    Topic.RING: lambda d, m: ring.ring(d, ContactId(m.entity), OfferId(m.arg)),
    Topic.CANCEL_RING: lambda d, m: ring.cancel_ring(d, CallSid(m.arg)),
    Topic.OFFER_DEADLINE: lambda d, m: offers.deadline(d, ContactId(m.entity), OfferId(m.arg)),
    Topic.WRAP_UP_LIMIT: lambda d, m: wrap_up.limit_reached(d, AgentId(m.entity), ContactId(m.arg)),
    Topic.PRESENCE: lambda d, m: presence.check_presence(d, AgentId(m.entity), m.arg),
    Topic.MATCH_CONTACT: lambda d, m: match.match_contact_id(d, ContactId(m.entity)),
    Topic.MATCH_AGENT: lambda d, m: match.match_agent_id(d, AgentId(m.entity)),
    Topic.RETURN_TO_QUEUE: lambda d, m: leaving.return_to_queue(d, ContactId(m.entity)),
    Topic.RECONCILE_JOIN: lambda d, m: room.reconcile_join(d, ContactId(m.entity), OfferId(m.arg)),
    Topic.DIAL: lambda d, m: dialling.dial(d, ContactId(m.entity)),
    Topic.CALLBACK_DUE: lambda d, m: keeping.due(d, ContactId(m.entity)),
    Topic.ARRANGE: lambda d, m: arrange.arrange_id(d, ContactId(m.entity)),
    Topic.END_ROOM: lambda d, m: d.telephony.end_room(m.arg),
    Topic.STORE_RECORDING: _store_recording,
    Topic.RECORDING: lambda d, m: controlling.look(d, ContactId(m.entity)),
    Topic.CARRIER_PRICE: lambda d, m: carrier_prices.ask(d, ContactId(m.entity), int(m.arg or 0)),
    Topic.CARRIER_USAGE: lambda d, m: carrier_prices.import_day(d, m.entity),
    Topic.SWEEP: lambda d, m: sweep.sweep(d, m.entity, m.arg),
}
