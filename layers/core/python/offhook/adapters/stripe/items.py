"""The items of a subscription: a price of ours with how many of it."""

from typing import TYPE_CHECKING

from offhook.adapters.stripe.catalogue import Catalogue
from offhook.domain.billing.offer import Price, prices_of, quantity_of
from offhook.domain.billing.port import Change, Order

if TYPE_CHECKING:
    import stripe
    from stripe.params import SubscriptionUpdateParamsItem
    from stripe.params.checkout import SessionCreateParamsLineItem


def ordered_items(catalogue: Catalogue, order: Order) -> "list[SessionCreateParamsLineItem]":
    """What a new subscription has."""
    found: list[SessionCreateParamsLineItem] = []
    for price, id in _ids(catalogue, order.plan, order.seats, order.numbers):
        quantity = quantity_of(price, order.seats, order.numbers)
        found.append({"price": id} if price.meter else {"price": id, "quantity": quantity})
    return found


def changed_items(
    catalogue: Catalogue, found: "stripe.Subscription", wanted: Change
) -> "list[SubscriptionUpdateParamsItem]":
    """What makes a subscription what is wanted: items kept with their quantity, added, or removed.

    A metered item stays what it is in every plan, so that usage of the period is not lost with it.
    """
    there = {str(item.price.id): str(item.id) for item in found["items"].data}
    changes: list[SubscriptionUpdateParamsItem] = []
    for price, id in _ids(catalogue, wanted.plan, wanted.seats, wanted.numbers):
        item = there.pop(id, None)
        change: SubscriptionUpdateParamsItem = {"id": item} if item else {"price": id}
        if not price.meter:
            change["quantity"] = quantity_of(price, wanted.seats, wanted.numbers)
        if not (item and price.meter):
            changes.append(change)
    changes += [{"id": item, "deleted": True} for item in there.values()]
    return changes


def _ids(catalogue: Catalogue, plan: str, seats: int, numbers: int) -> list[tuple[Price, str]]:
    wanted = [price for price in prices_of(plan) if price.meter or quantity_of(price, seats, numbers)]
    ids = catalogue.ids(wanted)
    return [(price, ids[price.lookup_key]) for price in wanted]
