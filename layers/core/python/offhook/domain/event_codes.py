"""Every code that a field of an event about a contact can hold: what needs words wherever people read events.

A code is a value out of a fixed set, unlike names, ids, numbers and what people wrote.
"""

from collections.abc import Mapping

from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.callbacks import First, Result
from offhook.domain.routing.contact import Direction, OfferEnd, Outcome, OverflowReason, VisitExit
from offhook.domain.routing.party import Monitoring, PartyEnd, PartyKind, PartyRole
from offhook.domain.routing.voicemails import VoicemailStatus

Codes = tuple[str, ...]

KEYS: Codes = ("matched", "invalid", "timeout", "collected", "unsure")
VOICEMAIL_OUTCOMES: Codes = ("answered", "no_answer_needed", "unreachable", "spam", "other")
CALLBACK_CLOSED: Codes = ("resolved", "not_needed", "wrong_number", "duplicate", "other", "cancelled")
PUT_OFF: Codes = ("quiet_hours", "closed", "calls_at_limit", "on_the_line")
NOT_CALLED: Codes = ("country_not_allowed", "emergency_not_allowed", "spending_cap_reached", "too_many_calls")
FLOW_FAULTS: Codes = (
    "unknown_type", "malformed", "unknown_calendar", "bad_number", "unknown_node", "dead_end", "too_many_steps", "loop",
    "too_deep", "unknown_flow", "bad_return", "unknown_queue", "recording_not_paused", "again", "no_number", "no_flow",
    "carrier_", "exception_",
)  # fmt: skip
AGENT_REASONS: Codes = (
    "no_answer", "device_busy", "device_unreachable", "device_lost", "signed_out", "heartbeat_lost",
    "break", "lunch", "meeting", "training", "supervisor",
)  # fmt: skip
CALL_ENDS: Codes = (
    "hangup", "never_answered", "gone_before_connect", "ended_by_supervisor", "transferred", "flow_failed",
    "flow_ended", "no_message", "expired", "merged", *PUT_OFF, *NOT_CALLED, *CALLBACK_CLOSED, *Result, *PartyEnd,
    "transfer_", "screened_", "tenant_",
)  # fmt: skip
QUEUE_LEFT: Codes = ("left", "requested", "error", "system-error", *OverflowReason)

# By the name of the field. A code that ends in "_" stands for all that begin with it.
CODES: Mapping[str, Codes] = {
    "direction": tuple(Direction),
    "outcome": (*Outcome, *KEYS, *VOICEMAIL_OUTCOMES),
    "reason": (
        *AGENT_REASONS, *FLOW_FAULTS, *PUT_OFF, "too_short", "absent", "failed", "agent", "flow", "automatic",
        "carrier", "recording_over", "waited", "length",
    ),
    "end": tuple(OfferEnd),
    "ended_by": ("agent", "customer", "transfer", "supervisor", "agent_lost", "fault"),
    "kind": ("csat", "nps", "ces", "resolved", "rating"),
    "exit": tuple(VisitExit),
    "exit_reason": (*QUEUE_LEFT, *CALL_ENDS),
    "outcome_reason": CALL_ENDS,
    "recording_status": (
        "expected", "in-progress", "paused", "completed", "copied", "stored", "stopped", "absent", "failed", "deleted",
    ),
    "from_state": tuple(AgentState),
    "to_state": tuple(AgentState),
    "from_reason": AGENT_REASONS,
    "endpoint": ("inbound", "outbound", "client", "sip"),
    "first": tuple(First),
    "result": tuple(Result),
    "status": tuple(VoicemailStatus),
    "party_kind": tuple(PartyKind),
    "party_role": tuple(PartyRole),
    "party_end": tuple(PartyEnd),
    "to_kind": ("agent", "number", "queue"),
    "mode": tuple(Monitoring),
}  # fmt: skip


def is_known(field: str, value: str) -> bool:
    """Whether the value of a field of CODES is one of its codes; "" is: nothing is said."""
    known = CODES[field]
    return value == "" or value in known or any(code.endswith("_") and value.startswith(code) for code in known)
