"""What the carrier's words mean to a flow."""

from collections.abc import Mapping

from offhook.domain.ivr.inputs import ANSWERED, BUSY, FAILED, NO_ANSWER, Keys, Spoken

LONGEST_SPEECH = 1000
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


def answer_in(params: Mapping[str, str]) -> Keys | Spoken:
    """What the caller pressed or said; a confidence that is no share of one is none."""
    words = params.get("SpeechResult", "")
    if not words or params.get("Digits"):
        return Keys(params.get("Digits", ""))
    return Spoken(words[:LONGEST_SPEECH], _share(params.get("Confidence", "")))


def _share(text: str) -> float | None:
    try:
        share = float(text)
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def message_s(params: Mapping[str, str]) -> int | None:
    """How long the message is that the caller just recorded; None = the caller was not asked for one."""
    if "RecordingSid" not in params:
        return None
    seconds = params.get("RecordingDuration", "")
    return int(seconds) if seconds.isascii() and seconds.isdigit() else 0


def ordinal(text: str) -> int:
    """The number of a step or visit in a path; -1, which none has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
