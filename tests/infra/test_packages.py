"""What is uploaded: only what runs, the same bytes from the same sources, and importable with nothing around it."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import twilio.rest

from infra.apps import APPS
from infra.packaging import chalice_package, core_layer, deps_layer, plain_package
from infra.packaging.chalice_package import ChaliceRefused
from infra.packaging.target import Architecture, Target
from infra.paths import CORE_PYTHON, FUNCTIONS, ROOT

TARGET = Target("3.11", "x86_64")
MOST_ZIPPED_BYTES = 50_000_000
EVENT = {
    "resource": "/no-such-route",
    "path": "/no-such-route",
    "httpMethod": "GET",
    "headers": {},
    "multiValueHeaders": {},
    "queryStringParameters": None,
    "multiValueQueryStringParameters": None,
    "pathParameters": None,
    "stageVariables": None,
    "body": None,
    "isBase64Encoded": False,
    "requestContext": {
        "resourcePath": "/no-such-route",
        "httpMethod": "GET",
        "path": "/v1/no-such-route",
        "requestId": "r",
    },
}
INVOKE = """
import json, os, sys
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
os.environ["AWS_LAMBDA_FUNCTION_NAME"] = "isolated"
sys.path[:0] = sys.argv[2:]
class Context:
    function_name = "isolated"; memory_limit_in_mb = 512; aws_request_id = "r"
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:isolated"
    def get_remaining_time_in_millis(self): return 3000
