"""What the desk shows of the caller, and the pages of the past."""

from dataclasses import replace

import pytest
from offhook.adapters.memory.clock import NOON, FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.domain.customers.customer import Customer
from offhook.domain.errors import Conflict, InvalidInput, NotFound
from offhook.domain.ids import CallSid, ContactId, CustomerId, FlowId, QueueId, TenantId
from offhook.domain.routing.contact import Contact, ContactState, FlowPosition, Outcome, QueueVisit
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import contact_ended
from offhook.domain.tenants.context import TenantContext
from offhook.usecases.customers import edit
from offhook.usecases.customers.edit import CustomerDraft
from offhook.usecases.customers.history import history
from offhook.usecases.customers.screen_pop import screen_pop
from offhook.usecases.deps import Deps

TENANT = TenantId("t_a")
ANN = CustomerId("cu_ann")
HOME = "+14155552671"


@pytest.fixture
def deps() -> Deps:
    unused = None  # a carrier and a bucket, which customers never touch
    items = MemoryItems(MemoryStore(), TENANT)
    context = TenantContext(TENANT, region="US")
    return Deps(context, FrozenClock(), SeededIds(), items, unused, MemoryOutgoing(), unused)


def calling(number: int = 1, customer: CustomerId | None = ANN) -> Contact:
    flow = FlowPosition(FlowId("f"), 1, "menu", attributes={"order": "77"})
    started = NOON + number * 1000
    return Contact(
        ContactId(f"c_{number}"),
        TENANT,
        1,
        ContactState.IN_FLOW,
        started,
        CallSid(f"CA{number}"),
        HOME,
        "+15005550006",
        "en-US",
        flow,
        customer_id=customer,
    )


def closed(deps: Deps, contact: Contact) -> None:
    deps.contacts.start(contact, ())
    change = contact_ended(contact, Outcome.SELF_SERVED, "", contact.started_at + 1000, None)
    deps.contacts.save(contact, change.entity, change.events)


def test_a_known_caller_is_shown_with_the_last_five_contacts_newest_first(deps: Deps):
    deps.customers.create(Customer(ANN, name="Ann", tier="gold", tags=("vip",), last_score=80.0))
    for number in range(1, 8):
        closed(deps, calling(number))
    pop = screen_pop(deps, calling(9))
    assert (pop.known, pop.name, pop.tier, pop.tags, pop.last_score) == (True, "Ann", "gold", ("vip",), 80.0)
    assert [entry.contact_id for entry in pop.last_contacts] == ["c_7", "c_6", "c_5", "c_4", "c_3"]
    assert pop.attributes == {"order": "77"}


def test_why_the_call_comes_is_its_queue_by_name_and_what_the_caller_chose_last(deps: Deps):
    deps.config.put(Queue(QueueId("billing"), "Billing"))
    called = calling()
    passed = {">\tmenu": 1, "=menu\t1": 1, "~more\t2": 1, "=order\tcollected": 1, "!more\ttimeout": 1}
    visit = QueueVisit(QueueId("billing"), 1, NOON, NOON)
    pop = screen_pop(deps, replace(called, flow=replace(called.flow, passed=passed), visit=visit))
    assert (pop.queue, pop.queue_name, pop.menu, pop.choice) == ("billing", "Billing", "more", "2")
    bare = screen_pop(deps, called)
    assert (bare.queue_name, bare.menu, bare.choice) == ("", "", "")


def test_an_unknown_caller_is_shown_by_number_alone(deps: Deps):
    pop = screen_pop(deps, calling(customer=None))
    assert (pop.known, pop.number, pop.name, pop.last_contacts) == (False, HOME, "", ())


def test_the_past_is_read_page_by_page(deps: Deps):
    deps.customers.create(Customer(ANN))
    for number in range(1, 6):
        closed(deps, calling(number))
    first = history(deps, ANN, 3)
    rest = history(deps, ANN, 3, first.next_after or "")
    assert [e.contact_id for e in (*first.data, *rest.data)] == ["c_5", "c_4", "c_3", "c_2", "c_1"]
    assert rest.next_after is None


def test_numbers_are_kept_in_their_international_form_and_found_as_written(deps: Deps):
    ann = edit.create(deps, CustomerDraft(name=" Ann ", numbers=("(415) 555-2671",)))
    assert (ann.name, ann.numbers) == ("Ann", (HOME,))
    assert edit.by_number(deps, "415-555-2671") == ann


def test_a_change_lets_numbers_go_and_keeps_the_score(deps: Deps):
    ann = edit.create(deps, CustomerDraft(numbers=(HOME,)))
    scored = deps.customers.change(replace(ann, last_score=40.0))
    changed = edit.change(deps, ann.id, scored.version, CustomerDraft(name="Ann"))
    assert (changed.numbers, changed.last_score, changed.version) == ((), 40.0, 3)


def test_a_number_that_is_none_is_refused_by_its_place(deps: Deps):
    with pytest.raises(InvalidInput) as refused:
        edit.create(deps, CustomerDraft(numbers=(HOME, "anonymous")))
    assert refused.value.field == "$.numbers[1]"


def test_the_same_number_written_two_ways_is_one_number(deps: Deps):
    edit.create(deps, CustomerDraft(numbers=(HOME,)))
    with pytest.raises(Conflict):
        edit.create(deps, CustomerDraft(numbers=("415 555 2671",)))


def test_looking_up_tells_no_number_from_nobody_s_number(deps: Deps):
    with pytest.raises(InvalidInput):
        edit.by_number(deps, "hello")
    with pytest.raises(NotFound):
        edit.by_number(deps, HOME)
