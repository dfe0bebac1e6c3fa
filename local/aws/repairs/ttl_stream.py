"""A TTL deletion reaches the table's stream, marked as the service's own: upstream deletes without a record.

The record is the only way in which an archive on expiry can tell an expired item from a deleted one.
"""

import os
import threading
import time
from collections.abc import Iterator
from typing import Any

from ministack.core import responses
from ministack.services import dynamodb

SERVICE = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
UPSTREAM_SWEEPER = "dynamodb-ttl-reaper"


def apply() -> None:
    """Emit a record for each deletion of upstream's sweep; OFFHOOK_TTL_SECONDS adds a sweep of that interval."""
    remove, build = dynamodb._remove_item, dynamodb._build_change_record

    def remove_and_tell(table: dict[str, Any], hash_value: str, range_value: str) -> dict[str, Any] | None:
        removed: dict[str, Any] | None = remove(table, hash_value, range_value)
        if removed is not None and _sweeping():
            _tell(table, removed)
        return removed

    def build_with_identity(*arguments: Any) -> dict[str, Any]:
        record: dict[str, Any] = build(*arguments)
        return {**record, "userIdentity": SERVICE} if _sweeping() else record

    dynamodb._remove_item, dynamodb._build_change_record = remove_and_tell, build_with_identity
    if seconds := float(os.environ.get("OFFHOOK_TTL_SECONDS", "0")):
        threading.Thread(target=_sweep_for_ever, args=(seconds,), daemon=True, name=UPSTREAM_SWEEPER).start()


def _sweeping() -> bool:
    return threading.current_thread().name == UPSTREAM_SWEEPER


def _tell(table: dict[str, Any], removed: dict[str, Any]) -> None:
    _, _, _, region, account, _ = table["TableArn"].split(":", 5)
    scope = responses._request_account_id.set(account), responses._request_region.set(region)
    try:
        dynamodb._emit_stream_event(table["TableName"], "REMOVE", removed, None)
    finally:
        responses._request_account_id.reset(scope[0])
        responses._request_region.reset(scope[1])


def _sweep_for_ever(every_s: float) -> None:
    while True:
        time.sleep(every_s)
        with dynamodb._lock:
            for table, hash_value, range_value in list(_expired(time.time())):
                dynamodb._remove_item(table, hash_value, range_value)


def _expired(now: float) -> Iterator[tuple[dict[str, Any], str, str]]:
    for (account, region, name), setting in list(dynamodb._ttl_settings.all_items()):
        table = dynamodb._tables.get_scoped(account, region, name)
        if table and setting.get("TimeToLiveStatus") == "ENABLED":
            for hash_value, rows in table["items"].items():
                for range_value, item in rows.items():
                    if _seconds(item.get(setting["AttributeName"])) <= now:
                        yield table, hash_value, range_value


def _seconds(value: dict[str, str] | None) -> float:
    return float(value["N"]) if value and "N" in value else float("inf")
