"""The live channel's connections: a plain handler, because Chalice's own WebSocket resources need an API of its making."""

from typing import Any


def handle(event: dict[str, Any], context: object) -> dict[str, int]:
    """Connect, disconnect and messages of one WebSocket connection."""
    return {"statusCode": 200}
