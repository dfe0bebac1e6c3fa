"""The whole way once: a customer calls, talks and leaves, and the tenant's own system hears of it."""

from unittest.mock import patch

from offhook.adapters.memory.http import MemorySender
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.web.testing import claims_by_name, invoke

from functions.analytics.app import publish
from functions.integrations.app import app, deliver, fan_out
from tests.unit.analytics.test_app import kinesis_event, stream_event
from tests.unit.integrations.office import sqs_event
from tests.unit.integrations.oracle import verified
from tests.unit.web.worlds import add_member
from tests.world.agents import Habits, staff
from tests.world.world import world


def test_a_finished_call_is_told_with_a_signature_that_the_public_library_accepts() -> None:
    with world(seed=3) as made, patch("offhook.web.tokens.claims_of", claims_by_name):
        tenant = made.add_tenant("acme", "+14155550100", agents=1)
        staff(made, tenant, Habits(answers_after_s=2, talks_s=20, wraps_s=3))
        made.aws.http = receiver = MemorySender()
        made.aws.delivering = MemoryOutgoing(made.scheduler, lambda message: deliver(sqs_event([message]), None))
        add_member(made.aws, tenant, "owner", "owner")
        body = {"url": "https://hooks.example.com/", "events": ["contact.ended", "contact.closed"]}
        endpoint = invoke(app, "POST", "/webhooks", json=body, headers={"Authorization": "Bearer owner"}).json()
        made.carrier.place_call("+14155550999", "+14155550100", "press 1 after the first prompt, hang up after 30 s")
        made.run(120)
        publish(stream_event(made.aws.store.stream), None)
        fan_out(kinesis_event([record.body for record in made.aws.stream.records]), None)
        made.run(1)
        ended, closed = [verified(endpoint["secret"], sent, made.scheduler.now()) for sent in receiver.sent]
    assert (ended["type"], closed["type"]) == ("contact.ended", "contact.closed")
    assert ended["data"]["outcome"] == "completed"
    assert ended["resource"] == closed["resource"] == ended["data"]["contact_id"]
    assert ended["sequence"] < closed["sequence"]
