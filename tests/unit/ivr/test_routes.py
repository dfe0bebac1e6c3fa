"""The function as it is deployed: signed webhooks end in TwiML whatever happens; JSON routes keep to their tenant."""

from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from offhook.domain.ids import QueueId, contact_id_for
from offhook.domain.routing.queues import Queue
from offhook.stores.directory import Directory
from offhook.usecases.ivr import numbers
from offhook.web.testing import Response, invoke
from offhook.wiring.memory import MemoryWorld

from functions.ivr.app import app
from tests.unit.ivr.worlds import CALLED, document, menu, queue
from tests.unit.web.worlds import PUBLIC, A, B, asks, carrier_asks

pytestmark = pytest.mark.usefixtures("world", "names_as_tokens")

NODES: dict[str, dict[str, Any]] = {
    "start": {"type": "recording_notice", "next": "menu"},
    "menu": menu("Press 1.", choices={"1": "queue"}),
    "queue": queue(),
}


def twiml(answer: Response) -> ElementTree.Element:
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/xml")
    return ElementTree.fromstring(answer.body)


def created(path: str, body: dict[str, Any]) -> str:
    answer = asks(app, "POST", path, json=body)
    assert answer.status == 201, answer.body
    return str(answer.json()["id"])


def published(nodes: dict[str, Any]) -> str:
    flow = created("/flows", {"name": "Main", "document": document(nodes)})
    answer = asks(app, "POST", f"/flows/{flow}/versions", headers={"If-Match": '"1"'})
    assert answer.status == 201, answer.body
    assert asks(app, "PUT", f"/numbers/{quote(CALLED)}", json={"flow_id": flow}).status == 200
    return flow


@pytest.fixture(autouse=True)
def _bought(world: MemoryWorld) -> None:
    numbers.claim(Directory(world.edge_items()), A, CALLED)


@pytest.fixture
def billing(world: MemoryWorld) -> None:
    world.deps_for(world.tenant_context(A)).config.put(Queue(QueueId("billing"), "Billing"))


@pytest.mark.usefixtures("billing")
def test_a_flow_is_drafted_published_and_answers_a_signed_call_until_it_ends(world: MemoryWorld) -> None:
    published(NODES)
    contact = contact_id_for(A, "CA1")
    first = twiml(carrier_asks(app, "/calls", CallStatus="ringing"))
    assert [verb.tag for verb in first] == ["Say", "Gather"]
    step = first[1].attrib["action"].removeprefix(f"{PUBLIC}/v1/ivr")
    (enqueue,) = twiml(carrier_asks(app, step, Digits="1", CallStatus="in-progress"))
    wait = enqueue.attrib["waitUrl"].removeprefix(f"{PUBLIC}/v1/ivr")
    leave = enqueue.attrib["action"].removeprefix(f"{PUBLIC}/v1/ivr")
    assert [verb.tag for verb in twiml(carrier_asks(app, wait, QueuePosition="1"))] == ["Leave"]
    last = twiml(carrier_asks(app, leave, QueueResult="leave"))
    assert [verb.tag for verb in last] == ["Say", "Hangup"]
    assert len(twiml(carrier_asks(app, "/calls/status", CallStatus="completed"))) == 0
    ended = world.deps_for(world.tenant_context(A)).contacts.get(contact)
    assert ended is not None
    assert ended.outcome is not None


WEBHOOKS = (
    "/calls",
    "/calls/fallback",
    "/contacts/c_none/steps/0",
    "/contacts/c_none/steps/x",
    "/contacts/c_none/visits/1/wait",
    "/contacts/c_none/visits/1/exit",
    "/contacts/c_none/visits/1/room-ended",
    "/contacts/c_none/visits/x/wait",
)


