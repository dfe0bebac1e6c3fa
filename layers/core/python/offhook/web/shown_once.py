"""Answers that hold a secret: shown to the request that made it, and never kept with its Idempotency-Key."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from chalice.app import Response

if TYPE_CHECKING:
    from offhook.web.app import OffhookApp


def shown_once(app: "OffhookApp", make: Callable[[], tuple[Response, str]], field: str) -> Response:
    """Like app.once; make: the answer without the secret, and the secret, which joins the body as `field`.

    Whoever lost the first answer and repeats the request gets it with an empty secret: it has to be made anew.
    """
    secrets: list[str] = []

    def action() -> Response:
        answer, secret = make()
        secrets.append(secret)
        return answer

    answer = app.once(action)
    if answer.status_code >= 300:
        return answer
    body = {**msgspec.json.decode(str(answer.body), type=dict[str, object]), field: secrets[0] if secrets else ""}
    return Response(msgspec.json.encode(body).decode(), dict(answer.headers), answer.status_code)
