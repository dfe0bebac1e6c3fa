"""Starts, watches and stops one embedded AWS per state folder, always on 127.0.0.1.

`python -m local.aws.server start|stop|status|wait|reset --state-dir .local/aws --port 4566`
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from local.aws import lock

ROOT = Path(__file__).resolve().parents[2]
INTERPRETER = ROOT / ".venv-aws" / "bin" / "python"
REGION = "us-east-1"
SNAPSHOT_SECONDS = 10
START_LIMIT_S = 60.0
STOP_LIMIT_S = 120.0


class EmulatorError(RuntimeError):
    """The embedded AWS did not start, answer or stop as asked; the message is one sentence for a person."""


def start(state_dir: Path, port: int, **environment: str) -> int:
    """Start the emulator in the background, wait until it answers, and return its pid.

    environment: added to the clean one; Lambda functions inherit it. Started already on this folder: does nothing.
    """
    if running := pid(state_dir):
        return running
    if not INTERPRETER.exists():
        raise EmulatorError("The embedded AWS is not installed: run `make set-up`, which creates .venv-aws.")
    process = _spawn(state_dir.resolve(), port, environment)
    wait(port, process=process, log=state_dir / "log")
    return process.pid


def wait(
    port: int, limit_s: float = START_LIMIT_S, process: subprocess.Popen[bytes] | None = None, log: Path | None = None
) -> None:
    """Return once the emulator on this port answers; raise when it ends or stays silent."""
    deadline = time.monotonic() + limit_s
    while not healthy(port):
        if process and process.poll() is not None:
            raise EmulatorError(f"The embedded AWS ended with {process.returncode}: {_last_words(log)}")
        if time.monotonic() > deadline:
            raise EmulatorError(f"The embedded AWS on port {port} did not answer within {limit_s:.0f} s.")
        time.sleep(0.05)


def healthy(port: int) -> bool:
    """Whether an emulator answers on this port now."""
    try:
        with urllib.request.urlopen(f"{url(port)}/_ministack/health", timeout=2) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def stop(state_dir: Path, limit_s: float = STOP_LIMIT_S) -> None:
    """Ask it to end and wait until its state is saved and its folder free; nothing runs: does nothing."""
    running = pid(state_dir)
    if running is None:
        return
    os.kill(running, signal.SIGTERM)
    await_end(state_dir, limit_s)


def await_end(state_dir: Path, limit_s: float = STOP_LIMIT_S) -> None:
    """Return once no process works on this folder; raise when one still does."""
    deadline = time.monotonic() + limit_s
    while (running := pid(state_dir)) is not None:
        if time.monotonic() > deadline:
            raise EmulatorError(f"The embedded AWS (process {running}) had not ended after {limit_s:.0f} s.")
        _reap(running)
        time.sleep(0.05)


def pid(state_dir: Path) -> int | None:
    """The process that works on this folder, or None; the answer comes from a lock and cannot be stale."""
    return lock.owner(state_dir / "lock")


def reset(state_dir: Path, port: int) -> None:
    """Forget everything: through its API when it runs on this folder, else by removing the folder."""
    if pid(state_dir) is None:
        shutil.rmtree(state_dir, ignore_errors=True)
        return
    request = urllib.request.Request(f"{url(port)}/_ministack/reset", method="POST")
    urllib.request.urlopen(request, timeout=60).close()


def url(port: int) -> str:
    """The endpoint; by number, because SDKs put bucket names in front of a host name."""
    return f"http://127.0.0.1:{port}"


def client_environment(port: int) -> dict[str, str]:
    """What an AWS client, the CDK CLI or a deploy script needs in its environment to talk to it."""
    return {
        "AWS_ENDPOINT_URL": url(port),
        "AWS_ACCESS_KEY_ID": "000000000000",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }


def _spawn(state_dir: Path, port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    for name in ("home", "tmp", "state", "s3"):
        (state_dir / name).mkdir(parents=True, exist_ok=True)
    with (state_dir / "log").open("wb") as log:
        return subprocess.Popen(
            [str(INTERPRETER), "-m", "local.aws.launcher"],
            cwd=ROOT,
            env={**_clean_environment(state_dir, port), **_switches(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _clean_environment(state_dir: Path, port: int) -> dict[str, str]:
    """All that the emulator and, through it, every Lambda function see of this machine."""
    return {
        "PATH": f"{INTERPRETER.parent}:/usr/bin:/bin",
        "HOME": str(state_dir / "home"),
        "TMPDIR": str(state_dir / "tmp"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "OFFHOOK_AWS_STATE": str(state_dir),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "AWS_ENDPOINT_URL": url(port),
        "MINISTACK_REGION": REGION,
        "MINISTACK_COGNITO_PRETOKEN_STRICT": "1",  # as on AWS: a trigger that fails refuses the token
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state_dir / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state_dir / "s3"),
        "SNAPSHOT_SECONDS": str(SNAPSHOT_SECONDS),
        "ATHENA_ENGINE": "duckdb",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LAMBDA_WARM_TTL_SECONDS": "3600",
        "LOG_LEVEL": "WARNING",
    }


def _switches() -> dict[str, str]:
    """Repairs switched off in the shell that starts it stay off."""
    return {name: value for name, value in os.environ.items() if name.startswith("OFFHOOK_REPAIR_")}


def _reap(child: int) -> None:
    """Collect it when it is our own child; another process's child is not ours to collect."""
    try:
        os.waitpid(child, os.WNOHANG)
    except ChildProcessError:
        return


def _last_words(log: Path | None) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log and log.exists() else []
    return lines[-1] if lines else "it wrote nothing"


def main(arguments: list[str] | None = None) -> int:
    """The command line; the exit status of `status` says whether it runs."""
    parser = argparse.ArgumentParser(description="The embedded AWS of a local run.")
    parser.add_argument("command", choices=["start", "stop", "status", "wait", "reset"])
    parser.add_argument("--state-dir", type=Path, default=ROOT / ".local" / "aws")
    parser.add_argument("--port", type=int, default=4566)
    given = parser.parse_args(arguments)
    try:
        return _run(given.command, given.state_dir, given.port)
    except EmulatorError as error:
        print(error, file=sys.stderr)
        return 1


def _run(command: str, state_dir: Path, port: int) -> int:
    match command:
        case "start":
            print(f"process {start(state_dir, port)} at {url(port)}")
        case "stop":
            stop(state_dir)
        case "wait":
            wait(port)
        case "reset":
            reset(state_dir, port)
        case _:
            running = pid(state_dir)
            print(f"process {running}" if running else "not running")
            return 0 if running else 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
