"""The simulator's own HTTP API, /_carrier/...: people, transcripts, faults; free of any transport."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from local.carrier.calls.inbound import NotInService
from local.carrier.model.call import Call
from local.carrier.rest.http import RestResponse, as_json

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

Body = dict[str, Any]
PREFIX = "/_carrier"
MAX_WAIT_S = 25.0


def handle(carrier: "Carrier", method: str, path: str, query: dict[str, str], body: bytes) -> RestResponse:
    """Answer one control request; 404 for an unknown call or number, 422 for a body that makes no sense."""
    try:
        values: Body = {**query, **(json.loads(body) if body else {})}
        for verb, pattern, handler in ROUTES:
            match = re.fullmatch(PREFIX + pattern, path)
            if match and verb == method:
                return as_json(200, handler(carrier, values, *match.groups()))
    except (KeyError, LookupError) as error:
        return as_json(404, {"error": f"not found: {error}"})
    except (ValueError, TypeError) as error:
        return as_json(422, {"error": str(error)})
    return as_json(404, {"error": f"no such control: {method} {path}"})


def _place(carrier: "Carrier", body: Body) -> Body:
    try:
        sid = carrier.place_call(str(body["from"]), str(body["to"]), body.get("script"), body.get("params"))
    except NotInService as error:
        raise LookupError(f"nobody owns {error}") from error
    return {"sid": sid}


def _calls(carrier: "Carrier", query: Body) -> Body:
    with carrier.step():
        shown = [call for call in carrier.calls.all.values() if _matches(call, query)]
        return {"calls": [summary(call) for call in shown]}


def _matches(call: Call, query: Body) -> bool:
    if query.get("live") in ("1", "true") and call.over:
        return False
    return all(getattr(call, name) == query[name] for name in ("to", "status", "account_sid") if name in query)


def summary(call: Call) -> Body:
    return {
        "sid": call.sid, "account_sid": call.account_sid, "from": call.from_, "to": call.to, "over": call.over,
        "direction": call.direction.value, "status": call.status.value, "parent_sid": call.parent_sid,
        "created_at": call.created_at, "answered_at": call.answered_at, "ended_at": call.ended_at,
        "params": call.extra_params,
    }  # fmt: skip


def _call(carrier: "Carrier", query: Body, sid: str) -> Body:
    return summary(carrier.call(sid))


def _transcript(carrier: "Carrier", query: Body, sid: str) -> Body:
    """Entries from an index on; with wait=seconds it answers when there are any, when the call is over, or then."""
    since = int(query.get("since", 0))
    wait_s = min(float(query.get("wait", 0)), MAX_WAIT_S)
    call = carrier.call(sid)
    with carrier.changed:
        if wait_s:
            carrier.changed.wait_for(lambda: _has_news(carrier, call, since), wait_s)
        entries = [asdict(entry) for entry in carrier.transcript(sid, since)]
    return {"entries": entries, "next": since + len(entries), "over": call.over, "status": call.status.value}


def _has_news(carrier: "Carrier", call: Call, since: int) -> bool:
    return call.over or carrier.closing or bool(call.transcript.since(since))


def _act(act: Callable[["Carrier", str, Body], None]) -> Callable[["Carrier", Body, str], Body]:
    def handler(carrier: "Carrier", body: Body, sid: str) -> Body:
        act(carrier, sid, body)
        return summary(carrier.call(sid))

    return handler


def _register(carrier: "Carrier", body: Body, identity: str) -> Body:
    carrier.register_client(identity)
    return {"identity": identity, "registered": True}


def _unregister(carrier: "Carrier", body: Body, identity: str) -> Body:
    carrier.unregister_client(identity)
    return {"identity": identity, "registered": False}


def _set_script(carrier: "Carrier", body: Body, address: str) -> Body:
    carrier.set_script(address, body.get("script"))
    return {"address": address, "script": body.get("script")}


def _receive(carrier: "Carrier", body: Body) -> Body:
    with carrier.step():
        return {"sid": carrier.messaging.receive(str(body["from"]), str(body["to"]), str(body["body"])).sid}


def _faults(carrier: "Carrier", query: Body) -> Body:
    return {"faults": carrier.faults.listing()}


def _add_fault(carrier: "Carrier", body: Body) -> Body:
    with carrier.step():
        carrier.faults.add(str(body.pop("effect")), **body)
    return _faults(carrier, {})


def _clear_faults(carrier: "Carrier", body: Body) -> Body:
    with carrier.step():
        carrier.faults.clear()
    return {"faults": []}


def _notifications(carrier: "Carrier", query: Body) -> Body:
    since = int(query.get("since", 0))
    shown = [asdict(one) for one in carrier.notifications[since:]]
    return {"notifications": shown, "next": since + len(shown)}


def _health(carrier: "Carrier", query: Body) -> Body:
    return {"status": "ok", "now": carrier.clock.now(), "live_calls": len(carrier.live_calls())}


ROUTES: tuple[tuple[str, str, Callable[..., Body]], ...] = (
    ("GET", "/health", _health),
    ("POST", "/calls", _place), ("GET", "/calls", _calls), ("GET", "/calls/([^/]+)", _call),
    ("GET", "/calls/([^/]+)/transcript", _transcript),
    ("POST", "/calls/([^/]+)/press", _act(lambda carrier, sid, body: carrier.press(sid, str(body["digits"])))),
    ("POST", "/calls/([^/]+)/say", _act(lambda carrier, sid, body: carrier.say(sid, str(body["words"])))),
    ("POST", "/calls/([^/]+)/hang_up", _act(lambda carrier, sid, body: carrier.hang_up(sid))),
    ("POST", "/calls/([^/]+)/answer", _act(lambda carrier, sid, body: carrier.answer(sid))),
    ("POST", "/calls/([^/]+)/decline", _act(lambda carrier, sid, body: carrier.decline(sid))),
    ("PUT", "/clients/([^/]+)", _register), ("DELETE", "/clients/([^/]+)", _unregister),
    ("PUT", "/scripts/([^/]+)", _set_script),
    ("POST", "/messages", _receive),
    ("GET", "/faults", _faults), ("POST", "/faults", _add_fault), ("DELETE", "/faults", _clear_faults),
    ("GET", "/notifications", _notifications),
)  # fmt: skip
