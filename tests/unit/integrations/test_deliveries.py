"""From a call to a signed webhook: told, tried again, logged, replayed, given up."""

import json
from itertools import pairwise
from typing import Any

import pytest
from offhook.domain.integrations.requests import Answered
from standardwebhooks.webhooks import WebhookVerificationError

from tests.unit.integrations.office import ACME, URL, ZETA, Office
from tests.unit.integrations.oracle import verified

HOUR = 3600.0


def bodies(at: Office, url: str = URL) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in at.to(url)]


def test_a_signature_made_with_another_secret_or_of_another_body_is_not_accepted(at: Office) -> None:
    endpoint, other = (
        at.endpoint(events=["contact.ended"]),
        at.endpoint("https://b.example.com/", events=["key.pressed"]),
    )
    at.happen()
    ((time, sent),) = at.receiving
    assert verified(endpoint["secret"], sent, time)
    for secret, late_s in ((other["secret"], 0), (endpoint["secret"], 301)):
        with pytest.raises(WebhookVerificationError):
            verified(secret, sent, time + late_s)


def test_only_the_tenant_whose_call_it_was_is_told(at: Office) -> None:
    at.endpoint("https://a.example.com/", ACME)
    at.endpoint("https://b.example.com/", ZETA)
    at.happen(ZETA)
    assert bodies(at, "https://a.example.com/") == []
    assert [one["type"] for one in bodies(at, "https://b.example.com/")] == ["contact.ended"]


def test_events_that_come_again_are_delivered_once(at: Office) -> None:
    at.endpoint(events=["contact.ended"])
    event = at.event()
    for _ in range(3):
        at.publish([event, event])
        at.run(90)
    assert len(at.to(URL)) == 1


def test_a_failing_receiver_is_tried_ten_times_over_three_days_with_one_id_and_then_visibly_given_up(
    slow: Office,
) -> None:
    at = slow
    endpoint = at.endpoint(events=["contact.ended"])
    at.answers[URL] = lambda _: Answered(500, body=b"no" * 4000, latency_ms=7)
    at.happen()
    at.run(95 * HOUR)
    times = [time for time, _ in at.receiving]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    for gap, wanted in zip(gaps, (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400), strict=True):
        assert wanted <= gap <= wanted * 1.2 + 601
    assert len({sent.headers["webhook-id"] for _, sent in at.receiving}) == 1
    assert len({sent.body for _, sent in at.receiving}) == 1
    (delivery,) = at.deliveries(endpoint)
    assert (delivery["state"], delivery["tries"], len(delivery["attempts"])) == ("exhausted", 10, 10)
    assert delivery["attempts"][0]["status"] == 500 and len(delivery["attempts"][0]["response"]) == 2048


def test_a_receiver_that_recovers_gets_what_failed(at: Office) -> None:
    endpoint = at.endpoint(events=["contact.ended"])
    at.answers[URL] = lambda _: Answered(503)
    at.happen(seconds=20)
    del at.answers[URL]
    at.run(600)
    (delivery,) = at.deliveries(endpoint)
    assert delivery["state"] == "delivered"
    assert [one["status"] for one in delivery["attempts"]] == [503, 503, 200]


def test_a_redirection_is_a_failure_and_is_not_followed(at: Office) -> None:
    endpoint = at.endpoint(events=["contact.ended"])
    at.answers[URL] = lambda _: Answered(302, headers={"location": "https://elsewhere.example.com/"})
    at.happen(seconds=4)
    assert at.deliveries(endpoint)[0]["state"] == "pending"
    assert {sent.url for _, sent in at.receiving} == {URL}


@pytest.mark.parametrize(("asked", "least", "most"), [("8", 8, 10), ("1", 5, 6), ("99999", 5, 12), ("soon", 5, 6)])
def test_retry_after_lengthens_a_pause_and_at_most_doubles_it(at: Office, asked: str, least: int, most: int) -> None:
    at.endpoint(events=["contact.ended"])
    at.answers[URL] = lambda _: Answered(429, headers={"retry-after": asked})
    at.happen(seconds=30)
    (first, _), (second, _) = at.receiving[:2]
    assert least <= second - first <= most + 1


def test_410_disables_the_endpoint_at_once_and_says_so_by_mail(at: Office) -> None:
    endpoint = at.endpoint(events=["contact.ended"], notify="ops@example.com")
    at.answers[URL] = lambda _: Answered(410)
    at.happen()
    at.happen(seconds=330)
    shown = at.ask("GET", f"/webhooks/{endpoint['id']}").json()
    assert (shown["enabled"], shown["disabled_by"]) == (False, "gone")
    assert [one["state"] for one in at.deliveries(endpoint)] == ["missed", "missed"]
    assert len(at.to(URL)) == 1
    mails = [mail for mail in at.aws.mails.sent if mail.to == "ops@example.com"]
    assert [mail.template for mail in mails] == ["webhook_disabled"]


