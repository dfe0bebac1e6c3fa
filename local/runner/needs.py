"""What this machine must have before anything is started, each complaint with its cure."""

import shutil
import subprocess

from local.aws import server
from local.runner.home import ROOT, RunError

NODE_AT_LEAST = 20


def check() -> None:
    """Raise RunError for the first thing that is missing."""
    if shutil.which("node") is None:
        raise RunError(f"Node.js is missing: install version {NODE_AT_LEAST} or newer (the AWS CDK needs it).")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = version.lstrip("v").split(".")[0]
    if not major.isdigit() or int(major) < NODE_AT_LEAST:
        raise RunError(f"Node.js {version} is too old: install version {NODE_AT_LEAST} or newer.")
    if not (ROOT / "node_modules" / ".bin" / "cdk").exists():
        raise RunError("The AWS CDK is not installed: run `make set-up`.")
    if not server.INTERPRETER.exists():
        raise RunError("The embedded AWS is not installed: run `make set-up`.")
