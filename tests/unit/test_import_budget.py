"""What a webhook function may import before its first caller is answered; times are measured by bench/startup.py."""

import subprocess
import sys
from pathlib import Path

import pytest
from botocore.loaders import Loader
from offhook.adapters.aws_session import SERVICES

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT / "layers/core/python"),
    "AWS_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "000000000000",
    "AWS_SECRET_ACCESS_KEY": "test",
    "OFFHOOK_STAGE": "test",
    "OFFHOOK_TABLE_PREFIX": "test-",
    "OFFHOOK_PUBLIC_API_URL": "https://api.offhook.test",
}
READY = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("app", "functions/{function}/app.py")
sys.modules["app"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["app"])
from offhook import wiring
wiring.edge_items()
print(",".join(sorted(sys.modules)))
"""
# Of each, 331 are the interpreter and a bare botocore client; why not 420: docs/performance.md.
MOST = {"ivr": 481, "routing": 476, "surveys": 488}
THE_MACHINES_OWN = {"sitecustomize", "usercustomize"}  # a Python of Debian has them, one built by hand has not
NEEDED = {"surveys": {"offhook.domain.surveys.kinds"}}
NEVER = (
    "aws_lambda_powertools",
    "boto3",
    "offhook.domain.audit",
    "offhook.domain.ivr.nodes.data_dip",
    "offhook.domain.ivr.validator",
    "offhook.domain.metering",
    "offhook.domain.operators",
    "offhook.domain.routing.matching",
    "offhook.domain.surveys.kinds",
    "offhook.domain.surveys.validator",
    "offhook.stores.agents",
    "offhook.stores.ledger",
    "offhook.usecases.ivr.drafts",
    "offhook.usecases.routing.match",
    "offhook.web.audit",
    "offhook.web.json_api",
    "offhook.web.limits",
    "phonenumbers",
    "statistics",
    "twilio.rest",
    "zoneinfo",
)


@pytest.fixture(scope="module", params=sorted(MOST))
def function(request: pytest.FixtureRequest) -> str:
    """One of the functions that the carrier's webhooks reach."""
    return str(request.param)


@pytest.fixture(scope="module")
def imported(function: str) -> frozenset[str]:
    """What it has imported when it is ready."""
    program = READY.format(function=function)
    ran = subprocess.run(
        [sys.executable, "-c", program], env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return frozenset(ran.stdout.split()[-1].split(",")) - THE_MACHINES_OWN


def test_a_webhook_function_is_ready_with_few_modules(function: str, imported: frozenset[str]) -> None:
    assert len(imported) <= MOST[function], sorted(imported)


def test_it_imports_nothing_that_an_answer_does_not_need(function: str, imported: frozenset[str]) -> None:
    assert imported & set(NEVER) <= NEEDED.get(function, set())


def test_our_services_are_among_those_that_botocore_describes() -> None:
    assert set(SERVICES) <= set(Loader().list_available_services("service-2"))


def test_starting_and_stopping_the_local_system_does_not_start_the_cdk():
    asked = "import sys, local.run; print('jsii' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
