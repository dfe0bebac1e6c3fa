"""Rotation of an account's token: a second one becomes valid, then takes the first one's place."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, ids, times
from local.carrier.model.account import Account
from local.carrier.rest.http import RestRequest, RestResponse, as_json, no_content

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def create(carrier: "Carrier", request: RestRequest) -> RestResponse:
    account = _account(carrier, request)
    account.secondary_token = ids.secret(carrier.rng)
    return as_json(201, {"secondary_auth_token": account.secondary_token, **_common(carrier, account)})


def delete(carrier: "Carrier", request: RestRequest) -> RestResponse:
    _account(carrier, request).secondary_token = None
    return no_content()


def promote(carrier: "Carrier", request: RestRequest) -> RestResponse:
    """From now on webhooks are signed with the new token, and the old one is refused."""
    account = _account(carrier, request)
    if account.secondary_token is None:
        raise errors.not_found(request.path)
    account.auth_token, account.secondary_token = account.secondary_token, None
    return as_json(200, {"auth_token": account.auth_token, **_common(carrier, account)})


def _account(carrier: "Carrier", request: RestRequest) -> Account:
    return carrier.accounts.actor(request.header("Authorization"))


def _common(carrier: "Carrier", account: Account) -> dict[str, Any]:
    now = times.moment(carrier.clock.now()).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"account_sid": account.sid, "date_created": now, "date_updated": now, "url": ""}
