"""Ways in which isolation could be broken, each put in place while the program runs; the suite must see each one."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import msgspec
from chalice.app import Response
from offhook import wiring
from offhook.adapters import guard
from offhook.adapters.memory.items import MemoryItems
from offhook.domain.errors import Forbidden
from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Key, Table
from offhook.domain.tenants.permissions import Role
from offhook.stores.config import ConfigStore, kind_of
from offhook.stores.contacts import Contacts
from offhook.stores.customers import Customers
from offhook.usecases.analytics import floor as floors
from offhook.usecases.ivr import numbers
from offhook.web import identity, json_api, paging, tenancy, webhooks
from offhook.web.app import OffhookApp
from offhook.web.idempotency import Attempt, Kept

from tests.unit.isolation.centre import A, B, user

Break = Callable[[ExitStack], None]


def _patch(stack: ExitStack, target: Any, name: str, value: Any) -> None:
    stack.enter_context(patch.object(target, name, value))


def _nothing(*_: object) -> None:
    """Checks nothing."""


def _any_key(items: Any, key: Key) -> Item | None:
    """The item under the key, whichever tenant has it; the caller's own first."""
    assert isinstance(items, MemoryItems)
    own = items.store.read(key)
    if own is not None:
        return own
    rest = key.pk.split("#", 2)[2]
    return next((items.store.read(k) for k in items.store.rows if _matches(k, key.table, rest, key.sk)), None)


def _matches(key: Key, table: Table, rest: str, sk: str) -> bool:
    return key.table is table and key.sk == sk and key.pk.startswith("T#") and key.pk.split("#", 2)[2] == rest


def reads_without_owner(stack: ExitStack) -> None:
    """A store reads any key."""
    stack.enter_context(patch("offhook.adapters.memory.items.require_own", _nothing))


def commits_without_owner(stack: ExitStack) -> None:
    """A store writes any key."""
    stack.enter_context(patch("offhook.adapters.memory.items.require_commit", _nothing))


def looked_up_by_id_alone(stack: ExitStack) -> None:
    """Whatever is not the tenant's own is looked for among all tenants."""
    _patch(stack, MemoryItems, "get", lambda self, key: _any_key(self, key))


def configuration_by_id_alone(stack: ExitStack) -> None:
    """Configured things are found by class and id, whoever has them."""
    find = ConfigStore.find

    def found(self: ConfigStore, cls: Any, entity_id: str) -> Any:
        own = find(self, cls, entity_id)
        other = ConfigStore(MemoryItems(_store(self.items), B), B)
        return own if own is not None else find(other, cls, entity_id)

    _patch(stack, ConfigStore, "find", found)


def lists_of_everybody(stack: ExitStack) -> None:
    """A list shows the things of all tenants."""
    mine = ConfigStore.list

    def listed(self: ConfigStore, cls: Any) -> Any:
        return [*mine(self, cls), *mine(ConfigStore(MemoryItems(_store(self.items), B), B), cls)]

    _patch(stack, ConfigStore, "list", listed)


def contacts_by_id_alone(stack: ExitStack) -> None:
    """Contacts are found by id, whoever has them."""
    get = Contacts.get

    def found(self: Contacts, contact_id: Any) -> Any:
        return get(self, contact_id) or get(Contacts(MemoryItems(_store(self.items), B), B), contact_id)

    _patch(stack, Contacts, "get", found)


def customers_by_number_alone(stack: ExitStack) -> None:
    """A customer is known by their number to every tenant."""
    by_number = Customers.by_number

    def found(self: Customers, e164: str) -> Any:
        return by_number(self, e164) or by_number(Customers(MemoryItems(_store(self.items), B), B), e164)

    _patch(stack, Customers, "by_number", found)


def refused_instead_of_missing(stack: ExitStack) -> None:
    """What is another's is forbidden, so one learns that it is there."""
    find = ConfigStore.find

    def found(self: ConfigStore, cls: Any, entity_id: str) -> Any:
        key = Key(Table.CONFIG, f"T#{B}#{kind_of(cls)}", entity_id)
        if self.tenant != B and find(self, cls, entity_id) is None and _store(self.items).read(key):
            raise Forbidden
        return find(self, cls, entity_id)

    _patch(stack, ConfigStore, "find", found)


def tenant_from_a_header(stack: ExitStack) -> None:
    """The caller says which tenant they mean."""
    told = identity.identify

    def identify(request: Any) -> Any:
        found, wanted = told(request), str(request.headers.get("x-tenant-id", ""))
        return replace(found, tenant=wiring.tenant_context(TenantId(wanted))) if wanted == B else found

    _patch(stack, json_api, "identify", identify)


def tenant_from_a_parameter(stack: ExitStack) -> None:
    """The query says which tenant is meant."""
    told = identity.identify

    def identify(request: Any) -> Any:
        found, wanted = told(request), (request.query_params or {}).get("tenant_id", "")
        return replace(found, tenant=wiring.tenant_context(TenantId(wanted))) if wanted == B else found

    _patch(stack, json_api, "identify", identify)


def tenant_from_the_path(stack: ExitStack) -> None:
    """A webhook belongs to whoever has the contact in its path."""
    document = OffhookApp.document

    def run(self: OffhookApp, view: Any, request: Any) -> Any:
        theirs = wiring.tenant_context(B)
        deps = wiring.deps_for(theirs)
        if deps.contacts.get(request.path.get("contact_id", "")) is not None:
            request = replace(request, tenant=theirs, deps=deps)
        return document(self, view, request)

    _patch(stack, OffhookApp, "document", run)


