"""The live channel's road on the embedded AWS: browser, public port, WebSocket API, and messages back through boto3."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import ClientWebSocketResponse
from aiohttp.test_utils import TestServer
from offhook.adapters.guard import unguarded
from offhook.adapters.live_channel import FLOOR, Connection, Connections, LiveChannel, poster, to_agent
from offhook.adapters.memory.clock import NOON
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.tenants.context import TenantContext
from offhook.web.live import PROTOCOL

from local.aws.testing import Endpoint
from local.edge.config import Config
from local.edge.server import application
from tests.integration.embedded_aws import kit

ADA = AgentId("a_ada")
SITE = Path(__file__).resolve().parents[3] / "console"
HANDLER = """
import os
def handler(event, context):
    about = event["requestContext"]
    offered = {k.lower(): v for k, v in (event.get("headers") or {}).items()}.get("sec-websocket-protocol", "")
    if about["routeKey"] == "$connect" and offered.replace(" ", "") != "offhook.v1,good":
        return {"statusCode": 401}
    with open(os.environ["HEARD"], "a") as heard:
        heard.write(about["routeKey"] + " " + about["connectionId"] + "\\n")
    return {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "offhook.v1"}}
"""


class Road:
    """An API with HANDLER behind it, the edge before it, and a tenant's live channel over it."""

    def __init__(self, endpoint: Endpoint, heard: Path) -> None:
        """heard: what the function wrote down, which runs on this machine."""
        self._heard = heard
        gateway = kit.client(endpoint, "apigatewayv2")
        name = kit.function(endpoint, HANDLER, HEARD=str(heard))
        arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
        api = gateway.create_api(Name=name, ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")[
            "ApiId"
        ]
        made = gateway.create_integration(ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=arn)
        for route in ("$connect", "$default", "$disconnect"):
            gateway.create_route(ApiId=api, RouteKey=route, Target=f"integrations/{made['IntegrationId']}")
        gateway.create_stage(ApiId=api, StageName="live", AutoDeploy=True)
        self.config = Config(0, SITE, endpoint.url, "http://127.0.0.1:9", {}, f"{api}/live")
        management = {**endpoint.client_arguments, "endpoint_url": f"{endpoint.url}/_aws/execute-api/{api}/live"}
        tenant = TenantContext(TenantId("t_a"))
        self.connections = Connections(MemoryItems(MemoryStore(), tenant.id), tenant)
        self.channel = LiveChannel(self.connections, poster(_management(management)))

    async def told(self, route: str) -> str:
        """The id of the connection that came to a route last, as soon as there is one."""

        def look() -> str:
            lines = self._heard.read_text().splitlines() if self._heard.exists() else []
            return next((line.split()[1] for line in reversed(lines) if line.startswith(route)), "")

        return await asyncio.to_thread(kit.eventually, look)


def _management(arguments: dict[str, str]) -> object:
    import boto3

    with unguarded():
        return boto3.client("apigatewaymanagementapi", **arguments)  # type: ignore[call-overload]  # an address of its own


@contextlib.asynccontextmanager
async def browser(road: Road, *protocols: str) -> AsyncIterator[ClientWebSocketResponse]:
    async with (
        TestServer(application(road.config)) as edge,
        aiohttp.ClientSession() as session,
        session.ws_connect(edge.make_url("/ws"), protocols=protocols) as socket,
    ):
        yield socket


@pytest.fixture(scope="module")
def road(repaired: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Road:
    return Road(repaired, tmp_path_factory.mktemp("heard") / "heard.txt")


def test_who_offers_no_valid_token_is_refused_at_the_public_port(road: Road) -> None:
    async def story(*protocols: str) -> int:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with browser(road, *protocols):
                pass
        return refused.value.status

    for protocols in ((), (PROTOCOL,), (PROTOCOL, "bad")):
        assert asyncio.run(story(*protocols)) in (401, 403)


def test_messages_reach_the_browser_they_are_for_until_it_is_gone(road: Road) -> None:
    async def story() -> None:
        async with browser(road, PROTOCOL, "good") as socket:
            assert socket.protocol == PROTOCOL
            connection = await road.told("$connect")
            road.connections.add(Connection(connection, ADA), NOON)
            push = road.channel.push
            assert await asyncio.to_thread(push, FLOOR, {"type": "floor"}) == 0
            assert await asyncio.to_thread(push, to_agent(ADA), {"type": "agent", "seq": 7}) == 1
            assert json.loads(await socket.receive_str(timeout=20)) == {"type": "agent", "seq": 7}
            await socket.send_json({"action": "heartbeat"})
            assert await road.told("$default") == connection
        assert await road.told("$disconnect") == connection
        assert road.connections.all() == [Connection(connection, ADA)]
        assert await asyncio.to_thread(push, to_agent(ADA), {"type": "agent", "seq": 8}) == 0
        assert road.connections.all() == []

    asyncio.run(story())