@pytest.mark.parametrize("path", WEBHOOKS)
@pytest.mark.parametrize(
    "fields", [{}, {"Digits": "1"}, {"CallSid": "", "To": "", "From": ""}, {"DialCallStatus": "?"}]
)
def test_webhooks_of_unknown_contacts_end_in_spoken_words(path: str, fields: dict[str, str]) -> None:
    heard = twiml(carrier_asks(app, path, A, **fields))
    assert heard.find("Say") is not None
    assert heard[-1].tag == "Hangup"


@pytest.mark.usefixtures("billing")
@pytest.mark.parametrize("path", WEBHOOKS)
def test_webhooks_end_in_spoken_words_while_the_store_is_down(world: MemoryWorld, path: str) -> None:
    published(NODES)
    carrier_asks(app, "/calls", CallSid="CA2")  # the account is known from here on, as in a warm function
    world.store.unavailable = True
    heard = twiml(carrier_asks(app, path))
    assert heard.find("Say") is not None


@pytest.mark.usefixtures("billing")
def test_a_waiting_caller_waits_on_while_the_store_is_down(world: MemoryWorld) -> None:
    published({**NODES, "menu": menu(choices={"1": "queue"})})
    carrier_asks(app, "/calls")
    world.store.unavailable = True
    heard = twiml(carrier_asks(app, f"/contacts/{contact_id_for(A, 'CA1')}/visits/1/wait"))
    assert [verb.tag for verb in heard] == ["Say", "Pause"]


def test_a_status_callback_that_fails_is_answered_with_nothing(world: MemoryWorld) -> None:
    carrier_asks(app, "/calls/status", CallStatus="completed")
    world.store.unavailable = True
    answer = carrier_asks(app, "/calls/status", CallStatus="completed")
    assert answer.status == 200


def test_an_unsigned_webhook_is_refused_and_changes_nothing(world: MemoryWorld) -> None:
    before = dict(world.store.rows)
    assert invoke(app, "POST", "/calls", form={"AccountSid": "AC", "CallSid": "CA1"}).status == 403
    assert world.store.rows == before


@pytest.mark.usefixtures("billing")
def test_a_signed_webhook_of_another_tenant_finds_no_contact() -> None:
    published(NODES)
    carrier_asks(app, "/calls")
    contact = contact_id_for(A, "CA1")
    for path in ("steps/0", "visits/1/wait", "visits/1/exit", "visits/1/room-ended"):
        heard = twiml(carrier_asks(app, f"/contacts/{contact}/{path}", B, Digits="1"))
        assert [verb.tag for verb in heard] == ["Say", "Hangup"]


@pytest.mark.usefixtures("billing")
def test_a_flow_with_problems_is_listed_and_refused() -> None:
    flow = created("/flows", {"name": "Main", "document": document({"start": queue()})})
    problems = asks(app, "GET", f"/flows/{flow}/problems").json()["data"]
    assert [(p["code"], p["path"]) for p in problems] == [("recording_without_notice", "$.nodes.start")]
    answer = asks(app, "POST", f"/flows/{flow}/versions", headers={"If-Match": '"1"'})
    assert (answer.status, answer.json()["code"]) == (422, "flow_invalid")


@pytest.mark.usefixtures("billing")
def test_versions_are_listed_read_and_rolled_back() -> None:
    flow = published(NODES)
    assert asks(app, "PUT", f"/flows/{flow}", json={"name": "M", "document": document(NODES)}, headers={"If-Match": '"2"'}).status == 200  # fmt: skip # noqa: E501
    assert asks(app, "POST", f"/flows/{flow}/versions", headers={"If-Match": '"3"'}).status == 201
    assert [v["number"] for v in asks(app, "GET", f"/flows/{flow}/versions").json()["data"]] == [2, 1]
    assert asks(app, "GET", f"/flows/{flow}/versions/1").json()["document"]["start"] == "start"
    back = asks(app, "PUT", f"/flows/{flow}/published", json={"number": 1}, headers={"If-Match": '"4"'})
    assert (back.status, back.json()) == (200, {"number": 1})
    assert asks(app, "GET", "/flows").json()["data"][0]["published"] == 1


