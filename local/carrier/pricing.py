"""What things cost, known a while after they are over, as with the real carrier."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from local.carrier import usage_triggers
from local.carrier.messaging import segments
from local.carrier.model.call import Call, Direction
from local.carrier.model.media import Message, Recording

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

PER_MINUTE: Mapping[str, Decimal] = {
    "calls-inbound-local": Decimal("0.0085"), "calls-inbound-tollfree": Decimal("0.022"),
    "calls-outbound": Decimal("0.014"), "calls-client": Decimal("0.004"), "calls-sip": Decimal("0.004"),
    "recordings": Decimal("0.0025"), "conference-participants": Decimal("0.0018"),
}  # fmt: skip
PER_MESSAGE = Decimal("0.0083")
PER_NUMBER_MONTH = Decimal("1.15")
_TOLL_FREE = ("+1800", "+1888", "+1877", "+1866", "+1855", "+1844", "+1833")


def category(call: Call) -> str:
    """The usage category of a leg."""
    far = call.from_ if call.direction is Direction.INBOUND else call.to
    if far.startswith("client:"):
        return "calls-client"
    if far.startswith("sip:"):
        return "calls-sip"
    if call.direction is not Direction.INBOUND:
        return "calls-outbound"
    return "calls-inbound-tollfree" if call.to.startswith(_TOLL_FREE) else "calls-inbound-local"


def minutes(seconds: int | None) -> int:
    """Every begun minute counts."""
    return -(-(seconds or 0) // 60)


def billed_minutes(call: Call) -> int:
    """An answered call costs at least one minute."""
    return 0 if call.answered_at is None else max(1, minutes(call.duration_s()))


class Pricing:
    """Sets prices late: resources are null at first, negative decimals afterwards."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier

    def later(self, call: Call) -> None:
        amount = PER_MINUTE[category(call)] * billed_minutes(call)
        if call.answered_at is not None:
            self._after(call, amount)

    def recording_later(self, recording: Recording) -> None:
        self._after(recording, PER_MINUTE["recordings"] * minutes(recording.duration_s))

    def message_later(self, message: Message) -> None:
        self._after(message, PER_MESSAGE * segments(message.body))

    def _after(self, resource: Call | Recording | Message, amount: Decimal) -> None:
        def settle() -> None:
            resource.price = f"-{amount:.5f}"
            usage_triggers.fire(self._carrier, resource.account_sid)

        delay_s = self._carrier.settings.price_ready_s
        self._carrier.clock.after(delay_s, lambda: self._carrier.enter(settle))
