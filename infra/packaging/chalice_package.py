"""Packages one Chalice app as a SAM template and a zip, in a process of its own.

Chalice imports a module literally named `app`: packaging two apps in one process gives the second the routes of the
first, silently (aws/chalice 1994 and 2030). A child process also keeps stage variables out of the synth's environment.
"""

import os
import subprocess
import sys
from pathlib import Path

from infra.packaging import core_layer
from infra.packaging.staging import build_once, digest
from infra.packaging.target import Target
from infra.paths import BUILD, CORE_PYTHON, DEV_LOCK

STAGE = "v1"
_PLACEHOLDER_ROLE = "arn:aws:iam::000000000000:role/set-by-the-construct"


def package(source: Path, target: Target) -> Path:
    """The folder with sam.json and deployment.zip; packaged again only when the app, our code or a tool changed.

    Raises ChaliceRefused with the child's words.
    """
    refuse_requirements(source)
    files = [*sorted(source.glob("*.py")), *core_layer.shipped_files(CORE_PYTHON), DEV_LOCK, Path(__file__)]
    contents = [file.read_bytes() for file in files]
    name = f"{source.name}-" + digest([*contents, repr(target).encode()])
    return build_once(name, lambda out: _package(source, out, target), base=BUILD / "apps")


def _package(source: Path, out: Path, target: Target) -> None:
    command = [sys.executable, "-m", "infra.packaging.chalice_package", str(source), str(out), target.architecture]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ChaliceRefused(f"{source.name}: {done.stderr.strip()}")


class ChaliceRefused(RuntimeError):
    """The app could not be packaged; most often it could not be imported."""


def refuse_requirements(source: Path) -> None:
    """Third-party code ships in the deps layer only: Chalice drops a local path from here without a word."""
    listed = (source / "requirements.txt").read_text(encoding="utf-8").strip()
    if listed:
        raise ChaliceRefused(f"{source.name}/requirements.txt must stay empty, it lists: {listed}")


def _environment() -> dict[str, str]:
    """The caller's, with our code importable and a region, which chalice asks for even offline."""
    paths = [str(CORE_PYTHON), str(Path(__file__).resolve().parents[2])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "AWS_DEFAULT_REGION": "us-east-1"}


def _stage_config(architecture: str) -> dict[str, object]:
    """What must be known while packaging; the construct sets the rest on the resources, each in one place."""
    return {
        "autogen_policy": False,
        "manage_iam_role": False,
        "iam_role_arn": _PLACEHOLDER_ROLE,
        "automatic_layer": False,
        "lambda_architecture": architecture,
        "api_gateway_stage": STAGE,
        "api_gateway_endpoint_type": "REGIONAL",
    }


def _main(source: str, out: str, architecture: str) -> None:
    from chalice import api

    api.package_app(project_dir=source, output_dir=out, stage=STAGE, chalice_config=_stage_config(architecture))


if __name__ == "__main__":
    _main(*sys.argv[1:])
