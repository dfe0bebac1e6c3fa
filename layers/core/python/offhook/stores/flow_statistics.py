"""How often calls took each way of a flow's version, summed over the calls that ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from offhook.domain.ids import FlowId, TenantId
from offhook.domain.ivr.passages import added
from offhook.domain.routing.contact import FlowPosition
from offhook.domain.storage import Item, Items, Put
from offhook.stores import keys
from offhook.stores.codec import decode, encode


@dataclass(frozen=True, slots=True)
class FlowSums:
    """calls: that ended; ways: as domain/ivr/passages.py names them."""

    calls: int = 0
    ways: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FlowStatistics:
    """The sums of one tenant."""

    items: Items
    tenant: TenantId

    def of(self, flow_id: FlowId, number: int) -> FlowSums:
        """The sums of a version; nothing when no call of it has ended."""
        return self._read(flow_id, number)[0]

    def writes(self, passed: Iterable[FlowPosition]) -> list[Put]:
        """What adds these calls, to be committed with what remembers that they were added."""
        parts: dict[tuple[FlowId, int], list[FlowPosition]] = {}
        for position in passed:
            if position.flow_id:
                parts.setdefault((position.flow_id, position.version), []).append(position)
        return [self._put(*part, calls) for part, calls in parts.items()]

    def _put(self, flow_id: FlowId, number: int, calls: list[FlowPosition]) -> Put:
        sums, version = self._read(flow_id, number)
        ways = sums.ways
        for position in calls:
            ways = added(ways, position.passed)
        item = Item(
            keys.flow_statistics(self.tenant, flow_id, number),
            version=version + 1,
            body=encode(FlowSums(sums.calls + len(calls), ways)),
        )
        return Put(item, expect=version)

    def _read(self, flow_id: FlowId, number: int) -> tuple[FlowSums, int]:
        item = self.items.get(keys.flow_statistics(self.tenant, flow_id, number))
        return (decode(FlowSums, item.body), item.version) if item else (FlowSums(), 0)
