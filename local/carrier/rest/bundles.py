"""Papers that countries ask for before they sell a number; the review takes a minute and ends well unless told."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, ids, times
from local.carrier.model.account import Account, Bundle
from local.carrier.rest.http import RestRequest, RestResponse, as_json

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

REVIEW_S = 60.0
REFUSED = "reject"  # a friendly name with this word is refused by the reviewers
PATH = "/v2/RegulatoryCompliance/Bundles"


def listing(carrier: "Carrier", request: RestRequest) -> RestResponse:
    mine = [one for one in carrier.accounts.bundles.values() if one.account_sid == _account(carrier, request).sid]
    for name, attribute in (("IsoCountry", "iso_country"), ("NumberType", "number_type")):
        if request.text(name):
            mine = [one for one in mine if getattr(one, attribute).lower() == request.text(name).lower()]
    if request.text("Status"):
        mine = [one for one in mine if status(carrier, one) == request.text("Status")]
    meta = {
        "page": 0, "page_size": 50, "key": "results", "next_page_url": None, "previous_page_url": None,
        "first_page_url": f"https://numbers.twilio.com{PATH}?PageSize=50&Page=0", "url": f"https://numbers.twilio.com{PATH}",
    }  # fmt: skip
    return as_json(200, {"results": [render(carrier, one) for one in mine], "meta": meta})


def create(carrier: "Carrier", request: RestRequest) -> RestResponse:
    for name in ("FriendlyName", "IsoCountry", "NumberType"):
        if not request.text(name):
            raise errors.invalid_parameter(name, "")
    bundle = Bundle(
        ids.sid(carrier.rng, "BU"), _account(carrier, request).sid, request.text("FriendlyName"),
        request.text("IsoCountry").upper(), request.text("NumberType"), carrier.clock.now(),
    )  # fmt: skip
    carrier.accounts.bundles[bundle.sid] = bundle
    return as_json(201, render(carrier, bundle))


def fetch(carrier: "Carrier", request: RestRequest, sid: str) -> RestResponse:
    return as_json(200, render(carrier, _bundle(carrier, request, sid)))


def update(carrier: "Carrier", request: RestRequest, sid: str) -> RestResponse:
    """Status=pending-review hands the papers in."""
    bundle = _bundle(carrier, request, sid)
    bundle.friendly_name = request.text("FriendlyName") or bundle.friendly_name
    if request.text("Status") == "pending-review" and status(carrier, bundle) in ("draft", "twilio-rejected"):
        bundle.submitted_at = carrier.clock.now()
        bundle.refused = REFUSED in bundle.friendly_name
    return as_json(200, render(carrier, bundle))


def status(carrier: "Carrier", bundle: Bundle) -> str:
    if bundle.submitted_at is None:
        return "draft"
    if carrier.clock.now() < bundle.submitted_at + REVIEW_S:
        return "in-review"
    return "twilio-rejected" if bundle.refused else "twilio-approved"


def approved(carrier: "Carrier", account_sid: str, sid: str, country: str) -> bool:
    """Whether a number of the country may be bought with the bundle."""
    bundle = carrier.accounts.bundles.get(sid)
    if bundle is None or bundle.account_sid != account_sid or bundle.iso_country != country:
        return False
    return status(carrier, bundle) == "twilio-approved"


def _account(carrier: "Carrier", request: RestRequest) -> Account:
    return carrier.accounts.actor(request.header("Authorization"))


def _bundle(carrier: "Carrier", request: RestRequest, sid: str) -> Bundle:
    bundle = carrier.accounts.bundles.get(sid)
    if bundle is None or bundle.account_sid != _account(carrier, request).sid:
        raise errors.not_found(request.path)
    return bundle


def render(carrier: "Carrier", bundle: Bundle) -> dict[str, Any]:
    created = times.moment(bundle.created_at).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "sid": bundle.sid, "account_sid": bundle.account_sid, "regulation_sid": None,
        "friendly_name": bundle.friendly_name, "status": status(carrier, bundle), "valid_until": None,
        "email": "papers@example.com", "status_callback": None, "date_created": created, "date_updated": created,
        "url": f"https://numbers.twilio.com{PATH}/{bundle.sid}", "links": {},
    }  # fmt: skip
