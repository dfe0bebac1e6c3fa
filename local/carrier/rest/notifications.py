"""The debugger's entries as a resource."""

from typing import TYPE_CHECKING, Any

from local.carrier import times
from local.carrier.model.notification import Notification
from local.carrier.rest.http import RestRequest, RestResponse
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def listing(carrier: "Carrier", request: RestRequest, account: str, call: str = "") -> RestResponse:
    mine = [one for one in carrier.notifications if one.account_sid == account]
    mine = [one for one in mine if not call or one.call_sid == call]
    return page(request, "notifications", mine[::-1], render)


def render(one: Notification) -> dict[str, Any]:
    at = times.rfc2822(one.at)
    return {
        "sid": one.sid, "account_sid": one.account_sid, "call_sid": one.call_sid or None, "error_code": str(one.code),
        "log": "0" if one.level == "error" else "1", "message_date": at, "date_created": at, "date_updated": at,
        "message_text": one.message, "request_url": one.url, "request_method": None, "api_version": "2010-04-01",
        "more_info": f"https://www.twilio.com/docs/errors/{one.code}",
        "uri": f"/2010-04-01/Accounts/{one.account_sid}/Notifications/{one.sid}.json",
    }  # fmt: skip
