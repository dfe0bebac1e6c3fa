"""`offhook evidence`: everything there is of one contact in a file, and the check that the file is whole."""

import hashlib
import time
from pathlib import Path
from typing import Any

import click
import requests

from offhook_cli.evidence import faults
from offhook_cli.http import Unreachable
from offhook_cli.options import api

LOOK_S = 2.0
TIMEOUT_S = 60


@click.group()
def evidence() -> None:
    """Recordings, events and audit entries of a contact, packed and checked."""


@evidence.command()
@click.argument("contact_id")
@click.option("--to", "path", type=click.Path(path_type=Path), help="The file to write [default: CONTACT_ID.zip].")
@click.option("--wait", "wait_s", default=300.0, show_default=True, help="Seconds to wait for it at most.")
def get(contact_id: str, path: Path | None, wait_s: float) -> None:
    """Have a contact packed, fetch the package and verify it."""
    asked, at = api(), f"/v1/routing/contacts/{contact_id}/evidence"
    asked.request("POST", at)
    until = time.monotonic() + wait_s
    while (found := asked.get(at))["status"] != "ready":
        if time.monotonic() > until:
            raise click.ClickException("It takes longer than that; ask again later.")
        time.sleep(LOOK_S)
    target = path or Path(f"{contact_id}.zip")
    _fetch(found, target)
    _judge(target)


@evidence.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def verify(path: Path) -> None:
    """Whether a package is as it was packed; needs no connection. Ends with status 1 if it is not."""
    _judge(path)


def _fetch(found: dict[str, Any], target: Path) -> None:
    try:
        answer = requests.get(found["url"], timeout=TIMEOUT_S)
        answer.raise_for_status()
    except requests.RequestException as trouble:
        raise Unreachable("The package could not be fetched.") from trouble
    if hashlib.sha256(answer.content).hexdigest() != found["sha256"]:
        raise click.ClickException("What came is not the package; fetch it again.")
    target.write_bytes(answer.content)


def _judge(path: Path) -> None:
    wrong = list(faults(path))
    for fault in wrong:
        click.echo(f"WRONG  {fault}")
    if wrong:
        raise click.exceptions.Exit(1)
    click.echo(f"{path}: whole, {hashlib.sha256(path.read_bytes()).hexdigest()}")
