"""Text messages: sent with their status callbacks, received at a number's SmsUrl."""

from typing import TYPE_CHECKING

from local.carrier import ids
from local.carrier.model.callback import Callback
from local.carrier.model.media import Message

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

STEPS = ("sending", "sent", "delivered")
SEGMENT = 160


class Messaging:
    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier
        self.all: dict[str, Message] = {}

    def send(self, account_sid: str, from_: str, to: str, body: str, callback: Callback) -> Message:
        """Queue a message from a customer of ours; it is delivered a few seconds later."""
        message = self._new(account_sid, from_, to, body, "outbound-api")
        message.callback = callback
        for number, status in enumerate(STEPS, start=1):
            self._later(number, message, status)
        return message

    def receive(self, from_: str, to: str, body: str) -> Message:
        """Somebody writes to one of our numbers."""
        number = self._carrier.accounts.number(to)
        if number is None:
            raise LookupError(to)
        message = self._new(number.account_sid, from_, to, body, "inbound")
        message.status = "received"
        if number.voice.sms_url:
            callback = Callback(number.voice.sms_url, number.voice.sms_method)
            self._carrier.send_form("message", number.account_sid, callback, self._inbound(message))
        return message

    def _new(self, account_sid: str, from_: str, to: str, body: str, direction: str) -> Message:
        sid = ids.sid(self._carrier.rng, "SM")
        message = Message(sid, account_sid, from_, to, body, direction, self._carrier.clock.now())
        self.all[sid] = message
        return message

    def _later(self, number: int, message: Message, status: str) -> None:
        def step() -> None:
            message.status = status
            if status == "sent":
                message.sent_at = self._carrier.clock.now()
                self._carrier.pricing.message_later(message)
            if message.callback.url:
                form = self._common(message) | {"MessageStatus": status, "SmsStatus": status}
                self._carrier.send_form("message", message.account_sid, message.callback, form)

        delay_s = number * self._carrier.settings.message_step_s
        self._carrier.clock.after(delay_s, lambda: self._carrier.enter(step))

    def _common(self, message: Message) -> dict[str, str]:
        return {
            "MessageSid": message.sid, "SmsSid": message.sid, "AccountSid": message.account_sid,
            "From": message.from_, "To": message.to, "ApiVersion": "2010-04-01",
        }  # fmt: skip

    def _inbound(self, message: Message) -> dict[str, str]:
        extra = {
            "SmsMessageSid": message.sid, "Body": message.body, "NumMedia": "0", "SmsStatus": "received",
            "NumSegments": str(segments(message.body)), "MessagingServiceSid": message.messaging_service_sid,
        }  # fmt: skip
        return self._common(message) | extra


def segments(body: str) -> int:
    return max(1, -(-len(body) // SEGMENT))
