"""Lambda: many requests for a function that has no process yet."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

REQUESTS, AT_ONCE = 8, max(2, os.cpu_count() or 2)
SLOW_TO_LOAD = """
import os, pathlib, time
home = pathlib.Path(os.environ["FOLDER"])
mine = home / f"loading-{os.getpid()}"
mine.touch()
time.sleep(0.5)
(home / f"seen-{os.getpid()}").write_text(str(len(list(home.glob("loading-*")))))
mine.unlink()
def handler(event, context):
    return os.getpid()
"""


@pytest.mark.parametrize(("emulator", "crowded"), [("stock", True), ("repaired", False)])
def test_requests_that_come_together_start_few_processes_and_share_them(
    request: pytest.FixtureRequest, tmp_path: Path, emulator: str, crowded: bool
) -> None:
    endpoint: Endpoint = request.getfixturevalue(emulator)
    name = kit.function(endpoint, SLOW_TO_LOAD, FOLDER=str(tmp_path))

    def invoked(_: int) -> int:
        answer = kit.client(endpoint, "lambda").invoke(FunctionName=name)
        return int(json.loads(answer["Payload"].read()))

    with ThreadPoolExecutor(REQUESTS) as pool:
        processes = set(pool.map(invoked, range(REQUESTS)))
    loading = max(int(seen.read_text()) for seen in tmp_path.glob("seen-*"))

    assert (loading > AT_ONCE) is crowded
    assert (len(processes) == REQUESTS) is crowded


# Whoever starts first is not done before the request is on its way: so many stand in line with it.
STARTS_IN_ORDER = """
import os, pathlib, time
home = pathlib.Path(os.environ["FOLDER"])
(home / f"loading-{os.getpid()}").touch()
deadline = time.monotonic() + 20
while not (home / "asked").exists() and time.monotonic() < deadline:
    time.sleep(0.01)
with (home / "started").open("a") as file:
    file.write(os.environ["CALLED"] + "\\n")
def handler(event, context):
    return {"statusCode": 200}
"""


def test_who_waits_at_an_api_comes_before_what_can_wait(repaired: Endpoint, tmp_path: Path) -> None:
    behind = 8 * AT_ONCE  # several turns long, so that the request finds a line
    started = tmp_path / "started"
    started.touch()
    work = [kit.function(repaired, STARTS_IN_ORDER, FOLDER=str(tmp_path), CALLED="work") for _ in range(behind)]
    answering = kit.function(repaired, STARTS_IN_ORDER, FOLDER=str(tmp_path), CALLED="api")
    called = _api_of(repaired, answering)

    lambdas = kit.client(repaired, "lambda")
    for name in work:
        lambdas.invoke(FunctionName=name, InvocationType="Event")
    kit.eventually(lambda: len(list(tmp_path.glob("loading-*"))) == AT_ONCE)
    (tmp_path / "asked").touch()
    assert requests.get(called, timeout=30).status_code == 200

    order = kit.eventually(lambda: found if len(found := started.read_text().split()) > behind else [])
    assert order.index("api") < behind, "it came last and waited for all others"


def _api_of(endpoint: Endpoint, function: str) -> str:
    """Where a function is called over an HTTP API."""
    arn = kit.client(endpoint, "lambda").get_function(FunctionName=function)["Configuration"]["FunctionArn"]
    apis = kit.client(endpoint, "apigatewayv2")
    api = apis.create_api(Name=kit.unique("api"), ProtocolType="HTTP")["ApiId"]
    leads_to = {"IntegrationType": "AWS_PROXY", "IntegrationUri": arn, "PayloadFormatVersion": "2.0"}
    way = apis.create_integration(ApiId=api, **leads_to)["IntegrationId"]
    apis.create_route(ApiId=api, RouteKey="GET /called", Target=f"integrations/{way}")
    apis.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    return f"{endpoint.url}/_aws/execute-api/{api}/$default/called"
