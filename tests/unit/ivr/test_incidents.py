"""Known incidents: spoken once to the callers they concern, shown beside the call, withdrawn in time."""

from typing import Any

import pytest
from offhook.adapters.memory.clock import NOON
from offhook.domain.customers.customer import Customer
from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import CustomerId
from offhook.usecases.customers.screen_pop import screen_pop
from offhook.usecases.ivr import incidents
from offhook.usecases.ivr.incidents import IncidentText

from tests.unit.ivr.worlds import CALLED, CALLER, Tenant, menu, queue, said

STORM = {"en-US": "A storm cut some lines.", "zh-CN": "因暴风雨部分线路中断。"}
NODES: dict[str, dict[str, Any]] = {
    "start": {"type": "incident_notice", "next": "menu"},
    "menu": menu("Choose.", choices={"1": "told", "2": "start"}),
    "told": {"type": "incident_notice", "queue": "billing", "next": "wait"},
    "wait": queue(),
}


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    made.publish(NODES, languages=["en-US", "zh-CN"])
    return made


def posted(tenant: Tenant, **fields: Any) -> str:
    return incidents.post(tenant.deps, IncidentText("Storm", STORM, **fields)).id


def test_an_incident_is_spoken_once_a_call_in_the_callers_language_and_counted(tenant: Tenant) -> None:
    posted(tenant)
    assert said(tenant.answer()) == "A storm cut some lines. Choose."
    assert said(tenant.press("2")) == "Choose."
    assert tenant.events().count("incident_heard") == 1
    tenant.press("1")
    assert tenant.events().count("incident_heard") == 1


def test_a_caller_of_another_language_hears_it_in_that(tenant: Tenant) -> None:
    posted(tenant)
    tenant.deps.customers.create(Customer(CustomerId("cu"), numbers=(CALLER,), language="zh-CN"))
    assert said(tenant.answer()).startswith("因暴风雨")


@pytest.mark.parametrize(
    ("fields", "hears"),
    [
        ({"numbers": (CALLED,)}, True),
        ({"numbers": ("+15005550099",)}, False),
        ({"variable": "tier", "values": ("gold",)}, True),
        ({"variable": "tier", "values": ("silver",)}, False),
        ({"variable": "tier", "values": ("gold",), "numbers": ("+15005550099",)}, False),
        ({"until": NOON + 1}, True),
        ({"until": NOON}, False),
    ],
)
def test_only_those_hear_it_whom_it_concerns(tenant: Tenant, fields: dict[str, Any], hears: bool) -> None:
    tenant.deps.customers.create(Customer(CustomerId("cu"), numbers=(CALLER,), tier="gold"))
    posted(tenant, **fields)
    assert ("storm" in said(tenant.answer())) is hears


def test_an_incident_of_a_queue_is_spoken_before_its_queue_and_shown_on_the_desk(tenant: Tenant) -> None:
    incident = posted(tenant, queues=("billing",))
    assert said(tenant.answer()) == "Choose."
    assert said(tenant.press("1")) == "A storm cut some lines."
    (notice,) = screen_pop(tenant.deps, tenant.contact).incidents
    assert (notice.id, notice.name, notice.text, notice.heard) == (incident, "Storm", STORM["en-US"], True)


def test_the_desk_shows_what_concerns_the_call_even_if_its_flow_told_nothing(tenant: Tenant) -> None:
    tenant.publish({"start": queue()})
    posted(tenant, queues=("billing",))
    tenant.answer()
    (notice,) = screen_pop(tenant.deps, tenant.contact).incidents
    assert not notice.heard


def test_what_was_withdrawn_is_told_to_nobody(tenant: Tenant) -> None:
    incident = posted(tenant)
    incidents.withdraw(tenant.deps, incident)
    assert said(tenant.answer()) == "Choose."
    with pytest.raises(NotFound):
        incidents.withdraw(tenant.deps, incident)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (IncidentText(" ", STORM), "$.name"),
        (IncidentText("x", {}), "$.text"),
        (IncidentText("x", {"en-US": " "}), "$.text"),
        (IncidentText("x", {"en-US": "w" * 1501}), "$.text"),
        (IncidentText("x", STORM, variable="tier"), "$.variable"),
        (IncidentText("x", STORM, numbers=("+14155550100",) * 101), "$.numbers"),
    ],
)
def test_what_cannot_be_spoken_or_concerns_nobody_is_refused(tenant: Tenant, text: IncidentText, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        incidents.post(tenant.deps, text)
    assert refused.value.field == field


def test_an_incident_of_a_queue_that_is_not_there_is_refused(tenant: Tenant) -> None:
    with pytest.raises(NotFound):
        posted(tenant, queues=("q_none",))
