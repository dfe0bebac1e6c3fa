"""A handler that raises keeps its worker and reports like AWS: class name, message, stack trace.

Upstream calls every failure `Runtime.HandlerError`, so that Step Functions retriers and alarms by error name never
match, and kills the worker, so that one bad request makes the next caller wait seconds for a cold start.
"""

import json
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

RAISED = "__offhook_raised__"
_UPSTREAM = '{"status": "error", "error": str(e), "trace": traceback.format_exc()}'
_REPAIRED = (
    '{"status": "ok", "result": {"' + RAISED + '": {"errorMessage": str(e), "errorType": type(e).__name__, '
    '"stackTrace": traceback.format_exc().splitlines()}}}'
)


def apply() -> None:
    """Let the worker answer with the exception as a value, and turn it back into a failed invocation here."""
    script = lambda_runtime._PYTHON_WORKER_SCRIPT
    if script.count(_UPSTREAM) != 1:
        raise RuntimeError("the emulator's worker script is not the one this repair was written for")
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(_UPSTREAM, _REPAIRED)
    original = lambda_svc._execute_function_warm

    def execute(func: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
        return _as_failure(original(func, event, request_id), request_id)

    lambda_svc._execute_function_warm = execute


def _as_failure(result: dict[str, Any], request_id: str) -> dict[str, Any]:
    body = result.get("body")
    raised = body.get(RAISED) if isinstance(body, dict) else None
    if raised is None:
        return result
    trace = "\n".join(raised["stackTrace"])
    log = "\n".join(filter(None, [result.get("log", ""), trace]))
    return {"error": True, "body": {**raised, "requestId": request_id}, "log": log or json.dumps(raised)}