def test_an_outdated_or_missing_tag_changes_nothing() -> None:
    flow = created("/flows", {"name": "Main", "document": {}})
    body = {"name": "Other", "document": {}}
    assert asks(app, "PUT", f"/flows/{flow}", json=body).status == 428
    assert asks(app, "PUT", f"/flows/{flow}", json=body, headers={"If-Match": '"7"'}).status == 412
    assert asks(app, "GET", f"/flows/{flow}").json()["name"] == "Main"


def test_a_calendar_is_made_switched_and_removed() -> None:
    week = [[{"start": "09:00", "end": "17:00"}]]
    calendar = created("/calendars", {"name": "Office", "time_zone": "UTC", "weekly": week})
    assert asks(app, "GET", f"/calendars/{calendar}/status").json() == {"status": "open"}
    switched = asks(
        app, "PUT", f"/calendars/{calendar}/override", json={"override": "closed"}, headers={"If-Match": '"1"'}
    )
    assert switched.status == 200
    assert asks(app, "GET", f"/calendars/{calendar}/status").json() == {"status": "closed"}
    assert asks(app, "DELETE", f"/calendars/{calendar}").status == 204
    assert asks(app, "GET", "/calendars").json()["data"] == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/flows", {"name": "x"}),
        ("POST", "/flows", {"name": "x", "document": []}),
        ("POST", "/flows", []),
        ("POST", "/calendars", {"name": "x", "time_zone": "UTC", "weekly": [[{"start": "9"}]]}),
        ("POST", "/calendars", {"name": "x", "time_zone": "nowhere"}),
        ("PUT", "/numbers/5550006", {"flow_id": "f"}),
        ("PUT", f"/numbers/{CALLED}", {}),
    ],
)
def test_malformed_requests_are_refused_with_a_code_and_change_nothing(
    world: MemoryWorld, method: str, path: str, body: Any
) -> None:
    before = dict(world.store.rows)
    answer = asks(app, method, path, json=body)
    assert 400 <= answer.status < 500
    assert answer.json()["code"]
    assert world.store.rows == before


@pytest.mark.usefixtures("billing")
def test_what_belongs_to_another_tenant_looks_missing() -> None:
    flow = published(NODES)
    calendar = created("/calendars", {"name": "Office", "time_zone": "UTC"})
    tag, draft = {"If-Match": '"1"'}, {"name": "x", "document": {}}
    text, off = {"name": "x", "time_zone": "UTC"}, {"override": "closed"}
    for method, path, body in (
        ("GET", f"/flows/{flow}", None),
        ("PUT", f"/flows/{flow}", draft),
        ("GET", f"/flows/{flow}/problems", None),
        ("GET", f"/flows/{flow}/versions", None),
        ("POST", f"/flows/{flow}/versions", {}),
        ("GET", f"/flows/{flow}/versions/1", None),
        ("PUT", f"/flows/{flow}/published", {"number": 1}),
        ("GET", f"/calendars/{calendar}", None),
        ("PUT", f"/calendars/{calendar}", text),
        ("PUT", f"/calendars/{calendar}/override", off),
        ("GET", f"/calendars/{calendar}/status", None),
    ):
        answer = asks(app, method, path, user=f"owner-of-{B}", json=body, headers=tag)
        assert (method, path, answer.status) == (method, path, 404)
    assert asks(app, "PUT", f"/numbers/{CALLED}", user=f"owner-of-{B}", json={"flow_id": flow}).status == 404
    assert asks(app, "GET", "/numbers", user=f"owner-of-{B}").json()["data"] == []
    asks(app, "DELETE", f"/numbers/{CALLED}", user=f"owner-of-{B}")
    assert len(asks(app, "GET", "/numbers").json()["data"]) == 1


def test_an_agent_may_not_touch_flows() -> None:
    assert asks(app, "GET", "/flows", user=f"agent-of-{A}").status == 403
    assert asks(app, "POST", "/calendars", user=f"agent-of-{A}", json={}).status == 403


