"""Changes that a table's stream had not yet delivered survive a restart: upstream forgets them.

Events are part of the item that changed and leave through the stream; without this a restart between the write and its
delivery would lose them for ever.
"""

import copy
from typing import Any

from ministack.services import dynamodb, lambda_svc

UNDELIVERED = "offhook_undelivered_stream_records"


def apply() -> None:
    """Save the undelivered tail of each stream with its table, and put it back on load."""
    get_state, restore = dynamodb.get_state, dynamodb._restore_state

    def get_state_and_tails() -> dict[str, Any]:
        return {**get_state(), UNDELIVERED: [list(tail) for tail in _tails()]}

    def restore_with_tails(data: dict[str, Any]) -> None:
        restore(data)
        for account, region, table, records in (data or {}).get(UNDELIVERED, []):
            dynamodb._stream_records.set_scoped(account, region, table, records)

    dynamodb.get_state, dynamodb._restore_state = get_state_and_tails, restore_with_tails


def _tails() -> list[tuple[str, str, str, list[dict[str, Any]]]]:
    tails = []
    for (account, region, table), records in list(dynamodb._stream_records.all_items()):
        slowest = _slowest_position(account, region, table)
        waiting = [record for record in records if int(record["dynamodb"]["SequenceNumber"]) > slowest]
        if waiting:
            tails.append((account, region, table, copy.deepcopy(waiting)))
    return tails


def _slowest_position(account: str, region: str, table: str) -> float:
    """The smallest sequence number that every mapping of the table has finished; nobody reads it: infinity."""
    ours = [
        lambda_svc._dynamodb_stream_positions.get_scoped(account, region, mapping["UUID"])
        for mapping_account, mapping_region, mapping in list(lambda_svc._iter_all_esms())
        if (mapping_account, mapping_region) == (account, region) and f":table/{table}/stream/" in _source(mapping)
    ]
    return min((int(position) for position in ours if isinstance(position, str)), default=float("inf"))


def _source(mapping: dict[str, Any]) -> str:
    return str(mapping.get("EventSourceArn", ""))
