"""The telephony port on Twilio's REST API, for one account."""

from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from offhook.adapters.carrier.twilio.twiml import render
from offhook.domain.documents import Document
from offhook.domain.errors import CallerGone
from offhook.domain.ids import SECOND, CallSid
from offhook.domain.telephony import CallFacts, Detect, PricedKind, RecordingFacts, RingRequest, UsageRow

if TYPE_CHECKING:
    from twilio.rest import Client

    from offhook.adapters.carrier.twilio.recorder import Recorder

EVENTS = ["initiated", "completed"]  # one value each; a joined string silently loses all callbacks
CLOCK_SLACK_MS = 3 * SECOND  # the carrier's clock and its whole-second dates
INLINE_LIMIT = 4000  # characters of a document sent with a REST request
_DETECTION: dict[Detect, dict[str, str]] = {
    Detect.NOTHING: {},
    Detect.MACHINE: {"machine_detection": "Enable"},
    Detect.GREETING_END: {"machine_detection": "DetectMessageEnd"},
}


class TwilioTelephony:
    """One tenant's carrier account. twilio.rest is imported with the first request, not before."""

    def __init__(
        self, account_sid: str, auth_token: str, carrier_url: str, public_api_url: str, client: "Client | None" = None
    ) -> None:
        self._account = (account_sid, auth_token, carrier_url)
        self._carrier = carrier_url.rstrip("/")
        self._public = public_api_url.rstrip("/")
        self._given = client

    @cached_property
    def _client(self) -> Any:
        if self._given is not None:
            return self._given
        from offhook.adapters.carrier.twilio.client import carrier_client

        return carrier_client(*self._account)

    def ring(self, request: RingRequest) -> CallSid:
        """POST Calls."""
        with _errors():
            call = self._client.calls.create(
                to=request.to,
                from_=request.caller_id,
                **self._answer(request),
                status_callback=self._public + request.status_path,
                status_callback_event=EVENTS,
                timeout=request.timeout_s,
                **_DETECTION[request.detect],
                **({"fallback_url": self._public + request.answer_path} if request.asks_again else {}),
            )
            return CallSid(call.sid)

    def _answer(self, request: RingRequest) -> dict[str, str]:
        """A document that goes with the request saves the one for it."""
        twiml = render(request.document, self._public) if request.document is not None else ""
        return {"twiml": twiml} if 0 < len(twiml) <= INLINE_LIMIT else {"url": self._public + request.answer_path}

    def find_ring(self, request: RingRequest) -> CallSid | None:
        """Look for the leg among the newest calls to the same address."""
        with _errors():
            calls = self._client.calls.list(to=request.to, limit=20)
        return next((CallSid(call.sid) for call in calls if _may_be_of(request, call)), None)

    def hang_up(self, sid: CallSid) -> None:
        """`completed` also ends a ringing leg, which `canceled` would miss if it was answered meanwhile."""
        try:
            with _errors():
                self._client.calls(sid).update(status="completed")
        except CallerGone:
            return

    def redirect(self, sid: CallSid, document: Document) -> None:
        """Inline TwiML, so that no further request is needed; repeating it does no harm."""
        twiml = render(document, self._public)
        assert len(twiml) <= INLINE_LIMIT, "an inline document must fit one REST parameter"
        with _errors():
            self._client.calls(sid).update(twiml=twiml)

    def end_room(self, room: str) -> None:
        """Complete every live conference of that name."""
        with _errors():
            rooms = self._rooms(room)
        for conference in rooms:
            with suppress(CallerGone), _errors():
                self._client.conferences(conference.sid).update(status="completed")

    def hold(self, room: str, sid: CallSid, on: bool) -> None:
        """Hold music is the carrier's."""
        with _errors():
            self._participant(room, sid).update(hold=on)

    def mute(self, room: str, sid: CallSid, on: bool) -> None:
        """Mute one participant."""
        with _errors():
            self._participant(room, sid).update(muted=on)

    def monitor(self, room: str, sid: CallSid, *, muted: bool, coached: CallSid | None) -> None:
        """One request, so that nobody hears a whisper in between."""
        coach = {"call_sid_to_coach": coached} if coached else {}
        with _errors():
            self._participant(room, sid).update(muted=muted, coaching=coached is not None, **coach)

    def announce(self, room: str, sid: CallSid, path: str) -> None:
        """The participant's AnnounceUrl."""
        with _errors():
            self._participant(room, sid).update(announce_url=self._public + path, announce_method="POST")

    def call(self, sid: CallSid) -> CallFacts | None:
        """GET Calls/{sid}."""
        try:
            with _errors():
                call = self._client.calls(sid).fetch()
        except CallerGone:
            return None
        duration = int(call.duration) if call.duration else None
        return CallFacts(CallSid(call.sid), str(call.status), str(call.direction), duration, call.price)

    def room_members(self, room: str) -> tuple[CallSid, ...]:
        """Participants of the live conference of that name; nobody when it ends meanwhile."""
        with suppress(CallerGone), _errors():
            return tuple(
                CallSid(participant.call_sid)
                for conference in self._rooms(room)
                for participant in self._client.conferences(conference.sid).participants.list()
            )
        return ()

    def live_rooms(self) -> tuple[str, ...]:
        """GET Conferences, by the two states that are not the end."""
        with _errors():
            return tuple(
                str(conference.friendly_name)
                for status in ("init", "in-progress")
                for conference in self._client.conferences.list(status=status, limit=1000)
            )

    def recording(self, sid: str) -> RecordingFacts | None:
        """GET Recordings/{sid}."""
        return self._recorder.recording(sid)

    def recordings_of(self, source: str) -> tuple[RecordingFacts, ...]:
        """GET Calls/{sid}/Recordings, or Conferences/{sid}/Recordings of each conference of that name."""
        return self._recorder.recordings_of(source)

    def running_recording(self, source: str) -> RecordingFacts | None:
        """The newest of them that is not over."""
        return self._recorder.running(source)

    def set_recording(self, source: str, status: str) -> RecordingFacts | None:
        """POST Recordings/{sid} of what is running."""
        return self._recorder.set(source, status)

    def record(self, sid: CallSid, events_path: str) -> RecordingFacts:
        """POST Calls/{sid}/Recordings; a conference cannot be recorded from the middle on."""
        return self._recorder.start(sid, self._public + events_path)

    @property
    def _recorder(self) -> "Recorder":
        from offhook.adapters.carrier.twilio.recorder import Recorder

        return Recorder(self._client, self._carrier, self._account[0])

    def price_of(self, kind: PricedKind, sid: str) -> str | None:
        """GET of the resource."""
        from offhook.adapters.carrier.twilio import charges

        return charges.price_of(self._client, kind, sid)

    def usage_of(self, day: date) -> tuple[UsageRow, ...]:
        """GET Usage/Records/Daily."""
        from offhook.adapters.carrier.twilio import charges

        return charges.usage_of(self._client, day)

    def _rooms(self, room: str) -> list[Any]:
        found = self._client.conferences.list(friendly_name=room, limit=20)
        return [c for c in found if str(c.status) != "completed"]

    def _participant(self, room: str, sid: CallSid) -> Any:
        for conference in self._rooms(room):
            return self._client.conferences(conference.sid).participants(sid)
        raise CallerGone("room_over")


def _may_be_of(request: RingRequest, call: Any) -> bool:
    """Begun since the offer was made, by the carrier's clock; a leg that was over by then is an earlier offer's."""
    if call.direction != "outbound-api" or (call.end_time is not None and _ms(call.end_time) < request.made_at):
        return False
    return _ms(call.date_created) >= request.made_at - CLOCK_SLACK_MS


def _errors() -> Any:
    from offhook.adapters.carrier.twilio.client import carrier_errors

    return carrier_errors()


def _ms(date: datetime | None) -> int:
    return 0 if date is None else round(date.astimezone(UTC).timestamp() * 1000)
