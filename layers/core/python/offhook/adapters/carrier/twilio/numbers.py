"""The port CarrierNumbers on Twilio's REST API, for one account."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from offhook.domain import paths
from offhook.domain.errors import CallerGone, CarrierUnavailable, InvalidInput
from offhook.domain.numbers.countries import needs_papers
from offhook.domain.numbers.port import (
    Bought,
    Bundle,
    BundleState,
    Kind,
    NumberTaken,
    Offered,
    PapersMissing,
    Wanted,
)

if TYPE_CHECKING:
    from twilio.rest import Client

STATES = {
    "draft": BundleState.DRAFT,
    "pending-review": BundleState.IN_REVIEW,
    "in-review": BundleState.IN_REVIEW,
    "twilio-approved": BundleState.APPROVED,
    "provisionally-approved": BundleState.IN_REVIEW,
    "twilio-rejected": BundleState.REJECTED,
}
NEED_PAPERS = frozenset({21615, 21616, 21631, 21649, 21651})  # address or bundle required, or not fit for the number
TAKEN = frozenset({21422, 21452})


class TwilioNumbers:
    """tokens: of the account, the newest first, asked for with the first request; client: instead of our own."""

    def __init__(
        self,
        account_sid: str,
        tokens: Callable[[], tuple[str, ...]],
        carrier_url: str,
        public_api_url: str,
        client: "Client | None" = None,
    ) -> None:
        self._sid, self._tokens, self._carrier, self._given = account_sid, tokens, carrier_url.rstrip("/"), client
        base = public_api_url.rstrip("/")
        self._voice = {
            "voice_url": base + paths.ANSWER,
            "voice_method": "POST",
            "voice_fallback_url": base + paths.CALL_FALLBACK,
            "voice_fallback_method": "POST",
            "status_callback": base + paths.CALL_STATUS,
            "status_callback_method": "POST",
        }

    @cached_property
    def _client(self) -> Any:
        if self._given is not None:
            return self._given
        from twilio.rest import Client

        from offhook.adapters.carrier.twilio.hosts import EveryHostClient

        tokens = self._tokens()
        if not (self._sid and tokens):
            raise CarrierUnavailable("The tenant has no carrier account yet.")
        return Client(self._sid, tokens[0], http_client=EveryHostClient(self._carrier))

    def search(self, wanted: Wanted, limit: int = 20) -> list[Offered]:
        """GET AvailablePhoneNumbers; 404 = the country sells none of the kind."""
        chosen: dict[str, Any] = {"voice_enabled": True, "limit": limit}
        if wanted.area_code:
            chosen["area_code"] = wanted.area_code
        if wanted.contains:
            chosen["contains"] = f"*{wanted.contains}*"
        try:
            with _errors():
                shelf = getattr(self._client.available_phone_numbers(wanted.country), wanted.kind.value)
                found = shelf.list(**chosen)
        except (CallerGone, InvalidInput):
            return []
        return [_offered(one, wanted) for one in found]

    def buy(self, number: str, label: str, bundle_sid: str = "") -> Bought:
        """POST IncomingPhoneNumbers."""
        papers = {"bundle_sid": bundle_sid} if bundle_sid else {}
        with _errors(), _refusals():
            made = self._client.incoming_phone_numbers.create(
                phone_number=number, friendly_name=label, **papers, **self._voice
            )
            return _bought(made)

    def labelled(self, label: str) -> list[Bought]:
        """The carrier's filter may match more; ours is exact."""
        with _errors():
            found = self._client.incoming_phone_numbers.list(friendly_name=label)
        return [one for one in map(_bought, found) if one.label == label]

    def owned(self) -> list[Bought]:
        """GET IncomingPhoneNumbers, all pages."""
        with _errors():
            return [_bought(one) for one in self._client.incoming_phone_numbers.list(page_size=1000)]

    def lead_here(self, sid: str, label: str) -> None:
        """POST IncomingPhoneNumbers/{sid}."""
        with _errors():
            self._client.incoming_phone_numbers(sid).update(friendly_name=label, **self._voice)

    def release(self, sid: str) -> None:
        """DELETE IncomingPhoneNumbers/{sid}."""
        try:
            with _errors():
                self._client.incoming_phone_numbers(sid).delete()
        except CallerGone:
            return

    def bundles(self, country: str, kind: Kind) -> list[Bundle]:
        """GET RegulatoryCompliance/Bundles, at the carrier's host for numbers; a bundle itself names no country."""
        with _errors():
            papers = self._client.numbers.v2.regulatory_compliance.bundles
            found = papers.list(iso_country=country, number_type=kind.value.replace("_", "-"), limit=50)
        return [Bundle(str(one.sid), country, kind, STATES.get(str(one.status), BundleState.DRAFT)) for one in found]


def _errors() -> AbstractContextManager[None]:
    from offhook.adapters.carrier.twilio.client import carrier_errors

    return carrier_errors()


@contextmanager
def _refusals() -> Iterator[None]:
    """Tells apart why a number was not sold."""
    from twilio.base.exceptions import TwilioRestException

    try:
        yield
    except TwilioRestException as error:
        if error.code in NEED_PAPERS:
            raise PapersMissing() from error
        if error.code in TAKEN:
            raise NumberTaken() from error
        raise


def _offered(one: Any, wanted: Wanted) -> Offered:
    papers = needs_papers(wanted.country) or str(one.address_requirements or "none") != "none"
    return Offered(str(one.phone_number), wanted.country, wanted.kind, str(one.locality or ""), papers)


def _bought(one: Any) -> Bought:
    return Bought(str(one.sid), str(one.phone_number), str(one.friendly_name or ""))
