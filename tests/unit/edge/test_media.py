"""Links to files through the edge: signed, of two buckets, for their time."""

from datetime import UTC, datetime, timedelta

import pytest
from offhook.adapters.links import local_link

from local.edge.media import may_pass

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIGNED = {"X-Amz-Date": "20261122T115900Z", "X-Amz-Expires": "300", "X-Amz-Signature": "f00"}
PATH = "/_media/offhook-local-recordings-000000000000-us-east-1/t/t_a/recordings/RE1"


LAKE = "/_media/offhook-local-lake-000000000000-us-east-1"


def test_a_signed_link_leads_through_until_it_expires():
    assert may_pass(PATH, SIGNED, NOW)
    assert may_pass(f"{LAKE}/events/tenant=t_a/dt=2026-11-22/x.parquet", SIGNED, NOW), "a part of an export"
    assert not may_pass(PATH, SIGNED, NOW + timedelta(minutes=5))


@pytest.mark.parametrize("missing", sorted(SIGNED))
def test_a_link_without_a_signature_date_or_end_does_not(missing: str):
    assert not may_pass(PATH, {name: value for name, value in SIGNED.items() if name != missing}, NOW)


@pytest.mark.parametrize(
    "path",
    [
        f"{LAKE}/t/t_a/x",
        f"{LAKE}/events/dt=2026-11-22/x",
        "/_media/offhook-local-lake-recordings/t/t_a/x",
        "/_media/offhook-local-recordings-000000000000-us-east-1/events/x/y",
        "/_media/",
        f"{PATH}/../t",
    ],
)
def test_nothing_else_of_the_store_is_reached(path: str):
    assert not may_pass(path, SIGNED, NOW)


def test_an_address_is_rewritten_only_where_the_store_stands_behind_another_server():
    signed = "http://127.0.0.1:4566/bucket/t/t_a/x?X-Amz-Signature=f00"
    assert local_link(signed, "") == signed
    assert local_link(signed, "http://127.0.0.1:8080/_media") == (
        "http://127.0.0.1:8080/_media/bucket/t/t_a/x?X-Amz-Signature=f00"
    )
