"""The carrier as a seller of numbers: a port, seen from one tenant's account."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from offhook.domain.errors import Conflict


class Kind(StrEnum):
    """What sort of number."""

    LOCAL = "local"
    MOBILE = "mobile"
    TOLL_FREE = "toll_free"


class BundleState(StrEnum):
    """How far the papers are that a country asks for."""

    NOT_NEEDED = "not_needed"
    NONE = "none"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"


class NumberTaken(Conflict):
    """Somebody else has this number, or it is not for sale."""

    code = "number_taken"


class NoneForSale(Conflict):
    """The carrier has no such number to sell at the moment."""

    code = "no_number_for_sale"


class PapersMissing(Conflict):
    """The country asks for papers that are not approved yet."""

    code = "papers_missing"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. contains: digits anywhere in the number; area_code: its first digits after the country's."""

    country: str
    kind: Kind = Kind.LOCAL
    contains: str = ""
    area_code: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A number that can be bought. needs_papers: only with an approved bundle."""

    number: str
    country: str
    kind: Kind
    locality: str = ""
    needs_papers: bool = False


@dataclass(frozen=True, slots=True)
class Bought:
    """A number of the account. label: the name that we gave it, which says for what it was bought."""

    sid: str
    number: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The papers of a country and kind, as the carrier sees them."""

    sid: str
    country: str
    kind: Kind
    state: BundleState


def standing(bundles: Sequence[Bundle]) -> Bundle | None:
    """The bundle that has come the furthest."""
    order = list(BundleState)
    known = [one for one in bundles if one.state is not BundleState.REJECTED] or list(bundles)
    return max(known, key=lambda one: order.index(one.state), default=None)


class CarrierNumbers(Protocol):
    """The numbers of one account. The carrier knows no idempotency keys: look by label before buying again.

    Every method raises CarrierUnavailable when nothing was done and CarrierUncertain when that is not known.
    """

    def search(self, wanted: Wanted, limit: int = 20) -> list[Offered]:
        """Numbers for sale; none when the country sells none of the kind."""
        ...

    def buy(self, number: str, label: str, bundle_sid: str = "") -> Bought:
        """Buy the number and lead its calls to us; raises NumberTaken and PapersMissing."""
        ...

    def labelled(self, label: str) -> list[Bought]:
        """The account's numbers with exactly that label."""
        ...

    def owned(self) -> list[Bought]:
        """All numbers of the account."""
        ...

    def lead_here(self, sid: str, label: str) -> None:
        """Give a number of the account that label, and lead its calls to us."""
        ...

    def release(self, sid: str) -> None:
        """Give the number back; one that is gone is no error."""
        ...

    def bundles(self, country: str, kind: Kind) -> Sequence[Bundle]:
        """The papers handed in for numbers of that country and kind."""
        ...
