"""A customer: who calls, how they want to be served, and the rules for what may be kept of them."""

from dataclasses import dataclass

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import CustomerId

MAX_NUMBERS = 10
MAX_TAGS = 50
MAX_NAME = 200
MAX_WORD = 64


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer of a tenant.

    numbers: E.164, each belongs to one customer only; language: BCP 47 or "" = unknown;
    last_score: mean of the latest survey's answers, 0-100, None = never asked.
    """

    id: CustomerId
    version: int = 1
    name: str = ""
    numbers: tuple[str, ...] = ()
    language: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()
    last_score: float | None = None


def checked(customer: Customer) -> Customer:
    """The customer, when everything about them is within bounds; raises InvalidInput naming the field."""
    if len(customer.name) > MAX_NAME:
        raise InvalidInput(f"A name has at most {MAX_NAME} characters.", field="$.name")
    if len(customer.numbers) > MAX_NUMBERS:
        raise InvalidInput(f"A customer has at most {MAX_NUMBERS} numbers.", field="$.numbers")
    if len(set(customer.numbers)) < len(customer.numbers):
        raise InvalidInput("A number is given twice.", field="$.numbers")
    if len(customer.tags) > MAX_TAGS or any(not tag or len(tag) > MAX_WORD for tag in customer.tags):
        raise InvalidInput(f"At most {MAX_TAGS} tags of 1 to {MAX_WORD} characters.", field="$.tags")
    if len(customer.tier) > MAX_WORD:
        raise InvalidInput(f"A tier has at most {MAX_WORD} characters.", field="$.tier")
    if len(customer.language) > MAX_WORD:
        raise InvalidInput("This is no language tag.", field="$.language")
    return customer
