"""The live channel: a WebSocket API with one plain handler.

Made with CDK alone: the WebSocket resources that Chalice writes need a deployment of its own making. No route response
is declared, so the handler answers a client through the connection, never by its return value.
"""

from aws_cdk import Aws, Duration, RemovalPolicy, aws_apigatewayv2, aws_lambda, aws_logs, aws_sqs
from constructs import Construct

from infra.apps import LIVE, LIVE_GRANTS
from infra.constructs.access_log import SOCKET_LOG_FORMAT
from infra.constructs.app_role import Addresses, AppRole
from infra.constructs.layers import architecture, runtime
from infra.names import Names
from infra.packaging import plain_package
from infra.packaging.target import Target
from infra.paths import FUNCTIONS

STAGE = "live"
ROUTES = ("$connect", "$disconnect", "$default")


class LiveApi(Construct):
    """The API and its stage; the handler joins later, because it must know the API's address."""

    def __init__(self, scope: Construct, id: str, *, names: Names, throttle_rate: int, throttle_burst: int) -> None:
        """throttle_*: messages a second, and at once, over all connections."""
        super().__init__(scope, id)
        self.names = names
        self.api = aws_apigatewayv2.CfnApi(
            self,
            "Api",
            name=names.of("live"),
            protocol_type="WEBSOCKET",
            route_selection_expression="$request.body.action",
        )
        log = aws_logs.LogGroup(
            self,
            "AccessLog",
            log_group_name=f"/aws/apigateway/{names.of('live')}",
            retention=aws_logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.stage = aws_apigatewayv2.CfnStage(
            self,
            "Stage",
            api_id=self.api.ref,
            stage_name=STAGE,
            auto_deploy=True,
            access_log_settings=aws_apigatewayv2.CfnStage.AccessLogSettingsProperty(
                destination_arn=log.log_group_arn, format=SOCKET_LOG_FORMAT
            ),
            default_route_settings=aws_apigatewayv2.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=throttle_rate, throttling_burst_limit=throttle_burst
            ),
        )

    def arn(self) -> str:
        """Begins the addresses of its connections in policies."""
        return self.names.arn("execute-api", self.api.ref)

    def connections_endpoint(self, emulator_url: str) -> str:
        """Where messages to connections are posted; a setting, never built from an event's domain name."""
        if emulator_url:
            return f"{emulator_url}/_aws/execute-api/{self.api.ref}/{STAGE}"
        return f"https://{self.api.ref}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}/{STAGE}"

    def route_to(self, function: aws_lambda.IFunction) -> None:
        """Send everything that happens on a connection to the function."""
        integration = aws_apigatewayv2.CfnIntegration(
            self,
            "Integration",
            api_id=self.api.ref,
            integration_type="AWS_PROXY",
            integration_uri=f"arn:{Aws.PARTITION}:apigateway:{Aws.REGION}:lambda:path/2015-03-31/functions/{function.function_arn}/invocations",
        )
        for key in ROUTES:
            route = aws_apigatewayv2.CfnRoute(
                self,
                f"Route{key.strip('$').title()}",
                api_id=self.api.ref,
                route_key=key,
                authorization_type="NONE",
                target=f"integrations/{integration.ref}",
            )
            self.stage.node.add_dependency(route)
        aws_lambda.CfnPermission(
            self,
            "Invoke",
            action="lambda:InvokeFunction",
            function_name=function.function_arn,
            principal="apigateway.amazonaws.com",
            source_arn=f"{self.arn()}/*",
        )


class LiveHandler(aws_lambda.Function):
    """The handler of functions/live."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        names: Names,
        target: Target,
        layers: list[aws_lambda.ILayerVersion],
        environment: dict[str, str],
        addresses: Addresses,
        failures: aws_sqs.IQueue,
        least_timeout_s: int,
    ) -> None:
        """failures: where an invocation goes that nobody waits for."""
        name = names.of("live-socket")
        log = aws_logs.LogGroup(
            scope,
            f"{id}Log",
            log_group_name=f"/aws/lambda/{name}",
            retention=aws_logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.app_role = AppRole(scope, f"{id}Role", area="live", grants=LIVE_GRANTS, names=names, addresses=addresses)
        super().__init__(
            scope,
            id,
            function_name=name,
            runtime=runtime(target),
            architecture=architecture(target),
            handler="handler.handle",
            code=aws_lambda.Code.from_asset(str(plain_package.package(FUNCTIONS / "live"))),
            memory_size=LIVE.memory_mb,
            timeout=Duration.seconds(max(LIVE.timeout_s, least_timeout_s)),
            layers=layers,
            environment={**environment, "POWERTOOLS_SERVICE_NAME": "live"},
            role=self.app_role,
            log_group=log,
            dead_letter_queue=failures,
        )
