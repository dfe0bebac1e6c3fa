"""A customer: who calls, how they want to be served, and the rules for what may be kept of them."""

from dataclasses import dataclass

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import CustomerId

MAX_NUMBERS = 10
MAX_TAGS = 50
MAX_NAME = 200
MAX_WORD = 64
RANKED = 100  # characters of a name that order the list
NAMELESS = "\U0010ffff"  # after every name


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
        raise InvalidInput("name_too_long", field="$.name", most=MAX_NAME)
    if len(customer.numbers) > MAX_NUMBERS:
        raise InvalidInput("customer_numbers", field="$.numbers", most=MAX_NUMBERS)
    if len(set(customer.numbers)) < len(customer.numbers):
        raise InvalidInput("number_twice", field="$.numbers")
    if len(customer.tags) > MAX_TAGS or any(not tag or len(tag) > MAX_WORD for tag in customer.tags):
        raise InvalidInput("customer_tags", field="$.tags", most=MAX_TAGS, longest=MAX_WORD)
    if len(customer.tier) > MAX_WORD:
        raise InvalidInput("customer_tier", field="$.tier", most=MAX_WORD)
    if len(customer.language) > MAX_WORD:
        raise InvalidInput("language_tag", field="$.language")
    return customer


def folded(name: str) -> str:
    """A name as it is compared: however its letters are capitalised, composed and spaced."""
    from unicodedata import normalize  # no webhook that only reads needs it

    return " ".join(normalize("NFKC", name).casefold().split())[:RANKED]


def rank(customer: Customer) -> str:
    """The customer's place in the list by name; who has no name comes last."""
    return f"{folded(customer.name) or NAMELESS}#{customer.id}"
