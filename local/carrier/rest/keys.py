"""API keys; the secret is shown once, when the key is made."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.model.account import ApiKey
from local.carrier.rest.http import RestRequest, RestResponse, as_json, no_content
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def listing(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    mine = [one for one in carrier.accounts.keys.values() if one.account_sid == account]
    return page(request, "keys", mine, render)


def create(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    key = carrier.accounts.create_key(account, request.text("FriendlyName"))
    return as_json(201, render(key) | {"secret": key.secret})


def fetch(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    return as_json(200, render(_key(carrier, request, account, sid)))


def delete(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    del carrier.accounts.keys[_key(carrier, request, account, sid).sid]
    return no_content()


def _key(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> ApiKey:
    key = carrier.accounts.keys.get(sid)
    if key is None or key.account_sid != account:
        raise errors.not_found(request.path)
    return key


def render(key: ApiKey) -> dict[str, Any]:
    created = times.rfc2822(key.created_at)
    return {"sid": key.sid, "friendly_name": key.friendly_name, "date_created": created, "date_updated": created}
