"""What CloudFormation drops here is applied after it."""

import json
from pathlib import Path

from local.aws import after_deploy
from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

TABLE = {
    "Type": "AWS::DynamoDB::Table",
    "Properties": {
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
        "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
    },
}


def assembly_in(folder: Path, stack: str) -> str:
    """Write what `cdk synth` would leave for one stack; returns its template."""
    template = json.dumps({"Resources": {"Sessions": TABLE, "Plain": {"Type": "AWS::SQS::Queue"}}})
    properties = {"templateFile": "one.template.json", "stackName": stack}
    artifacts = {"one": {"type": "aws:cloudformation:stack", "properties": properties}}
    (folder / "one.template.json").write_text(template)
    (folder / "manifest.json").write_text(json.dumps({"version": "1", "artifacts": artifacts}))
    return template


def test_time_to_live_is_dropped_by_the_deploy_and_applied_after_it(repaired: Endpoint, tmp_path: Path) -> None:
    cloudformation, stack = kit.client(repaired, "cloudformation"), kit.unique("stack")
    cloudformation.create_stack(StackName=stack, TemplateBody=assembly_in(tmp_path, stack))
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    name = cloudformation.describe_stack_resource(StackName=stack, LogicalResourceId="Sessions")["StackResourceDetail"][
        "PhysicalResourceId"
    ]
    dynamodb = kit.client(repaired, "dynamodb")

    assert dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]["TimeToLiveStatus"] == "DISABLED"
    assert after_deploy.apply(tmp_path, repaired.url) == [name]
    assert dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED",
        "AttributeName": "expires_at",
    }
    assert after_deploy.apply(tmp_path, repaired.url) == []


def test_stack_that_is_not_deployed_is_passed_over(repaired: Endpoint, tmp_path: Path) -> None:
    assembly_in(tmp_path, kit.unique("absent"))
    assert after_deploy.apply(tmp_path, repaired.url) == []
