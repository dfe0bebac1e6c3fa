"""What the carrier's words mean to a flow."""

from collections.abc import Mapping

from offhook.domain.ivr.nodes.transfer import ANSWERED, BUSY, FAILED, NO_ANSWER

_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_TRANSFER = {"completed": ANSWERED, "answered": ANSWERED, "busy": BUSY, "no-answer": NO_ANSWER}


def call_is_over(params: Mapping[str, str]) -> bool:
    """The customer's own call has ended."""
    return params.get("CallStatus", "") in _OVER


def transfer_result(params: Mapping[str, str]) -> str | None:
    """How a transfer ended, None when the request is about none; answered counts only when the two were joined."""
    status = params.get("DialCallStatus")
    if status is None:
        return None
    if params.get("DialBridged", "true") == "false":
        return NO_ANSWER if status in ("completed", "answered") else _TRANSFER.get(status, FAILED)
    return _TRANSFER.get(status, FAILED)


def ordinal(text: str) -> int:
    """The number of a step or visit in a path; -1, which none has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
