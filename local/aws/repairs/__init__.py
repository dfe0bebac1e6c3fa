"""What the emulator lacks to behave like AWS where we depend on it: one module per repair, each with its own switch.

`OFFHOOK_REPAIR_<NAME>=0` leaves a repair out, which is how its test shows the fault.
"""

import os
from collections.abc import Iterator
from importlib import import_module

REPAIRS = {
    "LOG_DRAIN": "log_drain",
    "SHARED_LAYERS": "shared_layers",
    "HANDLER_ERRORS": "handler_errors",
    "GRACEFUL_UPDATES": "graceful_updates",
    "COLD_STARTS": "cold_starts",
    "COUNTED_ONCE": "counted_once",
    "WEBSOCKET": "websocket",
    "STREAMS": "streams",
    "STREAM_MEMORY": "stream_memory",
    "TTL_STREAM": "ttl_stream",
    "FIREHOSE": "firehose",
    "ATHENA_RESULTS": "athena_results",
    "ATHENA_LAKE": "athena_lake",
    "ATHENA_DIALECT": "athena_dialect",
    "ATHENA_UNLOAD": "athena_unload",
    "USER_POOL": "user_pool",
    "SERVICE_METRICS": "service_metrics",
    "SNAPSHOT": "snapshot",
}
"""Switch name to module, in the order in which they are applied: the dialect wraps the lake, UNLOAD both."""


def switched_on() -> Iterator[str]:
    """The modules to apply, as the environment says."""
    return (module for name, module in REPAIRS.items() if os.environ.get(f"OFFHOOK_REPAIR_{name}", "1") != "0")


def apply_all() -> None:
    """Patch the emulator in this process; must run before it serves."""
    for module in switched_on():
        import_module(f"{__name__}.{module}").apply()
