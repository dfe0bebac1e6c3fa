"""WebSocket API: who is let in, and what a client hears."""

import asyncio
import json

import aiohttp
import pytest

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

HANDLER = """
import json
def handler(event, context):
    asked = event.get("queryStringParameters") or {}
    if asked.get("token") == "raise" or "raise" in event.get("body", ""):
        raise RuntimeError("secret of the house")
    if asked.get("token") == "deny":
        return {"statusCode": 403}
    return {"statusCode": 200, "body": "said by the handler"}
"""


def api(endpoint: Endpoint) -> str:
    """The address of an API whose every route runs HANDLER."""
    gateway, name = kit.client(endpoint, "apigatewayv2"), kit.function(endpoint, HANDLER)
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    selection = "$request.body.action"
    identity = gateway.create_api(Name=name, ProtocolType="WEBSOCKET", RouteSelectionExpression=selection)["ApiId"]
    integration = gateway.create_integration(ApiId=identity, IntegrationType="AWS_PROXY", IntegrationUri=arn)
    for route in ("$connect", "$default"):
        gateway.create_route(ApiId=identity, RouteKey=route, Target=f"integrations/{integration['IntegrationId']}")
    gateway.create_stage(ApiId=identity, StageName="live", AutoDeploy=True)
    return f"ws://127.0.0.1:{endpoint.port}/_aws/execute-api/{identity}/live"


async def hear(address: str, *messages: str) -> str:
    """The first thing a client hears after these messages."""
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{address}?token=x") as socket:
        for message in messages:
            await socket.send_str(message)
        return str((await socket.receive(timeout=20)).data)


async def status_of_connect(address: str, token: str) -> int:
    async with aiohttp.ClientSession() as session:
        try:
            async with session.ws_connect(f"{address}?token={token}"):
                return 101
        except aiohttp.WSServerHandshakeError as refused:
            return refused.status


PING, RAISE = json.dumps({"action": "ping"}), json.dumps({"action": "raise"})


def test_handler_decides_who_connects_and_a_failing_one_lets_nobody_in(repaired: Endpoint) -> None:
    address = api(repaired)
    assert asyncio.run(status_of_connect(address, "fine")) == 101
    assert asyncio.run(status_of_connect(address, "deny")) == 403
    assert asyncio.run(status_of_connect(address, "raise")) >= 400


def test_client_hears_an_internal_error_and_not_the_exception(stock: Endpoint, repaired: Endpoint) -> None:
    assert asyncio.run(hear(api(stock), RAISE)) == "secret of the house"
    assert json.loads(asyncio.run(hear(api(repaired), RAISE)))["message"] == "Internal server error"


@pytest.mark.parametrize(("emulator", "first"), [("stock", "said by the handler"), ("repaired", "Internal")])
def test_return_value_is_not_sent_on_a_route_without_response(
    request: pytest.FixtureRequest, emulator: str, first: str
) -> None:
    address = api(request.getfixturevalue(emulator))
    assert first in asyncio.run(hear(address, PING, RAISE))
