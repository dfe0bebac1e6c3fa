"""Evidence packages: asked for, packed by a worker, fetched by a link."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypedDict, cast

import msgspec

from offhook.domain.audit.chain import Act, Entry
from offhook.domain.audit.deeds import Deed
from offhook.domain.errors import Conflict, NotFound
from offhook.domain.ids import ContactId
from offhook.domain.messages import Message, Topic
from offhook.domain.objects import Objects, exports_of
from offhook.domain.recordings.evidence import FORMAT, MANIFEST, Evidence, Manifest, Part
from offhook.domain.recordings.sound import digested
from offhook.domain.routing.contact import Contact
from offhook.stores.audit import AuditTrail
from offhook.stores.evidence import Packages
from offhook.stores.recordings import Recordings
from offhook.stores.timelines import Timelines
from offhook.usecases import audit
from offhook.usecases.deps import Deps

CHUNK = 1 << 18
IN_MEMORY = 16 << 20
PATIENCE_MS = 3_600_000


class BeingPacked(Conflict):
    """A package of this contact is being made."""

    code = "being_packed"


class Packing(TypedDict):
    """A package that is being made."""

    contact_id: ContactId
    status: str
    asked_at: int


def ask(deps: Deps, contact_id: ContactId, by: str) -> Packing:
    """Have it packed; raises NotFound, BeingPacked, and Conflict while the contact is not settled."""
    contact = _contact(deps, contact_id)
    if not contact.is_settled:
        raise Conflict("evidence_too_early")
    packages, now = Packages(deps.items, deps.tenant.id), deps.clock.now()
    last = packages.find(contact_id)
    if last is not None and last.status == "packing" and now < last.asked_at + PATIENCE_MS:
        raise BeingPacked()
    packages.write(Evidence(contact_id, last.version if last else 0, by, now))
    deps.outgoing.send(Message(deps.tenant.id, Topic.EVIDENCE, contact_id))
    return {"contact_id": contact_id, "status": "packing", "asked_at": now}


def found(deps: Deps, contact_id: ContactId) -> Evidence:
    """The latest package of the contact; raises NotFound."""
    package = Packages(deps.items, deps.tenant.id).find(contact_id)
    if package is None:
        raise NotFound("No evidence of this contact was asked for.")
    return package


def pack(deps: Deps, objects: Objects, contact_id: ContactId) -> None:
    """Make the file; again makes it anew under the same name, a package that is ready is left alone."""
    packages = Packages(deps.items, deps.tenant.id)
    package = packages.find(contact_id)
    if package is None or package.status != "packing":
        return
    key = f"{exports_of(deps.tenant.id)}evidence/{contact_id}-{package.asked_at}.zip"
    with SpooledTemporaryFile(IN_MEMORY) as file:
        content = cast(IO[bytes], file)
        manifest = _zip(deps, contact_id, package, content)
        digest, size = digested(content)
        objects.put_file(key, content)
    about: dict[str, object] = {"contact": contact_id, "sha256": digest, "manifest": manifest}
    audit.append(deps, Act(deps.clock.now(), package.asked_by, "", Deed.EVIDENCE_PACKED, about))
    ready = replace(package, status="ready", ready_at=deps.clock.now(), key=key, size=size, digest=digest)
    packages.write(ready)


def _zip(deps: Deps, contact_id: ContactId, package: Evidence, into: IO[bytes]) -> str:
    """Write every part and the manifest; the manifest's digest."""
    head = AuditTrail(deps.items, deps.tenant.id).head()
    parts: list[Part] = []
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in _parts(deps, contact_id):
            parts.append(_add(file, name, content))
        made = Manifest(
            FORMAT,
            deps.tenant.id,
            contact_id,
            package.asked_at,
            package.asked_by,
            head.number,
            head.hash,
            tuple(parts),
        )
        told = msgspec.json.format(msgspec.json.encode(made))
        file.writestr(MANIFEST, told)
    return sha256(told).hexdigest()


def _parts(deps: Deps, contact_id: ContactId) -> Iterator[tuple[str, bytes | IO[bytes]]]:
    contact, kept = _contact(deps, contact_id), Recordings(deps.items, deps.tenant.id)
    yield "contact.json", msgspec.json.encode(contact)
    yield "events.ndjson", _lines(Timelines(deps.items, deps.tenant.id).of(contact_id))
    sids = [one.sid for one in contact.recordings]
    stored = [one for one in (kept.get(sid) for sid in sids) if one is not None]
    yield "recordings.ndjson", _lines(stored)
    yield "deletions.ndjson", _lines([one for one in (kept.deletion(sid) for sid in sids) if one is not None])
    for one in stored:
        with deps.media.open(one.media_key) as sound:
            yield f"recordings/{one.id}.wav", sound
    yield "audit.ndjson", _lines(_audited(deps, {contact_id, *sids}))


def _audited(deps: Deps, names: set[str]) -> Iterator[Entry]:
    """Every entry of the trail that names the contact or one of its recordings."""
    for entry in AuditTrail(deps.items, deps.tenant.id).all():
        if any(_names(value, names) for value in entry.act.about.values()):
            yield entry


def _names(value: object, names: set[str]) -> bool:
    if isinstance(value, dict):
        return any(_names(one, names) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_names(one, names) for one in value)
    return isinstance(value, str) and value in names


def _lines(things: Any) -> bytes:
    return b"".join(msgspec.json.encode(one) + b"\n" for one in things)


def _add(file: zipfile.ZipFile, name: str, content: bytes | IO[bytes]) -> Part:
    digest, size = sha256(), 0
    with file.open(name, "w", force_zip64=True) as into:
        for chunk in [content] if isinstance(content, bytes) else iter(lambda: content.read(CHUNK), b""):
            into.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Part(name, size, digest.hexdigest())


def _contact(deps: Deps, contact_id: ContactId) -> Contact:
    contact = deps.contacts.get(contact_id) or deps.contacts.closed(contact_id)
    if contact is None:
        raise NotFound("There is no such contact.")
    return contact
