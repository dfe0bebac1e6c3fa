"""`offhook export`: everything that the tenant has, asked for, waited for, fetched and verified."""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import click
import requests

from offhook_cli.http import Api, Unreachable
from offhook_cli.options import api

LOOK_S = 2.0
TIMEOUT_S = 60
CHUNK = 1 << 20


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("export"), show_default=True)
@click.option("--id", "export_id", help="Fetch this one instead of asking for another.")
@click.option("--wait", "wait_s", default=3600.0, show_default=True, help="Seconds to wait for it at most.")
def export(folder: Path, export_id: str | None, wait_s: float) -> None:
    """Export the whole tenant into a folder; what is there and right already is not fetched again."""
    asked = api()
    one = export_id or asked.request("POST", "/v1/tenants/exports")["id"]
    found = _ready(asked, one, wait_s)
    folder.mkdir(parents=True, exist_ok=True)
    manifest = json.loads(_fetched(asked, one, {"name": found["manifest"]}, folder).read_bytes())
    for file in manifest["files"]:
        _fetched(asked, one, file, folder)
    rows = sum(file["rows"] for file in manifest["files"])
    click.echo(f"{len(manifest['files'])} files with {rows} rows in {folder}, each as the manifest says")


def _ready(asked: Api, export_id: str, wait_s: float) -> dict[str, Any]:
    """The export once it is ready; what is looked for is there at once when it was ready before."""
    until = time.monotonic() + wait_s
    while (found := asked.get(f"/v1/tenants/exports/{export_id}"))["status"] == "running":
        if time.monotonic() > until:
            raise click.ClickException(f"It takes longer; later: offhook export --id {export_id}")
        time.sleep(LOOK_S)
    if found["status"] != "ready":
        raise click.ClickException(f"The export {export_id} failed; ask for another one.")
    ready: dict[str, Any] = found
    return ready


def _fetched(asked: Api, export_id: str, file: dict[str, Any], folder: Path) -> Path:
    target = folder / Path(file["name"]).name
    if target.exists() and "size" in file and not _wrong(target, file):
        return target
    url = asked.get(f"/v1/tenants/exports/{export_id}/files/{file['name']}")["url"]
    try:
        with requests.get(url, stream=True, timeout=TIMEOUT_S) as answer, target.open("wb") as into:
            answer.raise_for_status()
            for chunk in answer.iter_content(CHUNK):
                into.write(chunk)
    except requests.RequestException as trouble:
        raise Unreachable(f"{file['name']} could not be fetched.") from trouble
    if wrong := _wrong(target, file):
        raise click.ClickException(f"{file['name']} {wrong}; fetch it again.")
    return target


def _wrong(path: Path, file: dict[str, Any]) -> str:
    """What is not as the manifest says, "" = nothing."""
    if "size" in file and path.stat().st_size != file["size"]:
        return "has another size"
    if file.get("sha256") and hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
        return "has another digest"
    return ""
