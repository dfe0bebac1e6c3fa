"""`offhook lake`: events that did not fit the lake; straight at the bucket and the stream, for the operator."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import click

from offhook_cli import aws, output
from offhook_cli.options import json_option
from offhook_cli.places import NotSetUp


@click.group()
def lake() -> None:
    """The lake of events."""


@lake.command()
@json_option
def replay(to_json: bool) -> None:
    """Put what did not fit the lake on the event stream again; what is there twice counts once."""
    from offhook.adapters.guard import platform_scope
    from offhook.adapters.kinesis import KinesisStream
    from offhook.usecases.analytics import replay_misfits

    bucket = _bucket()
    with _named(bucket), platform_scope():
        stream = KinesisStream(aws.client("kinesis"), f"{aws.prefix()}-events")
        done = replay_misfits.replay(Bucket(aws.client("s3"), bucket), stream, _erased())
    if to_json:
        output.as_json(asdict(done))
    else:
        click.echo(f"{done.events} events sent again, {done.files} files done with, {done.left} lines left")
        if done.erased:
            click.echo(f"{done.erased} events of erased tenants removed")


@dataclass(frozen=True, slots=True)
class Bucket:
    """The lake's objects, as text."""

    client: Any
    name: str

    def list(self, prefix: str) -> list[str]:
        """The keys below a prefix, as they are now."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix)
        return [str(found["Key"]) for page in pages for found in page.get("Contents", [])]

    def read(self, key: str) -> str | None:
        """The object; None when it is gone."""
        try:
            return str(self.client.get_object(Bucket=self.name, Key=key)["Body"].read().decode(errors="replace"))
        except self.client.exceptions.NoSuchKey:
            return None

    def write(self, key: str, text: str) -> None:
        """Replace the object."""
        self.client.put_object(Bucket=self.name, Key=key, Body=text.encode())

    def delete(self, key: str) -> None:
        """Remove the object."""
        self.client.delete_object(Bucket=self.name, Key=key)


def _erased() -> Callable[[str], bool]:
    """Whether a tenant is on the directory's list of the erased; asked once for each."""
    from offhook.stores.directory import ERASED

    table, database = f"{aws.prefix()}-directory", aws.client("dynamodb")

    @cache
    def is_erased(tenant: str) -> bool:
        key = {"pk": {"S": ERASED}, "sk": {"S": tenant}}
        return "Item" in database.get_item(TableName=table, Key=key, ConsistentRead=True)

    return is_erased


def _bucket() -> str:
    account = aws.client("sts").get_caller_identity()["Account"]
    region = aws.client("s3").meta.region_name
    return f"{aws.prefix()}-lake-{account}-{region}"


@contextmanager
def _named(bucket: str) -> Iterator[None]:
    from botocore.exceptions import ClientError

    try:
        yield
    except ClientError as refused:
        if refused.response.get("Error", {}).get("Code") == "NoSuchBucket":
            raise NotSetUp(f"There is no bucket {bucket}; STAGE names the deployment.") from refused
        raise
