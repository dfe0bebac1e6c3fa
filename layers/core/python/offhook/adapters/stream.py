"""One change of a streamed item, as the publisher, the counters and the live channel see it."""

from dataclasses import dataclass

from offhook.domain.storage import Item


@dataclass(frozen=True, slots=True)
class StreamRecord:
    """The image of an item before (None: created) and after (None: deleted); seq rises with each change of an item."""

    old: Item | None
    new: Item | None
    seq: int
