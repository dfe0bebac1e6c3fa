"""Conferences: looked up, ended, announced to; never created, they exist by being joined."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.model.rooms import Conference
from local.carrier.rest.filters import by_day
from local.carrier.rest.http import RestRequest, RestResponse, as_json
from local.carrier.rest.paging import page
from local.carrier.rooms.announce import announce

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def listing(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    mine = [one for one in carrier.rooms.all.values() if one.account_sid == account]
    for name, attribute in (("FriendlyName", "friendly_name"), ("Status", "status")):
        if request.text(name):
            mine = [one for one in mine if getattr(one, attribute) == request.text(name)]
    mine = by_day(request, "DateCreated", mine, lambda one: one.created_at)
    return page(request, "conferences", mine[::-1], render)


def fetch(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    return as_json(200, render(find(carrier, request, account, sid)))


def update(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    conference = find(carrier, request, account, sid)
    if not conference.live:
        raise errors.not_found(request.path)
    if request.text("AnnounceUrl"):
        method = request.method_of("AnnounceMethod")
        announce(carrier, conference, conference.present(), request.text("AnnounceUrl"), method)
    if request.text("Status") == "completed":
        carrier.rooms.end(conference)
    carrier.settle()
    return as_json(200, render(conference))


def find(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> Conference:
    conference = carrier.rooms.all.get(sid)
    if conference is None or conference.account_sid != account:
        raise errors.not_found(request.path)
    return conference


def render(conference: Conference) -> dict[str, Any]:
    uri = f"/2010-04-01/Accounts/{conference.account_sid}/Conferences/{conference.sid}"
    return {
        "sid": conference.sid, "account_sid": conference.account_sid, "friendly_name": conference.friendly_name,
        "status": conference.status.value, "region": conference.region, "api_version": "2010-04-01",
        "date_created": times.rfc2822(conference.created_at),
        "date_updated": times.rfc2822(conference.ended_at or conference.started_at or conference.created_at),
        "reason_conference_ended": conference.reason_ended,
        "call_sid_ending_conference": conference.call_sid_ending, "uri": f"{uri}.json",
        "subresource_uris": {"participants": f"{uri}/Participants.json", "recordings": f"{uri}/Recordings.json"},
    }  # fmt: skip
