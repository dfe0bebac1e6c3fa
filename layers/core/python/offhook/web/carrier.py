"""A webhook of the carrier that has been verified: whose it is and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass

from offhook.domain.ids import CallSid
from offhook.domain.tenants.context import TenantContext
from offhook.usecases.deps import Deps


@dataclass(frozen=True, slots=True)
class CarrierRequest:
    """One verified webhook.

    params: the form fields, the last value of each; path: the variable parts of the path;
    call_sid: the call it is about ("" when it is about a room or a recording only).
    """

    tenant: TenantContext
    deps: Deps
    params: Mapping[str, str]
    path: Mapping[str, str]

    @property
    def call_sid(self) -> CallSid:
        """The call the carrier speaks of."""
        return CallSid(self.params.get("CallSid", ""))
