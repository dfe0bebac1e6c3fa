"""The live channel: a plain handler, because Chalice's own WebSocket resources need an API of its making."""

from offhook.web.live import handle

__all__ = ["handle"]
