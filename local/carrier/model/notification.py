"""What the carrier's debugger shows a developer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notification:
    """An error or warning: a document that breaks a rule, a webhook that failed, a setting that does nothing."""

    sid: str
    at: float
    account_sid: str
    call_sid: str
    code: int
    message: str
    url: str
    level: str
