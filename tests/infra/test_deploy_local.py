"""The same app on the embedded AWS: deployed twice, and reached."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from offhook.adapters.guard import unguarded

from infra import deploy
from infra.apps import APPS, FromClock, FromUserPool
from infra.packaging.chalice_package import STAGE
from local.aws.testing import Endpoint, running_emulator

pytestmark = pytest.mark.e2e
PREFIX = "offhook-local"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """An embedded AWS of this module's own, with the app on it."""
    with running_emulator(tmp_path_factory.mktemp("aws")) as endpoint:
        assert deploy.deploy_local(endpoint.port, folder=endpoint.state_dir) == 0
        yield endpoint


def client(emulator: Endpoint, service: str) -> Any:
    with unguarded():  # a test before this one may have guarded the process
        return boto3.client(service, **emulator.client_arguments)  # type: ignore[call-overload]  # named at run time


def stack_times(emulator: Endpoint) -> dict[str, Any]:
    stacks = client(emulator, "cloudformation").describe_stacks()["Stacks"]
    ours = (s for s in stacks if s["StackName"].startswith(PREFIX))
    return {s["StackName"]: (s["StackStatus"], s.get("LastUpdatedTime")) for s in ours}


def test_a_second_deployment_changes_nothing_and_keeps_what_is_stored(emulator: Endpoint) -> None:
    item = {"pk": {"S": "T#t_1#x"}, "sk": {"S": "kept"}}
    tables = client(emulator, "dynamodb")
    tables.put_item(TableName=f"{PREFIX}-config", Item=item)
    before = stack_times(emulator)
    assert set(before) == {f"{PREFIX}-data", f"{PREFIX}-backend"}
    assert deploy.deploy_local(emulator.port, folder=emulator.state_dir) == 0
    assert stack_times(emulator) == before
    assert tables.get_item(TableName=f"{PREFIX}-config", Key=item)["Item"] == item


def test_items_expire_although_the_emulator_dropped_it(emulator: Endpoint) -> None:
    tables = client(emulator, "dynamodb")
    description = tables.describe_time_to_live(TableName=f"{PREFIX}-pulse")["TimeToLiveDescription"]
    assert description == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}


def test_each_api_answers_for_its_own_area(emulator: Endpoint) -> None:
    told = deploy.outputs("local", emulator.state_dir)
    for app in APPS:
        url = f"{emulator.url}/_aws/execute-api/{told[f'Api{app.area.title()}']}/{STAGE}/no-such-route"
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(url, timeout=60)
        assert 400 <= answer.value.code < 500


def test_every_handler_is_woken_by_the_source_that_infra_names(emulator: Endpoint) -> None:
    mappings = client(emulator, "lambda").list_event_source_mappings()["EventSourceMappings"]
    found = {mapping["FunctionArn"].rsplit(":", 1)[1]: mapping["EventSourceArn"] for mapping in mappings}
    handlers = {f"{PREFIX}-{a.area}-{n}": h.source for a in APPS for n, h in a.handlers.items()}
    asked = {name for name, source in handlers.items() if isinstance(source, FromClock | FromUserPool)}
    assert set(found) == set(handlers) - asked
    live = client(emulator, "dynamodb").describe_table(TableName=f"{PREFIX}-live")["Table"]
    assert [found[f"{PREFIX}-analytics-{n}"] for n in ("publish", "count")] == [live["LatestStreamArn"]] * 2


def test_a_function_knows_the_address_of_the_live_channel(emulator: Endpoint) -> None:
    functions = client(emulator, "lambda")
    configuration = functions.get_function_configuration(FunctionName=f"{PREFIX}-analytics-count")
    endpoint = configuration["Environment"]["Variables"]["OFFHOOK_LIVE_ENDPOINT"]
    assert (
        endpoint == f"{emulator.url}/_aws/execute-api/{deploy.outputs('local', emulator.state_dir)['LiveApiId']}/live"
    )
