"""Connectors: configured with a secret that never comes out, asked only where the rule allows."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.errors import InvalidInput
from offhook.domain.integrations.addresses import Policy
from offhook.domain.integrations.connector import Connector, check, steps_of, url_for, values_in
from offhook.domain.integrations.requests import Answered

from tests.unit.integrations.office import ZETA, Office

URL = "https://crm.example.com/people/{caller_number}"
CRM: dict[str, Any] = {"name": "CRM", "url": URL, "fields": {"tier": "$.tier"}}


def test_the_secret_goes_with_the_request_and_is_shown_to_nobody(at: Office) -> None:
    body = {**CRM, "secret_header": "X-Api-Key", "secret": "hunter-2-hunter"}
    made = at.ask("POST", "/connectors", json=body)
    at.answers["https://crm.example.com/people/%2B1"] = lambda _: Answered(200, body=b'{"tier": "gold"}')
    asked = at.ask("POST", f"/connectors/{made.json()['id']}/test", json={"variables": {"caller_number": "+1"}})
    assert (asked.json()["outcome"], asked.json()["attributes"]) == ("found", {"tier": "gold"})
    assert at.receiving[0][1].headers["X-Api-Key"] == "hunter-2-hunter"
    shown = made.body + asked.body + at.ask("GET", "/connectors").body
    stored = b"".join(row.item.body for row in at.aws.store.rows.values())
    assert "hunter-2" not in shown and b"hunter-2-hunter" not in stored
    assert made.json()["has_secret"] is True


def test_a_change_keeps_the_secret_unless_another_is_given(at: Office) -> None:
    made = at.ask("POST", "/connectors", json={**CRM, "secret_header": "X-Key", "secret": "a" * 9}).json()
    path = f"/connectors/{made['id']}"
    kept = at.ask("PUT", path, json={**CRM, "secret_header": "X-Key"}, headers={"If-Match": '"1"'})
    assert kept.json()["has_secret"] is True
    nowhere = at.ask("PUT", path, json=CRM, headers={"If-Match": '"2"'})
    assert (nowhere.status, nowhere.json()["errors"][0]["field"]) == (400, "$.secret_header")
    gone = at.ask("PUT", path, json={**CRM, "secret": ""}, headers={"If-Match": '"2"'})
    assert gone.json()["has_secret"] is False
    assert at.ask("PUT", path, json=CRM, headers={"If-Match": '"1"'}).status == 412
    assert at.ask("GET", path, tenant=ZETA).status == 404
    assert at.ask("DELETE", path).status == 204


def test_a_trial_tells_what_came_and_keeps_the_secret_and_the_answer_to_itself(at: Office) -> None:
    made = at.ask("POST", "/connectors", json={**CRM, "secret_header": "X-Key", "secret": 'hunter"2/hunter'}).json()
    echo = b'{"tier": "gold", "headers": ["hunter\\"2/hunter", "x"]}'
    at.answers["https://crm.example.com/people/%2B1"] = lambda _: Answered(200, body=echo, latency_ms=12)
    path, key = f"/connectors/{made['id']}/test", {"Idempotency-Key": "once"}
    question = {"variables": {"caller_number": "+1"}}
    tried = at.ask("POST", path, json=question, headers=key).json()
    assert (tried["outcome"], tried["status"], tried["latency_ms"]) == ("found", 200, 12)
    assert tried["answer"] == '{"tier": "gold", "headers": ["***", "x"]}'
    assert at.ask("POST", path, json=question, headers=key).json() == {**tried, "answer": ""}
    assert not any(b"headers" in row.item.body and b"gold" in row.item.body for row in at.aws.store.rows.values())


def test_a_trial_shows_an_answer_that_is_no_json_and_only_the_beginning_of_a_long_one(at: Office) -> None:
    made = at.ask("POST", "/connectors", json=CRM).json()
    at.answers["https://crm.example.com/people/"] = lambda _: Answered(200, body=b"<p>" + b"x" * 10_000)
    tried = at.ask("POST", f"/connectors/{made['id']}/test", json={}).json()
    assert (tried["outcome"], tried["reason"], tried["answer"]) == ("failed", "not_json", "<p>" + "x" * 3997)


def test_a_secret_that_stays_goes_to_no_other_host(at: Office) -> None:
    secret = {"secret_header": "X-Key", "secret": "a" * 9}
    made = at.ask("POST", "/connectors", json={**CRM, **secret}).json()
    path, tag = f"/connectors/{made['id']}", {"If-Match": '"1"'}
    elsewhere = {**CRM, "secret_header": "X-Key", "url": "https://mine.example.org/{caller_number}"}
    refused = at.ask("PUT", path, json=elsewhere, headers=tag)
    assert (refused.status, refused.json()["errors"][0]["field"]) == (400, "$.secret")
    assert at.ask("PUT", path, json={**elsewhere, **secret}, headers=tag).status == 200
    same_host = {**elsewhere, "url": f"{elsewhere['url']}?a=1"}
    assert at.ask("PUT", path, json=same_host, headers={"If-Match": '"2"'}).json()["has_secret"] is True


@pytest.mark.parametrize(("change", "field"), [
    ({"url": "http://crm.example.com/"}, "$.url"), ({"url": "https://10.0.0.1/"}, "$.url"),
    ({"url": "https://{host}/"}, "$.url"), ({"url": "https://crm.example.com:{port}/"}, "$.url"),
    ({"url": "https://{a}.example.com/"}, "$.url"), ({"url": "https://crm.example.com/{a.b}"}, "$.url"),
    ({"url": "https://crm.example.com/{a!r}"}, "$.url"), ({"url": "https://crm.example.com/{0}"}, "$.url"),
    ({"url": "https://crm.example.com/{"}, "$.url"), ({"method": "DELETE"}, "$.method"),
    ({"send": ["a b"]}, "$.send[0]"),
    ({"headers": {"Host": "x"}}, "$.headers"), ({"headers": {"a\r\nb": "x"}}, "$.headers"),
    ({"headers": {"a": "x\r\ny: z"}}, "$.headers"), ({"secret_header": "Cookie"}, "$.secret_header"),
    ({"secret": "x"}, "$.secret_header"), ({"secret_header": "a", "secret": "é"}, "$.secret"),
    ({"fields": {}}, "$.fields"), ({"fields": {"a b": "$.x"}}, "$.fields"), ({"fields": {"a": "x"}}, "$.fields"),
    ({"fields": {"a": "$"}}, "$.fields"), ({"fields": {"a": "$..x"}}, "$.fields"),
    ({"fields": {"a": "$.x[*]"}}, "$.fields"),
    ({"timeout_s": 3.1}, "$.timeout_s"), ({"timeout_s": 0}, "$.timeout_s"), ({"cache_s": -1}, "$.cache_s"),
    ({"cache_s": 10**6}, "$.cache_s"), ({"name": ""}, "$.name"),
])  # fmt: skip
def test_a_connector_that_makes_no_sense_is_refused_by_field(at: Office, change: dict[str, Any], field: str) -> None:
    answer = at.ask("POST", "/connectors", json={**CRM, **change})
    assert (answer.status, answer.json()["errors"][0]["field"]) == (400, field)
    assert at.ask("GET", "/connectors").json()["data"] == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_a_caller_is_called_cannot_change_where_the_question_goes(number: str, name: str) -> None:
    connector = Connector("c", 1, "c", "https://crm.example.com/a/{caller_number}?n={customer_name}#", fields={})
    url = url_for(connector, {"caller_number": number, "customer_name": name})
    rest = url.removeprefix("https://crm.example.com/a/")
    assert rest != url and rest.isascii()
    assert rest.count("?") == 1 and rest.count("#") == 1 and "/" not in rest and "&" not in rest


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda i: st.lists(i) | st.dictionaries(st.text(), i)
    )
)
def test_any_answer_has_the_values_or_has_not(answer: object) -> None:
    connector = Connector("c", 1, "c", "", fields={"a": "$.a", "b": "$.a[0].b", "c": "$[0]"})
    assert all(isinstance(value, str) and 0 < len(value) <= 256 for value in values_in(connector, answer).values())


@given(st.text(max_size=30))
def test_any_text_is_a_path_or_is_refused(text: str) -> None:
    for path in (text, f"${text}"):
        try:
            assert steps_of(path, "$.fields")
        except InvalidInput as refused:
            assert refused.field == "$.fields"


def test_an_address_is_checked_again_each_time_it_is_asked(at: Office) -> None:
    made = at.ask("POST", "/connectors", json=CRM).json()
    at.aws.http = type(at.aws.http)(Policy(frozenset({"example.com"})))  # type: ignore[call-arg]  # our own by now
    asked = at.ask("POST", f"/connectors/{made['id']}/test", json={})
    assert (asked.json()["outcome"], asked.json()["reason"]) == ("failed", "address_refused")
    with pytest.raises(InvalidInput):
        check(Connector("c", 1, "c", "https://crm.example.com/", fields={"a": "$.a"}), at.aws.http.policy)
    assert json.loads(at.ask("GET", "/connectors").body)["data"]
