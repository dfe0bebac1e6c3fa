"""Webhooks over real HTTP."""

import os
import threading
from collections.abc import Callable

import requests

from local.carrier.webhooks.request import ConnectFailed, ReadTimeout, WebhookRequest, WebhookResponse

CONNECT_S = 5.0
READ_S = float(os.environ.get("OFFHOOK_CARRIER_PATIENCE_S", "15"))
"""As long as the real carrier waits; longer only where the machine is too busy to show anything else."""


def http_deliver() -> Callable[[WebhookRequest], WebhookResponse]:
    """A delivery function with one connection pool per thread; redirects are the engine's business."""
    local = threading.local()

    def deliver(request: WebhookRequest) -> WebhookResponse:
        if not hasattr(local, "session"):
            local.session = requests.Session()
            local.session.trust_env = False
        try:
            answer = local.session.request(
                request.method, request.url, data=request.body(), headers=dict(request.headers),
                timeout=(CONNECT_S, READ_S), allow_redirects=False,
            )  # fmt: skip
        except requests.exceptions.ReadTimeout as error:
            raise ReadTimeout(str(error)) from error
        except requests.exceptions.RequestException as error:
            raise ConnectFailed(str(error)) from error
        return WebhookResponse(answer.status_code, dict(answer.headers), answer.text)

    return deliver
