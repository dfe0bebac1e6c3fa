"""Creating and changing customers as people ask for it."""

from dataclasses import dataclass, replace

from offhook.domain.customers.customer import MAX_NUMBERS, Customer
from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import CustomerId
from offhook.usecases.customers.numbers import e164
from offhook.usecases.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDraft:
    """What a person may say of a customer; numbers as they are written."""

    name: str = ""
    numbers: tuple[str, ...] = ()
    language: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()


def create(deps: Deps, draft: CustomerDraft) -> Customer:
    """A new customer; raises InvalidInput, or Conflict when a number is another customer's."""
    return deps.customers.create(_of(draft, Customer(CustomerId(deps.ids.new("cu"))), deps.tenant.region))


def change(deps: Deps, customer_id: CustomerId, version: int, draft: CustomerDraft) -> Customer:
    """The customer as the draft says; version is the one that was read."""
    current = deps.customers.get(customer_id)
    return deps.customers.change(_of(draft, replace(current, version=version), deps.tenant.region))


def by_number(deps: Deps, written: str) -> Customer:
    """Whose number this is; raises InvalidInput for no number and NotFound for nobody's."""
    number = e164(written, deps.tenant.region)
    if number is None:
        raise InvalidInput("number_malformed", field="number")
    found = deps.customers.by_number(number)
    if found is None:
        raise NotFound("No customer has this number.")
    return found


def _of(draft: CustomerDraft, customer: Customer, region: str) -> Customer:
    if len(draft.numbers) > MAX_NUMBERS:
        raise InvalidInput("customer_numbers", field="$.numbers", most=MAX_NUMBERS)
    return replace(
        customer,
        name=draft.name.strip(),
        numbers=tuple(_number(n, written, region) for n, written in enumerate(draft.numbers)),
        language=draft.language,
        tier=draft.tier,
        tags=draft.tags,
    )


def _number(position: int, written: str, region: str) -> str:
    number = e164(written, region)
    if number is None:
        raise InvalidInput("number_malformed", field=f"$.numbers[{position}]")
    return number
