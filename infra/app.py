"""Builds the CDK app; `cdk` runs this file."""

import json
from typing import Any

from aws_cdk import App, Tags

from infra import settings as settings_of
from infra.paths import ROOT
from infra.stacks.backend import BackendStack
from infra.stacks.data import DataStack
from infra.stacks.edge import EdgeStack


def context(**given: object) -> dict[str, Any]:
    """The context of cdk.json with what is given over it, for a synth without the command line."""
    return {**json.loads((ROOT / "cdk.json").read_text())["context"], **given}


def build(app: App) -> App:
    """Add the stacks of the stage that the context names."""
    settings = settings_of.read(app.node)
    data = DataStack(app, f"{settings.prefix}-data", settings=settings)
    backend = BackendStack(app, f"{settings.prefix}-backend", settings=settings)
    backend.add_stack_dependency(data)
    if settings.domain:
        edge = EdgeStack(app, f"{settings.prefix}-edge", settings=settings)
        edge.add_stack_dependency(backend)
    Tags.of(app).add("product", "offhook")
    Tags.of(app).add("stage", settings.stage)
    return app


if __name__ == "__main__":
    build(App()).synth()
