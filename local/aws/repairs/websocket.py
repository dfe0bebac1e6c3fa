"""WebSocket messages run like any invocation and answer like API Gateway.

Upstream runs them one after another on one worker, without a log; sends the handler's return value to the client even
on a route without a response; and sends it the text of an unhandled exception.
"""

import json
from dataclasses import dataclass
from typing import Any

from ministack.core import lambda_runtime, responses
from ministack.services import apigateway, lambda_svc

FAILED = "offhook: the handler failed"


@dataclass(frozen=True, slots=True)
class Dispatched:
    """Stands in for the worker that upstream would lease: goes through the dispatcher, which takes a free one."""

    config: dict[str, Any]
    code_zip: bytes

    def invoke(self, event: dict[str, Any], _message_id: str) -> dict[str, Any]:
        result = lambda_svc._execute_function({"config": self.config, "code_zip": self.code_zip}, event)
        if result.get("error"):
            return {"status": "error", "error": FAILED}
        return {"status": "ok", "result": result.get("body") or {}}


def apply() -> None:
    """Replace the lease of a worker, which only WebSocket routes use, and settle what the client is told."""
    invoke = apigateway._invoke_ws_lambda

    def lease(_name: str, config: dict[str, Any], code_zip: bytes, qualifier: str = "$LATEST") -> Dispatched:
        return Dispatched(config, code_zip)

    async def invoke_and_settle(*arguments: Any, **keywords: Any) -> dict[str, Any] | None:
        answer = await invoke(*arguments, **keywords)
        api_id, _, _, route, _, connection_id, event_type = arguments[:7]
        return _told(answer, api_id, route, connection_id) if event_type == "MESSAGE" and answer else answer

    lambda_runtime.get_or_create_worker = lease
    apigateway._invoke_ws_lambda = invoke_and_settle


def _told(answer: dict[str, Any], api_id: str, route: dict[str, Any], connection_id: str) -> dict[str, Any] | None:
    """What the client hears: nothing without a route response, and never an exception's text."""
    if answer.get("body") == FAILED:
        told = {"message": "Internal server error", "connectionId": connection_id, "requestId": responses.new_uuid()}
        return {"statusCode": 500, "body": json.dumps(told)}
    answers = apigateway._route_responses.get(api_id, {}).get(route.get("routeId"), {})
    return answer if answers or route.get("routeResponseSelectionExpression") else None
