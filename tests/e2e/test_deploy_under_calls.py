"""Changed code is deployed, and taken back, while people call: no call is lost, and nobody hears of it."""

import random
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from local.runner import deployment
from local.runner.home import Home, Run, read_run
from tests.e2e.system import ROOT, System
from tests.e2e.traffic import Traffic

CALLS, BEFORE = 50, 8
PER_MINUTE = 24.0
NEEDED = ("infra", "functions", "layers", "local", "requirements", "cdk.json", "pyproject.toml")
LINKED = ("node_modules", ".venv", ".venv-aws", "build")
MADE = shutil.ignore_patterns("__pycache__", "deployments")
CHANGED = ("layers/core/python/offhook/__init__.py", "functions/ivr/app.py")
ANSWERING = "offhook-local-ivr-api"

pytestmark = [pytest.mark.e2e, pytest.mark.soak]


def test_code_that_changes_under_calls_loses_none_of_them(system: System, tmp_path: Path) -> None:
    at = Home(system.state)
    run = read_run(at)
    assert run is not None and deployment.is_current(run), "what runs is not what this checkout is"
    traffic, deployed = Traffic.to(system), threading.Event()
    noted = _notifications(system)
    before = _code(run)
    with ThreadPoolExecutor(1) as pool:
        calling = pool.submit(
            traffic.place, random.Random(11), PER_MINUTE, lambda placed: placed >= CALLS and deployed.is_set()
        )
        try:
            while len(traffic.placed) < BEFORE and not calling.done():
                deployed.wait(0.2)
            between = _code_of_other(at, run, _other_version(tmp_path / "other"))
        finally:
            deployed.set()
        calling.result()

    after = _code(run)
    assert between.package != before.package and between.layers != before.layers, "the other version was there"
    assert after.package != between.package and after.layers == before.layers, "and it was taken back"
    traffic.ended_once_each(traffic.drained())
    assert _notifications(system)[len(noted) :] == [], "the carrier has nothing to complain of"


@dataclass(frozen=True)
class Code:
    """What the answering function is made of, by digest. package: as Chalice zips it, with the time, so that the same
    sources made twice are two; layers: by their content.
    """

    package: str
    layers: tuple[str, ...]


def _code_of_other(at: Home, run: Run, other: Path) -> Code:
    """What answers once the other version is there; this one is brought back whatever happens."""
    try:
        deployment.bring(at, run, other)
        return _code(run)
    finally:
        deployment.bring(at, run)


def _other_version(folder: Path) -> Path:
    """This checkout with a line more in the shared layer and in the function that callers reach first."""
    folder.mkdir()
    (ROOT / "build").mkdir(exist_ok=True)  # linked, or the third-party set would be fetched again
    for name in NEEDED:
        source, target = ROOT / name, folder / name
        shutil.copytree(source, target, ignore=MADE) if source.is_dir() else shutil.copy2(source, target)
    for name in LINKED:
        (folder / name).symlink_to((ROOT / name).resolve(strict=True))
    for name in CHANGED:
        with (folder / name).open("a") as file:
            file.write('\nOTHER_VERSION = "other"\n')
    return folder


def _code(run: Run) -> Code:
    client = deployment.client("lambda", run)
    found = client.get_function_configuration(FunctionName=ANSWERING)
    layers = [client.get_layer_version_by_arn(Arn=one["Arn"])["Content"]["CodeSha256"] for one in found["Layers"]]
    return Code(found["CodeSha256"], tuple(layers))


def _notifications(system: System) -> list[str]:
    """What went wrong between carrier and product, by the carrier's debugger: code, words and address."""
    answer = requests.get(f"{system.address()}/_carrier/notifications", timeout=30)
    answer.raise_for_status()
    return [f"{one['code']} {one['message']} {one['url']}" for one in answer.json()["notifications"]]
