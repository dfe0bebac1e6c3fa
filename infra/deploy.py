"""`make deploy`, `make diff`, `make deploy-local`: one path from checks to `cdk deploy`, for AWS and the embedded AWS.

`python -m infra.deploy <stage> [--diff] [-c name=value ...]`
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra import console, preflight
from infra.paths import ROOT
from infra.settings import LOCAL

CDK = ROOT / "node_modules" / ".bin" / "cdk"
LOCAL_PORT = 4566


def main(arguments: Sequence[str]) -> int:
    """Deploy, or show what a deployment would change; the exit code is cdk's."""
    options = _parse(arguments)
    context = [*options.context, f"stage={options.stage}"]
    if options.stage == LOCAL:
        return deploy_local(options.port, options.context, diff=options.diff, folder=options.folder)
    settings = preflight.check(options.stage, ask=sys.stdin.isatty() and not options.diff)
    code = _cdk("diff" if options.diff else "deploy", [*context, *settings], os.environ)
    if code == 0 and not options.diff:
        _publish_console(options.stage)
    return code


def deploy_local(
    port: int,
    context: Sequence[str] = (),
    *,
    diff: bool = False,
    state_dir: Path | None = None,
    folder: Path | None = None,
) -> int:
    """Deploy to the embedded AWS on this port, starting it if nothing answers there.

    context: "name=value", e.g. public_api_url and carrier_url. state_dir: of the emulator, .local/aws when not given.
    folder: for the assembly and the outputs, when several systems are deployed from one checkout.
    """
    from local.aws import server

    if not server.healthy(port):
        server.start(state_dir or ROOT / ".local" / "aws", port)
    environment = {**os.environ, **server.client_environment(port)}
    _bootstrap(environment)
    given = [f"stage={LOCAL}", f"emulator_url={server.url(port)}", *context]
    code = _cdk("diff" if diff else "deploy", given, environment, folder)
    if code == 0 and not diff:
        _repair(_assembly(LOCAL, folder), server.url(port), environment)
    return code


def outputs(stage: str, folder: Path | None = None) -> dict[str, str]:
    """What the last deployment from this checkout told: ids of the APIs by name ("ApiIvr", "LiveApiId" ...)."""
    stacks: dict[str, dict[str, str]] = json.loads(_outputs_file(stage, folder).read_text())
    return {name: value for stack in stacks.values() for name, value in stack.items()}


def _publish_console(stage: str) -> None:
    """After the backend, so that no page meets an API older than itself."""
    import boto3

    told = outputs(stage)
    sent = console.publish(boto3.client("s3"), boto3.client("cloudfront"), told["ConsoleBucket"], told["ConsoleCdn"])
    print(f"console: {sent} files sent")


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    parser.add_argument("stage", help="local, dev, prod or another name")
    parser.add_argument("--diff", action="store_true", help="show the changes, make none")
    parser.add_argument("--port", type=int, default=LOCAL_PORT, help="of the embedded AWS (stage local)")
    parser.add_argument("--folder", type=Path, help="for the assembly and the outputs (stage local)")
    parser.add_argument("-c", "--context", action="append", default=[], metavar="NAME=VALUE")
    return parser.parse_args(arguments)


def _cdk(command: str, context: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> int:
    stage = next(c for c in context if c.startswith("stage=")).removeprefix("stage=")
    given = [part for name in context for part in ("-c", name)]
    line = [str(CDK), command, "--all", "--output", str(_assembly(stage, folder)), *given]
    if command == "deploy":
        file = _outputs_file(stage, folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        line += ["--require-approval", "never" if stage == LOCAL else "broadening", "--outputs-file", str(file)]
    return subprocess.run(line, cwd=ROOT, env=dict(environment), check=False).returncode


def _assembly(stage: str, folder: Path | None = None) -> Path:
    return (folder or ROOT / "cdk.out") / stage


def _outputs_file(stage: str, folder: Path | None = None) -> Path:
    return (folder or ROOT / "build") / f"outputs-{stage}.json"


def _bootstrap(environment: Mapping[str, str]) -> None:
    """Make what CDK deploys through; from an empty folder, or the command line would synthesise the app first."""
    with tempfile.TemporaryDirectory() as empty:
        target = f"aws://{environment['AWS_ACCESS_KEY_ID']}/{environment['AWS_REGION']}"
        subprocess.run(
            [str(CDK), "bootstrap", target], cwd=empty, env=dict(environment), check=True, capture_output=True
        )


def _repair(assembly: Path, endpoint: str, environment: Mapping[str, str]) -> None:
    """Apply what the emulator's CloudFormation drops without a word."""
    command = [sys.executable, "-m", "local.aws.after_deploy", "--assembly", str(assembly), "--endpoint", endpoint]
    subprocess.run(command, cwd=ROOT, env=dict(environment), check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
