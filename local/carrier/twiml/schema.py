"""Which attributes and children each element may have (the table of the carrier's documentation)."""

from collections.abc import Mapping
from dataclasses import dataclass

STATUS = frozenset({"statusCallback", "statusCallbackMethod", "statusCallbackEvent"})
RECORDING = frozenset({"recordingStatusCallback", "recordingStatusCallbackMethod", "recordingStatusCallbackEvent"})
AMD = frozenset(
    {
        "machineDetection", "machineDetectionTimeout", "machineDetectionSpeechThreshold",
        "machineDetectionSpeechEndThreshold", "machineDetectionSilenceTimeout", "amdStatusCallback",
        "amdStatusCallbackMethod",
    }
)  # fmt: skip
SSML = frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"})
PROMPTS = frozenset({"Say", "Play", "Pause"})


@dataclass(frozen=True, slots=True)
class Rule:
    attributes: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    text: bool = False


def _rule(attributes: str = "", children: frozenset[str] = frozenset(), text: bool = False) -> Rule:
    return Rule(frozenset(attributes.split()), children, text)


def _with(rule: Rule, *more: frozenset[str]) -> Rule:
    return Rule(rule.attributes.union(*more), rule.children, rule.text)


VERBS = frozenset(
    {
        "Say", "Play", "Pause", "Gather", "Record", "Dial", "Enqueue", "Leave", "Hangup", "Redirect", "Reject",
        "Start", "Stop", "Connect",
    }
)  # fmt: skip

RULES: Mapping[str, Rule] = {
    "Response": _rule(children=VERBS),
    "Say": _rule("voice language loop", SSML, text=True),
    "Play": _rule("loop digits", text=True),
    "Pause": _rule("length"),
    "Gather": _rule(
        "action method input timeout speechTimeout maxSpeechTime numDigits finishOnKey actionOnEmptyResult language"
        " hints profanityFilter partialResultCallback partialResultCallbackMethod speechModel enhanced bargeIn debug",
        PROMPTS,
    ),
    "Record": _with(
        _rule("action method timeout finishOnKey maxLength playBeep trim transcribe transcribeCallback"), RECORDING
    ),
    "Dial": _with(
        _rule(
            "action method timeout timeLimit hangupOnStar callerId answerOnBridge record ringTone sequential trim"
            " recordingTrack referUrl referMethod callReason events",
            frozenset({"Number", "Client", "Sip", "Conference", "Queue"}),
            text=True,
        ),
        RECORDING,
    ),
    "Number": _with(_rule("url method sendDigits byoc", text=True), STATUS, AMD),
    "Client": _with(_rule("url method", frozenset({"Identity", "Parameter"}), text=True), STATUS),
    "Sip": _with(_rule("url method username password codecs", text=True), STATUS, AMD),
    "Identity": _rule(text=True),
    "Parameter": _rule("name value"),
    "Conference": _with(
        _rule(
            "muted beep startConferenceOnEnter endConferenceOnExit waitUrl waitMethod maxParticipants record"
            " participantLabel coach region jitterBufferSize trim eventCallbackUrl",
            text=True,
        ),
        STATUS,
        RECORDING,
    ),
    "Queue": _rule("url method reservationSid postWorkActivitySid", text=True),
    "Enqueue": _rule("action method waitUrl waitUrlMethod maxQueueSize workflowSid", frozenset({"Task"}), text=True),
    "Task": _rule("priority timeout", text=True),
    "Leave": _rule(),
    "Hangup": _rule(),
    "Redirect": _rule("method", text=True),
    "Reject": _rule("reason"),
    "Start": _rule(children=frozenset({"Recording"})),
    "Stop": _rule(children=frozenset({"Recording"})),
    "Recording": _with(_rule("name channels track trim"), RECORDING),
    "Connect": _rule("action method"),
}
