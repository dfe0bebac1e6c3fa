"""Every finding of the AwsSolutions and Serverless rule packs that stands, with the reason why it stands."""

from dataclasses import dataclass

from aws_cdk import Acknowledgment, App, Stack, Validations
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from infra.apps import APPS, QUEUES

_ARN = "arn:<AWS::Partition>:{service}:<AWS::Region>:<AWS::AccountId>:"
_BUCKET = "arn:<AWS::Partition>:s3:::{prefix}-{bucket}-<AWS::AccountId>-<AWS::Region>/"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """paths: of constructs, after the deployment's prefix; findings: ids as the packs report them."""

    paths: tuple[str, ...]
    findings: tuple[str, ...]
    reason: str


def _wildcard(resource: str) -> str:
    return f"AwsSolutions-IAM5[Resource::{resource}]"


def acknowledged(prefix: str) -> list[Acknowledged]:
    """All of them, for the deployment with this prefix."""
    connections = _wildcard(_ARN.format(service="execute-api") + "<LiveApiACBCF7C0>/*")
    lake = _wildcard(_BUCKET.format(prefix=prefix, bucket="lake") + "events/*")
    results = _wildcard(_BUCKET.format(prefix=prefix, bucket="results") + "platform/*")
    tag = "<aws:PrincipalTag/tid>"
    tenants_results = _wildcard(_BUCKET.format(prefix=prefix, bucket="results") + f"t/{tag}/*")
    recordings = _wildcard(_BUCKET.format(prefix=prefix, bucket="recordings") + f"t/{tag}/*")
    exports = _wildcard(_BUCKET.format(prefix=prefix, bucket="exports") + f"t/{tag}/*")
    heads = _wildcard(_BUCKET.format(prefix=prefix, bucket="audit") + "t/*")
    tenants_heads = _wildcard(_BUCKET.format(prefix=prefix, bucket="audit") + f"t/{tag}/*")
    tenants_events = _wildcard(_BUCKET.format(prefix=prefix, bucket="lake") + f"events/tenant={tag}/*")
    return [
        *(_own_log(prefix, app.area, f"backend/{app.area.title()}/Role/Policy") for app in APPS),
        _own_log(prefix, "live", "backend/LiveHandlerRole/Policy"),
        Acknowledged(
            ("backend/Routing/Role/Policy", "backend/Analytics/Role/Policy", "backend/LiveHandlerRole/Policy"),
            (connections,),
            "connections come and go; their ids are known to this one API only",
        ),
        Acknowledged(
            ("backend/Tenant/Policy",),
            (recordings, exports, tenants_events, tenants_heads, tenants_results),
            "objects below the folder of the session's own tenant",
        ),
        Acknowledged(
            ("backend/Analytics/Role/Policy",),
            (lake, results, _wildcard(f"{_ARN.format(service='dynamodb')}table/{prefix}-live/stream/*")),
            "objects and stream labels that are made while it runs; folder and table are fixed",
        ),
        Acknowledged(
            ("backend/Operator/Role/Policy",),
            (lake, results),
            "what an erased tenant or person leaves in the lake, under a role of its own that nothing else runs with",
        ),
        Acknowledged(
            ("backend/Operator/Role/Policy",),
            (_wildcard("*"),),
            "cloudwatch:GetMetricData knows no resource; it reads figures of the deployment only",
        ),
        Acknowledged(
            ("backend/Operator/Role/Policy",),
            (heads,),
            "an object for each tenant's hour in a locked bucket, where nothing can be replaced or removed",
        ),
        Acknowledged(
            ("backend/Analytics/Role/Policy", "backend/Integrations/Role/Policy"),
            (_wildcard(f"{_ARN.format(service='kinesis')}stream/*"),),
            "kinesis:ListStreams, which Lambda's poller calls, knows no narrower resource; it reads names only",
        ),
        Acknowledged(
            ("data/EventLake/Delivery/Policy",),
            (_wildcard("<Lake5F1B88EA.Arn>/events*"),),
            "writes one object for each tenant and minute below two fixed folders",
        ),
        Acknowledged(
            ("backend/AccessLogLeave/Role",),
            (
                "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/"
                "AmazonAPIGatewayPushToCloudWatchLogs]",
            ),
            "the policy that AWS documents for this role; API Gateway refuses a role with less",
        ),
        Acknowledged(
            ("backend/Live/RouteConnect", "backend/Live/RouteDisconnect", "backend/Live/RouteDefault"),
            ("AwsSolutions-APIG4",),
            "the handler verifies the token of $connect itself and refuses the connection; later messages need one",
        ),
        Acknowledged(
            ("backend/LiveHandler",),
            ("AwsSolutions-L1", "Serverless-LambdaLatestVersion"),
            "the functions run on the Python that packages and tests them; context `python` moves all at once",
        ),
        Acknowledged(
            ("backend/LiveHandler",),
            ("Serverless-LambdaTracing",),
            "importing the tracer costs more than the handler; logs carry tenant, contact and request ids",
        ),
        Acknowledged(
            ("data/Failures", *(f"data/{queue.title()}Dead" for queue in QUEUES)),
            ("AwsSolutions-SQS3", "Serverless-SQSRedrivePolicy"),
            "holds dead letters itself; an alarm watches its depth",
        ),
        Acknowledged(
            ("data/Alarms",),
            ("Serverless-SNSRedrivePolicy",),
            "e-mail to people; a queue of e-mails that were not sent would have nobody to read it",
        ),
        Acknowledged(
            ("data/Events",),
            ("AwsSolutions-KDS3",),
            "tenants' data lies under the product's key everywhere, so that one key revokes all of it",
        ),
        Acknowledged(
            ("data/EventLake/Delivery/Stream",),
            ("AwsSolutions-KDF1",),
            "its source is an encrypted stream: Firehose keeps nothing, and refuses this setting for such a source",
        ),
        Acknowledged(
            ("data/People",),
            ("AwsSolutions-COG2",),
            "the second factor is enforced by role at the edge: a pool-wide rule would bar agents without a device",
        ),
        Acknowledged(
            ("data/People",),
            ("AwsSolutions-COG8",),
            "threat protection is priced per user; sign-in is throttled, and tokens live 15 minutes",
        ),
        Acknowledged(("edge/Site/Buckets/Logs",), ("AwsSolutions-S1",), "it is the access log"),
        Acknowledged(("edge/Site/Cdn",), ("AwsSolutions-CFR1",), "customers choose where their agents sit"),
        Acknowledged(
            ("edge/Site/Cdn",),
            ("AwsSolutions-CFR2",),
            "static files and a throttled API whose routes check signature or token; a firewall is optional",
        ),
    ]


def _own_log(prefix: str, area: str, path: str) -> Acknowledged:
    group = f"{_ARN.format(service='logs')}log-group:/aws/lambda/{prefix}-{area}*"
    return Acknowledged((path,), (_wildcard(group),), "streams of its own functions' logs, named while they run")


def check(app: App, prefix: str) -> None:
    """Run both packs over the app; a finding that is not acknowledged here fails the synth."""
    Validations.of(app).add_plugins(AwsSolutionsChecks(app, verbose=True), ServerlessChecks(app, verbose=True))
    stacks = {
        stack.node.id.removeprefix(f"{prefix}-"): stack for stack in app.node.children if isinstance(stack, Stack)
    }
    for entry in acknowledged(prefix):
        for path in entry.paths:
            name, _, rest = path.partition("/")
            construct = stacks[name].node.try_find_child(rest.split("/")[0]) if name in stacks else None
            for part in rest.split("/")[1:]:
                construct = construct.node.try_find_child(part) if construct else None
            if construct:
                for finding in entry.findings:
                    pack = finding.partition("-")[0]
                    Validations.of(construct).acknowledge(Acknowledgment(id=f"{pack}::{finding}", reason=entry.reason))
