"""Text messages."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.messaging import segments
from local.carrier.model.callback import Callback
from local.carrier.model.media import Message
from local.carrier.rest.filters import by_day
from local.carrier.rest.http import RestRequest, RestResponse, as_json
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def listing(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    mine = [one for one in carrier.messaging.all.values() if one.account_sid == account]
    for name, attribute in (("To", "to"), ("From", "from_")):
        if request.text(name):
            mine = [one for one in mine if getattr(one, attribute) == request.text(name)]
    mine = by_day(request, "DateSent", mine, lambda one: one.sent_at)
    return page(request, "messages", mine[::-1], render)


def create(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    to, from_ = request.text("To"), request.text("From")
    if not to:
        raise errors.RestError(21604, "A 'To' phone number is required.")
    if not from_ and not request.text("MessagingServiceSid"):
        raise errors.RestError(21603, "A 'From' phone number is required.")
    if not any(request.text(name) for name in ("Body", "MediaUrl", "ContentSid")):
        raise errors.RestError(21602, "Message body is required.")
    callback = Callback(request.text("StatusCallback"))
    message = carrier.messaging.send(account, from_, to, request.text("Body"), callback)
    message.messaging_service_sid = request.text("MessagingServiceSid")
    message.media_urls.extend(request.many("MediaUrl"))
    return as_json(201, render(message))


def fetch(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    message = carrier.messaging.all.get(sid)
    if message is None or message.account_sid != account:
        raise errors.not_found(request.path)
    return as_json(200, render(message))


def render(message: Message) -> dict[str, Any]:
    created = times.rfc2822(message.created_at)
    return {
        "sid": message.sid, "account_sid": message.account_sid, "from": message.from_, "to": message.to,
        "body": message.body, "direction": message.direction, "status": message.status, "price": message.price,
        "price_unit": "USD", "num_segments": str(segments(message.body)), "num_media": str(len(message.media_urls)),
        "messaging_service_sid": message.messaging_service_sid or None, "error_code": message.error_code,
        "error_message": None, "date_created": created, "date_updated": created,
        "date_sent": times.rfc2822(message.sent_at), "api_version": "2010-04-01", "subresource_uris": {},
        "uri": f"/2010-04-01/Accounts/{message.account_sid}/Messages/{message.sid}.json",
    }  # fmt: skip
