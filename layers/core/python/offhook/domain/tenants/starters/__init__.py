"""The industries that a new tenant may be of; each module holds what one of them starts with, in every language."""

from collections.abc import Mapping

from offhook.domain.tenants.starters import clinic, generic, restaurant, shop
from offhook.domain.tenants.starters.starter import Starter

TABLE: Mapping[str, Starter] = {
    "generic": generic.STARTER,
    "clinic": clinic.STARTER,
    "shop": shop.STARTER,
    "restaurant": restaurant.STARTER,
}
INDUSTRIES = tuple(TABLE)
LANGUAGES = ("en-US", "zh-CN")
