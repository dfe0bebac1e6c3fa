"""A recording in our bucket, a legal hold, and the proof that a recording was deleted."""

from dataclasses import dataclass
from hashlib import sha256

from offhook.domain.errors import Conflict
from offhook.domain.ids import ContactId, Instant
from offhook.domain.recordings.recording import Pause

GONE_FOR_GOOD_DAYS = 7  # the bucket keeps what was deleted or written over for so long (infra/stacks/data.py)


class OnLegalHold(Conflict):
    """This is on legal hold: neither its retention nor an erasure deletes it before the hold is lifted."""

    code = "on_legal_hold"


class BeingDeleted(Conflict):
    """Its deletion has begun."""

    code = "being_deleted"


@dataclass(frozen=True, slots=True)
class StoredRecording:
    """id: the carrier's sid. size in bytes; peaks: see sound.py; retention: id of its class, "" = the tenant's rule.

    at: when the call began; stored_at: when our copy was compared; carrier_gone_at: since when the carrier has none,
    0 = it still has one; deleting: the rule by which it is being deleted, "" = it is not.
    """

    id: str
    contact_id: ContactId
    at: Instant
    stored_at: Instant
    media_key: str
    size: int
    sha256: str
    version: int = 1
    queue: str = ""
    agent_id: str = ""
    duration_s: float = 0.0
    channels: int = 0
    peaks: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    retention: str = ""
    carrier_gone_at: Instant = 0
    held: bool = False
    deleting: str = ""


@dataclass(frozen=True, slots=True)
class LegalHold:
    """A contact that must be kept, whatever its retention says."""

    contact_id: ContactId
    reason: str
    by: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was deleted, when and by which rule; it says nothing of a person.

    carrier_gone_at: since when the carrier has no copy; versions_gone_at: when the bucket's last version is gone too;
    audit_number: the entry of the audit chain that this is anchored in; digest: over everything else.
    """

    id: str
    contact_id: ContactId
    sha256: str
    size: int
    duration_s: float
    stored_at: Instant
    deleted_at: Instant
    rule: str
    by: str
    carrier_gone_at: Instant
    versions_gone_at: Instant
    audit_number: int = 0
    digest: str = ""


def digest_of(deletion: Deletion) -> str:
    """Over its fields in their order, but the last two."""
    told = [deletion.id, deletion.contact_id, deletion.sha256, deletion.size, deletion.duration_s]
    told += [deletion.stored_at, deletion.deleted_at, deletion.rule, deletion.by]
    told += [deletion.carrier_gone_at, deletion.versions_gone_at]
    return sha256("\n".join(str(one) for one in told).encode()).hexdigest()
