"""Checks an evidence package with nothing but the package: sizes, digests, the audit entries' own hashes, the files."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
FORMAT = "offhook-evidence-1"
CHUNK = 1 << 20


def faults(path: Path) -> Iterator[str]:
    """What is not as it was packed, one sentence each; nothing = the package is whole."""
    try:
        with zipfile.ZipFile(path) as package:
            yield from _faults(package)
    except (zipfile.BadZipFile, OSError, ValueError, LookupError, TypeError, AttributeError) as bad:
        yield f"The file is no package that can be read: {bad}"


def _faults(package: zipfile.ZipFile) -> Iterator[str]:
    names = package.namelist()
    if MANIFEST not in names:
        yield "There is no manifest."
        return
    manifest = json.loads(package.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        yield f"The manifest is of another format: {manifest.get('format')}."
        return
    parts = {part["name"]: part for part in manifest["files"]}
    yield from (f"{name} is not in the manifest." for name in names if name not in parts and name != MANIFEST)
    yield from (f"{name} is there twice." for name in sorted(set(names)) if names.count(name) > 1)
    for name, part in parts.items():
        yield from _file(package, name, part)
    if not [name for name in parts if name not in names]:
        yield from _contents(package, manifest)


def _file(package: zipfile.ZipFile, name: str, part: dict[str, Any]) -> Iterator[str]:
    if name not in package.namelist():
        yield f"{name} is missing."
        return
    digest, size = hashlib.sha256(), 0
    with package.open(name) as content:
        try:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
        except zipfile.BadZipFile:
            yield f"{name} is damaged."
            return
    if (size, digest.hexdigest()) != (part["size"], part["sha256"]):
        yield f"{name} is not as it was packed."


def _contents(package: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[str]:
    contact = json.loads(package.read("contact.json"))
    if contact.get("id") != manifest["contact"]:
        yield "The contact is not the one that the manifest names."
    parts = {part["name"]: part for part in manifest["files"]}
    for recording in _lines(package, "recordings.ndjson"):
        part = parts.get(f"recordings/{recording['id']}.wav")
        if part is None or part["sha256"] != recording["sha256"]:
            yield f"Recording {recording['id']} is not the one that was stored."
    for entry in _lines(package, "audit.ndjson"):
        if _hash(entry) != entry["hash"]:
            yield f"Audit entry {entry['number']} does not have its hash."


def _hash(entry: dict[str, Any]) -> str:
    """As the chain has it: over number, previous and act."""
    content = {"number": entry["number"], "previous": entry["previous"], **entry["act"]}
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _lines(package: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in package.read(name).splitlines()]
