"""The templates as a whole: rule packs, linter, and what neither AWS nor the emulator could deploy."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.infra.conftest import Assembly

STACKS = ["data", "backend", "edge"]


def test_both_rule_packs_find_nothing_that_is_not_acknowledged(assembly: Assembly) -> None:
    assert assembly.refusal == ""


def test_production_templates_pass_the_linter(assembly: Assembly) -> None:
    files = [str(file) for file in assembly.folder.glob("*.template.json")]
    assert len(files) == len(STACKS)
    linter = Path(sys.executable).with_name("cfn-lint")
    command = [str(linter), "--regions", "us-east-1", "--ignore-checks", "W", "--", *files]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("stack", STACKS)
def test_no_stack_exports_to_or_imports_from_another(assembly: Assembly, stack: str) -> None:
    template = assembly.templates[stack]
    assert [name for name, output in template.get("Outputs", {}).items() if "Export" in output] == []
    assert "Fn::ImportValue" not in str(template)


@pytest.mark.parametrize("stack", STACKS)
def test_nothing_needs_a_custom_resource_or_a_type_that_the_emulator_refuses(assembly: Assembly, stack: str) -> None:
    types = {resource["Type"] for resource in assembly.templates[stack]["Resources"].values()}
    refused = {"AWS::ApiGatewayV2::RouteResponse", "AWS::Events::Archive", "AWS::CloudFormation::CustomResource"}
    assert not [kind for kind in types if kind.startswith("Custom::") or kind in refused]


def test_every_value_that_a_stack_reads_is_shared_by_another(assembly: Assembly) -> None:
    shared = {p["Name"] for stack in STACKS for p in assembly.properties(stack, "AWS::SSM::Parameter")}
    read = {
        parameter["Default"]
        for stack in STACKS
        for parameter in assembly.templates[stack].get("Parameters", {}).values()
        if parameter["Type"].startswith("AWS::SSM::Parameter::Value") and "cdk-bootstrap" not in parameter["Default"]
    }
    assert read <= shared
