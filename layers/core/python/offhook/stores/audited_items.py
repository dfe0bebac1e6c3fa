"""Items whose first commit also appends to the audit trail, in the same transaction: no change without its entry."""

from dataclasses import dataclass, field

from offhook.domain.audit.chain import Act
from offhook.domain.storage import CommitConflict, Items, PassingItems, Write, changes_something
from offhook.stores.audit import AuditTrail

ATTEMPTS = 12


@dataclass
class AuditedItems(PassingItems):
    """One request's way to its tenant's items. written: whether its entry is in the trail."""

    items: Items
    trail: AuditTrail
    act: Act
    written: bool = field(default=False, init=False)

    def commit(self, *writes: Write) -> None:
        """As Items; a conflict with another request's entry is tried again, one of the change itself is raised."""
        if self.written or not changes_something(writes):
            self.items.commit(*writes)
            return
        for attempt in range(ATTEMPTS):
            try:
                self.items.commit(*writes, *self.trail.appended(self.act))
            except CommitConflict as conflict:
                own = [position for position in conflict.failed if position < len(writes)]
                if own or not conflict.failed or attempt == ATTEMPTS - 1:
                    raise CommitConflict(own) from conflict
            else:
                self.written = True
                return
