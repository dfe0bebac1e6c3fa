"""Evidence packages: made once from what is there, and every change of one is found."""

import io
import json
import zipfile
from pathlib import Path
from urllib.parse import urlencode

import pytest
from offhook.usecases import audit
from offhook.wiring.memory import MemoryWorld
from offhook_cli.evidence import faults

from functions.routing.app import app
from tests.unit.exports.kit import deps_of
from tests.unit.recordings.kit import packed
from tests.unit.web.worlds import A, asks

AT = "/contacts/c_new/evidence"


@pytest.fixture
def package(taped: MemoryWorld, tmp_path: Path) -> Path:
    """Of a contact whose recording was played once."""
    asks(app, "GET", f"/recordings/REnew?{urlencode({'reason': 'a dispute'})}")
    assert asks(app, "POST", AT).status == 202
    path = tmp_path / "c_new.zip"
    path.write_bytes(packed(taped, "c_new"))
    return path


def names(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewritten(path: Path, **changes: bytes | None) -> Path:
    """The package with files changed, added or (None) left out."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        for name, content in {**names(path), **changes}.items():
            if content is not None:
                file.writestr(name, content)
    path.write_bytes(into.getvalue())
    return path


def test_a_package_has_recordings_events_and_the_audit_entries_and_is_whole(taped: MemoryWorld, package: Path):
    inside = names(package)
    assert set(inside) == {
        "contact.json", "events.ndjson", "recordings.ndjson", "deletions.ndjson", "recordings/REnew.wav",
        "audit.ndjson", "manifest.json",
    }  # fmt: skip
    assert inside["recordings/REnew.wav"] == taped.files["t/t_a/recordings/REnew"]
    entries = [json.loads(line) for line in inside["audit.ndjson"].splitlines()]
    assert entries[0]["act"]["about"]["query"] == {"reason": "a dispute"}
    assert list(faults(package)) == []
    told = asks(app, "GET", AT).json()
    assert told["status"] == "ready" and told["url"] and told["size"] == package.stat().st_size
    assert audit.page(deps_of(taped, A), None, 1)[0].act.about["sha256"] == told["sha256"]


def test_every_change_of_a_package_is_found(package: Path):
    whole, inside = package.read_bytes(), names(package)
    for name, content in inside.items():
        for changed in (None, content[:-1] + b"x"):
            package.write_bytes(whole)
            assert list(faults(rewritten(package, **{name: changed}))), (name, changed and "changed")
    package.write_bytes(whole)
    assert list(faults(rewritten(package, more=b"x"))) == ["more is not in the manifest."]
    package.write_bytes(whole[: len(whole) // 2])
    assert list(faults(package))


def test_an_audit_entry_that_was_rewritten_with_its_digest_is_found_by_its_hash(package: Path):
    import hashlib

    inside = names(package)
    forged = inside["audit.ndjson"].replace(b"a dispute", b"a quarrel")
    manifest = json.loads(inside["manifest.json"])
    for part in manifest["files"]:
        if part["name"] == "audit.ndjson":
            part["sha256"] = hashlib.sha256(forged).hexdigest()
    changed = {"audit.ndjson": forged, "manifest.json": json.dumps(manifest).encode()}
    assert "does not have its hash" in " ".join(faults(rewritten(package, **changed)))


def test_evidence_is_for_those_who_may_read_the_audit_trail_and_of_contacts_that_are_over(taped: MemoryWorld):
    assert asks(app, "POST", AT, "agent-of-t_a").status == 403
    assert asks(app, "POST", AT, "owner-of-t_b").status == 404
    assert asks(app, "GET", AT).status == 404
    assert asks(app, "POST", AT).status == 202
    assert asks(app, "POST", AT).json()["code"] == "being_packed"