def test_an_endpoint_that_is_enabled_again_gets_what_it_missed_if_that_is_asked_for(at: Office) -> None:
    endpoint = at.endpoint(events=["contact.ended"])
    at.answers[URL] = lambda _: Answered(410)
    at.happen()
    at.happen()
    del at.answers[URL]
    shown = at.ask("GET", f"/webhooks/{endpoint['id']}").json()
    body = {"url": URL, "events": ["contact.ended"], "enabled": True, "replay_missed": True}
    tag = {"If-Match": f'"{shown["version"]}"'}
    assert at.ask("PUT", f"/webhooks/{endpoint['id']}", json=body, headers=tag).status == 200
    at.run(30)
    assert [one["state"] for one in at.deliveries(endpoint)] == ["delivered", "delivered"]


def test_five_days_of_nothing_but_failures_disable_an_endpoint_after_a_warning(slow: Office) -> None:
    at = slow
    endpoint = at.endpoint(events=["contact.ended"], notify="ops@example.com")
    at.answers[URL] = lambda _: Answered(500)
    for _ in range(11):
        at.happen(seconds=4)
        at.run(12 * HOUR)
    shown = at.ask("GET", f"/webhooks/{endpoint['id']}").json()
    assert (shown["enabled"], shown["disabled_by"]) == (False, "failing")
    assert [mail.template for mail in at.aws.mails.sent] == ["webhook_failing", "webhook_disabled"]


def test_one_success_begins_the_five_days_anew(at: Office) -> None:
    endpoint = at.endpoint(events=["contact.ended"])
    at.answers[URL] = lambda _: Answered(500)
    at.happen(seconds=4)
    assert at.ask("GET", f"/webhooks/{endpoint['id']}").json()["failing_since"] is not None
    del at.answers[URL]
    at.run(600)
    assert at.ask("GET", f"/webhooks/{endpoint['id']}").json()["failing_since"] is None


def test_a_rotated_secret_signs_beside_the_old_one_for_a_day(at: Office) -> None:
    endpoint = at.endpoint(events=["contact.ended"])
    changed = at.ask("POST", f"/webhooks/{endpoint['id']}/secret").json()
    assert changed["secret"] != endpoint["secret"]
    at.happen()
    (time, sent) = at.receiving[-1]
    assert verified(endpoint["secret"], sent, time) == verified(changed["secret"], sent, time)
    at.run(25 * HOUR)
    at.happen()
    (time, sent) = at.receiving[-1]
    assert verified(changed["secret"], sent, time)
    with pytest.raises(WebhookVerificationError):
        verified(endpoint["secret"], sent, time)


def test_one_delivery_or_a_range_is_sent_again_under_its_id(at: Office) -> None:
    endpoint = at.endpoint(events=["contact.ended"])
    at.happen()
    (delivery,) = at.deliveries(endpoint)
    assert at.ask("POST", f"/webhooks/{endpoint['id']}/deliveries/{delivery['id']}/replay").status == 202
    at.run(5)
    body = {"since": 0, "states": ["delivered"]}
    assert at.ask("POST", f"/webhooks/{endpoint['id']}/replay", json=body).status == 202
    at.run(5)
    assert [sent.headers["webhook-id"] for _, sent in at.receiving] == [delivery["id"]] * 3


def test_a_test_is_marked_and_tried_once_also_while_the_endpoint_is_disabled(at: Office) -> None:
    endpoint = at.endpoint(enabled=False)
    at.answers[URL] = lambda _: Answered(500)
    assert at.ask("POST", f"/webhooks/{endpoint['id']}/test", json={"type": "contact.ended"}).status == 202
    assert at.ask("POST", f"/webhooks/{endpoint['id']}/test", json={}).status == 429
    at.run(600)
    (sent,) = at.to(URL)
    assert json.loads(sent.body)["test"] is True
    assert at.deliveries(endpoint)[0]["state"] == "exhausted"


def test_the_log_is_searched_by_state_type_and_resource_page_by_page(at: Office) -> None:
    endpoint = at.endpoint()
    for kind in ("contact_ended", "key_pressed", "contact_ended", "usage_recorded", "key_pressed"):
        at.happen(type=kind)
    everything = at.deliveries(endpoint)
    ended = at.deliveries(endpoint, query="&type=contact.ended")
    assert [one["type"] for one in ended] == ["contact.ended"] * 2
    body = json.loads(at.ask("GET", f"/webhooks/{endpoint['id']}/deliveries/{ended[0]['id']}").json()["body"])
    of_one = at.deliveries(endpoint, query=f"&contact={body['resource']}")
    assert [one["id"] for one in of_one] == [ended[0]["id"]]
    assert at.deliveries(endpoint, query="&state=exhausted") == []
    small = at.ask("GET", f"/webhooks/{endpoint['id']}/deliveries?limit=3").json()
    assert [one["id"] for one in small["data"]] == [one["id"] for one in everything[:3]] and small["next_cursor"]
