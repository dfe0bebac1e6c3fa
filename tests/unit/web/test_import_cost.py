"""What the webhook path may not load: it would be paid by the first caller of every new process."""

import subprocess
import sys

HEAVY = (
    "jwt",
    "cryptography",
    "twilio.rest",
    "aws_xray_sdk",
    "pydantic",
    "boto3",
    "sqlglot",
    "requests",
)
PROGRAM = """
import sys
import offhook.web.app, offhook.web.webhooks
print(",".join(name for name in {heavy!r} if name in sys.modules))
"""


def test_webhooks_load_nothing_that_they_do_not_need() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(heavy=HEAVY)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""
