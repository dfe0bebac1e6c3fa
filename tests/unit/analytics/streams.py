"""Stream records and a stream of events for the tests of this folder."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from offhook.domain.analytics.outbound import Outbound
from offhook.domain.events import Event
from offhook.domain.ids import TenantId
from offhook.stores.codec import encode_events

ACME = TenantId("t_acme0000000000000000")
OTHER = TenantId("t_other000000000000000")


def image(
    tenant: str, kind: str, entity_id: str, version: int, events: Sequence[Event] = (), body: bytes = b"{}"
) -> Any:
    """An item as the stream shows it."""
    return {
        "pk": {"S": f"T#{tenant}#{kind}#{entity_id}"},
        "sk": {"S": kind},
        "v": {"N": str(version)},
        "body": {"B": b64encode(body).decode()},
        "events": {"B": b64encode(encode_events(events)).decode()},
    }


def record(sequence: int, new: Any, old: Any = None) -> dict[str, Any]:
    """One stream record."""
    images = {"NewImage": new, "OldImage": old}
    shown = {name: value for name, value in images.items() if value is not None}
    return {"eventSource": "aws:dynamodb", "dynamodb": {"SequenceNumber": str(sequence), **shown}}


@dataclass
class MemoryStream:
    """Keeps what was put, unless `refuses` says no."""

    refuses: Callable[[Outbound], bool] = lambda _: False
    kept: list[Outbound] = field(default_factory=list)
    calls: list[list[Outbound]] = field(default_factory=list)

    def put(self, records: Sequence[Outbound]) -> list[bool]:
        """Keep or refuse each."""
        self.calls.append(list(records))
        done = [not self.refuses(r) for r in records]
        self.kept += [r for r, there in zip(records, done, strict=True) if there]
        return done
