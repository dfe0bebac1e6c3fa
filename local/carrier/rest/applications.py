"""Applications: where calls from browsers go."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.model.account import Application
from local.carrier.rest import voice_settings
from local.carrier.rest.http import RestRequest, RestResponse, as_json, no_content
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def listing(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    mine = [one for one in carrier.accounts.applications.values() if one.account_sid == account]
    if request.text("FriendlyName"):
        mine = [one for one in mine if one.friendly_name == request.text("FriendlyName")]
    return page(request, "applications", mine, render)


def create(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    application = carrier.accounts.create_application(account, request.text("FriendlyName"))
    voice_settings.apply(request, application.voice)
    return as_json(201, render(application))


def fetch(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    return as_json(200, render(_application(carrier, request, account, sid)))


def update(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    application = _application(carrier, request, account, sid)
    application.friendly_name = request.text("FriendlyName") or application.friendly_name
    voice_settings.apply(request, application.voice)
    return as_json(200, render(application))


def delete(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    del carrier.accounts.applications[_application(carrier, request, account, sid).sid]
    return no_content()


def _application(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> Application:
    application = carrier.accounts.applications.get(sid)
    if application is None or application.account_sid != account:
        raise errors.not_found(request.path)
    return application


def render(application: Application) -> dict[str, Any]:
    created = times.rfc2822(application.created_at)
    return {
        "sid": application.sid, "account_sid": application.account_sid, "api_version": "2010-04-01",
        "friendly_name": application.friendly_name, "date_created": created, "date_updated": created,
        "uri": f"/2010-04-01/Accounts/{application.account_sid}/Applications/{application.sid}.json",
        **voice_settings.render(application.voice),
    }  # fmt: skip
