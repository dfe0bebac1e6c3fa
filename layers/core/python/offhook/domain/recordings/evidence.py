"""An evidence package: everything there is of one contact, with digests that a verifier can check on its own."""

from dataclasses import dataclass, field

from offhook.domain.ids import ContactId, Instant

MANIFEST = "manifest.json"
FORMAT = "offhook-evidence-1"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A package that was asked for. status: packing, ready or failed; digest: SHA-256 of the zip file."""

    contact_id: ContactId
    version: int
    asked_by: str
    asked_at: Instant
    status: str = "packing"
    ready_at: Instant = 0
    key: str = ""
    size: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the package."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The last file of the package. audit_head: the end of the audit chain when it was made."""

    format: str
    tenant: str
    contact: str
    made_at: Instant
    made_by: str
    audit_number: int
    audit_head: str
    files: tuple[Part, ...] = field(default=())
