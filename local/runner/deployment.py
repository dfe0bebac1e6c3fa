"""Brings the CDK app onto the embedded AWS, unless exactly this is deployed there already."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3

from local.aws import server
from local.runner.home import ROOT, Home, Run, RunError

STACKS = ("offhook-local-data", "offhook-local-backend")
SOURCES = ("infra", "functions", "layers/core", "cdk.json", "requirements/layer.txt", "package-lock.json")
MADE = {"__pycache__", "deployments"}  # by running and packaging the sources
STANDS = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
FUNCTION = "offhook-local-tenants-api"


def is_current(run: Run) -> bool:
    """Whether code, context and emulator state are those of the last deployment."""
    return run.deployed == fingerprint(run) and _stands(run)


def deploy(at: Home, run: Run) -> None:
    """Deploy; the run then knows the ids of what is there."""
    wanted, run.deployed = fingerprint(run), ""
    bring(at, run)
    told = _outputs(at)
    apis = {name.removeprefix("Api").lower(): api for name, api in told.items() if name.startswith("Api")}
    run.apis = {area: f"{api}/{_stage(run, 'apigateway', api)}" for area, api in apis.items()}
    run.live_api = f"{told['LiveApiId']}/{_stage(run, 'apigatewayv2', told['LiveApiId'])}"
    run.deployed = wanted


def bring(at: Home, run: Run, checkout: Path = ROOT) -> None:
    """The CDK app of a checkout onto the embedded AWS; raises RunError."""
    command = [sys.executable, "-m", "infra.deploy", "local", "--port", str(run.aws_port), "--folder", str(at.built)]
    for given in _context(run)[:-1]:  # the address of the emulator is its port
        command += ["-c", given]
    paths = os.pathsep.join(str(checkout / part) for part in (".", "cli", "layers/core/python"))
    environment = {**os.environ, "PYTHONPATH": paths}
    at.log("deploy").parent.mkdir(parents=True, exist_ok=True)
    with at.log("deploy").open("wb") as log:
        done = subprocess.run(command, cwd=checkout, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise RunError(f"The deployment to the embedded AWS failed; see {at.log('deploy')}.")


def fingerprint(run: Run) -> str:
    """Changes with everything that the synthesised app is made of."""
    digest = hashlib.sha256(json.dumps(_context(run)).encode())
    for path in _sources():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def function_environment(run: Run) -> dict[str, str]:
    """What a deployed function finds in its environment, and the way to the embedded AWS."""
    found = client("lambda", run).get_function_configuration(FunctionName=FUNCTION)
    return {**found["Environment"]["Variables"], **server.client_environment(run.aws_port)}


def client(service: str, run: Run) -> Any:
    """A client of the embedded AWS."""
    return boto3.session.Session().client(  # type: ignore[call-overload]  # the service is named at run time
        service,
        endpoint_url=server.url(run.aws_port),
        region_name=server.REGION,
        aws_access_key_id="000000000000",
        aws_secret_access_key="local",
    )


def _context(run: Run) -> list[str]:
    return [
        f"public_api_url={run.public_url}",
        f"carrier_url={run.carrier_url}",
        f"stripe_url={run.stripe_url}",
        f"app_url={run.public_url}",
        f"emulator_url={server.url(run.aws_port)}",
    ]


def _sources() -> Iterator[Path]:
    for source in SOURCES:
        top = ROOT / source
        found = sorted(top.rglob("*")) if top.is_dir() else [top]
        yield from (path for path in found if path.is_file() and not MADE & set(path.parts))


def _stands(run: Run) -> bool:
    cloudformation = client("cloudformation", run)
    try:
        found = [cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"] for name in STACKS]
    except cloudformation.exceptions.ClientError:
        return False
    return set(found) <= STANDS


def _stage(run: Run, service: str, api: str) -> str:
    """The name of an API's one stage."""
    if service == "apigateway":
        return str(client(service, run).get_stages(restApiId=api)["item"][0]["stageName"])
    return str(client(service, run).get_stages(ApiId=api)["Items"][0]["StageName"])


def _outputs(at: Home) -> dict[str, str]:
    stacks: dict[str, dict[str, str]] = json.loads((at.built / "outputs-local.json").read_text())
    return {name: value for stack in stacks.values() for name, value in stack.items()}
