"""`offhook export` fetches what the manifest names and believes no file that is another."""

import hashlib
import json
from pathlib import Path

from tests.unit.cli.conftest import Address, Run

CONTENT = {"kind": "QUEUE"}
RAW = json.dumps(CONTENT).encode()
FILE = {"name": "queue-000000-aa.ndjson", "kind": "QUEUE", "rows": 1, "size": len(RAW),
        "sha256": hashlib.sha256(RAW).hexdigest()}  # fmt: skip


def offer(address: Address, **changed: object) -> None:
    manifest = {"export": "ex_1", "files": [{**FILE, **changed}]}
    states = [{"status": "running"}, {"status": "ready", "manifest": "manifest.json"}]
    address.answers |= {
        ("POST", "/v1/tenants/exports"): {"id": "ex_1"},
        ("GET", "/v1/tenants/exports/ex_1"): states[1:],
        ("GET", "/v1/tenants/exports/ex_1/files/manifest.json"): {"url": f"{address.url}/manifest"},
        ("GET", f"/v1/tenants/exports/ex_1/files/{FILE['name']}"): {"url": f"{address.url}/file"},
        ("GET", "/manifest"): manifest,
        ("GET", "/file"): CONTENT,
    }


def test_every_file_is_fetched_once_and_verified(address: Address, run: Run, tmp_path: Path) -> None:
    offer(address)
    done = run("export", "--to", str(tmp_path / "out"))
    assert "1 files with 1 rows" in done.output and (tmp_path / "out" / FILE["name"]).read_bytes() == RAW  # type: ignore[operator]
    run("export", "--to", str(tmp_path / "out"), "--id", "ex_1")
    assert len(address.asked("GET", "/file")) == 1


def test_a_file_with_another_digest_is_refused(address: Address, run: Run, tmp_path: Path) -> None:
    offer(address, sha256="0" * 64)
    refused = run("export", "--to", str(tmp_path))
    assert refused.exit_code == 1 and "has another digest" in refused.output


def test_a_name_of_the_manifest_stays_in_the_folder(address: Address, run: Run, tmp_path: Path) -> None:
    offer(address, name="../../evil")
    address.answers["GET", "/v1/tenants/exports/ex_1/files/../../evil"] = {"url": f"{address.url}/file"}
    run("export", "--to", str(tmp_path / "out"))
    assert not (tmp_path / "evil").exists()
