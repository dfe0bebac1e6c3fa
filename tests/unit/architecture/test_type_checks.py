"""What the type checker reads of the CDK is all that is used of it."""

import tomllib

from tests.unit.architecture.source import ROOT, sources

CDK = "aws_cdk"


def test_no_module_of_the_cdk_that_is_used_goes_unread_by_the_type_checker() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["overrides"]
    followed = {name for rule in rules if rule.get("follow_imports") == "normal" for name in rule["module"]}
    used = {
        name
        for one in sources("infra", "tests/infra", "local")
        for name, _ in one.imports()
        if name.split(".")[0] == CDK and name.rpartition(".")[2].islower()
    }
    assert f"{CDK}.aws_s3" in used
    assert used <= followed
    assert {name.replace(CDK, f"{CDK}.interfaces", 1) for name in used - {CDK}} <= followed
