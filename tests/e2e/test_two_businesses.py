"""Two strangers sign their businesses up at the same time, work, pay, leave; neither sees anything of the other."""

import re
from concurrent.futures import ThreadPoolExecutor
from secrets import token_hex
from typing import Any

import pytest
import requests

from tests.e2e.business import LONG_S, PASSWORD, Business, receiving
from tests.e2e.system import System, within

pytestmark = pytest.mark.e2e


def live(business: Business) -> dict[str, Any]:
    """From the form to the export, and what was seen on the way."""
    business.signs_up()
    business.secures_the_sign_in()
    first = business.number()
    business.pays("starter", seats=3)
    second = business.buys_a_number()
    business.opens()
    business.invites_an_agent()
    with receiving() as receiver:
        endpoint = business.owner.ask(
            "POST", "/v1/integrations/webhooks", {"url": f"http://127.0.0.1:{receiver.port}/offhook", "events": []}
        )
        receiver.secret = endpoint["secret"]
        stop = business.works()
        contact = business.is_called(first)
        stop()
        told = within(LONG_S, lambda: list(receiver.told))
        assert receiver.refused == [], "every webhook was signed"
    kept = business.forgets_the_caller(contact)
    cost = within(LONG_S, lambda: business.owner.ask("GET", f"/v1/analytics/costs/contacts/{contact['id']}"))
    return {
        "tenant": business.tenant_id,
        "numbers": {first, second},
        "contact": contact,
        "kept": kept,
        "told": told,
        "cost": cost,
        "invoices": business.owner.ask("GET", "/v1/tenants/billing/invoices")["data"],
        "audit": business.owner.ask("GET", "/v1/tenants/audit/verification"),
        "export": business.exports(),
    }


def test_two_businesses_live_side_by_side_and_see_nothing_of_each_other(system: System) -> None:
    run = token_hex(3)
    marks = (f"Quartz{run}", f"Basalt{run}")
    businesses = [Business(system, mark) for mark in marks]
    with ThreadPoolExecutor(2) as pool:
        lives = list(pool.map(live, businesses))
    for n, (business, life) in enumerate(zip(businesses, lives, strict=True)):
        other, others = marks[1 - n], lives[1 - n]
        assert life["contact"]["outcome"] == life["kept"]["outcome"] == "completed"
        assert not life["kept"]["customer_number"] and not life["kept"]["customer_id"]
        assert {event["data"]["tenant"] for event in life["told"] if "tenant" in event["data"]} <= {life["tenant"]}
        assert life["invoices"] and life["audit"]["intact"]
        assert not life["numbers"] & others["numbers"]
        assert business.mark in life["export"] and other not in life["export"]
        assert others["tenant"] not in life["export"]
        theirs = others["contact"]["id"]
        assert business.owner.status("GET", f"/v1/analytics/contacts/{theirs}") == 404
    leaver, stayer = businesses
    before = seen_of(stayer)
    certificate = leaver.closes_and_is_erased()
    assert lives[0]["tenant"] in certificate and re.search(r"audit trail: [0-9a-f]{64}", certificate)
    for person in (leaver.owner, leaver.agent):
        sign_in = {"email": person.email, "password": PASSWORD}
        assert requests.post(f"{leaver.base}/v1/tenants/sessions", json=sign_in, timeout=30).status_code == 401
        assert person.status("GET", "/v1/tenants/me") in (401, 403, 404), "a token from before is worth nothing"
    for number in lives[0]["numbers"]:
        assert rings(leaver, number) is False, "the carrier has it back"
    assert seen_of(stayer) == before
    assert all(rings(stayer, number) for number in lives[1]["numbers"])


def seen_of(business: Business) -> tuple[Any, ...]:
    """What its owner finds: contacts, numbers, invoices, people."""
    ask = business.owner.ask
    contacts = ask("GET", "/v1/analytics/contacts")["data"]
    numbers = ask("GET", "/v1/ivr/numbers")["data"]
    people = ask("GET", "/v1/tenants/people")["data"]
    return contacts, numbers, people, ask("GET", "/v1/tenants/audit/verification")["intact"]


def rings(business: Business, number: str) -> bool:
    """Whether somebody who dials the number reaches anybody; they hang up at once."""
    call = {"from": "+14155550988", "to": number, "script": "hang up at 0 s"}
    return requests.post(f"{business.base}/_carrier/calls", json=call, timeout=30).ok
