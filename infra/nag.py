"""Every finding of the AwsSolutions and Serverless rule packs that stands, with the reason why it stands."""

import re
from dataclasses import dataclass

from aws_cdk import Acknowledgment, App, CfnResource, Validations
from cdk_nag import AwsSolutionsChecks, ServerlessChecks


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """path: of the resources, as a pattern; findings: ids as the packs report them."""

    path: str
    findings: tuple[str, ...]
    reason: str


ACKNOWLEDGED: tuple[Acknowledged, ...] = ()


def check(app: App) -> None:
    """Run both packs over the app; a finding that is not acknowledged here fails the synth."""
    Validations.of(app).add_plugins(AwsSolutionsChecks(app, verbose=True), ServerlessChecks(app, verbose=True))
    for resource in (node for node in app.node.find_all() if isinstance(node, CfnResource)):
        for entry in ACKNOWLEDGED:
            if re.search(entry.path, resource.node.path):
                for finding in entry.findings:
                    Validations.of(resource).acknowledge(Acknowledgment(id=finding, reason=entry.reason))
