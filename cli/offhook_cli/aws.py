"""Clients of the AWS that a deployment is on: the embedded one of the local run, or the real one."""

import os
from typing import Any

from offhook_cli.places import aws_endpoint


def prefix() -> str:
    """What the deployment's names begin with; STAGE names it, the local run's is `local`."""
    return f"offhook-{os.environ.get('STAGE', 'local')}"


def client(service: str) -> Any:
    """A client that gives up soon: whoever asks wants to know whether it answers."""
    import boto3
    from botocore.config import Config

    soon = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2})
    make: Any = boto3.client
    endpoint = aws_endpoint()
    if endpoint is None:
        return make(service, config=soon)
    return make(
        service,
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="000000000000",
        aws_secret_access_key="local",
        config=soon,
    )
