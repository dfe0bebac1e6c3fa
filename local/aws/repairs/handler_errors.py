"""A handler that raises keeps its worker and reports like AWS: class name, message, stack trace.

Upstream calls every failure `Runtime.HandlerError`, so that Step Functions retriers and alarms by error name never
match, and kills the worker, so that one bad request makes the next caller wait seconds for a cold start.
"""

import threading
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

RAISED = "__offhook_raised__"
_UPSTREAM = '{"status": "error", "error": str(e), "trace": traceback.format_exc()}'
_REPAIRED = (
    '{"status": "ok", "result": {"' + RAISED + '": {"errorMessage": str(e), "errorType": type(e).__name__, '
    '"stackTrace": traceback.format_exc().splitlines()}}}'
)


_thread = threading.local()


def apply() -> None:
    """Let the worker hand the exception over as a value, and make it a failure again once the worker is safe."""
    script = lambda_runtime._PYTHON_WORKER_SCRIPT
    if script.count(_UPSTREAM) != 1:
        raise RuntimeError("the emulator's worker script is not the one this repair was written for")
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(_UPSTREAM, _REPAIRED)
    invoke, execute = lambda_runtime.Worker.invoke, lambda_svc._execute_function_warm

    def invoke_and_fail(self: Any, *arguments: Any, **keywords: Any) -> dict[str, Any]:
        return _failed(invoke(self, *arguments, **keywords))

    def execute_and_name(func: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
        _thread.raised = None
        result: dict[str, Any] = execute(func, event, request_id)
        if result.get("error") and _thread.raised:
            result["body"] = {**_thread.raised, "requestId": request_id}
        return result

    lambda_runtime.Worker.invoke = invoke_and_fail
    lambda_svc._execute_function_warm = execute_and_name


def _failed(answer: dict[str, Any]) -> dict[str, Any]:
    """What upstream makes of an exception, for all who call a worker; the thread remembers what it was."""
    result = answer.get("result")
    raised = result.get(RAISED) if isinstance(result, dict) else None
    if raised is None:
        return answer
    _thread.raised = raised
    kept = {key: value for key, value in answer.items() if key != "result"}
    return {**kept, "status": "error", "error": raised["errorMessage"], "trace": "\n".join(raised["stackTrace"])}