def any_signature(stack: ExitStack) -> None:
    """Webhooks are believed as they come."""
    _patch(stack, webhooks, "is_signed", lambda *_: True)


def signature_of_any_path(stack: ExitStack) -> None:
    """A signature is good for every address of the account."""
    signed = webhooks.is_signed

    def loosely(tokens: Any, url: str, fields: Any, given: str) -> bool:
        return bool(given) and any(signed(tokens, f"{url.rsplit('/v1/', 1)[0]}{p}", fields, given) for p in _paths(url))

    _patch(stack, webhooks, "is_signed", loosely)


def _paths(url: str) -> list[str]:
    below = "/v1/" + url.split("/v1/", 1)[1]
    return [below, f"/v1/{below.split('/')[2]}/calls/other"]


def signature_by_any_token(stack: ExitStack) -> None:
    """Every tenant's token signs for every account."""
    accounts = tenancy.accounts

    def all_of_them(account_sid: str) -> Any:
        tokens = tuple(t for tenant in (A, B) for t in wiring.secrets(wiring.tenant_context(tenant)).carrier_tokens())
        return [replace(account, tokens=tokens) for account in accounts(account_sid)]

    _patch(stack, tenancy, "accounts", all_of_them)


def cursors_of_everybody(stack: ExitStack) -> None:
    """A cursor says where a list goes on, whoever made it."""
    _patch(stack, paging.Cursors, "_mac", lambda self, content: b"0" * paging.MAC_BYTES)
    _patch(stack, paging, "compare_digest", lambda given, _: len(given) == paging.MAC_BYTES)


def repeats_of_everybody(stack: ExitStack) -> None:
    """An Idempotency-Key is remembered for all tenants together."""
    once = Attempt.once

    def anybodys(self: Attempt, action: Any) -> Any:
        route = self.scope.rsplit(" ", 1)[0]
        by = user(B, Role.OWNER)
        theirs = replace(self, deps=wiring.deps_for(wiring.tenant_context(B)), scope=f"{route} {by}")
        item = theirs.deps.items.get(theirs._at())
        kept = msgspec.json.decode(item.body, type=Kept) if item else None
        return Response(kept.body, kept.headers, kept.status) if kept else once(self, action)

    _patch(stack, Attempt, "once", anybodys)


def numbers_for_the_asking(stack: ExitStack) -> None:
    """A number is taken by naming it, unless another has it."""
    assign = numbers.assign

    def claimed(deps: Any, directory: Any, number: str, text: Any) -> Any:
        numbers.claim(directory, deps.tenant.id, number)
        return assign(deps, directory, number, text)

    _patch(stack, numbers, "assign", claimed)


def numbers_taken_over(stack: ExitStack) -> None:
    """A number is led to whoever names it last."""
    assign = numbers.assign

    def led(deps: Any, directory: Any, number: str, text: Any) -> Any:
        directory.lead(numbers.HANDLE, number, deps.tenant.id)
        return assign(deps, directory, number, text)

    _patch(stack, numbers, "assign", led)


def a_floor_for_everybody(stack: ExitStack) -> None:
    """What one tenant's request computed is remembered for the next request, whoever asks."""
    compute = floors._compute

    def shared(deps: Any, tally: Any, now: Any) -> Any:
        theirs = wiring.deps_for(wiring.tenant_context(B))
        return compute(theirs, tally, now)

    _patch(stack, floors, "_compute", shared)


def stores_of_the_last_tenant(stack: ExitStack) -> None:
    """The stores are made once and kept for the next request."""
    theirs = wiring.deps_for(wiring.tenant_context(B))
    _patch(stack, tenancy, "deps", lambda _tenant: theirs)


def a_guard_that_sleeps(stack: ExitStack) -> None:
    """Every request may leave."""
    _patch(stack, guard, "allowed", lambda *_: True)


def a_guard_of_names(stack: ExitStack) -> None:
    """A key is the tenant's when it begins with the tenant's id, also when that goes on."""

    def begins(scope: str | None, operation: str, params: Mapping[str, Any]) -> bool:
        from offhook.adapters.guards.dynamodb import partitions

        return all(key.startswith(f"T#{scope}") for key in partitions(operation, params))

    _patch(stack, guard, "_dynamodb", begins)


def tenants_in_the_log(stack: ExitStack) -> None:
    """A refusal says whose thing it was."""
    find = ConfigStore.find

    def found(self: ConfigStore, cls: Any, entity_id: str) -> Any:
        from offhook.web.observability import log

        log().info("looked for", extra={"known": [k.pk for k in _store(self.items).rows if k.sk == entity_id]})
        return find(self, cls, entity_id)

    _patch(stack, ConfigStore, "find", found)


def _store(items: Any) -> Any:
    return items.store


MUTANTS: Sequence[Break] = (
    reads_without_owner, commits_without_owner, looked_up_by_id_alone, configuration_by_id_alone, lists_of_everybody,
    contacts_by_id_alone, customers_by_number_alone, refused_instead_of_missing, tenant_from_a_header,
    tenant_from_a_parameter, tenant_from_the_path, any_signature, signature_of_any_path, signature_by_any_token,
    cursors_of_everybody, repeats_of_everybody, numbers_for_the_asking, numbers_taken_over, a_floor_for_everybody,
    stores_of_the_last_tenant, a_guard_that_sleeps, a_guard_of_names, tenants_in_the_log,
)  # fmt: skip
