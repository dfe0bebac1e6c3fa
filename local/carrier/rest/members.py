"""Members of a queue: looked at, and taken out to another document."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.model.rooms import Member, Queue
from local.carrier.rest.calls import new_source
from local.carrier.rest.http import RestRequest, RestResponse, as_json
from local.carrier.rest.paging import page
from local.carrier.rest.queues import find

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def listing(carrier: "Carrier", request: RestRequest, account: str, queue: str) -> RestResponse:
    found = find(carrier, request, account, queue)
    return page(request, "queue_members", found.members, lambda one: render(carrier, found, one))


def fetch(carrier: "Carrier", request: RestRequest, account: str, queue: str, who: str) -> RestResponse:
    found = find(carrier, request, account, queue)
    return as_json(200, render(carrier, found, _member(request, found, who)))


def dequeue(carrier: "Carrier", request: RestRequest, account: str, queue: str, who: str) -> RestResponse:
    """The front, or one call, leaves the line for another document; a call that is over: 21220."""
    found = find(carrier, request, account, queue)
    member = _member(request, found, who)
    if not request.text("Url"):
        raise errors.RestError(21205, "Url parameter is required.")
    rendered = render(carrier, found, member)
    carrier.calls.redirect(carrier.calls.get(member.call_sid), new_source(request))
    carrier.settle()
    return as_json(200, rendered | {"position": 0})


def _member(request: RestRequest, queue: Queue, who: str) -> Member:
    members = queue.members[:1] if who == "Front" else [one for one in queue.members if one.call_sid == who]
    if not members:
        raise errors.not_found(request.path)
    return members[0]


def render(carrier: "Carrier", queue: Queue, member: Member) -> dict[str, Any]:
    base = f"/2010-04-01/Accounts/{queue.account_sid}/Queues/{queue.sid}/Members"
    return {
        "call_sid": member.call_sid, "queue_sid": queue.sid, "position": queue.position(member.call_sid),
        "wait_time": round(carrier.clock.now() - member.enqueued_at),
        "date_enqueued": times.rfc2822(member.enqueued_at), "uri": f"{base}/{member.call_sid}.json",
    }  # fmt: skip
