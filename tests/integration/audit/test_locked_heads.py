"""The hourly head on the embedded AWS: signed by KMS, locked by S3, and no tampering behind it goes unseen."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from offhook.adapters.guard import tenant_scope
from offhook.adapters.head_vault import S3HeadVault
from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems
from offhook.adapters.memory.store import MemoryStore
from offhook.adapters.notary import KmsNotary
from offhook.domain.audit.chain import Act, head_of, linked
from offhook.domain.audit.heads import ChainBroken
from offhook.domain.ids import TenantId
from offhook.domain.objects import audit_of
from offhook.domain.storage import Item, Put
from offhook.domain.tenants.context import TenantContext
from offhook.stores.audit import AuditTrail
from offhook.stores.codec import encode
from offhook.usecases import audit
from offhook.usecases.audit import heads
from offhook.usecases.deps import Deps

from local.aws.testing import Endpoint, running_emulator

TENANT, BUCKET = TenantId("t_locked"), "heads"
NONE: Any = None
LOCK = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 3653}}}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with running_emulator(Path(tmp_path_factory.mktemp("audit"))) as found:
        yield found


@pytest.fixture(scope="module")
def s3(endpoint: Endpoint) -> Any:
    client = boto3.client("s3", **endpoint.client_arguments)
    client.create_bucket(Bucket=BUCKET, ObjectLockEnabledForBucket=True)
    client.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=LOCK)
    return client


@pytest.fixture(scope="module")
def notary(endpoint: Endpoint) -> KmsNotary:
    kms = boto3.client("kms", **endpoint.client_arguments)
    made = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"]
    return KmsNotary(lambda: kms, made)


def test_a_head_is_signed_locked_checked_and_contradicts_whoever_rewrites_the_trail(s3: Any, notary: KmsNotary) -> None:
    items = MemoryItems(MemoryStore(), TENANT)
    deps = Deps(TenantContext(TENANT), FrozenClock(), SeededIds(), items, NONE, NONE, NONE)
    vault, trail = S3HeadVault(lambda: s3, BUCKET, TENANT), AuditTrail(items, TENANT)
    with tenant_scope(TENANT):
        for n in range(4):
            audit.append(deps, Act(n, "u_1", "owner", "PUT /x"))
        sealed = heads.seal(deps, vault, notary)
        assert sealed and vault.find(sealed.number) and vault.find(3) is None
        vault.keep(replace(sealed, hash="f" * 64))  # the first one of a number stays
        found = audit.verify(deps, heads.chosen(vault), notary.check)
        assert (found.intact, found.sealed) == (True, 4)
        last = linked(head_of(list(trail.all())[2]), Act(9, "somebody else", "owner", "PUT /x"))
        items.commit(
            Put(Item(trail._key(4), body=encode(last))), Put(Item(trail._head_key(), 4, encode(head_of(last))))
        )
        assert not audit.verify(deps, heads.chosen(vault), notary.check).intact
        with pytest.raises(ChainBroken):
            heads.seal(deps, vault, notary)


def test_a_locked_head_cannot_be_removed(s3: Any) -> None:
    key = f"{audit_of(TENANT)}{4:012d}.json"
    version = s3.list_object_versions(Bucket=BUCKET, Prefix=key)["Versions"][0]["VersionId"]
    with pytest.raises(ClientError, match="lock"):
        s3.delete_object(Bucket=BUCKET, Key=key, VersionId=version)
