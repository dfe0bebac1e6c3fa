"""Accounts and subaccounts."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.model.account import Account, AccountStatus
from local.carrier.rest.http import RestRequest, RestResponse, as_json
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def listing(carrier: "Carrier", request: RestRequest) -> RestResponse:
    actor = carrier.accounts.actor(request.header("Authorization"))
    mine = [one for one in carrier.accounts.all.values() if actor.sid in (one.sid, one.owner_sid)]
    for name, attribute in (("FriendlyName", "friendly_name"), ("Status", "status")):
        if request.text(name):
            mine = [one for one in mine if getattr(one, attribute) == request.text(name)]
    return page(request, "accounts", mine, render)


def create(carrier: "Carrier", request: RestRequest) -> RestResponse:
    actor = carrier.accounts.actor(request.header("Authorization"))
    if not actor.is_parent:
        raise errors.RestError(20008, "Subaccounts cannot create accounts", 403)
    name = request.text("FriendlyName") or f"SubAccount Created at {times.rfc2822(carrier.clock.now())}"
    return as_json(201, render(carrier.accounts.create(name, owner_sid=actor.sid)))


def fetch(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    return as_json(200, render(carrier.accounts.all[account]))


def update(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    """Rename, suspend, revive, close. Only the parent may change a status; closed is for ever."""
    found = carrier.accounts.all[account]
    if request.text("FriendlyName"):
        found.friendly_name = request.text("FriendlyName")
    if request.has("Status"):
        _set_status(carrier, request, found)
    return as_json(200, render(found))


def _set_status(carrier: "Carrier", request: RestRequest, account: Account) -> None:
    actor = carrier.accounts.actor(request.header("Authorization"))
    if account.is_parent or actor.sid != account.owner_sid or account.status is AccountStatus.CLOSED:
        raise errors.RestError(20008, "The status of this account cannot be changed", 403)
    try:
        status = AccountStatus(request.text("Status"))
    except ValueError as error:
        raise errors.invalid_parameter("Status", request.text("Status")) from error
    account.status = status
    if status is AccountStatus.CLOSED:
        carrier.accounts.close(account)


def render(account: Account) -> dict[str, Any]:
    return {
        "sid": account.sid, "friendly_name": account.friendly_name, "status": account.status.value, "type": "Full",
        "auth_token": account.auth_token, "owner_account_sid": account.owner_sid,
        "date_created": times.rfc2822(account.created_at), "date_updated": times.rfc2822(account.created_at),
        "uri": f"/2010-04-01/Accounts/{account.sid}.json", "subresource_uris": {},
    }  # fmt: skip
