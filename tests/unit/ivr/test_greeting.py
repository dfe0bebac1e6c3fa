"""A personal greeting: name, language and who spoke to the customer last; something sensible for everybody else."""

from dataclasses import replace

import pytest
from offhook.domain.customers.customer import Customer
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import AgentId, ContactId, CustomerId, ProfileId
from offhook.domain.routing.agent import Endpoint, EndpointKind
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.storage import Item, Put
from offhook.stores import keys
from offhook.stores.codec import encode
from offhook.stores.contacts import TimelineEntry
from offhook.stores.customers import Customers

from tests.unit.ivr.worlds import CALLER, Tenant, said

GREETING = {
    "en-US": "Hello {customer_name}. You last spoke with {last_agent|one of us}.",
    "zh-CN": "{customer_name}好。",
}
KNOWN = Customer(CustomerId("cu_1"), name="Ms Li", numbers=(CALLER,), language="en-US")


def served(tenant: Tenant, contact: str, at: int, agent: str) -> None:
    """An entry of the customer's timeline."""
    entry = TimelineEntry(ContactId(contact), at, at + 1, "completed", "billing", agent)
    key = keys.timeline_row(tenant.deps.tenant.id, KNOWN.id, at, ContactId(contact))
    tenant.deps.items.commit(Put(Item(key, body=encode(entry))))


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    made.publish({"start": {"type": "say", "text": GREETING, "next": "bye"}}, languages=["en-US", "zh-CN"])
    endpoint = Endpoint(EndpointKind.BROWSER, "client:a_1")
    made.deps.config.put(AgentConfig(AgentId("a_1"), "Ann", "ann@example.com", ProfileId("p"), endpoint))
    return made


def test_a_known_customer_hears_their_name_and_who_served_them_last(tenant: Tenant) -> None:
    tenant.deps.customers.create(KNOWN)
    served(tenant, "c_1", 1, "a_0")
    served(tenant, "c_2", 2, "a_1")
    served(tenant, "c_3", 3, "")
    assert said(tenant.answer()) == "Hello Ms Li. You last spoke with Ann. Bye."
    assert tenant.contact.flow.attributes["last_agent"] == "Ann"


def test_a_stranger_and_a_customer_whose_agent_has_left_are_greeted_without(tenant: Tenant) -> None:
    assert said(tenant.answer()) == "Hello dear customer. You last spoke with one of us. Bye."
    other = Tenant("t_two")
    other.publish({"start": {"type": "say", "text": GREETING, "next": "bye"}})
    other.deps.customers.create(KNOWN)
    served(other, "c_1", 1, "a_gone")
    assert said(other.answer()) == "Hello Ms Li. You last spoke with one of us. Bye."


def test_a_customer_is_greeted_in_their_language(tenant: Tenant) -> None:
    tenant.deps.customers.create(replace(KNOWN, name="王芳", language="zh-CN"))
    assert said(tenant.answer()).startswith("王芳好。")


def test_a_history_that_cannot_be_read_keeps_no_caller_waiting(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object) -> None:
        raise StoreUnavailable

    tenant.deps.customers.create(KNOWN)
    monkeypatch.setattr(Customers, "timeline", fails)
    assert said(tenant.answer()) == "Hello Ms Li. You last spoke with one of us. Bye."
