"""One production synth for all tests of the templates, with both rule packs over it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App

from infra import nag
from infra.app import build, context
from tests.infra import iam

STAGE = "prod"
PREFIX = f"offhook-{STAGE}"
KEY_ARN = "key"
AUDIT_KEY_ARN = "audit-key"


@dataclass(frozen=True, slots=True)
class Assembly:
    """What a synth wrote. refusal: what the rule packs said, "" when nothing."""

    folder: Path
    refusal: str
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)

    def resources(self, stack: str, kind: str) -> Iterator[dict[str, Any]]:
        """All resources of one type in a stack ("data", "backend", "edge")."""
        return (r for r in self.templates[stack]["Resources"].values() if r["Type"] == kind)

    def properties(self, stack: str, kind: str) -> list[dict[str, Any]]:
        """Their properties."""
        return [resource.get("Properties", {}) for resource in self.resources(stack, kind)]


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The production stage, as `cdk synth` makes it."""
    folder = tmp_path_factory.mktemp("assembly")
    app = build(App(context=context(stage=STAGE), outdir=str(folder)))
    nag.check(app, PREFIX)
    refusal = ""
    try:
        app.synth()
    except RuntimeError as refused:
        refusal = str(refused)
    files = folder.glob("*.template.json")
    templates = {f.name.removeprefix(f"{PREFIX}-").removesuffix(".template.json"): _read(f) for f in files}
    return Assembly(folder, refusal, templates)


@pytest.fixture(scope="session")
def known(assembly: Assembly) -> dict[str, str]:
    """What references of the backend's template stand for."""
    parameters = assembly.templates["backend"]["Parameters"]
    keys = {"keyarn": KEY_ARN, "auditsignerarn": AUDIT_KEY_ARN}
    return {**iam.FIXED, **{name: arn for name in parameters for part, arn in keys.items() if part in name}}


@pytest.fixture(scope="session")
def policies(assembly: Assembly, known: dict[str, str]) -> dict[str, list[iam.Statement]]:
    """The statements of every role of the backend by the logical id of their policy."""
    return {
        name: iam.flat(resource["Properties"]["PolicyDocument"]["Statement"], known)
        for name, resource in assembly.templates["backend"]["Resources"].items()
        if resource["Type"] == "AWS::IAM::Policy"
    }


def _read(file: Path) -> dict[str, Any]:
    template: dict[str, Any] = json.loads(file.read_text())
    return template
