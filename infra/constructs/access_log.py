"""Access logs of the REST and WebSocket APIs: one line of JSON a request, and the account's leave to write them."""

import json

from aws_cdk import aws_apigateway, aws_iam
from constructs import Construct

_FIELDS = {
    "requestId": "$context.requestId",
    "at": "$context.requestTimeEpoch",
    "method": "$context.httpMethod",
    "resource": "$context.resourcePath",
    "status": "$context.status",
    "latencyMs": "$context.responseLatency",
    "integrationLatencyMs": "$context.integrationLatency",
    "bytes": "$context.responseLength",
    "sourceIp": "$context.identity.sourceIp",
    "error": "$context.error.messageString",
}
ACCESS_LOG_FORMAT = json.dumps(_FIELDS)
SOCKET_LOG_FORMAT = json.dumps(
    {
        "requestId": "$context.requestId",
        "at": "$context.requestTimeEpoch",
        "route": "$context.routeKey",
        "connection": "$context.connectionId",
        "status": "$context.status",
        "sourceIp": "$context.identity.sourceIp",
    }
)


class AccessLogLeave(Construct):
    """API Gateway writes logs under one role of the region; without it a stage with an access log is refused."""

    def __init__(self, scope: Construct, id: str) -> None:
        """Needed once in a region."""
        super().__init__(scope, id)
        managed = aws_iam.ManagedPolicy.from_aws_managed_policy_name
        role = aws_iam.Role(
            self,
            "Role",
            assumed_by=aws_iam.ServicePrincipal("apigateway.amazonaws.com"),
            managed_policies=[managed("service-role/AmazonAPIGatewayPushToCloudWatchLogs")],
        )
        self.account = aws_apigateway.CfnAccount(self, "Account", cloud_watch_role_arn=role.role_arn)
