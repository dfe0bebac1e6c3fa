"""What survives a restart, and the control API."""

import json
from pathlib import Path

from local.carrier import control, state
from local.carrier.testing import APP, CALLER, NUMBER, World, twiml, world
from local.carrier.webhooks.request import WebhookResponse


def restarted(w: World, path: Path) -> World:
    """A fresh carrier that reads the state back, some time later."""
    state.save(w.carrier, path)
    fresh = world(w.pages)
    for owned in (fresh.carrier.accounts.all, fresh.carrier.accounts.numbers):
        owned.clear()
    fresh.clock.advance(3600)
    assert state.load(fresh.carrier, path)
    return fresh


def test_accounts_numbers_finished_calls_and_recordings_survive(tmp_path: Path):
    w = world({"/voice": twiml('<Record action="/done"/>'), "/done": twiml("<Hangup/>")})
    w.carrier.set_script("+14155551111", "busy")
    w.carrier.register_client("agent_1")
    sid = w.call('say "one two three four five"')
    w.carrier.run_until_idle()
    fresh = restarted(w, tmp_path / "carrier.json")
    client = fresh.client(w.account)
    assert client.calls(sid).fetch().price == w.client().calls(sid).fetch().price
    assert client.incoming_phone_numbers.list()[0].phone_number == NUMBER
    (recording,) = client.recordings.list()
    before = w.carrier.recorder.sound(w.carrier.recorder.all[recording.sid])
    assert fresh.carrier.recorder.sound(fresh.carrier.recorder.all[recording.sid]) == before
    assert fresh.lines(sid) == w.lines(sid)
    assert fresh.carrier.scripts == w.carrier.scripts and fresh.carrier.clients == {"agent_1"}


def test_live_calls_end_as_failed_with_their_callbacks(tmp_path: Path):
    w = world({"/voice": twiml('<Say>x</Say><Pause length="999"/>'), "/ended": WebhookResponse(204)})
    number = w.carrier.accounts.number(NUMBER)
    assert number is not None
    number.voice.status_callback = f"{APP}/ended"
    sid = w.call()
    w.carrier.advance(10)
    fresh = restarted(w, tmp_path / "carrier.json")
    fresh.carrier.advance(1)
    assert fresh.carrier.call(sid).status == "failed"
    assert [(form["CallSid"], form["CallStatus"]) for form in fresh.at("/ended")] == [(sid, "failed")]


def test_loading_nothing_is_no_error(tmp_path: Path):
    assert state.load(world().carrier, tmp_path / "carrier.json") is False


def ask(w: World, method: str, path: str, body: dict[str, object] | None = None, **query: str) -> dict[str, object]:
    answer = control.handle(w.carrier, method, "/_carrier" + path, query, json.dumps(body).encode() if body else b"")
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def test_the_control_api_places_a_call_and_reads_its_transcript():
    w = world({"/voice": twiml('<Gather numDigits="1" action="/a"/>'), "/a": twiml("<Say>Thanks</Say>")})
    sid = ask(w, "POST", "/calls", {"from": CALLER, "to": NUMBER})["sid"]
    w.carrier.advance(1)
    ask(w, "POST", f"/calls/{sid}/press", {"digits": "1"})
    w.carrier.run_until_idle()
    told = ask(w, "GET", f"/calls/{sid}/transcript", since="2")
    assert [entry["text"] for entry in told["entries"]] == ["pressed 1", "heard: Thanks", "call over: completed"]
    assert told["over"] is True and told["next"] == 5
    assert ask(w, "GET", "/calls", live="1")["calls"] == []


def test_the_control_api_sets_people_browsers_and_faults():
    w = world()
    ask(w, "PUT", "/scripts/+14155551111", {"script": [{"answer_after": 3}]})
    ask(w, "PUT", "/clients/agent_1")
    ask(w, "POST", "/faults", {"effect": "drop", "kind": "status", "count": 1})
    assert list(w.carrier.scripts) == ["+14155551111"] and w.carrier.clients == {"agent_1"}
    assert [rule.effect for rule in w.carrier.faults.rules] == ["drop"]
    ask(w, "DELETE", "/faults")
    assert ask(w, "GET", "/faults") == {"faults": []}
    assert ask(w, "GET", "/notifications") == {"notifications": [], "next": 0}


def test_the_control_api_refuses_what_makes_no_sense():
    w = world()
    for method, path, body, status in (
        ("POST", "/calls", {"from": CALLER, "to": "+19990000000"}, 404),
        ("POST", "/calls", {"from": CALLER, "to": NUMBER, "script": "dance"}, 422),
        ("POST", "/faults", {"effect": "explode"}, 422),
        ("POST", "/faults", {"effect": "drop", "colour": "red"}, 422),
        ("GET", "/calls/CAnone", None, 404),
        ("GET", "/nothing", None, 404),
    ):
        raw = json.dumps(body).encode() if body else b""
        assert control.handle(w.carrier, method, "/_carrier" + path, {}, raw).status == status


def test_what_is_long_over_can_be_forgotten_and_what_lives_stays():
    w = world({"/voice": twiml("<Dial><Conference>a</Conference></Dial>")})
    gone = w.call("hang up after 5 s")
    w.carrier.run_until_idle()
    w.clock.advance(3600)
    kept = w.call()
    w.carrier.advance(5)
    w.carrier.forget(before=w.clock.now() - 60)
    assert list(w.carrier.calls.all) == [kept] and gone not in w.carrier.calls.all
    assert [one.friendly_name for one in w.carrier.rooms.all.values()] == ["a"]
    w.carrier.hang_up(kept)
    assert w.carrier.run_until_idle()
