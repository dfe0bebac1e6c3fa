"""Customers and their numbers, over items in memory."""

from dataclasses import replace

import pytest
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.domain.customers.customer import Customer, folded, rank
from offhook.domain.errors import Conflict, InvalidInput, NotFound, PreconditionFailed
from offhook.domain.ids import CustomerId, TenantId
from offhook.stores.customers import Customers

ANN, BEN = CustomerId("cu_ann"), CustomerId("cu_ben")
HOME, MOBILE, WORK = "+15005550001", "+15005550002", "+15005550003"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def customers(store: MemoryStore) -> Customers:
    return of_tenant(store, "t_a")


def of_tenant(store: MemoryStore, tenant: str) -> Customers:
    return Customers(MemoryItems(store, TenantId(tenant)), TenantId(tenant))


def test_a_customer_is_found_by_each_of_several_numbers(customers: Customers):
    ann = customers.create(Customer(ANN, name="Ann", numbers=(HOME, MOBILE)))
    assert customers.by_number(HOME) == customers.by_number(MOBILE) == ann


def test_nobody_is_found_by_a_number_nobody_has(customers: Customers):
    assert customers.by_number(HOME) is None


def test_a_number_belongs_to_one_customer_and_the_refusal_names_it(customers: Customers):
    customers.create(Customer(ANN, numbers=(HOME,)))
    with pytest.raises(Conflict) as refused:
        customers.create(Customer(BEN, numbers=(MOBILE, HOME)))
    assert (refused.value.status, refused.value.field) == (409, "$.numbers[1]")
    assert customers.find(BEN) is None
    assert customers.by_number(MOBILE) is None


def test_two_tenants_may_know_the_same_number(store: MemoryStore):
    ours, theirs = of_tenant(store, "t_a"), of_tenant(store, "t_b")
    ours.create(Customer(ANN, name="Ann", numbers=(HOME,)))
    theirs.create(Customer(BEN, name="Ben", numbers=(HOME,)))
    assert [c.by_number(HOME).name for c in (ours, theirs)] == ["Ann", "Ben"]  # type: ignore[union-attr]  # both exist


def test_a_number_let_go_may_be_another_customer_s(customers: Customers):
    ann = customers.create(Customer(ANN, numbers=(HOME, MOBILE)))
    customers.change(replace(ann, numbers=(MOBILE,)))
    customers.create(Customer(BEN, numbers=(HOME,)))
    assert customers.by_number(HOME) == customers.get(BEN)
    assert customers.by_number(MOBILE) == customers.get(ANN)


def test_an_outdated_change_is_refused(customers: Customers):
    first = customers.create(Customer(ANN))
    customers.change(replace(first, name="Ann"))
    with pytest.raises(PreconditionFailed):
        customers.change(replace(first, name="Anna"))
    assert customers.get(ANN).name == "Ann"


def test_of_two_who_claim_a_number_at_once_one_wins(store: MemoryStore, customers: Customers):
    customers.create(Customer(BEN))

    def rival(_writes: object) -> None:
        store.before_commit = None
        customers.add_number(BEN, HOME)

    store.before_commit = rival
    with pytest.raises(Conflict):
        customers.create(Customer(ANN, numbers=(HOME,)))
    assert customers.by_number(HOME) == customers.get(BEN)


def test_adding_a_number_twice_changes_nothing_the_second_time(customers: Customers):
    customers.create(Customer(ANN))
    once = customers.add_number(ANN, HOME)
    assert customers.add_number(ANN, HOME) == once


def test_an_unknown_customer_is_not_found(customers: Customers):
    with pytest.raises(NotFound):
        customers.get(ANN)
    assert customers.score_writes(ANN, 50.0) == []


@pytest.mark.parametrize(
    ("customer", "field"),
    [
        (Customer(ANN, name="x" * 201), "$.name"),
        (Customer(ANN, numbers=tuple(f"+1500555{n:04d}" for n in range(11))), "$.numbers"),
        (Customer(ANN, numbers=(HOME, HOME)), "$.numbers"),
        (Customer(ANN, tags=("",)), "$.tags"),
        (Customer(ANN, tier="x" * 65), "$.tier"),
        (Customer(ANN, language="x" * 65), "$.language"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_out_of_bounds_is_refused_by_name(customers: Customers, customer: Customer, field: str):
    with pytest.raises(InvalidInput) as refused:
        customers.create(customer)
    assert refused.value.field == field


def names(found: list[tuple[str, Customer]]) -> list[str]:
    return [customer.name for _, customer in found]


def test_customers_are_listed_by_name_however_it_is_written_and_the_nameless_last(customers: Customers):
    for number, name in enumerate(["", "grace  Hopper", "Ada", "王伟", "ＧRACE Kelly"]):
        customers.create(Customer(CustomerId(f"cu_{number}"), name=name))
    assert names(customers.named("", 50)) == ["Ada", "grace  Hopper", "ＧRACE Kelly", "王伟", ""]
    assert names(customers.named(folded("Grace "), 50)) == ["grace  Hopper", "ＧRACE Kelly"]
    assert names(customers.named(folded("王"), 50)) == ["王伟"]
    assert names(customers.named(folded("grace ho"), 50)) == ["grace  Hopper"]


def test_the_list_by_name_goes_on_after_a_place(customers: Customers):
    for number in range(5):
        customers.create(Customer(CustomerId(f"cu_{number}"), name="Ann"))
    first = customers.named("ann", 3)
    rest = customers.named("ann", 3, first[-1][0])
    assert [customer.id for _, customer in [*first, *rest]] == [f"cu_{number}" for number in range(5)]


def test_a_customer_is_found_by_a_new_name_and_no_more_by_the_old_one(customers: Customers):
    customers.change(replace(customers.create(Customer(ANN, name="Ann")), name="Zoe"))
    assert [names(customers.named(begins, 50)) for begins in ("ann", "zoe")] == [[], ["Zoe"]]


def test_nobody_of_another_tenant_is_in_the_list(store: MemoryStore):
    of_tenant(store, "t_b").create(Customer(BEN, name="Ben"))
    assert of_tenant(store, "t_a").named("", 50) == []


def test_the_longest_name_has_a_place_that_a_table_takes(customers: Customers):
    assert len(rank(Customer(ANN, name="ﷺ" * 200)).encode()) < 1024
