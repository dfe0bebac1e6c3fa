"""Layers: unpacked once for all workers, or once for each."""

import io
import json
import zipfile

import pytest

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

TELLS_WHERE = """
import os, shared_part
def handler(event, context):
    return {"from": os.path.realpath(shared_part.__file__), "word": shared_part.WORD}
"""


def layer(endpoint: Endpoint, word: str) -> str:
    """A layer with one module; its ARN."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("python/shared_part.py", f"WORD = {word!r}\n")
    lambdas = kit.client(endpoint, "lambda")
    made = lambdas.publish_layer_version(LayerName=kit.unique("layer"), Content={"ZipFile": archive.getvalue()})
    return str(made["LayerVersionArn"])


def answer_of(endpoint: Endpoint, layer_arn: str) -> dict[str, str]:
    """Where a function of its own finds the layer's module, and what is in it."""
    lambdas, name = kit.client(endpoint, "lambda"), kit.function(endpoint, TELLS_WHERE)
    lambdas.update_function_configuration(FunctionName=name, Layers=[layer_arn])
    found: dict[str, str] = json.loads(lambdas.invoke(FunctionName=name)["Payload"].read())
    return found


@pytest.mark.parametrize(("emulator", "folders"), [("stock", 2), ("repaired", 1)])
def test_workers_share_the_folder_of_a_layer(request: pytest.FixtureRequest, emulator: str, folders: int) -> None:
    endpoint: Endpoint = request.getfixturevalue(emulator)
    arn = layer(endpoint, "hello")
    found = [answer_of(endpoint, arn) for _ in range(2)]
    assert [one["word"] for one in found] == ["hello", "hello"]
    assert len({one["from"] for one in found}) == folders


def test_another_version_of_a_layer_is_another_folder(repaired: Endpoint) -> None:
    words = [answer_of(repaired, layer(repaired, word))["word"] for word in ("one", "two")]
    assert words == ["one", "two"]
