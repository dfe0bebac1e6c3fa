"""`offhook callbacks` and `offhook voicemails`: list, ask, cancel; play, claim, call back, close."""

from tests.unit.cli.conftest import Address, Run

CALLBACKS, VOICEMAILS = "/v1/routing/callbacks", "/v1/routing/voicemails"
ONE = {
    "id": "c_1", "status": "waiting", "number": "+14155550777", "queue": "service", "enqueued_at": 0, "due_at": 60_000,
    "attempts": 1, "last_result": "busy", "agent_id": "",
}  # fmt: skip
MESSAGE = {
    "id": "v_1", "status": "new", "number": "", "queue": "service", "left_at": 0, "duration_s": 9, "agent_id": "",
    "callback_id": "",
}  # fmt: skip


def test_callbacks_are_listed_with_their_place_asked_for_and_cancelled(run: Run, address: Address) -> None:
    address.answers["GET", CALLBACKS] = {"data": [ONE]}
    address.answers["POST", CALLBACKS] = ONE
    address.answers["DELETE", f"{CALLBACKS}/c_1"] = (204, None)
    listed = run("callbacks", "list", "--queue", "service").output
    assert "1970-01-01 00:00:00" in listed and "busy" in listed
    assert "c_1" in run("callbacks", "ask", "+14155550777", "service", "--at", "1970-01-01T00:01").output
    assert address.asked("POST", CALLBACKS)[0][1] == {"number": "+14155550777", "queue": "service", "at": 60_000}
    assert run("callbacks", "cancel", "c_1").exit_code == 0
    assert run("callbacks", "ask", "+14155550777", "service", "--at", "noon").exit_code != 0


def test_voicemails_are_listed_played_claimed_answered_and_closed(run: Run, address: Address) -> None:
    address.answers["GET", VOICEMAILS] = {"data": [MESSAGE]}
    address.answers["GET", f"{VOICEMAILS}/v_1/sound"] = {"url": "https://media.invalid/x"}
    address.answers["PUT", f"{VOICEMAILS}/v_1/claim"] = {**MESSAGE, "agent_id": "a_1"}
    address.answers["POST", f"{VOICEMAILS}/v_1/callback"] = {**MESSAGE, "callback_id": "c_9"}
    address.answers["PUT", f"{VOICEMAILS}/v_1/outcome"] = MESSAGE
    assert "v_1" in run("voicemails", "list").output
    assert "https://media.invalid/x" in run("voicemails", "play", "v_1").output
    assert "a_1" in run("voicemails", "claim", "v_1").output
    assert "c_9" in run("voicemails", "call-back", "v_1").output
    assert run("voicemails", "close", "v_1", "answered").exit_code == 0
    assert address.asked("PUT", f"{VOICEMAILS}/v_1/outcome")[0][1] == {"outcome": "answered"}
