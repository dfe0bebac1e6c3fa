"""A tenant in full swing is erased: its marked texts are nowhere but in what is kept; its neighbour is intact."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from offhook import wiring
from offhook.domain.objects import exports_of, lake_of, recordings_of
from offhook.domain.storage import Table
from offhook.domain.tenants.data_classes import kind_of_partition
from offhook.domain.tenants.erasure import Erasure
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.memberships import Users
from offhook.usecases.erasure import begin
from offhook.usecases.erasure.tenant import Eraser, is_deleted

from tests.unit.isolation.centre import MARKED, A, B, Centre, canary, centre, readable
from tests.unit.isolation.store_state import rows_of


@pytest.fixture(scope="module")
def erased() -> Iterator[tuple[Centre, Erasure]]:
    """A and B at work, B erased."""
    with centre() as made:
        for tenant in (A, B):
            for below in (recordings_of(tenant), exports_of(tenant), lake_of(tenant)):
                made.world.aws.files[below + "x"] = canary(tenant, "contact.notes").encode()
        yield made, _erase(made)


def _erase(made: Centre) -> Erasure:
    aws = made.world.aws
    with made.world.within(B) as deps:
        deps.config.put(replace(deps.config.get(Tenant, B), status=TenantStatus.CLOSED))
        begin.begin(deps, "owner")
        pool = wiring.user_pool()
        eraser = Eraser(deps, aws.objects(deps.tenant), aws.edge_items(), aws.sweep(), pool, aws.mails, 0)
        while not (now := eraser.advance()) or not now.is_done:
            pass
    return now


def test_no_text_of_the_tenant_is_anywhere_but_in_what_is_kept(erased: tuple[Centre, Erasure]) -> None:
    store = erased[0].world.aws.store
    marked = [canary(B, where) for where in MARKED]
    found = {
        kind_of_partition(key.pk) if key.table is not Table.DIRECTORY else key.pk
        for key, row in store.rows.items()
        if any(text in readable(row.item) for text in marked)
    }
    assert not {kind for kind in found if is_deleted(kind)}
    assert not [key for key in erased[0].world.aws.files if B in key]


def test_only_kept_kinds_and_the_list_of_erased_tenants_name_it(erased: tuple[Centre, Erasure]) -> None:
    left = rows_of(erased[0].world.aws.store, B)
    directory = {key.pk for key in left if key.table is Table.DIRECTORY}
    assert directory == {"ERASED"}
    assert not {k for key in left if key.pk.startswith("T#") and is_deleted(k := kind_of_partition(key.pk))}


def test_the_neighbour_is_byte_identical(erased: tuple[Centre, Erasure]) -> None:
    assert erased[0].unchanged(A)
    kept = {key for key in erased[0].world.aws.files if A in key}
    written = {below + "x" for below in (recordings_of(A), exports_of(A), lake_of(A))}
    assert written < kept and all(key.startswith(recordings_of(A)) for key in kept - written)


def test_its_people_cannot_sign_in_any_more(erased: tuple[Centre, Erasure]) -> None:
    made = erased[0]
    users = Users(made.world.aws.edge_items())
    gone = [name for name in made.known if name not in made.people.people]
    assert gone and all(not users.of(name).tenants for name in gone)
    assert all(B in name for name in gone)


def test_the_certificate_counts_what_there_was(erased: tuple[Centre, Erasure]) -> None:
    certificate = erased[1]
    assert {"CONTACT", "CUSTOMER", "AGENT", "SECRET", "MEMBER", "recordings"} <= set(certificate.found)
    assert certificate.left == {} and certificate.kept["TENANT"] == 1
