"""Recordings in our bucket, legal holds and proofs of deletion, as items beside the contacts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from offhook.domain.ids import ContactId, TenantId
from offhook.domain.recordings.stored import Deletion, LegalHold, StoredRecording
from offhook.domain.storage import Check, Delete, Item, Items, Key, Put, Table, Write
from offhook.stores.codec import decode, encode
from offhook.stores.indexed import in_order
from offhook.stores.keys import tenant_prefix

STANDARD = "standard"
MOST = 1000


@dataclass(frozen=True, slots=True)
class Recordings:
    """One tenant's."""

    items: Items
    tenant: TenantId

    def get(self, recording_id: str) -> StoredRecording | None:
        """One that is in the bucket."""
        item = self.items.get(self._key(recording_id))
        return decode(StoredRecording, item.body) if item else None

    def many(self, recording_ids: Sequence[str]) -> list[StoredRecording]:
        """Those that are in the bucket, in their order."""
        found = self.items.get_many([self._key(one) for one in recording_ids]) if recording_ids else []
        return [decode(StoredRecording, item.body) for item in found if item]

    def write(self, recording: StoredRecording, expect: int) -> Put:
        """Store it; expect: the version that was read, 0 = there is none. What is held is due at no time."""
        stored = replace(recording, version=expect + 1)
        index = None if stored.held else (self._list(stored.retention), f"{stored.at:013d}#{stored.id}")
        return Put(Item(self._key(stored.id), stored.version, encode(stored), index=index), expect=expect)

    def absent(self, recording_id: str) -> Check:
        """A condition of a commit: it is not in the bucket."""
        return Check(self._key(recording_id), 0)

    def gone(self, recording: StoredRecording) -> Delete:
        """It is not there any more."""
        return Delete(self._key(recording.id), expect=recording.version)

    def kept_by(self, retention: str, after: str = "", limit: int = 50) -> list[StoredRecording]:
        """Of a class, the oldest first, without those that are held; the list may lag."""
        found = in_order(self.items, Table.RECORDS, self._list(retention), after, limit)
        return [decode(StoredRecording, item.body) for _, item in found]

    def hold_on(self, contact: ContactId) -> LegalHold | None:
        """The hold of a contact."""
        item = self.items.get(self._hold_key(contact))
        return decode(LegalHold, item.body) if item else None

    def holds(self) -> list[LegalHold]:
        """All, by contact (up to 1,000)."""
        found = self.items.query(Table.RECORDS, self._hold_key(ContactId("")).pk, limit=MOST)
        return [decode(LegalHold, item.body) for item in found]

    def hold(self, hold: LegalHold) -> Put:
        """Set it; a conflict means that there is one."""
        return Put(Item(self._hold_key(hold.contact_id), 1, encode(hold)), expect=0)

    def lift(self, contact: ContactId) -> Delete:
        """Nothing holds the contact any more; a conflict means that nothing did."""
        return Delete(self._hold_key(contact), expect=1)

    def unchanged_hold(self, contact: ContactId, held: bool) -> Write:
        """A condition of a commit: the contact is (not) on hold."""
        return Check(self._hold_key(contact), 1 if held else 0)

    def deletion(self, recording_id: str) -> Deletion | None:
        """The proof that one was deleted."""
        item = self.items.get(self._deletion_key(recording_id))
        return decode(Deletion, item.body) if item else None

    def deletions(self, after: str = "", limit: int = 50) -> list[tuple[str, Deletion]]:
        """All proofs, the oldest first, with keys to read on after."""
        found = in_order(self.items, Table.RECORDS, self._deletions(), after, limit)
        return [(rank, decode(Deletion, item.body)) for rank, item in found]

    def prove(self, deletion: Deletion) -> Put:
        """Kept for good; the first proof stays."""
        index = (self._deletions(), f"{deletion.deleted_at:013d}#{deletion.id}")
        return Put(Item(self._deletion_key(deletion.id), 1, encode(deletion), index=index), expect=0)

    def _key(self, recording_id: str) -> Key:
        return Key(Table.RECORDS, f"{tenant_prefix(self.tenant)}RECORDING#{recording_id}", "RECORDING")

    def _hold_key(self, contact: ContactId) -> Key:
        return Key(Table.RECORDS, f"{tenant_prefix(self.tenant)}LEGALHOLD", contact)

    def _deletion_key(self, recording_id: str) -> Key:
        return Key(Table.RECORDS, f"{tenant_prefix(self.tenant)}DELETION#{recording_id}", "DELETION")

    def _list(self, retention: str) -> str:
        return f"{tenant_prefix(self.tenant)}RECORDINGS#{retention or STANDARD}"

    def _deletions(self) -> str:
        return f"{tenant_prefix(self.tenant)}DELETIONS"
