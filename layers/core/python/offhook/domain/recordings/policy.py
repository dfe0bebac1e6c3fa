"""Which conversations are recorded, as a queue or a number says it."""

from dataclasses import dataclass
from enum import StrEnum

from offhook.domain.errors import InvalidInput


class Mode(StrEnum):
    """When a conversation is recorded. The later records less."""

    ALWAYS = "always"
    SHARE = "share"  # of the calls, drawn by the contact's id
    ON_DEMAND = "on_demand"  # the agent starts it
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class RecordingPolicy:
    """share_percent: of the calls, for `share`; retention: id of a retention class, "" = the tenant's rule."""

    mode: Mode = Mode.ALWAYS
    share_percent: int = 100
    retention: str = ""


def check_policy(policy: RecordingPolicy, path: str = "$.recording") -> None:
    """A share of 1 to 100 percent; raises InvalidInput naming the field."""
    if not 1 <= policy.share_percent <= 100:
        raise InvalidInput("recording_share", field=f"{path}.share_percent")
    if len(policy.retention) > 64:
        raise InvalidInput("retention_id_length", field=f"{path}.retention", most=64)
