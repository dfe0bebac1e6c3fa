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
spec = importlib.util.spec_from_file_location("app", "functions/ivr/app.py")
sys.modules["app"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["app"])
from offhook import wiring
wiring.edge_items()
print(",".join(sorted(sys.modules)))
"""
MOST = 492  # 331 of them are the interpreter and a bare botocore client; why not 420: docs/performance.md
NEVER = (
    "aws_lambda_powertools",
    "boto3",
    "offhook.domain.ivr.validator",
    "offhook.domain.routing.matching",
    "offhook.domain.surveys.kinds",
    "offhook.usecases.ivr.drafts",
    "offhook.usecases.routing.match",
    "offhook.web.json_api",
    "phonenumbers",
    "twilio.rest",
    "zoneinfo",
)


@pytest.fixture(scope="module")
def imported() -> frozenset[str]:
    ran = subprocess.run(
        [sys.executable, "-c", READY], env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return frozenset(ran.stdout.split()[-1].split(","))


def test_the_ivr_function_is_ready_with_few_modules(imported: frozenset[str]) -> None:
    assert len(imported) <= MOST, sorted(imported)


def test_it_imports_nothing_that_an_answer_does_not_need(imported: frozenset[str]) -> None:
    assert imported.isdisjoint(NEVER)


def test_our_services_are_among_those_that_botocore_describes() -> None:
    assert set(SERVICES) <= set(Loader().list_available_services("service-2"))
