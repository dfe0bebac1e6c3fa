"""Numbers that can be bought: a fixed stock per country and kind."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors
from local.carrier.rest.http import RestRequest, RestResponse
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

PREFIXES = {
    "US": {"Local": "+1{area}555", "TollFree": "+1888555", "Mobile": "+1{area}556"},
    "CA": {"Local": "+1{area}555", "TollFree": "+1888557", "Mobile": "+1{area}556"},
    "GB": {"Local": "+4420794", "TollFree": "+4480800", "Mobile": "+4477009"},
    "DE": {"Local": "+49302555", "TollFree": "+49800555", "Mobile": "+49155555"},
    "FR": {"Local": "+3315555", "TollFree": "+3380055", "Mobile": "+3365555"},
}
AREA = "415"
STOCK = 30


# Countries whose numbers are sold only with papers.
WITH_PAPERS = ("GB", "DE", "FR")


def listing(carrier: "Carrier", request: RestRequest, account: str, country: str, kind: str) -> RestResponse:
    found = offers(carrier, country, kind, request.text("AreaCode"), request.text("Contains"))
    if country in WITH_PAPERS and request.flag("ExcludeAllAddressRequired", False):
        found = []
    rendered = "available_phone_numbers"
    return page(request, rendered, found, lambda number: render(country, number))


def country_of(number: str) -> str:
    """The country whose stock the number is of; "" = none."""
    for country, kinds in PREFIXES.items():
        if any(number.startswith(prefix.partition("{")[0]) for prefix in kinds.values()):
            return country
    return ""


def offers(carrier: "Carrier", country: str, kind: str, area: str, contains: str) -> list[str]:
    """Numbers not bought by anybody; raises 20404 for a country without any."""
    if country not in PREFIXES:
        raise errors.not_found(f"/AvailablePhoneNumbers/{country}")
    prefix = PREFIXES[country][kind].format(area=area or AREA)
    numbers = [f"{prefix}{index:04d}" for index in range(100, 100 + STOCK)]
    wanted = contains.strip("*%")
    return [one for one in numbers if wanted in one and carrier.accounts.number(one) is None]


def render(country: str, number: str) -> dict[str, Any]:
    return {
        "friendly_name": number, "phone_number": number, "iso_country": country, "locality": None, "region": None,
        "postal_code": None, "lata": None, "rate_center": None, "latitude": None, "longitude": None,
        "address_requirements": "any" if country in WITH_PAPERS else "none", "beta": False,
        "capabilities": {"voice": True, "SMS": True, "MMS": True, "fax": False},
    }  # fmt: skip
