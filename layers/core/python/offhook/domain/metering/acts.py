"""What a tenant pays for, by logical act: a call is sold once, however many requests, attempts and messages it took."""

from collections.abc import Callable, Iterator, Mapping

from offhook.domain.metering.records import CUSTOMER, Act, Flat, leg_of, party_of, quantity_of

CALL, RECORDING = "voice.call", "recording"
SOLD_ENDPOINTS = ("outbound",)  # an agent's telephone is a call of its own; a browser and SIP are not sold


def acts_of(event: Flat) -> tuple[Act, ...]:
    """What the event sold; raises what reading a malformed event raises."""
    return tuple(_READERS.get(str(event.get("type", "")), _nothing)(event))


def queue_of(event: Flat) -> tuple[int, str] | None:
    """Which queue the contact was in, and its how manieth visit that was; None when the event does not say."""
    return (int(event["visit"]), str(event["queue_id"])) if event.get("type") == "queue_entered" else None


def _nothing(_: Flat) -> Iterator[Act]:
    yield from ()


def _contact_ended(event: Flat) -> Iterator[Act]:
    """The customer's call, whole begun minutes from the first ring to its end; one we placed is told by its leg."""
    if event.get("direction") == "outbound":
        return
    at, seconds = int(event["started_at"]), quantity_of(event["duration_s"])
    yield Act(CALL, seconds, at, leg_of(event, CUSTOMER), service="inbound")


def _leg_ended(event: Flat) -> Iterator[Act]:
    """A telephone's leg, as long as the carrier says."""
    is_agents, at = bool(event.get("agent_id")), int(event["started_at"])
    seconds = quantity_of(event["duration_s"])
    if not is_agents:
        yield Act(CALL, seconds, at, leg_of(event, party_of(event)), revision=1, service=_direction(event))
    elif event["endpoint"] in SOLD_ENDPOINTS:
        name = event.get("party_id") or f"agent{event['visit']}"
        yield Act(CALL, seconds, at, leg_of(event, name), revision=1, service="agent_telephone")


def _direction(event: Flat) -> str:
    return "outbound" if event["endpoint"] == "outbound" else "inbound"


def _recording_changed(event: Flat) -> Iterator[Act]:
    """Told once or more for each recording: the longest counts."""
    seconds = quantity_of(event["duration_s"])
    name = f"recording:{event['recording_sid']}"
    yield Act(RECORDING, seconds, int(event["at"]), name, revision=int(seconds), service="recording")


_READERS: Mapping[str, Callable[[Flat], Iterator[Act]]] = {
    "contact_ended": _contact_ended,
    "leg_ended": _leg_ended,
    "recording_changed": _recording_changed,
}
