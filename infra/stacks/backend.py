"""What changes with the code: both layers, the Chalice apps, the live channel, and the alarms over them.

The WebSocket API stands here and not in the edge stack: its handler needs the layers, which may not leave this stack,
and the other functions need its address to reach the connections.
"""

from aws_cdk import CfnOutput, Stack, aws_sqs
from constructs import Construct

from infra import apps
from infra.constructs.access_log import AccessLogLeave
from infra.constructs.alarms import Alarms
from infra.constructs.app_role import Addresses
from infra.constructs.chalice_function import ChaliceFunction, Surroundings
from infra.constructs.layers import Layers
from infra.constructs.tenant_role import TenantRole
from infra.constructs.websocket import LiveApi, LiveHandler
from infra.environment import environment
from infra.names import Names, Shared
from infra.settings import Settings


class BackendStack(Stack):
    """Every function of the deployment."""

    def __init__(self, scope: Construct, id: str, *, settings: Settings) -> None:
        """settings: of the deployment."""
        super().__init__(scope, id, description=f"Offhook {settings.stage}: functions")
        self.settings = settings
        self.names = Names(settings.prefix)
        self.layers = Layers(self, "Layers", target=settings.target)
        self.leave = AccessLogLeave(self, "AccessLogLeave")
        self.live = LiveApi(
            self,
            "Live",
            names=self.names,
            throttle_rate=settings.throttle_rate,
            throttle_burst=settings.throttle_burst,
        )
        self.live.stage.node.add_dependency(self.leave.account)
        self.shared = self._surroundings()
        self.apps = {app.area: self._app(app) for app in apps.APPS}
        live = self._live_handler()
        functions = [*(app.role for app in self.apps.values()), live.app_role]
        TenantRole(self, "Tenant", names=self.names, key_arn=self.shared.addresses.key_arn, functions=functions)
        Alarms(self, "Alarms", names=self.names)

    def _surroundings(self) -> Surroundings:
        names, settings = self.names, self.settings
        pool_id = names.shared(self, Shared.USER_POOL_ID)
        addresses = Addresses(
            key_arn=names.shared(self, Shared.KEY_ARN),
            audit_key_arn=names.shared(self, Shared.AUDIT_SIGNER_ARN),
            live_stream_arn=names.shared(self, Shared.LIVE_STREAM_ARN),
            user_pool_arn=names.arn("cognito-idp", f"userpool/{pool_id}"),
            live_api_arn=self.live.arn(),
            mail_domain=settings.mail_domain,
        )
        variables = environment(
            settings,
            names,
            key_arn=addresses.key_arn,
            audit_key_arn=addresses.audit_key_arn,
            user_pool_id=pool_id,
            user_pool_client_id=names.shared(self, Shared.USER_POOL_CLIENT_ID),
            live_endpoint=self.live.connections_endpoint(settings.emulator_url),
        )
        return Surroundings(
            names=names,
            target=settings.target,
            layers=self.layers.all,
            environment=variables,
            addresses=addresses,
            throttle_rate=settings.throttle_rate,
            throttle_burst=settings.throttle_burst,
            least_timeout_s=settings.least_timeout_s,
        )

    def _app(self, app: apps.App) -> ChaliceFunction:
        function = ChaliceFunction(self, app.area.title(), app=app, shared=self.shared)
        function.get_resource("RestAPI").node.add_dependency(self.leave.account)
        self._tell(f"api-{app.area}", function.rest_api_id())
        return function

    def _live_handler(self) -> LiveHandler:
        handler = LiveHandler(
            self,
            "LiveHandler",
            names=self.names,
            target=self.settings.target,
            layers=self.layers.all,
            environment=self.shared.environment,
            addresses=self.shared.addresses,
            failures=aws_sqs.Queue.from_queue_arn(self, "Failures", self.names.queue_arn(apps.FAILURES)),
            least_timeout_s=self.settings.least_timeout_s,
        )
        self.live.route_to(handler)
        self._tell(Shared.LIVE_API_ID, self.live.api.ref)
        return handler

    def _tell(self, name: str, value: str) -> None:
        """For the edge stack and for local tools: as a parameter, and in the outputs of the deployment."""
        self.names.share(self, name, value)
        CfnOutput(self, f"Output-{name}", value=value).override_logical_id(
            "".join(part.title() for part in name.split("-"))
        )
