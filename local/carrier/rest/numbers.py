"""Bought numbers."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.model.account import AccountStatus, PhoneNumber
from local.carrier.rest import available, bundles, voice_settings
from local.carrier.rest.http import RestRequest, RestResponse, as_json, no_content
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def listing(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    mine = [one for one in carrier.accounts.numbers.values() if one.account_sid == account]
    for name, attribute in (("PhoneNumber", "phone_number"), ("FriendlyName", "friendly_name")):
        if request.text(name):
            wanted = request.text(name).strip("*")
            mine = [one for one in mine if wanted in getattr(one, attribute)]
    return page(request, "incoming_phone_numbers", mine, render)


def create(carrier: "Carrier", request: RestRequest, account: str, kind: str = "Local") -> RestResponse:
    """Buy a number, by itself or by area code. There is no idempotency key: read back before trying again."""
    wanted = request.text("PhoneNumber") or _any(carrier, request, kind)
    if not wanted.startswith("+") or not wanted[1:].isdigit():
        raise errors.RestError(21421, f"PhoneNumber {wanted} is invalid")
    _require(carrier, request, account, wanted)
    number = carrier.accounts.buy_number(account, wanted, request.text("FriendlyName"))
    _apply(carrier, request, number)
    return as_json(201, render(number))


def _require(carrier: "Carrier", request: RestRequest, account: str, wanted: str) -> None:
    """An active account, and an approved bundle where the country asks for one."""
    if carrier.accounts.all[account].status is not AccountStatus.ACTIVE:
        raise errors.RestError(20005, "Account not active", 401)
    country = available.country_of(wanted)
    if country in available.WITH_PAPERS and not bundles.approved(carrier, account, request.text("BundleSid"), country):
        raise errors.RestError(21649, "Phone Number Requires a Bundle with status twilio-approved")


def _any(carrier: "Carrier", request: RestRequest, kind: str) -> str:
    if not request.text("AreaCode"):
        raise errors.RestError(21402, "Either PhoneNumber or AreaCode is required")
    found = available.offers(carrier, "US", kind, request.text("AreaCode"), "")
    if not found:
        raise errors.RestError(21452, "No phone numbers found")
    return found[0]


def fetch(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    return as_json(200, render(_number(carrier, request, account, sid)))


def update(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    """Change settings; AccountSid moves the number to another account of the same owner."""
    number = _number(carrier, request, account, sid)
    if request.text("AccountSid"):
        carrier.accounts.authorise(request.header("Authorization"), request.text("AccountSid"))
        number.account_sid = request.text("AccountSid")
    _apply(carrier, request, number)
    return as_json(200, render(number))


def release(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    del carrier.accounts.numbers[_number(carrier, request, account, sid).sid]
    return no_content()


def _apply(carrier: "Carrier", request: RestRequest, number: PhoneNumber) -> None:
    number.friendly_name = request.text("FriendlyName") or number.friendly_name
    if request.has("VoiceApplicationSid"):
        number.voice_application_sid = request.text("VoiceApplicationSid")
    if request.has("BundleSid"):
        number.bundle_sid = request.text("BundleSid")
    voice_settings.apply(request, number.voice)


def _number(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> PhoneNumber:
    number = carrier.accounts.numbers.get(sid)
    if number is None or number.account_sid != account:
        raise errors.not_found(request.path)
    return number


def render(number: PhoneNumber) -> dict[str, Any]:
    created = times.rfc2822(number.created_at)
    return {
        "sid": number.sid, "account_sid": number.account_sid, "friendly_name": number.friendly_name,
        "phone_number": number.phone_number, "api_version": "2010-04-01", "date_created": created,
        "date_updated": created, "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "voice_application_sid": number.voice_application_sid, "bundle_sid": number.bundle_sid or None,
        "beta": False, "origin": "twilio", "status": "in-use", "trunk_sid": None, "voice_caller_id_lookup": False,
        "address_requirements": "none", "voice_receive_mode": "voice",
        "uri": f"/2010-04-01/Accounts/{number.account_sid}/IncomingPhoneNumbers/{number.sid}.json",
        **voice_settings.render(number.voice),
    }  # fmt: skip
