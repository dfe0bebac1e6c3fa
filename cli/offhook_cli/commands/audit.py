"""`offhook audit verify`: the whole trail, fetched and checked on this machine against the heads that were locked."""

from base64 import b64decode
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click

from offhook_cli.http import Api
from offhook_cli.options import api

PAGE = 200
TRAIL, HEADS = "/v1/tenants/audit", "/v1/tenants/audit/heads"


@click.group()
def audit() -> None:
    """Who did what in the tenant."""


@audit.command()
@click.option("--key", type=click.Path(path_type=Path, exists=True), help="The public key as you kept it (PEM).")
@click.option("--save-key", type=click.Path(path_type=Path), help="Keep the public key for the next time.")
def verify(key: Path | None, save_key: Path | None) -> None:
    """Check every entry and every signed head; exit status 1 when something was changed."""
    from offhook.domain.audit.chain import Head, breaks
    from offhook.domain.audit.heads import forgeries
    from offhook.domain.ids import TenantId

    asked = api()
    shown = asked.get(HEADS)["public_key"]
    pem = key.read_text() if key else shown
    heads, entries = _heads(asked), _entries(asked)
    end = Head(entries[-1].number, entries[-1].hash) if entries else Head()
    tenant = heads[0].tenant if heads else TenantId("")
    found = [
        *(["the public key is another than the one that was kept"] if pem.strip() != shown.strip() else []),
        *(f"{one.number}: {one.reason}" for one in chain(
            forgeries(heads, tenant, _check(pem)), breaks(entries, end, [one.head for one in heads])
        )),
    ]  # fmt: skip
    if save_key:
        save_key.write_text(shown)
    for line in found:
        click.echo(line, err=True)
    if found:
        raise click.ClickException(f"The trail of {len(entries)} entries is not what was written.")
    sealed = f", the first {heads[-1].number} signed and locked" if heads else ", none of them signed yet"
    click.echo(f"{len(entries)} entries{sealed}: whole")


def _entries(asked: Api) -> list[Any]:
    from msgspec import convert
    from offhook.domain.audit.chain import Entry

    return [convert(one, Entry) for one in reversed(list(_all(asked, TRAIL)))]


def _heads(asked: Api) -> list[Any]:
    from msgspec import convert
    from offhook.domain.audit.heads import SignedHead

    return [convert(one, SignedHead) for one in _all(asked, HEADS)]


def _all(asked: Api, path: str) -> Iterator[Any]:
    cursor: dict[str, Any] = {}
    while True:
        page = asked.get(path, limit=str(PAGE), **cursor)
        yield from page["data"]
        if not page["next_cursor"]:
            return
        cursor = {"cursor": page["next_cursor"]}


def _check(pem: str) -> Any:
    from offhook.adapters.notary import is_signed

    der = b64decode("".join(line for line in pem.splitlines() if not line.startswith("-")))
    return lambda statement, signature: is_signed(der, statement, signature)
