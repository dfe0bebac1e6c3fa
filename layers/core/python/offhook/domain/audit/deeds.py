"""What the trail tells beside requests: what operators and the product itself did, in words that stay."""

from enum import StrEnum


class Deed(StrEnum):
    """An action that is no method and route of the tenant's own people."""

    CUSTOMER_ERASED = "ERASED /v1/customers/{id}"
    EVIDENCE_PACKED = "evidence packed"
    RECORDING_DELETED = "recording deleted"
    LOOKED_AT_CONTACTS = "looked at contacts"
    LOOKED_AT_ORPHANS = "looked at numbers without an owner"
    LOOKED_AT_SETTINGS = "looked at the settings"
    LIMITS_SET = "set limits"
    SUSPENDED = "suspended the tenant"
    SUSPENSION_ENDED = "ended the suspension"
