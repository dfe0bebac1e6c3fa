"""One Chalice app: its REST API, its handlers, and everything that Chalice leaves at a default or leaves out."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import Aws, CfnResource, RemovalPolicy, aws_lambda, aws_logs
from chalice.cdk import Chalice
from constructs import Construct

from infra.apps import FAILURES, App, FromUserPool, Handler, Size
from infra.constructs import event_sources
from infra.constructs.access_log import ACCESS_LOG_FORMAT
from infra.constructs.app_role import Addresses, AppRole
from infra.names import Names
from infra.packaging import chalice_package
from infra.packaging.target import Target
from infra.paths import FUNCTIONS

API = "APIHandler"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all apps of a deployment share."""

    names: Names
    target: Target
    layers: list[aws_lambda.ILayerVersion]
    environment: dict[str, str]
    addresses: Addresses
    throttle_rate: int
    throttle_burst: int
    least_timeout_s: int


class ChaliceFunction(Chalice):
    """The app of functions/<area>, packaged in a process of its own and with logical ids of its own."""

    def __init__(
        self, scope: Construct, id: str, *, app: App, shared: Surroundings, source: Path | None = None
    ) -> None:
        """source: folder of the app, when it is not functions/<area>."""
        self.spec = app
        self.shared = shared
        super().__init__(scope, id, source_dir=str(source or FUNCTIONS / app.area), preserve_logical_ids=False)
        self.role = AppRole(
            self, "Role", area=app.area, grants=app.grants, names=shared.names, addresses=shared.addresses
        )
        self._configure_api()
        self._configure_functions()

    def _package_app(self) -> None:
        out = Path(self._sam_package_dir)
        shutil.copytree(chalice_package.package(Path(self.source_dir), self.shared.target), out)
        template = json.loads((out / "sam.json").read_text())
        self.packaged: dict[str, dict[str, Any]] = template["Resources"]  # as Chalice wrote them, by its own ids
        del template["Outputs"]  # the stack tells what is needed, once
        (out / "sam.json").write_text(json.dumps(template))

    def rest_api_id(self) -> str:
        """The id that addresses the API."""
        return str(self.get_resource("RestAPI").ref)

    # -- functions

    def _configure_functions(self) -> None:
        found = {k: v for k, v in self.packaged.items() if v["Type"] == "AWS::Serverless::Function"}
        declared = {self._handler_name(resource): id for id, resource in found.items() if id != API}
        if set(declared) != set(self.spec.handlers):
            raise ValueError(
                f"functions/{self.spec.area}/app.py declares the handlers {sorted(declared)}, "
                f"infra/apps.py knows {sorted(self.spec.handlers)}"
            )
        self._configure(API, "api", self.spec.api)
        for name, id in declared.items():
            handler = self.spec.handlers[name]
            self._configure(id, name, handler.size)
            self._wake(id, found[id], handler)

    @staticmethod
    def _handler_name(resource: dict[str, Any]) -> str:
        return str(resource["Properties"]["Handler"]).removeprefix("app.")

    def _configure(self, id: str, name: str, size: Size) -> None:
        full_name = self.shared.names.of(f"{self.spec.area}-{name}")
        log = self._log_group(f"{id}Log", f"/aws/lambda/{full_name}")
        function: CfnResource = self.get_resource(id)
        settings = {
            "FunctionName": full_name,
            "MemorySize": size.memory_mb,
            "Timeout": max(size.timeout_s, self.shared.least_timeout_s),
            "Role": self.role.role_arn,
            "Layers": [layer.layer_version_arn for layer in self.shared.layers],
            "Environment": {"Variables": {**self.shared.environment, "POWERTOOLS_SERVICE_NAME": self.spec.area}},
            "DeadLetterQueue": {"Type": "SQS", "TargetArn": self.shared.names.queue_arn(FAILURES)},
        }
        for setting, value in settings.items():
            function.add_property_override(setting, value)
        function.node.add_dependency(log, self.role.policy)

    def _wake(self, id: str, packaged: dict[str, Any], handler: Handler) -> None:
        if isinstance(handler.source, FromUserPool):
            self._let_user_pool_ask(id)
            return
        (event,) = packaged["Properties"]["Events"]
        settings = event_sources.properties(handler.source, self.shared.names, self.shared.addresses.live_stream_arn)
        for setting, value in settings.items():
            self.get_resource(id).add_property_override(f"Events.{event}.Properties.{setting}", value)

    def _let_user_pool_ask(self, id: str) -> None:
        aws_lambda.CfnPermission(
            self,
            f"{id}Permission",
            action="lambda:InvokeFunction",
            function_name=self.get_resource(id).ref,
            principal="cognito-idp.amazonaws.com",
            source_arn=self.shared.addresses.user_pool_arn,
            source_account=Aws.ACCOUNT_ID,
        )

    # -- API

    def _configure_api(self) -> None:
        log = self._log_group("AccessLog", f"/aws/apigateway/{self.shared.names.of(self.spec.area)}")
        api: CfnResource = self.get_resource("RestAPI")
        method_settings = {
            "HttpMethod": "*",
            "ResourcePath": "/*",
            "ThrottlingRateLimit": self.shared.throttle_rate,
            "ThrottlingBurstLimit": self.shared.throttle_burst,
            "MetricsEnabled": True,
        }
        settings = {
            "Name": self.shared.names.of(self.spec.area),
            "OpenApiVersion": "2.0",  # without it SAM adds a second stage, named "Stage", that nothing limits
            "AccessLogSetting": {"DestinationArn": log.log_group_arn, "Format": ACCESS_LOG_FORMAT},
            "MethodSettings": [method_settings],
        }
        for setting, value in settings.items():
            api.add_property_override(setting, value)
        self._name_user_pool(api)

    def _name_user_pool(self, api: CfnResource) -> None:
        """Apps cannot know the pool when they are packaged: whatever address they state is replaced."""
        definitions = self.packaged["RestAPI"]["Properties"]["DefinitionBody"].get("securityDefinitions", {})
        for name, definition in definitions.items():
            if definition.get("x-amazon-apigateway-authtype") == "cognito_user_pools":
                path = f"DefinitionBody.securityDefinitions.{name}.x-amazon-apigateway-authorizer.providerARNs"
                api.add_property_override(path, [self.shared.addresses.user_pool_arn])

    def _log_group(self, id: str, name: str) -> aws_logs.LogGroup:
        return aws_logs.LogGroup(
            self,
            id,
            log_group_name=name,
            retention=aws_logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
