"""Re-applies what the emulator's CloudFormation drops without a word: the time to live of each table.

`python -m local.aws.after_deploy --assembly cdk.out --endpoint http://127.0.0.1:4566`
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from local.aws.server import REGION

TABLE_TYPES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")


@dataclass(frozen=True, slots=True)
class TimeToLive:
    """A table of a deployed stack, by its logical id, and the attribute that says when an item expires."""

    stack: str
    logical_id: str
    attribute: str


def apply(assembly: Path, endpoint: str) -> list[str]:
    """Enable TTL on every deployed table that asks for it; returns the names of the tables changed.

    A stack of the assembly that is not deployed here is passed over; doing it again changes nothing.
    """
    cloudformation, dynamodb = _client("cloudformation", endpoint), _client("dynamodb", endpoint)
    changed = []
    for wanted in declared(assembly):
        table = _physical_name(cloudformation, wanted)
        if table and _attribute_in_force(dynamodb, table) != wanted.attribute:
            specification = {"Enabled": True, "AttributeName": wanted.attribute}
            dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=specification)
            changed.append(table)
    return changed


def declared(assembly: Path) -> Iterator[TimeToLive]:
    """The enabled TTL specifications of all stacks in a CDK assembly, nested stages included."""
    for manifest in sorted(assembly.rglob("manifest.json")):
        artifacts = json.loads(manifest.read_text())["artifacts"]
        for name, artifact in artifacts.items():
            if artifact["type"] == "aws:cloudformation:stack":
                stack = artifact["properties"].get("stackName", name)
                yield from _in_template(stack, manifest.parent / artifact["properties"]["templateFile"])


def _in_template(stack: str, template: Path) -> Iterator[TimeToLive]:
    for logical_id, resource in json.loads(template.read_text()).get("Resources", {}).items():
        specification = resource.get("Properties", {}).get("TimeToLiveSpecification") or {}
        if resource["Type"] in TABLE_TYPES and specification.get("Enabled"):
            yield TimeToLive(stack, logical_id, specification["AttributeName"])


def _physical_name(cloudformation: Any, wanted: TimeToLive) -> str | None:
    try:
        found = cloudformation.describe_stack_resource(StackName=wanted.stack, LogicalResourceId=wanted.logical_id)
    except cloudformation.exceptions.ClientError:
        return None
    return str(found["StackResourceDetail"]["PhysicalResourceId"])


def _attribute_in_force(dynamodb: Any, table: str) -> str | None:
    description = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    return description.get("AttributeName") if description["TimeToLiveStatus"] == "ENABLED" else None


def _client(service: str, endpoint: str) -> Any:
    return boto3.session.Session().client(  # type: ignore[call-overload]  # the service is named at run time
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="000000000000",
        aws_secret_access_key="local",
    )


def main() -> None:
    """The command line: prints each table it changed."""
    parser = argparse.ArgumentParser(description="Re-apply what the embedded AWS drops of a deployed CDK assembly.")
    parser.add_argument("--assembly", type=Path, default=Path("cdk.out"))
    parser.add_argument("--endpoint", default="http://127.0.0.1:4566")
    given = parser.parse_args()
    for table in apply(given.assembly, given.endpoint):
        print(f"time to live on {table}")


if __name__ == "__main__":
    main()
