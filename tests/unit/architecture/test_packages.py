"""The six fixed packages are used by what is shipped, each for its job."""

import subprocess
import sys

import pytest

from tests.unit.architecture.source import CORE, SHIPPED, sources

JOBS = {
    "aws_cdk": "infra/",
    "boto3": "layers/",
    "chalice": "functions/",
    "pynamodb": "layers/",
    "aws_lambda_powertools": "layers/",
    "twilio": "layers/",
}
HOT = """
import sys
from offhook.wiring.clients import Clients
clients = Clients("us-east-1", "http://127.0.0.1:9")
for service in ("sqs", "kms", "kinesis"):
    clients.get(service)
hot = "boto3" in sys.modules
made = clients.get("athena")
print(hot, "boto3" in sys.modules)
try:
    made.start_query_execution(QueryString="SELECT 1")
except Exception as refused:
    print(type(refused).__name__)
"""


@pytest.mark.parametrize("package", JOBS)
def test_a_fixed_package_is_imported_where_its_job_is(package: str) -> None:
    users = {one.shown for one in sources(*SHIPPED) for name, _ in one.imports() if name.split(".")[0] == package}
    assert [user for user in users if user.startswith(JOBS[package])]


def test_webhooks_need_no_boto3_and_its_clients_are_guarded_like_all_others() -> None:
    keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "PYTHONPATH": str(CORE)}
    done = subprocess.run([sys.executable, "-c", HOT], capture_output=True, text=True, timeout=60, env=keys, check=True)
    assert done.stdout.split() == ["False", "True", "TenantViolation"]
