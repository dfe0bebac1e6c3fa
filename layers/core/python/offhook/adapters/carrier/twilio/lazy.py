"""The carrier account of a tenant, looked up when it is first used: most requests make no call."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from offhook.domain.errors import CarrierUnavailable

if TYPE_CHECKING:
    from offhook.adapters.media import CarrierRecordings
    from offhook.domain.telephony import Telephony

T = TypeVar("T")


class Lazy(Generic[T]):
    """Stands for what `make` returns, made with the first use of an attribute."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make, self._made = make, cast(T, None)

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = self._make()
        return getattr(self._made, name)


class CarrierAccount:
    """Builds the carrier's ports for one account, with the newest token; no token yet = CarrierUnavailable."""

    def __init__(
        self, account_sid: str, tokens: Callable[[], tuple[str, ...]], carrier_url: str, public_api_url: str
    ) -> None:
        self._sid, self._tokens, self._carrier_url, self._public = account_sid, tokens, carrier_url, public_api_url

    def telephony(self) -> "Telephony":
        """Imports and signs in when used."""
        return cast("Telephony", Lazy(self._telephony))

    def recordings(self) -> "CarrierRecordings":
        """Imports and signs in when used."""
        return cast("CarrierRecordings", Lazy(self._recordings))

    def _telephony(self) -> "Telephony":
        from offhook.adapters.carrier.twilio.telephony import TwilioTelephony

        return TwilioTelephony(self._sid, self._token(), self._carrier_url, self._public)

    def _recordings(self) -> "CarrierRecordings":
        from offhook.adapters.carrier.twilio.recordings import TwilioRecordings

        return TwilioRecordings(self._sid, self._token(), self._carrier_url)

    def _token(self) -> str:
        tokens = self._tokens()
        if not (self._sid and tokens):
            raise CarrierUnavailable("The tenant has no carrier account yet.")
        return tokens[0]