@pytest.mark.usefixtures("billing")
def test_the_tests_of_a_draft_are_run_by_its_route_and_a_failing_one_refuses_to_publish() -> None:
    wrong = [{"name": "to billing", "steps": [{}, {"press": "1", "path": ["bye"]}]}]
    flow = created("/flows", {"name": "Main", "document": document(NODES, tests=wrong)})
    run = asks(app, "POST", f"/flows/{flow}/tests/run").json()
    assert (run["passed"], run["results"][0]["differences"]) == (
        False, [{"step": 1, "what": "path", "expected": "bye", "got": "queue"}],
    )  # fmt: skip
    refused = asks(app, "POST", f"/flows/{flow}/versions", headers={"If-Match": '"1"'})
    assert (refused.status, refused.json()["code"]) == (422, "flow_test_failed")
    assert refused.json()["errors"][0]["field"] == "$.tests[0].steps[1].path"
    assert asks(app, "POST", f"/flows/{flow}/tests/run", f"owner-of-{B}").status == 404


@pytest.mark.usefixtures("billing")
def test_a_draft_is_tried_by_one_caller_and_its_calls_count_nowhere() -> None:
    flow = published(NODES)
    changed = {"name": "Main", "document": document({"start": menu("New words.")})}
    assert asks(app, "PUT", f"/flows/{flow}", json=changed, headers={"If-Match": '"2"'}).status == 200
    trial = {"caller": "+14155550123", "number": CALLED}
    assert asks(app, "POST", f"/flows/{flow}/trials", json=trial).status == 428
    begun = asks(app, "POST", f"/flows/{flow}/trials", json=trial, headers={"If-Match": '"3"'})
    assert (begun.status, begun.json()["draft_version"]) == (201, 3)
    assert [one["caller"] for one in asks(app, "GET", f"/flows/{flow}/trials").json()["data"]] == ["+14155550123"]
    heard = twiml(carrier_asks(app, "/calls", CallSid="CA7", From="+14155550123", CallStatus="ringing"))
    assert heard[0][0].text == "New words."
    assert asks(app, "DELETE", f"/flows/{flow}/trials").status == 204
    assert asks(app, "GET", f"/flows/{flow}/trials").json()["data"] == []
    assert asks(app, "GET", f"/flows/{flow}/statistics").json()["calls"] == 0
    assert asks(app, "GET", f"/flows/{flow}/statistics?version=x").status == 404


def test_numbers_are_put_on_a_list_and_taken_off() -> None:
    path = f"/screening/numbers/{quote('+14155550666')}"
    assert asks(app, "PUT", path, json={"listed": "block", "note": "threats"}).json()["listed"] == "block"
    assert asks(app, "PUT", path, json={"listed": "allow"}).json()["version"] == 2
    assert [one["id"] for one in asks(app, "GET", "/screening/numbers").json()["data"]] == ["+14155550666"]
    assert asks(app, "PUT", "/screening/numbers/112", json={"listed": "block"}).status == 400
    assert asks(app, "PUT", path, json={"listed": "maybe"}).status == 400
    assert asks(app, "DELETE", path, f"owner-of-{B}").status == 404
    assert [asks(app, "DELETE", path).status for _ in range(2)] == [204, 404]


def test_an_incident_is_posted_changed_and_withdrawn() -> None:
    storm = {"name": "Storm", "text": {"en-US": "A storm."}}
    incident = created("/incidents", storm)
    path = f"/incidents/{incident}"
    assert asks(app, "PUT", path, json=storm, headers={"If-Match": '"2"'}).status == 412
    over = asks(app, "PUT", path, json={**storm, "until": 1}, headers={"If-Match": '"1"'})
    assert (over.status, over.json()["until"]) == (200, 1)
    assert asks(app, "GET", path, f"owner-of-{B}").status == 404
    assert asks(app, "POST", "/incidents", json={"name": "x", "text": {}}).json()["errors"][0]["field"] == "$.text"
    assert [asks(app, "DELETE", path).status for _ in range(2)] == [204, 404]
