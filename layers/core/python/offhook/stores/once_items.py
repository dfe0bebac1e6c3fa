"""Items whose first commit also keeps the record of its Idempotency-Key: no effect without the record, none twice."""

from dataclasses import dataclass, field

from offhook.domain.errors import StillRunning
from offhook.domain.storage import CommitConflict, Items, PassingItems, Put, Write, changes_something


@dataclass
class OnceItems(PassingItems):
    """One request's way to its tenant's items.

    record: joins the first commit that changes something; None = no commit needs it. kept: whether it was written.
    """

    items: Items
    record: Put | None = field(default=None, init=False)
    kept: bool = field(default=False, init=False)

    def commit(self, *writes: Write) -> None:
        """As Items; raises StillRunning when another request has taken this one's key over meanwhile."""
        if self.record is None or self.kept or not changes_something(writes):
            self.items.commit(*writes)
            return
        try:
            self.items.commit(*writes, self.record)
        except CommitConflict as conflict:
            if len(writes) in conflict.failed:
                raise StillRunning() from conflict
            raise
        self.kept = True
