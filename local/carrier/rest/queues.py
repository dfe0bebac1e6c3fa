"""Queues."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.model.rooms import Queue
from local.carrier.rest.http import RestRequest, RestResponse, as_json, no_content
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

DEFAULT_SIZE = 1000
MAX_SIZE = 5000


def listing(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    mine = [one for one in carrier.lines.all.values() if one.account_sid == account]
    return page(request, "queues", mine, render)


def create(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    if not request.text("FriendlyName"):
        raise errors.RestError(22001, "FriendlyName is required")
    size = request.number("MaxSize", DEFAULT_SIZE, MAX_SIZE)
    return as_json(201, render(carrier.lines.create(account, request.text("FriendlyName"), size)))


def fetch(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    return as_json(200, render(find(carrier, request, account, sid)))


def update(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    queue = find(carrier, request, account, sid)
    queue.friendly_name = request.text("FriendlyName") or queue.friendly_name
    queue.max_size = request.number("MaxSize", queue.max_size, MAX_SIZE)
    return as_json(200, render(queue))


def delete(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    queue = find(carrier, request, account, sid)
    if queue.members:
        raise errors.RestError(22002, "Queue is not empty")
    del carrier.lines.all[queue.sid]
    return no_content()


def find(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> Queue:
    queue = carrier.lines.all.get(sid)
    if queue is None or queue.account_sid != account:
        raise errors.not_found(request.path)
    return queue


def render(queue: Queue) -> dict[str, Any]:
    created = times.rfc2822(queue.created_at)
    uri = f"/2010-04-01/Accounts/{queue.account_sid}/Queues/{queue.sid}"
    return {
        "sid": queue.sid, "account_sid": queue.account_sid, "friendly_name": queue.friendly_name,
        "current_size": len(queue.members), "average_wait_time": queue.average_wait_s(), "max_size": queue.max_size,
        "date_created": created, "date_updated": created, "uri": f"{uri}.json",
        "subresource_uris": {"members": f"{uri}/Members.json"},
    }  # fmt: skip