import app
answer = app.app(json.loads(sys.argv[1]), Context())
print(answer["statusCode"])
"""
IMPORT_ALL = """
import importlib, pkgutil, sys
sys.path[:0] = sys.argv[1:]
import offhook
names = [found.name for found in pkgutil.walk_packages(offhook.__path__, "offhook.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def write_app(folder: Path, body: str = "", requirements: str = "") -> Path:
    (folder / ".chalice").mkdir(parents=True)
    (folder / "app.py").write_text(f"from chalice.app import Chalice\napp = Chalice(app_name='small')\n{body}")
    (folder / "requirements.txt").write_text(requirements)
    (folder / ".chalice" / "config.json").write_text('{"version": "2.0", "app_name": "small"}')
    return folder


@pytest.fixture(scope="session")
def deps() -> Path:
    return deps_layer.build(TARGET)


@pytest.fixture(scope="session")
def core() -> Path:
    return core_layer.build()


@pytest.mark.parametrize("area", [app.area for app in APPS])
def test_function_runs_once_with_its_package_and_the_layers_alone(
    area: str, deps: Path, core: Path, tmp_path: Path
) -> None:
    package = chalice_package.package(FUNCTIONS / area, TARGET)
    with zipfile.ZipFile(package / "deployment.zip") as archive:
        archive.extractall(tmp_path / "function")
    paths = [str(tmp_path / "function"), str(deps / "python"), str(core / "python")]
    run = [sys.executable, "-I", "-S", "-c", INVOKE, json.dumps(EVENT), *paths]
    done = subprocess.run(run, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] in {"403", "404", "405"}


def test_live_handler_imports_with_the_layers_alone(deps: Path, core: Path, tmp_path: Path) -> None:
    program = "import sys; sys.path[:0] = sys.argv[1:]; import handler; assert callable(handler.handle)"
    paths = [str(plain_package.package(FUNCTIONS / "live")), str(deps / "python"), str(core / "python")]
    run = [sys.executable, "-I", "-S", "-B", "-c", program, *paths]
    done = subprocess.run(
        run, cwd=tmp_path, env={"AWS_DEFAULT_REGION": "us-east-1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("area", [app.area for app in APPS])
def test_function_package_holds_its_routes_and_two_files_of_chalice(area: str) -> None:
    package = chalice_package.package(FUNCTIONS / area, TARGET)
    with zipfile.ZipFile(package / "deployment.zip") as archive:
        assert sorted(archive.namelist()) == ["app.py", "chalice/__init__.py", "chalice/app.py"]


@pytest.mark.parametrize("area", [app.area for app in APPS])
def test_app_logs_through_one_logger_only(area: str) -> None:
    import importlib
    import logging

    importlib.import_module(f"functions.{area}.app")
    assert logging.getLogger(area).handlers == []


def test_requirements_of_a_function_are_refused_because_chalice_may_drop_them_silently(tmp_path: Path) -> None:
    with pytest.raises(ChaliceRefused, match="must stay empty"):
        chalice_package.package(write_app(tmp_path / "small", requirements="./offhook\n"), TARGET)


def test_app_that_cannot_be_imported_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(ChaliceRefused, match="no_such_module"):
        chalice_package.package(write_app(tmp_path / "small", body="import no_such_module\n"), TARGET)


def test_two_apps_packaged_in_one_process_keep_their_own_routes(tmp_path: Path) -> None:
    packages = []
    for name in ("first", "second"):
        route = f"@app.route('/{name}')\ndef view():\n    return {{}}\n"
        packages.append(chalice_package.package(write_app(tmp_path / name, body=route), TARGET))
    paths = [
        json.loads((p / "sam.json").read_text())["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
        for p in packages
    ]
    assert [list(p) for p in paths] == [["/first"], ["/second"]]


def test_same_sources_give_the_same_layer_whatever_a_run_left_behind(tmp_path: Path) -> None:
    source = tmp_path / "python"
    shutil.copytree(
        CORE_PYTHON / "offhook" / "domain", source / "offhook" / "domain", ignore=shutil.ignore_patterns("__pycache__")
    )
    before = core_layer.shipped_files(source)
    (source / "offhook" / "__pycache__").mkdir()
    (source / "offhook" / "__pycache__" / "stray.cpython-311.pyc").write_bytes(b"x")
    assert core_layer.shipped_files(source) == before
    assert core_layer.build(source) == core_layer.build(source)


@pytest.mark.parametrize("architecture", ["x86_64", "arm64"])
def test_compiled_wheels_are_for_the_functions_python_and_processor(
    architecture: Architecture, deps: Path, tmp_path: Path
) -> None:
    target = Target("3.11", architecture)
    packages = deps / "python" if target == TARGET else tmp_path
    if target != TARGET:
        deps_layer.fetch(packages, target)
    wheels = [wheel_tags(file) for file in packages.glob("*.dist-info/WHEEL")]
    compiled = [tags for tags in wheels if not any(tag.endswith("-none-any") for tag in tags)]
    assert compiled
    for tags in compiled:
        assert any(loads_on(target, tag) for tag in tags), tags


def loads_on(target: Target, tag: str) -> bool:
    python, abi, platform = tag.split("-")
    return (python == "cp311" or abi == "abi3") and platform in target.wheel_platforms()


def wheel_tags(file: Path) -> list[str]:
    return re.findall(r"^Tag: (\S+)$", file.read_text(), flags=re.MULTILINE)


def test_layers_stay_far_below_what_lambda_takes(deps: Path, core: Path, tmp_path: Path) -> None:
    """Squeezed as little as can be: what is uploaded is smaller still."""
    with zipfile.ZipFile(tmp_path / "layers.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for layer in (deps, core):
            for file in layer.rglob("*"):
                archive.write(file, file.relative_to(layer.parent))
    assert (tmp_path / "layers.zip").stat().st_size < MOST_ZIPPED_BYTES


def test_deps_layer_holds_no_tool_of_ours_and_no_chalice(deps: Path) -> None:
    shipped = {path.name for path in (deps / "python").iterdir()}
    assert not shipped & {"aws_cdk", "chalice", "pip", "setuptools", "pytest", "moto", "aiohttp", "bin"}


def test_layer_modules_are_compiled_so_that_a_cold_start_is_not_a_build(deps: Path, core: Path) -> None:
    for layer in (deps, core):
        sources = list((layer / "python").rglob("*.py"))
        assert sources
        missing = [s for s in sources if not (s.parent / "__pycache__" / f"{s.stem}.cpython-311.pyc").exists()]
        assert missing == []


def test_every_aws_client_that_the_code_makes_has_its_description_in_the_layer() -> None:
    made = {
        name
        for folder in (CORE_PYTHON, FUNCTIONS)
        for file in folder.rglob("*.py")
        for name in re.findall(r"\bclient\(\s*[\"']([a-z0-9-]+)[\"']", file.read_text(encoding="utf-8"))
    }
    assert made <= deps_layer.read_recipe().botocore_services


def test_every_product_of_the_carrier_that_the_code_asks_is_in_the_layer() -> None:
    with_folder = {path.name for path in (Path(twilio.rest.__file__).parent).iterdir() if path.is_dir()}
    asked = {
        name
        for file in (CORE_PYTHON / "offhook" / "adapters" / "carrier").rglob("*.py")
        for name in re.findall(r"\b_?client\.([a-z_]+)\b", file.read_text(encoding="utf-8"))
    }
    assert "numbers" in asked & with_folder
    assert asked & with_folder <= deps_layer.read_recipe().twilio_products


def test_every_module_of_the_product_is_importable_with_what_is_uploaded_alone(
    deps: Path, core: Path, tmp_path: Path
) -> None:
    package = chalice_package.package(FUNCTIONS / "tenants", TARGET)
    with zipfile.ZipFile(package / "deployment.zip") as archive:
        archive.extractall(tmp_path)
    paths = [str(tmp_path), str(deps / "python"), str(core / "python")]
    run = [sys.executable, "-I", "-S", "-B", "-c", IMPORT_ALL, *paths]
    environment = {"AWS_DEFAULT_REGION": "us-east-1"}
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200


def test_locks_hold_hashes_and_no_address_of_an_index() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "://" not in text and "--index" not in text and "--find-links" not in text
        pins = re.findall(r"^[a-z0-9].*==.*$", text, flags=re.MULTILINE | re.IGNORECASE)
        assert pins and all(pin.endswith("\\") for pin in pins)
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
